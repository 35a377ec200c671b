"""What an interview asks of whoever drives it, besides storing and showing its events."""

from contextlib import AbstractContextManager
from typing import Protocol

from interviewer.values.interview import Answer


class Host(Protocol):
    """Whoever drives an interview."""

    def waiting(self, what: str) -> AbstractContextManager[None]:
        """Be told what is waited for, for as long as it takes."""
        ...

    def rating(self, said: str) -> int | Answer | None:
        """Return the candidate's own rating of an answer, 1 to 4; None for none.

        Or what they put in the place of `said`, the last words of it, if there are any.
        """
        ...
