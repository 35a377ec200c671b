"""What is wrong with a guide, and on which line."""

from interviewer.values.value import Value


class Finding(Value):
    """A mistake in a guide, to be shown as `path:line: message`."""

    path: str
    line: int
    message: str
