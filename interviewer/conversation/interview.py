"""The interview: hears answers, decides what comes next, and tells it as events."""

import time
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Literal

from interviewer.coding.runner import run_code, task_cases
from interviewer.conversation import aids, closing, manners, writing
from interviewer.conversation.ahead import Ahead, Pending, Result, Urgency
from interviewer.conversation.asking import Asking
from interviewer.conversation.followup import Move, asked_again, has_made_point, pick_followup
from interviewer.conversation.host import Host
from interviewer.conversation.level import Adapting
from interviewer.conversation.marking import Marking
from interviewer.conversation.pace import Pace
from interviewer.conversation.plan import Planned
from interviewer.conversation.pose import Poser
from interviewer.conversation.resume import Step, next_step
from interviewer.conversation.state import Exchange, State, apply, replay
from interviewer.grading.grader import Grader
from interviewer.values.course import spent_s
from interviewer.values.events import (
    Answered,
    AnswerShown,
    AnyEvent,
    ClosingAsked,
    ClosingBegan,
    CodeRan,
    FollowedUp,
    Noted,
    Paused,
    QuestionAsked,
    Resumed,
    Said,
    SessionEnded,
    SessionStarted,
    Skipped,
)
from interviewer.values.interview import Answer


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
        self._poser, self._grader = poser, grader
        self._host = host
        self._clock = clock
        self._is_real = started.mode == "real"
        self._wording = manners.WORDINGS[started.manner]
        self._rng = Random(started.seed)  # noqa: S311 - variety, not secrecy
        self._ahead = Ahead()
        self._adapting = Adapting(started.level, [item.topic for item in planned])
        self._asking = Asking(planned, poser, grader, self._ahead, self._wait_for, host)
        self._marking = Marking(grader, self._ahead, self._wait_for, clock)
        self._heard_at: float | None = None
        self.pace = Pace(started.minutes, clock, has_closing=self._is_real)

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
        if self._is_real:
            yield self._tell(Said(text=manners.opening(self._started, self._planned)))
        yield from self._ask()

    def resume(self, events: Sequence[AnyEvent]) -> Iterator[AnyEvent]:
        """Go on with the session that these events were left of, in the midst of a turn too."""
        self.state = replay(events)
        self.pace.leave_out(-spent_s(events))
        for exchange in self.state.exchanges:
            self._poser.remember(exchange.question)
        step = next_step(self.state, events)
        yield self._tell(Resumed(model=self._grader.judge))
        for exchange in self.state.exchanges[: None if self.state.is_closing else -1]:
            self._marking.submit(exchange)
            self._adapting.note(exchange, self._grader.coverage(exchange.question))
        if step in ("run", "reply", "reply_to_code", "listen", "close"):
            self._asking.put_back(self.question)
            self._asking.think_ahead(self.question, self._adapting, self.pace)
        yield from self._go_on(step)

    def _go_on(self, step: Step) -> Iterator[AnyEvent]:
        match step:
            case "ask":
                yield from self._ask()
            case "run":
                yield self._run(self.question.codes[-1])
                yield from self._respond(is_code=True)
            case "reply" | "reply_to_code":
                yield from self._respond(is_code=step == "reply_to_code")
            case "answer":
                yield from self._answer_candidate(self.state.closing[-1])
            case "close":
                if not (self.question.is_answered or self.question.skipped):
                    yield self._tell(Skipped())
                yield from self._close_question()

    def hear(self, answer: Answer) -> Iterator[AnyEvent]:
        """Take an answer to what was asked last; follow up, or close the question and go on.

        Code that answers a task runs against its cases first.
        """
        self._heard_at = self._clock()
        if self.state.is_closing:
            yield from self._hear_question(answer.text)
            return
        answer = writing.as_code(answer, self.question.question)
        yield self._tell(Answered(answer=answer))
        if answer.is_code:
            yield self._run(answer.text)
        yield from self._respond(is_code=answer.is_code)

    def _respond(self, *, is_code: bool) -> Iterator[AnyEvent]:
        """Say something to the last answer, or close the question."""
        move = self._reply(is_code=is_code)
        if isinstance(move, str):
            yield self._tell(Said(text=move))
        elif move is not None:
            yield self._tell(FollowedUp(**move.model_dump(), gap_ms=self._gap_ms()))
        else:
            yield from self._close_question()

    def _reply(self, *, is_code: bool) -> Move | str | None:
        if self.question.question.task is None:
            said = (self.question, self._asking.coverage, self._rng, self._wording)
            return asked_again(*said[:2]) or pick_followup(*said, self._asking.deeper)
        return writing.reply(self.question, self._rng, is_code=is_code, is_real=self._is_real)

    def _run(self, code: str) -> AnyEvent:
        task = self.question.question.task
        cases = task_cases(task) if task else []
        with self._host.waiting(writing.RUNNING):
            return self._tell(CodeRan(run=run_code(code, cases)))

    def hint(self) -> Iterator[AnyEvent]:
        """Give a nudge towards a key point that is still open; none in a real interview."""
        yield self._tell(aids.hint(self.question, self._asking.coverage, is_real=self._is_real))

    def simplify(self) -> Iterator[AnyEvent]:
        """Say the question in easier words that ask for the same, if there are any."""
        exchange = self.question
        topic = self._planned[exchange.number - 1].topic
        work = self._ahead.prepare(Urgency.NOW, lambda: aids.reword(exchange, self._poser, topic))
        with self._host.waiting(aids.REWORDING):
            text = work.take_within(aids.REWORDING_S)
        yield self._tell(aids.simplify(exchange, text))

    def correct(self, answer: Answer) -> Iterator[AnyEvent]:
        """Put another text in the place of the last answer; it may answer the follow-up too."""
        yield self._tell(aids.correct(self.question, answer))
        if has_made_point(self.question, self._asking.coverage):
            yield from self._respond(is_code=False)

    def pause(self, seconds: float) -> Iterator[AnyEvent]:
        """Take a pause that is over out of the time."""
        self.pace.leave_out(seconds)
        yield self._tell(Paused(seconds=round(seconds, 1)))

    def skip(self) -> Iterator[AnyEvent]:
        """Leave the question; what was answered before is still graded."""
        self._heard_at = self._clock()
        yield self._tell(Skipped())
        yield from self._close_question()

    def show_answer(self) -> Iterator[AnyEvent]:
        """Give a model answer and close the question; none in a real interview."""
        if self._is_real:
            yield self._tell(Noted(text=aids.NO_ANSWERS_IN_REAL))
            return
        question = self.question.question
        text = self._do_now(lambda: self._grader.coach.model_answer(question), aids.ANSWERING)
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
            yield from map(self._tell, self._marking.grades(only_ready=True))
            yield self._tell(SessionEnded(reason=reason))
            return
        if self.state.current:
            self._marking.submit(self.question)
        yield from self._finish(self._reason() if self.state.is_closing else reason)

    def close(self) -> None:
        """Stop the worker; nothing of it runs after this."""
        self._ahead.close()

    def _close_question(self) -> Iterator[AnyEvent]:
        self._marking.submit(self.question)
        if not self._is_real:
            yield from self._rate()
            yield from map(self._tell, self._marking.grades())
        self._adapting.note(self.question, self._asking.coverage)
        if not self._is_over():
            yield from self._ask()
        elif self._is_real:
            text = manners.over(self._wording, self.state.exchanges, self._rng)
            yield self._tell(ClosingBegan(text=text))
        else:
            yield from self._finish(self._reason())

    def _hear_question(self, text: str) -> Iterator[AnyEvent]:
        """Take what the candidate asks in the closing, or that there is nothing (more)."""
        if closing.is_none(text):
            yield from self._finish(self._reason())
        elif closing.is_announced(text):
            yield self._tell(Said(text=closing.GO_AHEAD))
        else:
            yield self._tell(ClosingAsked(text=text))
            yield from self._answer_candidate(text)

    def _answer_candidate(self, text: str) -> Iterator[AnyEvent]:
        parts = self._poser.answer(text)
        yield from map(self._tell, closing.delivered(parts, self._ahead, self._host))
        if len(self.state.closing) < closing.MAX_QUESTIONS:
            yield self._tell(Said(text=self._wording.more))
        else:
            yield from self._finish(self._reason())

    def _finish(self, reason: Literal["complete", "candidate", "time"]) -> Iterator[AnyEvent]:
        yield from map(self._tell, self._marking.grades())
        yield self._tell(SessionEnded(reason=reason))
        yield from map(self._tell, self._marking.feedback())

    def _reason(self) -> Literal["complete", "time"]:
        return "complete" if len(self.state.exchanges) >= len(self._planned) else "time"

    def _is_over(self) -> bool:
        return self._reason() == "complete" or not self.pace.has_time(len(self.state.exchanges))

    def _ask(self) -> Iterator[AnyEvent]:
        number = len(self.state.exchanges)
        posed = self._asking.pose(number, self._adapting.aim)
        if number == 0:
            self.pace.begin()  # Its wait is ours.
        lead = manners.turn(self._wording, self.state.exchanges, posed.question, self._rng)
        yield self._tell(
            QuestionAsked(
                number=number + 1, question=posed.question, rejected=posed.rejected,
                reason=posed.note, ready=self._asking.was_ready, gap_ms=self._gap_ms(),
                lead=lead if self._is_real else "",
            )
        )  # fmt: skip
        self._asking.think_ahead(self.question, self._adapting, self.pace)

    def _rate(self) -> Iterator[AnyEvent]:
        """Ask for the candidate's own rating, once, or for better last words of the answer."""
        while self._marking.wants_rating(self.question):
            event = aids.rate(self.question, self._host)
            self._heard_at = self._clock()
            if event is None:
                return
            yield self._tell(event)
            self._marking.submit(self.question)

    def _do_now(self, work: Callable[[], Result], what: str) -> Result:
        return self._wait_for(self._ahead.prepare(Urgency.NOW, work), what)

    def _wait_for(self, pending: Pending[Result], what: str) -> Result:
        if pending.is_ready:
            return pending.take()
        with self._host.waiting(what):
            return pending.take()

    def _gap_ms(self) -> int | None:
        return None if self._heard_at is None else round((self._clock() - self._heard_at) * 1000)

    def _tell(self, event: AnyEvent) -> AnyEvent:
        self.state = apply(self.state, event)
        return event
