"""The state of a session, derived from its events and nothing else."""

from collections.abc import Iterable
from typing import Literal

from interviewer.values.events import (
    Answered,
    AnyEvent,
    FollowedUp,
    Graded,
    Hinted,
    QuestionAsked,
    SessionEnded,
    SessionStarted,
    Skipped,
)
from interviewer.values.grade import Grade, Ungraded
from interviewer.values.interview import Answer, Question
from interviewer.values.value import Value


class Exchange(Value):
    """One question and everything said about it."""

    number: int
    question: Question
    reason: str = ""
    answers: tuple[Answer, ...] = ()
    followups: tuple[FollowedUp, ...] = ()
    hints: tuple[str, ...] = ()
    skipped: bool = False
    grade: Grade | Ungraded | None = None

    @property
    def text(self) -> str:
        """All answers, separated by an empty line: what evidence points into."""
        return join_answers(self.answers)


class State(Value):
    """A session so far."""

    started: SessionStarted | None = None
    exchanges: tuple[Exchange, ...] = ()
    ended: Literal["complete", "candidate", "time", "interrupted"] | None = None

    @property
    def current(self) -> Exchange | None:
        """The question on the table, if the session has one."""
        return self.exchanges[-1] if self.exchanges else None


def join_answers(answers: Iterable[Answer]) -> str:
    """Return the texts of an answer and the answers to its follow-ups as one text."""
    return "\n\n".join(answer.text for answer in answers)


def replay(events: Iterable[AnyEvent]) -> State:
    """Return the state that a list of events leads to."""
    state = State()
    for event in events:
        state = apply(state, event)
    return state


def apply(state: State, event: AnyEvent) -> State:
    """Return the state after one more event."""
    match event:
        case SessionStarted():
            return state.model_copy(update={"started": event})
        case SessionEnded():
            return state.model_copy(update={"ended": event.reason})
        case QuestionAsked():
            new = Exchange(number=event.number, question=event.question, reason=event.reason)
            return state.model_copy(update={"exchanges": (*state.exchanges, new)})
        case Graded():
            return _graded(state, event)
        case _:
            return _told(state, event)


def _told(state: State, event: AnyEvent) -> State:
    """Apply what happens within the question on the table."""
    current = state.current
    if current is None:
        return state
    update: dict[str, object]
    match event:
        case Answered():
            update = {"answers": (*current.answers, event.answer)}
        case FollowedUp():
            update = {"followups": (*current.followups, event)}
        case Hinted():
            update = {"hints": (*current.hints, event.text)}
        case Skipped():
            update = {"skipped": True}
        case _:
            return state
    changed = current.model_copy(update=update)
    return state.model_copy(update={"exchanges": (*state.exchanges[:-1], changed)})


def _graded(state: State, event: Graded) -> State:
    """Give a question its grade; a later grade of the same question replaces an earlier one."""
    exchanges = tuple(
        exchange.model_copy(update={"grade": event.grade})
        if exchange.question.id == event.question
        else exchange
        for exchange in state.exchanges
    )
    return state.model_copy(update={"exchanges": exchanges})
