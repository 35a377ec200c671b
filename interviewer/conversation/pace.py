"""The time of a session: how much is spent, and what there is still time for."""

import math
from collections.abc import Callable

QUESTION_S = (60.0, 180.0)
"""Least and most that is kept free for one more question: between them, what one took so far."""
CLOSING_S = 60.0
"""What is kept free for the candidate's questions in a real interview."""
TASK_S = 300.0
"""What a coding task needs at least."""


class Pace:
    """Counts the time of a session from its first question on, without pauses."""

    def __init__(
        self, minutes: int | None, clock: Callable[[], float], *, has_closing: bool
    ) -> None:
        self._limit_s = minutes * 60.0 if minutes else math.inf
        self._closing_s = CLOSING_S if has_closing else 0.0
        self._clock = clock
        self._began_at = clock()

    def begin(self) -> None:
        """Count from now on."""
        self._began_at = self._clock()

    def leave_out(self, seconds: float) -> None:
        """Take seconds out of the time; less than none adds what was spent before a break."""
        self._began_at += seconds

    @property
    def spent_s(self) -> float:
        """How long the session has lasted."""
        return self._clock() - self._began_at

    def has_time(self, asked: int) -> bool:
        """Tell whether there is time for one question more after so many."""
        return self._left_s >= self._question_s(asked) + self._closing_s

    def has_time_for_task(self, asked: int) -> bool:
        """Tell whether there will be time for a coding task once the last of so many is through."""
        return self._left_s >= self._question_s(asked - 1) + TASK_S

    @property
    def _left_s(self) -> float:
        return self._limit_s - self.spent_s

    def _question_s(self, asked: int) -> float:
        least, most = QUESTION_S
        return min(max(self.spent_s / max(asked, 1), least), most)
