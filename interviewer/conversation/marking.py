"""Grades and advice in the making: each answered question is graded once, in the worker."""

from collections.abc import Callable, Iterator
from typing import Protocol

from interviewer.conversation.ahead import Ahead, Pending, Result, Urgency
from interviewer.conversation.state import Exchange
from interviewer.grading.grader import Grader
from interviewer.grading.settled import settle
from interviewer.values.events import FeedbackGiven, Graded
from interviewer.values.grade import Grade, Ungraded
from interviewer.values.interview import Question

GRADING = "Going over your answer …"
ADVISING = "Writing down what to say better …"

GradeAndSeconds = tuple[Grade | Ungraded, float]


class Wait(Protocol):
    """How a result is waited for."""

    def __call__(self, pending: Pending[Result], what: str) -> Result:
        """Return the result; the candidate is told what is waited for."""
        ...


class Marking:
    """What was given to the grader and has not come back to the candidate yet."""

    def __init__(
        self, grader: Grader, ahead: Ahead, wait_for: Wait, clock: Callable[[], float]
    ) -> None:
        self._grader = grader
        self._ahead = ahead
        self._wait_for = wait_for
        self._clock = clock
        self._grades: dict[str, Pending[GradeAndSeconds]] = {}
        self._texts: dict[str, str] = {}
        self._feedback: dict[str, Pending[FeedbackGiven | None]] = {}

    def submit(self, exchange: Exchange) -> None:
        """Have a question graded, if it was answered and is not graded yet.

        An answer that was changed meanwhile is graded as it is now.
        """
        question, text = exchange.question, exchange.text
        if exchange.grade or not exchange.is_answered or self._texts.get(question.id) == text:
            return
        if question.id in self._texts:
            self._grades[question.id].cancel()
            self._feedback[question.id].cancel()
        self._texts[question.id] = text
        grade = self._ahead.prepare(Urgency.GRADE, lambda: self._grade(exchange))
        self._grades[question.id] = grade
        # Less urgent than the grade, which is done when this begins.
        self._feedback[question.id] = self._ahead.prepare(
            Urgency.ADVISE, lambda: self._advise(question, text, grade.take()[0])
        )

    def wants_rating(self, exchange: Exchange) -> bool:
        """Tell whether the candidate can rate an answer: the grade is in the making."""
        is_told = exchange.model_answer or exchange.self_rating
        is_due = exchange.question.id in self._grades and not is_told
        return is_due and not settle(exchange.text, exchange.question.text)

    def grades(self, *, only_ready: bool = False) -> Iterator[Graded | FeedbackGiven]:
        """Hand out the grades, each after the advice that is to be shown with it."""
        for question_id, pending in list(self._grades.items()):
            if only_ready and not pending.is_ready:
                continue
            is_ready = pending.is_ready
            grade, seconds = self._wait_for(pending, GRADING)
            del self._grades[question_id]
            yield from self.feedback(only_ready=True)
            yield Graded(
                question=question_id, grade=grade, seconds=round(seconds, 2), ready=is_ready
            )

    def feedback(self, *, only_ready: bool = False) -> Iterator[FeedbackGiven]:
        """Hand out the advice."""
        for question_id, pending in list(self._feedback.items()):
            if only_ready and not pending.is_ready:
                continue
            del self._feedback[question_id]
            if feedback := self._wait_for(pending, ADVISING):
                yield feedback

    def _grade(self, exchange: Exchange) -> GradeAndSeconds:
        began = self._clock()
        grade = self._grader.grade(exchange.question, exchange.text, exchange.last_run)
        return grade, self._clock() - began

    def _advise(
        self, question: Question, text: str, grade: Grade | Ungraded
    ) -> FeedbackGiven | None:
        coach = self._grader.coach
        point = coach.topic_of_advice(question, grade)
        advice = coach.advise(question, text, point) if point else ""
        if point is None or not advice:
            return None
        return FeedbackGiven(question=question.id, key_point=point.id, text=advice)
