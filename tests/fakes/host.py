"""Whoever drives an interview: waits as it is told to, and rates by a script."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext


class FakeHost:
    """Gives its ratings in order, then none; counts how often it was asked."""

    def __init__(
        self,
        waiting: Callable[[str], AbstractContextManager[None]] = lambda _what: nullcontext(),
        ratings: Iterable[int | None] = (),
    ) -> None:
        self._waiting = waiting
        self._ratings = iter(ratings)
        self.times_asked = 0

    def waiting(self, what: str) -> AbstractContextManager[None]:
        return self._waiting(what)

    def rating(self) -> int | None:
        self.times_asked += 1
        return next(self._ratings, None)
