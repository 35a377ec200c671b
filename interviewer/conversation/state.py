"""The state of a session, derived from its events and nothing else."""

from collections.abc import Iterable
from typing import Literal

from interviewer.grading import overrides
from interviewer.grading.coach import Coach
from interviewer.values.coding import CodeRun
from interviewer.values.events import (
    Answered,
    AnswerShown,
    AnyEvent,
    ClosingAsked,
    ClosingBegan,
    CodeRan,
    Corrected,
    FeedbackGiven,
    FollowedUp,
    Graded,
    Hinted,
    NoteTaken,
    Overridden,
    QuestionAsked,
    Resumed,
    Reworded,
    SelfRated,
    SessionEnded,
    SessionStarted,
    Skipped,
)
from interviewer.values.grade import Grade, Ungraded
from interviewer.values.interview import Answer, Question
from interviewer.values.value import Value

BETWEEN_ANSWERS = "\n\n"


class Exchange(Value):
    """One question and everything said about it."""

    number: int
    question: Question
    reason: str = ""
    lead: str = ""
    """What the interviewer said before it."""
    answers: tuple[Answer, ...] = ()
    """What was said."""
    codes: tuple[str, ...] = ()
    """What was written for a task, version by version."""
    runs: tuple[CodeRun, ...] = ()
    followups: tuple[FollowedUp, ...] = ()
    hints: tuple[str, ...] = ()
    reworded: str = ""
    """The question in easier words, if they were asked for."""
    skipped: bool = False
    grade: Grade | Ungraded | None = None
    """The grader's last word; an attempt without a grade takes none away."""
    earlier: tuple[Grade | Ungraded, ...] = ()
    """What the grader said besides."""
    overrides: tuple[Overridden, ...] = ()
    self_rating: int | None = None
    """1 to 4, given before the grade was shown."""
    feedback: FeedbackGiven | None = None
    model_answer: str = ""
    was_told: bool = False
    """Whether the candidate asked for that answer while the question was on the table."""
    notes: tuple[NoteTaken, ...] = ()
    """What the candidate wrote beside it, reviewing."""

    @property
    def in_force(self) -> Grade | Ungraded | None:
        """The grade with the candidate's overrides: the one that counts."""
        given = {event.key_point: event.after for event in self.overrides}
        return overrides.in_force(self.question.key_points, self.grade, given)

    @property
    def last_run(self) -> CodeRun | None:
        """What the last version of the code did, if any was written."""
        return self.runs[-1] if self.runs else None

    @property
    def is_answered(self) -> bool:
        """Tell whether there is anything to grade."""
        return bool(self.answers or self.codes)

    @property
    def is_closed(self) -> bool:
        """Tell whether nothing more is to be said to this question."""
        return self.skipped or self.grade is not None or bool(self.model_answer)

    @property
    def nudges(self) -> tuple[str, ...]:
        """What was said towards its key points before anything was asked on them."""
        return (*self.hints, self.reworded) if self.reworded else self.hints

    @property
    def asked_last(self) -> str:
        """What the candidate is to answer: the last follow-up without its lead, or the question."""
        if self.followups:
            last = self.followups[-1]
            return last.text.removeprefix(last.lead).lstrip()
        return self.reworded or self.question.text

    @property
    def text(self) -> str:
        """All answers, separated by an empty line: what evidence points into."""
        return join_answers(self.answers)


class State(Value):
    """A session so far."""

    started: SessionStarted | None = None
    exchanges: tuple[Exchange, ...] = ()
    is_closing: bool = False
    """Whether it is the candidate's turn to ask."""
    closing: tuple[str, ...] = ()
    """What they asked."""
    ended: Literal["complete", "candidate", "time", "interrupted"] | None = None

    @property
    def current(self) -> Exchange | None:
        """The question on the table, if the session has one."""
        return self.exchanges[-1] if self.exchanges else None


def join_answers(answers: Iterable[Answer]) -> str:
    """Return the texts of an answer and the answers to its follow-ups as one text."""
    return BETWEEN_ANSWERS.join(answer.text for answer in answers)


