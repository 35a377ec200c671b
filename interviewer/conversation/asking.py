"""The next question, thought out in the worker while the candidate talks."""

from collections.abc import Sequence
from functools import partial

from interviewer.conversation.ahead import Ahead, Pending, Urgency
from interviewer.conversation.host import Host
from interviewer.conversation.level import Adapting, Aim
from interviewer.conversation.marking import Wait
from interviewer.conversation.pace import Pace
from interviewer.conversation.plan import Planned
from interviewer.conversation.pose import Posed, Poser
from interviewer.conversation.state import Exchange
from interviewer.grading.coverage import Coverage
from interviewer.grading.grader import Grader
from interviewer.values.knowledge import Level, QuestionKind

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
        self._at_hand: dict[Level, Posed] = {}
        self._next: Pending[Posed] | None = None
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

        `aim` has no say in one that a model was asked for while the candidate talked.
        """
        at_hand, self._at_hand = self._at_hand.get(aim[0]), {}
        pending, self._next = self._next, None
        self.was_ready = bool(at_hand) or (pending.is_ready if pending else None)
        if at_hand:
            posed = self._reasoned(number, aim, self._poser.give(at_hand))
        elif pending:
            posed = self._wait_for(pending, POSING)
        else:
            # A guide that is a plain list leaves even the first one to the model: no frozen screen.
            with self._host.waiting(POSING if number else BEGINNING):
                posed = self._pose(number, aim, self._planned[number].kinds)
        self._coverage = self._grader.coverage(posed.question)
        self.deeper = posed.deeper
        return posed

    def put_back(self, exchange: Exchange) -> None:
        """Put a question on the table that was there before a break."""
        self._coverage = self._grader.coverage(exchange.question)

    def think_ahead(self, exchange: Exchange, adapting: Adapting, pace: Pace) -> None:
        """Prepare the next question and what grading the one on the table needs.

        One that needs no model is made ready for each level that the next may have; a model is
        asked for one of the level as it is now. A coding task comes if there will be time for one,
        or if the plan has nothing else.
        """
        number = exchange.number
        if number < len(self._planned):
            planned = self._planned[number]
            kinds = planned.kinds
            if kinds == ("write_code",) and not pace.has_time_for_task(number):
                kinds = next((p.kinds for p in self._planned if p.kinds != kinds), kinds)
            # The worker may be at a long grade, and most questions need no model.
            self._at_hand = self._poser.at_hand(
                planned.topic, kinds, adapting.possible, planned.due
            )
            for posed in self._at_hand.values():
                self._ahead.prepare(Urgency.POSE, partial(self._grader.coverage, posed.question))
            if not self._at_hand:
                pose = partial(self._pose, number, adapting.aim, kinds)
                self._next = self._ahead.prepare(Urgency.POSE, pose)
        self._ahead.prepare(Urgency.GRADE, lambda: self._grader.prepare(exchange.question))

    def _pose(self, number: int, aim: Aim, kinds: Sequence[QuestionKind]) -> Posed:
        # A small model's question often invites other points than it is graded by, so the guide's
        # own go first; the model poses where the guide has none, or none that is fresh.
        planned = self._planned[number]
        posed = self._poser.pose(planned.topic, kinds, aim[0], planned.due)
        self._grader.coverage(posed.question)  # Kept ready: this may be the worker.
        return self._reasoned(number, aim, posed)

    def _reasoned(self, number: int, aim: Aim, posed: Posed) -> Posed:
        """Return a question with all the reasons for it."""
        planned = self._planned[number]
        level, why = aim
        # A level that the topic does not have needs no words.
        why = why if posed.question.level == level else ""
        note = " ".join(filter(None, (planned.reason, why, posed.note)))
        return posed.model_copy(update={"note": note})
