"""What an interview asks of whoever drives it, besides storing and showing its events."""

from contextlib import AbstractContextManager
from typing import Protocol


class Host(Protocol):
    """Whoever drives an interview."""

    def waiting(self, what: str) -> AbstractContextManager[None]:
        """Be told what is waited for, for as long as it takes."""
        ...

    def rating(self) -> int | None:
        """Return the candidate's own rating of the last answer, 1 to 4; None for none."""
        ...
