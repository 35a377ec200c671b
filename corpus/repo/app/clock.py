"""The one place that asks the operating system what time it is."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the current moment, always with a time zone.

    Code that needs the time takes a `Clock` instead of calling this, so that a
    test can say what "now" is and can move it.
    """
    return datetime.now(UTC)
