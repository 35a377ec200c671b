"""Stand-ins for the two seams of the service: the clock and the notifier."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from app.background import Notice

START = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)


class FakeClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """Return the time the test has set."""
        return self.now

    def advance(self, **step: float) -> None:
        """Move on, e.g. `advance(days=22)`."""
        self.now += timedelta(**step)


class FakeNotifier:
    """Keeps the notices instead of delivering them.

    A fake and not a mock: tests look at what was sent, and do not prescribe by
    which calls. `before_send` lets a test look around, or fail, at that moment.
    """

    def __init__(self) -> None:
        self.sent: list[Notice] = []
        self.before_send: Callable[[], Awaitable[None]] | None = None

    async def send(self, notice: Notice) -> None:
        """Remember the notice."""
        if self.before_send is not None:
            await self.before_send()
        self.sent.append(notice)
