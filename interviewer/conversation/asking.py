"""The next question, thought out in the worker while the candidate talks."""

from collections.abc import Sequence

from interviewer.conversation.ahead import Ahead, Pending, Urgency, ready
from interviewer.conversation.host import Host
from interviewer.conversation.level import Aim
from interviewer.conversation.marking import Wait
from interviewer.conversation.pace import Pace
from interviewer.conversation.plan import Planned
from interviewer.conversation.pose import Posed, Poser
from interviewer.conversation.state import Exchange
from interviewer.grading.coverage import Coverage
from interviewer.grading.grader import Grader
from interviewer.values.knowledge import QuestionKind

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
        self.deeper = ""
        """A question that goes further than the one on the table, if there is one."""
        self.was_ready: bool | None = None
        """Whether that one had been prepared when it came; None if nobody set out to."""

    @property
    def coverage(self) -> Coverage:
        """What measures answers to the question on the table."""
        if self._coverage is None:
            raise RuntimeError("the interview has not begun")
        return self._coverage

    def pose(self, number: int, aim: Aim) -> Posed:
        """Return the question of a number, counted from 0, which comes on the table.

        `aim` counts if it was not prepared.
        """
        pending, self._next = self._next, None
        self.was_ready = pending.is_ready if pending else None
        if pending is not None:
            posed, self._coverage = self._wait_for(pending, POSING)
        else:
            # A guide that is a plain list leaves even the first one to the model: no frozen screen.
            with self._host.waiting(POSING if number else BEGINNING):
                posed, self._coverage = self._pose(number, aim, self._planned[number].kinds)
        self.deeper = posed.deeper
        return posed

    def put_back(self, exchange: Exchange) -> None:
        """Put a question on the table that was there before a break."""
        self._coverage = self._grader.coverage(exchange.question)

    def think_ahead(self, exchange: Exchange, aim: Aim, pace: Pace) -> None:
        """Prepare the next question and what grading the one on the table needs.

        So the answer to the one on the table has no say in the level of the next. A coding task
        comes if there will be time for one, or if the plan has nothing else.
        """
        number = exchange.number
        if number < len(self._planned):
            kinds = self._planned[number].kinds
            if kinds == ("write_code",) and not pace.has_time_for_task(number):
                kinds = next((p.kinds for p in self._planned if p.kinds != kinds), kinds)
            # The worker may be at a long grade, and most questions need no model.
            self._next = self._at_hand(number, aim, kinds) or self._ahead.prepare(
                Urgency.POSE, lambda: self._pose(number, aim, kinds)
            )
        self._ahead.prepare(Urgency.GRADE, lambda: self._grader.prepare(exchange.question))

    def _at_hand(
        self, number: int, aim: Aim, kinds: Sequence[QuestionKind]
    ) -> Pending[tuple[Posed, Coverage]] | None:
        planned = self._planned[number]
        posed = self._poser.at_hand(planned.topic, kinds, aim[0], planned.due)
        return ready(self._reasoned(number, aim, posed)) if posed else None

    def _pose(self, number: int, aim: Aim, kinds: Sequence[QuestionKind]) -> tuple[Posed, Coverage]:
        # A small model's question often invites other points than it is graded by, so the guide's
        # own go first; the model poses where the guide has none, or none that is fresh.
        planned = self._planned[number]
        posed = self._poser.pose(planned.topic, kinds, aim[0], planned.due)
        return self._reasoned(number, aim, posed)

    def _reasoned(self, number: int, aim: Aim, posed: Posed) -> tuple[Posed, Coverage]:
        """Return a question with all the reasons for it, and what measures answers to it."""
        planned = self._planned[number]
        level, why = aim
        # A level that the topic does not have needs no words.
        why = why if posed.question.level == level else ""
        note = " ".join(filter(None, (planned.reason, why, posed.note)))
        return posed.model_copy(update={"note": note}), self._grader.coverage(posed.question)
