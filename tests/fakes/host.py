"""Whoever drives an interview: waits as it is told to, and rates by a script."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext

from interviewer.values.interview import Answer


class FakeHost:
    """Gives its ratings in order, then none; counts how often it was asked."""

    def __init__(
        self,
        waiting: Callable[[str], AbstractContextManager[None]] = lambda _what: nullcontext(),
        ratings: Iterable[int | Answer | None] = (),
    ) -> None:
        self._waiting = waiting
        self._ratings = iter(ratings)
        self.times_asked = 0
        self.said: list[str] = []

    def waiting(self, what: str) -> AbstractContextManager[None]:
        return self._waiting(what)

    def rating(self, said: str) -> int | Answer | None:
        self.said.append(said)
        self.times_asked += 1
        return next(self._ratings, None)
