"""The interview: hears answers, decides what comes next, and tells it as events."""

import time
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Literal

from interviewer.coding.runner import run_code, task_cases
from interviewer.conversation import writing
from interviewer.conversation.ahead import Ahead, Pending, Result
from interviewer.conversation.followup import Move, next_hint, pick_followup
from interviewer.conversation.host import Host
from interviewer.conversation.plan import Planned
from interviewer.conversation.pose import Posed, Poser
from interviewer.conversation.state import Exchange, State, apply
from interviewer.grading.coverage import Coverage
from interviewer.grading.grader import Grader
from interviewer.grading.settled import settle
from interviewer.values.events import (
    Answered,
    AnswerShown,
    AnyEvent,
    CodeRan,
    FeedbackGiven,
    FollowedUp,
    Graded,
    Hinted,
    Noted,
    QuestionAsked,
    SelfRated,
    SessionEnded,
    SessionStarted,
    Skipped,
)
from interviewer.values.grade import Grade, Ungraded
from interviewer.values.interview import Answer, Question

NO_HINTS_IN_REAL = "There are no hints in a real interview. Say what you can, or /skip it."
NO_MORE_HINTS = "There is no further hint for this question. Say what you can, or /skip it."
NO_ANSWERS_IN_REAL = (
    "There are no model answers in a real interview. `interviewer review --answers` has them after."
)

GRADING = "Going over your answer …"
BEGINNING = "Thinking of the first question …"
RUNNING = "Running your code …"
POSING = "Thinking of the next question …"

ANSWERING = "Putting a strong answer together …"
ADVISING = "Writing down what to say better …"

GradeAndSeconds = tuple[Grade | Ungraded, float]


