"""What all transcripts together say: how each topic and key point stands, and when it is due."""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from fsrs import Card, Rating, Scheduler

from interviewer.transcripts.index import SessionIndex
from interviewer.transcripts.outcomes import Outcome, SessionOutcome, read_outcomes
from interviewer.values.grade import Band, VerdictName
from interviewer.values.history import History, Standing

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


class Mastery:
    """How the topics stand while outcomes come in, in the order of their times."""

    def __init__(self) -> None:
        # A session is days from the next, so there are no steps of minutes; without chance, the
        # same transcripts give the same dates.
        self._scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
        self._cards: dict[tuple[str, str], Card] = {}
        self.standings: dict[str, Standing] = {}

    def add(self, outcome: Outcome) -> None:
        """Take in what came of one more question."""
        before = self.standings.get(outcome.topic, Standing(times=0))
        change: dict[str, object] = {"times": before.times + 1}
        if outcome.band or outcome.is_left_out:
            # A question that was left without an answer is no better than one that went badly.
            rating = OF_BAND[outcome.band or "no"]
            points = {
                point: self._review(outcome, point, OF_VERDICT[name])
                for point, name in outcome.verdicts.items()
            }
            change |= {
                "had": list(outcome.verdicts.values()).count("covered"),
                "of": len(outcome.verdicts),
                "due": self._review(outcome, "", rating),
                "points": before.points | points,
            }
        self.standings[outcome.topic] = before.model_copy(update=change)

    def _review(self, outcome: Outcome, point: str, rating: Rating) -> datetime:
        key = outcome.topic, point
        card = self._cards.get(key) or Card(card_id=0)
        self._cards[key], _ = self._scheduler.review_card(card, rating, outcome.at)
        return self._cards[key].due

    def recall(self, topic: str, at: datetime) -> float:
        """Return the chance, 0 to 1, that a topic is still at hand, as FSRS predicts it.

        It is 1 on the day of a question, however it went, and falls the more slowly the better it
        went; 0 if nothing on the topic was graded or left out.
        """
        card = self._cards.get((topic, ""))
        return self._scheduler.get_card_retrievability(card, at) if card else 0.0


def read_history(folder: Path, index: SessionIndex | None = None) -> History:
    """Return what the sessions in a folder show; what cannot be read counts for nothing.

    With the folder's index nothing is read that did not change.
    """
    if index is None:
        return _history(read_outcomes(folder))
    return index.made("history", History, _history)


def _history(sessions: Iterable[SessionOutcome]) -> History:
    lately: deque[SessionOutcome] = deque(maxlen=LATELY)
    outcomes: list[Outcome] = []
    for session in sessions:
        lately.append(session)
        outcomes += session.questions
    mastery = Mastery()
    for outcome in sorted(outcomes, key=lambda outcome: outcome.at):
        mastery.add(outcome)
    put = [(q.topic, text) for session in lately for q in session.questions for text in q.put]
    often = Counter(topic for topic, _ in put)
    topics = {
        topic: standing.model_copy(update={"lately": often[topic]})
        for topic, standing in mastery.standings.items()
    }
    return History(topics=topics, lately=tuple(text for _, text in put))