def replay(events: Iterable[AnyEvent]) -> State:
    """Return the state that a list of events leads to."""
    state = State()
    for event in events:
        state = apply(state, event)
    return state


def with_answers(state: State, coach: Coach) -> State:
    """Return a session with a model answer to every question that was shown none."""
    exchanges = tuple(
        exchange.model_copy(
            update={"model_answer": exchange.model_answer or coach.model_answer(exchange.question)}
        )
        for exchange in state.exchanges
    )
    return state.model_copy(update={"exchanges": exchanges})


def apply(state: State, event: AnyEvent) -> State:
    """Return the state after one more event."""
    match event:
        case Graded() | SelfRated() | Overridden() | FeedbackGiven() | AnswerShown() | NoteTaken():
            exchanges = tuple(
                apply_to_question(exchange, event)
                if exchange.question.id == event.question
                else exchange
                for exchange in state.exchanges
            )
            return state.model_copy(update={"exchanges": exchanges})
        case _:
            return _told(state.model_copy(update=_course(state, event)), event)


def _course(state: State, event: AnyEvent) -> dict[str, object]:
    """Return what an event changes in the course of the session."""
    match event:
        case SessionStarted():
            return {"started": event}
        case SessionEnded() | Resumed():
            return {"ended": event.reason if isinstance(event, SessionEnded) else None}
        case QuestionAsked():
            new = Exchange(
                number=event.number, question=event.question, reason=event.reason, lead=event.lead
            )  # fmt: skip
            return {"exchanges": (*state.exchanges, new)}
        case ClosingBegan():
            return {"is_closing": True}
        case ClosingAsked():
            return {"closing": (*state.closing, event.text)}
        case _:
            return {}


def _told(state: State, event: AnyEvent) -> State:
    """Apply what happens within the question on the table."""
    current = state.current
    update = _turn(current, event) if current else {}
    if current is None or not update:
        return state
    changed = current.model_copy(update=update)
    return state.model_copy(update={"exchanges": (*state.exchanges[:-1], changed)})


def _turn(current: Exchange, event: AnyEvent) -> dict[str, object]:
    """Return what an event changes in the question on the table."""
    match event:
        case Answered() | Corrected() | CodeRan():
            return _answered(current, event)
        case FollowedUp():
            return {"followups": (*current.followups, event)}
        case Hinted():
            return {"hints": (*current.hints, event.text)}
        case Reworded():
            return {"reworded": event.text}
        case Skipped():
            return {"skipped": True}
        case _:
            return {}


def _answered(current: Exchange, event: Answered | Corrected | CodeRan) -> dict[str, object]:
    if isinstance(event, CodeRan):
        return {"runs": (*current.runs, event.run)}
    if isinstance(event, Corrected):
        kept = current.answers[:-1]
        return {"answers": (*kept, event.answer)} if current.answers else {}
    if event.answer.is_code:
        return {"codes": (*current.codes, event.answer.text)}
    return {"answers": (*current.answers, event.answer)}


def apply_to_question(
    exchange: Exchange,
    event: Graded | SelfRated | Overridden | FeedbackGiven | AnswerShown | NoteTaken,
) -> Exchange:
    """Return a question after an event that names it: one that may come at any time later."""
    match event:
        case Graded():
            return _graded(exchange, event.grade)
        case SelfRated():
            return exchange.model_copy(update={"self_rating": event.rating})
        case Overridden():
            return exchange.model_copy(update={"overrides": (*exchange.overrides, event)})
        case FeedbackGiven():
            return exchange.model_copy(update={"feedback": event})
        case AnswerShown():
            return exchange.model_copy(update={"model_answer": event.text, "was_told": True})
        case NoteTaken():
            return exchange.model_copy(update={"notes": (*exchange.notes, event)})


def _graded(exchange: Exchange, grade: Grade | Ungraded) -> Exchange:
    before = exchange.grade
    if isinstance(before, Grade) and isinstance(grade, Ungraded):
        return exchange.model_copy(update={"earlier": (*exchange.earlier, grade)})
    earlier = exchange.earlier if before is None else (*exchange.earlier, before)
    return exchange.model_copy(update={"grade": grade, "earlier": earlier})
