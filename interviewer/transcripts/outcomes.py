"""What came of each question of each session: the one reader of all transcripts together."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from sys import intern
from typing import Literal

from pydantic import BaseModel

from interviewer.grading.overrides import in_force
from interviewer.transcripts.bank import proven
from interviewer.transcripts.lines import unseal
from interviewer.transcripts.sessions import SUFFIX, session_ids
from interviewer.values.events import SCHEMA, Graded, Overridden, SelfRated, Skipped
from interviewer.values.grade import Band, Grade, VerdictName
from interviewer.values.history import ProvenQuestion
from interviewer.values.knowledge import KeyPoint, Level, QuestionKind

_TYPE = re.compile(rb'"type"\s*:\s*"(\w+)"')
"""The kind of an event. Quotes within texts are escaped, so that no answer can look like one."""


class _Put(BaseModel):
    id: str
    topic: str
    section: str
    title: str
    text: str
    level: Level
    kind: QuestionKind = "concept"
    origin: str
    key_points: tuple[KeyPoint, ...]


class _Asked(BaseModel):
    type: Literal["question_asked"]
    at: datetime
    question: _Put


class _Deepened(BaseModel):
    type: Literal["followed_up"]
    key_point: Literal[""]
    text: str


class _Head(BaseModel):
    type: Literal["session_started"]
    schema_version: int


class _Said(BaseModel):
    text: str
    seconds: float
    given: str
    is_code: bool = False


class _Answered(BaseModel):
    type: Literal["answered", "corrected"]
    answer: _Said


_READ: Mapping[bytes, type[BaseModel]] = {
    b"question_asked": _Asked, b"followed_up": _Deepened, b"session_started": _Head,
    b"answered": _Answered, b"corrected": _Answered, b"graded": Graded, b"skipped": Skipped,
    b"overridden": Overridden, b"self_rated": SelfRated,
}  # fmt: skip
"""What is read of which event, so that no time goes into passages."""


@dataclass(frozen=True, slots=True)
class AnswerTotals:
    """What the answers to a question come to, those in code aside."""

    answers: int = 0
    words: int = 0
    timed_words: int = 0
    """Of answers that a person typed or spoke, in `seconds`; a pipe takes no time."""
    seconds: float = 0.0
    ways: frozenset[str] = frozenset()
    """`typed`, `piped`, `spoken`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question; small, because there may be many."""

    at: datetime
    topic: str
    section: str
    title: str
    put: tuple[str, ...]
    """What was asked: the question, and what followed a complete answer."""
    verdicts: Mapping[str, VerdictName]
    """Of each key point, after overrides; empty if there is no grade."""
    score: float | None
    """0 to 1, after overrides; None if there is no grade."""
    band: Band | None
    grader: str
    """Who gave the grade; empty if nobody did."""
    is_overridden: bool
    is_left_out: bool
    """Whether the candidate passed on it, or asked for the answer, with nothing to grade."""
    is_answered: bool
    rating: int | None
    """The candidate's own, 1 to 4."""
    totals: AnswerTotals
    proven: ProvenQuestion | None = None
    """The question itself, if it is one of the model's that showed to be good."""


@dataclass(frozen=True, slots=True)
class SessionOutcome:
    """A session, with what came of its questions in their order."""

    id: str
    at: datetime
    questions: tuple[Outcome, ...]


class _Question:
    """A question while its session is read."""

    def __init__(self, event: _Asked) -> None:
        self._asked = event
        self._put = [event.question.text]
        self._is_skipped = False
        self._attempts = 0
        self._grade: Grade | None = None
        self._given: dict[str, VerdictName] = {}
        self._rating: int | None = None
        self._said: list[_Said] = []

    def judge(self, event: Graded | Overridden | SelfRated) -> None:
        match event:
            case Graded():
                self._attempts += 1
                # An attempt without a grade takes none away.
                self._grade = event.grade if isinstance(event.grade, Grade) else self._grade
            case Overridden():
                self._given[event.key_point] = event.after
            case SelfRated():
                self._rating = event.rating

    def tell(self, event: BaseModel) -> None:
        match event:
            case _Deepened():
                self._put.append(event.text)
            case Skipped():
                self._is_skipped = True
            case _Answered():
                if event.type == "corrected":
                    del self._said[-1:]
                self._said.append(event.answer)

    def outcome(self) -> Outcome:
        question = self._asked.question
        counted = in_force(question.key_points, self._grade, self._given)
        grade = counted if isinstance(counted, Grade) else None
        is_left_out = self._is_skipped and not self._attempts
        verdicts: dict[str, VerdictName] = {}
        if grade:
            verdicts = dict.fromkeys((intern(point.id) for point in question.key_points), "missing")
            verdicts |= {intern(verdict.key_point): verdict.verdict for verdict in grade.verdicts}
        return Outcome(
            at=self._asked.at, topic=intern(question.topic), section=intern(question.section),
            title=intern(question.title), put=tuple(self._put), verdicts=verdicts,
            score=grade.score if grade else None, band=grade.band if grade else None,
            grader=intern(grade.model) if grade else "",
            is_overridden=grade is not None and grade is not self._grade,
            is_left_out=is_left_out, is_answered=bool(self._said),
            rating=self._rating, totals=_totals(self._said), proven=proven(question, grade),
        )  # fmt: skip


def read_outcomes(folder: Path) -> Iterator[SessionOutcome]:
    """Yield each session of a folder in which something was asked, the oldest first.

    What cannot be read, and what a newer version wrote, counts for nothing.
    """
    for name in session_ids(folder):
        if outcome := read_outcome(folder / f"{name}{SUFFIX}"):
            yield outcome


def read_outcome(path: Path) -> SessionOutcome | None:
    """Return a session, or None if nothing was asked in it that can be read."""
    questions = _read(path)
    return SessionOutcome(path.stem, questions[0].at, questions) if questions else None


def _read(path: Path) -> tuple[Outcome, ...]:
    questions: dict[str, _Question] = {}
    current: _Question | None = None
    for event in _events(path):
        match event:
            case _Head():
                if event.schema_version > SCHEMA:
                    return ()
            case _Asked():
                current = questions[event.question.id] = _Question(event)
            case Graded() | Overridden() | SelfRated():
                if event.question in questions:
                    questions[event.question].judge(event)
            case _:
                if current:
                    current.tell(event)
    return tuple(question.outcome() for question in questions.values())


def _events(path: Path) -> Iterator[BaseModel]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        found = _TYPE.search(line)
        if found and (kind := _READ.get(found[1])):
            try:
                yield kind.model_validate_json(unseal(line))
            except ValueError:
                continue  # a follow-up on a key point, or the line is torn or changed


def _totals(said: list[_Said]) -> AnswerTotals:
    spoken = [answer for answer in said if not answer.is_code]
    timed = [answer for answer in spoken if answer.given != "piped" and answer.seconds > 0]
    return AnswerTotals(
        answers=len(spoken),
        words=sum(len(answer.text.split()) for answer in spoken),
        timed_words=sum(len(answer.text.split()) for answer in timed),
        seconds=sum(answer.seconds for answer in timed),
        ways=frozenset(answer.given for answer in spoken),
    )
