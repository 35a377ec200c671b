"""The next question, thought out in the worker while the candidate talks."""

from collections.abc import Sequence

from interviewer.conversation.ahead import Ahead, Pending
from interviewer.conversation.host import Host
from interviewer.conversation.marking import Wait
from interviewer.conversation.plan import Planned
from interviewer.conversation.pose import Posed, Poser
from interviewer.conversation.state import Exchange
from interviewer.grading.coverage import Coverage
from interviewer.grading.grader import Grader
from interviewer.values.interview import Question

BEGINNING = "Thinking of the first question …"
POSING = "Thinking of the next question …"


class Asking:
    """Goes through the plan; knows how to measure answers to the question on the table."""

    def __init__(
        self, planned: Sequence[Planned], poser: Poser, grader: Grader, ahead: Ahead,
        wait_for: Wait, host: Host,
    ) -> None:  # fmt: skip
        self._planned = planned
        self._poser = poser
        self._grader = grader
        self._ahead = ahead
        self._wait_for = wait_for
        self._host = host
        self._next: Pending[tuple[Posed, Coverage]] | None = None
        self._coverage: Coverage | None = None

    @property
    def coverage(self) -> Coverage:
        """What measures answers to the question on the table."""
        if self._coverage is None:
            raise RuntimeError("the interview has not begun")
        return self._coverage

    def pose(self, number: int) -> Posed:
        """Return the question of a number, counted from 0, which comes on the table."""
        pending, self._next = self._next, None
        if pending is not None:
            posed, self._coverage = self._wait_for(pending, POSING)
            return posed
        # A guide that is a plain list leaves even the first one to the model: no frozen screen.
        with self._host.waiting(POSING if number else BEGINNING):
            posed, self._coverage = self._pose(number)
        return posed

    def put_back(self, exchange: Exchange) -> None:
        """Put a question on the table that was there before a break."""
        self._coverage = self._grader.coverage(exchange.question)
        self.think_ahead(exchange.number, exchange.question)

    def think_ahead(self, number: int, question: Question) -> None:
        """Prepare a question and what grading the one on the table needs."""
        if number < len(self._planned):
            self._next = self._ahead.prepare(lambda: self._pose(number))
        self._ahead.prepare(lambda: self._grader.prepare(question))

    def _pose(self, number: int) -> tuple[Posed, Coverage]:
        # A small model's question often invites other points than it is graded by, so the guide's
        # own go first; the model poses where the guide has none, or none that is fresh.
        planned = self._planned[number]
        posed = self._poser.pose(planned.topic, "guide", planned.kinds)
        return posed, self._grader.coverage(posed.question)
