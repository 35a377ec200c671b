"""What can go wrong in the domain, said without any word of HTTP.

Services and repositories raise these; `app.main` alone knows which status code
each becomes. The same service could therefore serve a command line as well.
"""

from typing import ClassVar


class LibraryError(Exception):
    """A refusal the caller can understand; the message is safe to show."""

    code: ClassVar[str] = "library_error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(LibraryError):
    """The thing asked for does not exist."""

    code = "not_found"


class Conflict(LibraryError):
    """The request clashes with the present state; it may succeed later."""

    code = "conflict"


class RuleBroken(LibraryError):
    """A rule of the library forbids it, although the state would allow it."""

    code = "rule_broken"