class Interview:
    """One session. Each method yields the events it leads to; drive it until `state.ended`.

    Events are yielded before the next thing is done, so whoever drives can store one before
    showing it. Grading and posing run in the worker thread while the candidate talks; what is not
    ready in time is waited for within the host's `waiting`.
    """

    def __init__(
        self, started: SessionStarted, planned: Sequence[Planned], poser: Poser, grader: Grader,
        host: Host, *, clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.state = State()
        self._started = started
        self._planned = list(planned)
        self._poser = poser
        self._grader = grader
        self._host = host
        self._clock = clock
        self._rng = Random(started.seed)  # noqa: S311 - variety, not secrecy
        self._ahead = Ahead()
        self._next: Pending[tuple[Posed, Coverage]] | None = None
        self._coverage: Coverage | None = None
        self._grades: dict[str, Pending[GradeAndSeconds]] = {}
        self._feedback: dict[str, Pending[FeedbackGiven | None]] = {}
        self._heard_at: float | None = None
        self._began_at = clock()

    @property
    def question(self) -> Exchange:
        """The question on the table."""
        current = self.state.current
        if current is None:
            raise RuntimeError("the interview has not begun")
        return current

    def begin(self) -> Iterator[AnyEvent]:
        """Open the session and ask the first question, one of the guide's: it needs no model."""
        yield self._tell(self._started)
        yield from self._ask()

    def hear(self, answer: Answer) -> Iterator[AnyEvent]:
        """Take an answer to what was asked last; follow up, or close the question and go on.

        Code that answers a task runs against its cases first.
        """
        self._heard_at = self._clock()
        answer = writing.as_code(answer, self.question.question)
        yield self._tell(Answered(answer=answer))
        if answer.is_code:
            yield self._run(answer.text)
        move = self._reply(is_code=answer.is_code)
        if isinstance(move, str):
            yield self._tell(Noted(text=move))
        elif move is not None:
            yield self._tell(
                FollowedUp(key_point=move.key_point, text=move.text, gap_ms=self._gap_ms())
            )
        else:
            yield from self._close_question()

    def _reply(self, *, is_code: bool) -> Move | str | None:
        if self.question.question.task is None:
            return pick_followup(self.question, self._known_coverage(), self._rng)
        is_real = self._started.mode == "real"
        return writing.reply(self.question, self._rng, is_code=is_code, is_real=is_real)

    def _run(self, code: str) -> AnyEvent:
        task = self.question.question.task
        cases = task_cases(task) if task else []
        with self._host.waiting(RUNNING):
            return self._tell(CodeRan(run=run_code(code, cases)))

    def hint(self) -> Iterator[AnyEvent]:
        """Give a nudge towards a key point that is still open; none in a real interview."""
        if self._started.mode == "real":
            yield self._tell(Noted(text=NO_HINTS_IN_REAL))
            return
        if self.question.question.task:
            text = writing.hint(self.question)
        else:
            text = next_hint(self.question, self._known_coverage())
        yield self._tell(Hinted(text=text) if text else Noted(text=NO_MORE_HINTS))

    def skip(self) -> Iterator[AnyEvent]:
        """Leave the question; what was answered before is still graded."""
        self._heard_at = self._clock()
        yield self._tell(Skipped())
        yield from self._close_question()

    def show_answer(self) -> Iterator[AnyEvent]:
        """Give a model answer and close the question; none in a real interview."""
        if self._started.mode == "real":
            yield self._tell(Noted(text=NO_ANSWERS_IN_REAL))
            return
        question = self.question.question
        writing = self._ahead.prepare(lambda: self._grader.coach.model_answer(question))
        text = self._wait_for(writing, ANSWERING)
        self._heard_at = self._clock()
        yield self._tell(AnswerShown(question=question.id, text=text))
        if not self.question.is_answered:
            yield self._tell(Skipped())
        yield from self._close_question()

    def end(self, reason: Literal["candidate", "interrupted", "time"]) -> Iterator[AnyEvent]:
        """End before the plan is through; answered questions are graded first.

        When interrupted, nothing is waited for: grades that are not there are left for later.
        """
        if self.state.ended:
            return
        if reason == "interrupted":
            yield from self._collect(only_ready=True)
        else:
            self._submit_grade()
            yield from self._collect()
        yield self._tell(SessionEnded(reason=reason))
        if reason != "interrupted":
            yield from self._collect_feedback()

    def close(self) -> None:
        """Stop the worker; what it has begun is waited for."""
        self._ahead.close()

    def _close_question(self) -> Iterator[AnyEvent]:
        self._submit_grade()
        if self._started.mode == "practice":
            yield from self._rate()
            yield from self._collect()
        if self._is_over():
            yield from self._collect()
            done = len(self.state.exchanges) >= len(self._planned)
            yield self._tell(SessionEnded(reason="complete" if done else "time"))
            yield from self._collect_feedback()
        else:
            yield from self._ask()

    def _is_over(self) -> bool:
        minutes = self._started.minutes
        out_of_time = minutes is not None and self._clock() - self._began_at >= minutes * 60
        return out_of_time or len(self.state.exchanges) >= len(self._planned)

    def _ask(self) -> Iterator[AnyEvent]:
        number = len(self.state.exchanges)
        pending, self._next = self._next, None
        posed, self._coverage = self._wait_for(pending, POSING) if pending else self._first()
        yield self._tell(
            QuestionAsked(
                number=number + 1, question=posed.question, rejected=posed.rejected,
                reason=self._planned[number].reason,
                gap_ms=None if self._heard_at is None else self._gap_ms(),
            )
        )  # fmt: skip
        if number + 1 < len(self._planned):
            self._next = self._ahead.prepare(lambda: self._pose(number + 1))
        self._ahead.prepare(lambda: self._grader.prepare(posed.question))

    def _first(self) -> tuple[Posed, Coverage]:
        # A guide that is a plain list leaves even this one to the model: no frozen screen.
        with self._host.waiting(BEGINNING):
            return self._pose(0)

    def _pose(self, number: int) -> tuple[Posed, Coverage]:
        # A small model's question often invites other points than it is graded by, so the guide's
        # own go first; the model poses where the guide has none, or none that is fresh.
        planned = self._planned[number]
        posed = self._poser.pose(planned.topic, "guide", planned.kinds)
        return posed, self._grader.coverage(posed.question)

    def _submit_grade(self) -> None:
        current = self.state.current
        if current is None or current.grade or current.question.id in self._grades:
            return
        if not current.is_answered:
            return
        question, text = current.question, current.text
        grade = self._ahead.prepare(lambda: self._grade(current))
        self._grades[question.id] = grade
        # Behind the grade in the queue, which is done when this begins.
        self._feedback[question.id] = self._ahead.prepare(
            lambda: self._advise(question, text, grade.take()[0])
        )

    def _advise(
        self, question: Question, text: str, grade: Grade | Ungraded
    ) -> FeedbackGiven | None:
        coach = self._grader.coach
        point = coach.topic_of_advice(question, grade)
        advice = coach.advise(question, text, point) if point else ""
        if point is None or not advice:
            return None
        return FeedbackGiven(question=question.id, key_point=point.id, text=advice)

    def _rate(self) -> Iterator[AnyEvent]:
        """Ask for the candidate's own rating, once, while the grade is in the making."""
        current = self.question
        is_due = current.question.id in self._grades and not current.model_answer
        if not is_due or settle(current.text, current.question.text):
            return
        rating = self._host.rating()
        self._heard_at = self._clock()
        if rating is not None:
            yield self._tell(SelfRated(question=current.question.id, rating=rating))

    def _grade(self, exchange: Exchange) -> GradeAndSeconds:
        began = self._clock()
        grade = self._grader.grade(exchange.question, exchange.text, exchange.last_run)
        return grade, self._clock() - began

    def _collect(self, *, only_ready: bool = False) -> Iterator[AnyEvent]:
        for question_id, pending in list(self._grades.items()):
            if only_ready and not pending.is_ready:
                continue
            grade, seconds = self._wait_for(pending, GRADING)
            del self._grades[question_id]
            # Stored before the grade is shown, so that it can be shown with it.
            yield from self._collect_feedback(only_ready=True)
            yield self._tell(Graded(question=question_id, grade=grade, seconds=round(seconds, 2)))

    def _collect_feedback(self, *, only_ready: bool = False) -> Iterator[AnyEvent]:
        for question_id, pending in list(self._feedback.items()):
            if only_ready and not pending.is_ready:
                continue
            del self._feedback[question_id]
            if feedback := self._wait_for(pending, ADVISING):
                yield self._tell(feedback)

    def _wait_for(self, pending: Pending[Result], what: str) -> Result:
        if pending.is_ready:
            return pending.take()
        with self._host.waiting(what):
            return pending.take()

    def _known_coverage(self) -> Coverage:
        if self._coverage is None:
            raise RuntimeError("the interview has not begun")
        return self._coverage

    def _gap_ms(self) -> int:
        return round((self._clock() - (self._heard_at or self._clock())) * 1000)

    def _tell(self, event: AnyEvent) -> AnyEvent:
        self.state = apply(self.state, event)
        return event
