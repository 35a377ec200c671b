"""What all transcripts together say: how each topic and key point stands, and when it is due."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from fsrs import Card, Rating, Scheduler
from pydantic import AwareDatetime, Field

from interviewer.transcripts.bank import fill_bank
from interviewer.transcripts.index import SessionIndex
from interviewer.transcripts.outcomes import Outcome, SessionOutcome, read_outcomes
from interviewer.values.grade import Band, VerdictName
from interviewer.values.history import History, ProvenQuestion, Standing
from interviewer.values.progress import Memory
from interviewer.values.value import Value

A_DAY = timedelta(days=1)
"""The soonest that FSRS has something come again."""
LATELY = 10
"""Sessions in which nothing is asked twice."""
OF_BAND: Mapping[Band, Rating] = {
    "strong hire": Rating.Easy, "hire": Rating.Good, "leaning no": Rating.Hard, "no": Rating.Again,
}  # fmt: skip
OF_VERDICT: Mapping[VerdictName, Rating] = {
    "covered": Rating.Good, "partly": Rating.Hard, "missing": Rating.Again, "wrong": Rating.Again,
}  # fmt: skip
"""FSRS knows four ratings. A topic has four bands, so each gets its own. One verdict is thin ground
for `Easy`, which puts off for a week what was said once; it is never more than `Good`."""


class Course(Value):
    """How the topics stand after all sessions so far, with what is needed to go on from there."""

    until: AwareDatetime | None = None
    """When the last question was asked."""
    last: str = ""
    """The last session's id."""
    standings: dict[str, Standing] = Field(default_factory=dict)
    cards: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Of each topic and each of its points, as FSRS writes them."""
    lately: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Topic and text of each question of the last sessions, the oldest first."""
    bank: dict[str, tuple[ProvenQuestion, ...]] = Field(default_factory=dict)
    """What is kept of the model's good questions, by topic."""


class Mastery:
    """How the topics stand while outcomes come in, in the order of their times.

    Their key points too, unless nobody wants to know: four of five reviews are theirs.
    """

    def __init__(self, before: Course | None = None, *, points: bool = True) -> None:
        before = before or Course()
        self._points = points
        # A session is days from the next, so there are no steps of minutes; without chance, the
        # same transcripts give the same dates.
        self._scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
        self.standings: dict[str, Standing] = dict(before.standings)
        self._cards: dict[tuple[str, str], Card] = {
            (topic, point): Card.from_json(card)
            for topic, cards in before.cards.items()
            for point, card in cards.items()
        }

    def add(self, outcome: Outcome) -> None:
        """Take in what came of one more question."""
        before = self.standings.get(outcome.topic, Standing(times=0))
        change: dict[str, object] = {"times": before.times + 1}
        if outcome.is_left_out:
            # Nothing was said, so nothing is known of it but that it should come again.
            change["due"] = outcome.at + A_DAY
        elif outcome.band:
            points = {
                point: self._review(outcome, point, OF_VERDICT[name])
                for point, name in outcome.verdicts.items()
                if self._points
            }
            change |= {
                "had": list(outcome.verdicts.values()).count("covered"),
                "of": len(outcome.verdicts),
                "due": self._review(outcome, "", OF_BAND[outcome.band]),
                "points": before.points | points,
            }
        self.standings[outcome.topic] = before.model_copy(update=change)

    def _review(self, outcome: Outcome, point: str, rating: Rating) -> datetime:
        key = outcome.topic, point
        card = self._cards.get(key) or Card(card_id=0)
        self._cards[key], _ = self._scheduler.review_card(card, rating, outcome.at)
        return self._cards[key].due

    def cards(self) -> dict[str, dict[str, str]]:
        """Return the cards as FSRS writes them, by topic and point; the topic's own has none."""
        written: dict[str, dict[str, str]] = {}
        for (topic, point), card in self._cards.items():
            written.setdefault(topic, {})[point] = card.to_json()
        return written

    def memory(self, topic: str) -> Memory | None:
        """Return how well a topic is remembered; None if nothing was graded."""
        card = self._cards.get((topic, ""))
        if card is None or card.stability is None or card.last_review is None:
            return None
        return Memory(stability=card.stability, last=card.last_review)


def recall(memory: Memory, at: datetime) -> float:
    """Return the chance, 0 to 1, that something is still at hand, as FSRS predicts it.

    It is 1 on the day of a question, however it went, and falls the more slowly the better it went.
    """
    card = Card(card_id=0, stability=memory.stability, last_review=memory.last)
    return Scheduler().get_card_retrievability(card, at)


def read_history(folder: Path, index: SessionIndex | None = None) -> History:
    """Return what the sessions in a folder show; what cannot be read counts for nothing.

    With the folder's index only sessions that are new or changed are read.
    """
    if index is None:
        return _history(_course(None, read_outcomes(folder)) or Course())
    return _history(index.made("history", Course, _course))


def _course(before: Course | None, sessions: Iterable[SessionOutcome]) -> Course | None:
    """Go on from where the topics stood; None if a session is older than that."""
    new = list(sessions)
    outcomes = sorted((q for session in new for q in session.questions), key=lambda q: q.at)
    before = before or Course()
    if not outcomes:
        return before
    if before.until and (outcomes[0].at <= before.until or new[0].id <= before.last):
        return None
    mastery = Mastery(before)
    for outcome in outcomes:
        mastery.add(outcome)
    put = [tuple((q.topic, text) for q in s.questions for text in q.put) for s in new[-LATELY:]]
    lately = (*before.lately, *put)[-LATELY:]
    return Course(
        until=outcomes[-1].at,
        last=new[-1].id,
        standings=mastery.standings,
        cards=mastery.cards(),
        lately=lately,
        bank=fill_bank(before.bank, ((q.topic, q.proven) for q in outcomes if q.proven)),
    )


def _history(course: Course) -> History:
    put = [question for session in course.lately for question in session]
    often = Counter(topic for topic, _ in put)
    topics = {
        topic: standing.model_copy(update={"lately": often[topic]})
        for topic, standing in course.standings.items()
    }
    return History(topics=topics, lately=tuple(text for _, text in put), bank=course.bank)
