"""What all transcripts together say: how each topic and key point stands, and when it is due."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from fsrs import Card, Rating, Scheduler
from pydantic import BaseModel, ValidationError

from interviewer.grading.overrides import in_force
from interviewer.transcripts.sessions import SUFFIX, session_ids
from interviewer.values.events import SCHEMA, Graded, Overridden, Skipped
from interviewer.values.grade import Band, Grade, VerdictName
from interviewer.values.history import History, Standing
from interviewer.values.knowledge import KeyPoint

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


class _Question(BaseModel):
    id: str
    topic: str
    text: str
    key_points: tuple[KeyPoint, ...]


class _Asked(BaseModel):
    type: Literal["question_asked"]
    at: datetime
    question: _Question


class _Deepened(BaseModel):
    type: Literal["followed_up"]
    key_point: Literal[""]
    text: str


class _Head(BaseModel):
    type: Literal["session_started"]
    schema_version: int


_READ: Mapping[bytes, type[BaseModel]] = {
    b'"question_asked"': _Asked, b'"followed_up"': _Deepened, b'"session_started"': _Head,
    b'"graded"': Graded, b'"overridden"': Overridden, b'"skipped"': Skipped,
}  # fmt: skip
"""What is read of which line, so that no time goes into passages and answers."""


class _Reviews:
    """The cards of a scheduler, one a topic and one a key point of it."""

    def __init__(self) -> None:
        # A session is days from the next, so there are no steps of minutes; without chance, the
        # same transcripts give the same dates.
        self._scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
        self._cards: dict[tuple[str, str], Card] = {}

    def add(self, topic: str, point: str, rating: Rating, at: datetime) -> datetime:
        card = self._cards.get((topic, point)) or Card(card_id=0)
        self._cards[topic, point], _ = self._scheduler.review_card(card, rating, at)
        return self._cards[topic, point].due


def read_history(folder: Path) -> History:
    """Return what the sessions in a folder show; what cannot be read counts for nothing."""
    sessions = [_read(folder / f"{name}{SUFFIX}") for name in session_ids(folder)]
    topics: dict[str, Standing] = {}
    reviews = _Reviews()
    for asked, told in sorted(
        (pair for events in sessions for pair in _questions(events)), key=lambda p: p[0].at
    ):
        topics[asked.question.topic] = _after(topics, asked, told, reviews)
    lately = [pair for events in sessions[-LATELY:] for pair in _put(events)]
    often = Counter(topic for topic, _ in lately)
    topics = {
        topic: standing.model_copy(update={"lately": often[topic]})
        for topic, standing in topics.items()
    }
    return History(topics=topics, lately=tuple(text for _, text in lately))


def _put(events: Iterable[BaseModel]) -> Iterator[tuple[str, str]]:
    """Return topic and text of each question of a session, of the deeper ones too."""
    topic = ""
    for event in events:
        if isinstance(event, _Asked):
            topic = event.question.topic
            yield topic, event.question.text
        elif isinstance(event, _Deepened):
            yield topic, event.text


def _read(path: Path) -> list[BaseModel]:
    """Return the events of a transcript that matter; none if a newer version wrote it."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return []
    events = list(_events(lines))
    is_newer = any(isinstance(e, _Head) and e.schema_version > SCHEMA for e in events)
    return [] if is_newer else events


def _events(lines: Iterable[bytes]) -> Iterator[BaseModel]:
    for line in lines:
        for mark, kind in _READ.items():
            if mark in line:
                try:
                    yield kind.model_validate_json(line)
                except ValidationError:
                    continue  # the words stand in another event, or the line is torn
                break


def _questions(events: Iterable[BaseModel]) -> Iterator[tuple[_Asked, list[BaseModel]]]:
    """Return each question of a session with the events that are about it."""
    told: dict[str, tuple[_Asked, list[BaseModel]]] = {}
    current: list[BaseModel] = []
    for event in events:
        if isinstance(event, _Asked):
            current = []
            told[event.question.id] = (event, current)
        elif isinstance(event, Graded | Overridden) and event.question in told:
            told[event.question][1].append(event)
        elif isinstance(event, Skipped):
            current.append(event)
    yield from told.values()


def _after(
    topics: Mapping[str, Standing], asked: _Asked, told: list[BaseModel], reviews: _Reviews
) -> Standing:
    """Return how a topic stands after one more question on it."""
    question = asked.question
    before = topics.get(question.topic, Standing(times=0))
    standing = before.model_copy(update={"times": before.times + 1})
    grade = _grade(question, told)
    if grade is None and [type(event) for event in told] != [Skipped]:
        return standing
    # A question that was left without an answer shows that none of its points was at hand.
    verdicts: dict[str, VerdictName] = dict.fromkeys((p.id for p in question.key_points), "missing")
    verdicts |= {verdict.key_point: verdict.verdict for verdict in grade.verdicts} if grade else {}
    dues = {
        point: reviews.add(question.topic, point, OF_VERDICT[name], asked.at)
        for point, name in verdicts.items()
    }
    rating = OF_BAND[grade.band if grade else "no"]
    return standing.model_copy(
        update={
            "had": list(verdicts.values()).count("covered"),
            "of": len(verdicts),
            "due": reviews.add(question.topic, "", rating, asked.at),
            "points": before.points | dues,
        }
    )


def _grade(question: _Question, told: Iterable[BaseModel]) -> Grade | None:
    """Return the last grade with the candidate's overrides, or None."""
    grade: Grade | None = None
    given: dict[str, VerdictName] = {}
    for event in told:
        if isinstance(event, Graded) and isinstance(event.grade, Grade):
            grade = event.grade
        elif isinstance(event, Overridden):
            given[event.key_point] = event.after
    counted = in_force(question.key_points, grade, given)
    return counted if isinstance(counted, Grade) else None
