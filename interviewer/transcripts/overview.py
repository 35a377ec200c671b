"""A session at a glance: what a list of sessions shows and what a search reads of it."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import AwareDatetime, Field

from interviewer.errors import TranscriptError
from interviewer.transcripts.outcomes import SessionOutcome
from interviewer.transcripts.sessions import Session, end_of, name_of, read_session, tags_of
from interviewer.values.course import spent_s
from interviewer.values.events import (
    Answered,
    AnyEvent,
    ClosingAnswered,
    ClosingAsked,
    Corrected,
    FollowedUp,
    QuestionAsked,
    Reworded,
    SessionStarted,
)
from interviewer.values.value import Value

CLOSING = 0
"""Stands for the number of a question, where the candidate asked."""


class Overview(Value):
    """A session at a glance."""

    id: str
    name: str = ""
    tags: tuple[str, ...] = ()
    at: AwareDatetime | None = None
    """When it began; None if the transcript has no head."""
    minutes: float = 0.0
    """How long it was held, pauses left out."""
    mode: str = ""
    level: str = ""
    model: str = ""
    topics: dict[str, str] = Field(default_factory=dict)
    """What was asked about: title by id."""
    questions: int = 0
    graded: int = 0
    ungraded: int = 0
    """Questions without a grade that were not left out on purpose."""
    score: float | None = None
    """The mean of the grades in force, 0 to 1; None if there are none."""
    ended: str = ""
    """`complete`, `candidate`, `time`, `interrupted`; empty if it was broken off."""
    problem: str = ""
    """Why it cannot be read, or which lines of it cannot."""


class Said(Value):
    """What was asked and said about one question."""

    number: int
    asked: str
    said: str


def survey(path: Path, outcome: SessionOutcome | None) -> tuple[Overview, list[Said]]:
    """Return a session at a glance, and what was said in it; nothing but why if it is unreadable.

    `outcome` is what came of its questions, None if there were none.
    """
    try:
        session = read_session(path)
    except TranscriptError as error:
        return Overview(id=path.stem, problem=str(error)), []
    return overview(session, outcome), said(session.events)


def overview(session: Session, outcome: SessionOutcome | None) -> Overview:
    """Return a session at a glance."""
    events = session.events
    head = next((e for e in events if isinstance(e, SessionStarted)), None)
    questions = outcome.questions if outcome else ()
    scores = [question.score for question in questions if question.score is not None]
    return Overview(
        id=session.id,
        name=name_of(events),
        tags=tags_of(events),
        at=head.at if head else None,
        minutes=round(spent_s(events) / 60, 1),
        mode=head.mode if head else "",
        level=head.level if head else "",
        model=head.model if head else "",
        topics={question.topic: question.title for question in questions},
        questions=len(questions),
        graded=len(scores),
        ungraded=sum(q.score is None and not q.is_left_out for q in questions),
        score=sum(scores) / len(scores) if scores else None,
        ended=end_of(events) or "",
        problem=session.complaint,
    )


def said(events: Sequence[AnyEvent]) -> list[Said]:
    """Return what was asked and said, question by question; the closing last."""
    number = CLOSING
    asked: dict[int, list[str]] = {}
    answers: dict[int, list[str]] = {}
    for event in events:
        match event:
            case QuestionAsked():
                number = event.number
                asked.setdefault(number, []).append(event.question.text)
            case FollowedUp() | Reworded():
                asked.setdefault(number, []).append(event.text)
            case Answered() | Corrected():
                answers.setdefault(number, []).append(event.answer.text)
            case ClosingAsked():
                answers.setdefault(CLOSING, []).append(event.text)
            case ClosingAnswered():
                asked.setdefault(CLOSING, []).append(event.text)
            case _:
                pass
    return [
        Said(number=n, asked="\n".join(asked.get(n, ())), said="\n".join(answers.get(n, ())))
        for n in sorted(asked.keys() | answers.keys())
    ]
