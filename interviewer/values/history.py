"""What earlier sessions showed: how topics stand, and what was asked lately."""

from datetime import datetime

from pydantic import AwareDatetime, Field

from interviewer.values.knowledge import KeyPoint, Level
from interviewer.values.value import Value

DAYS_OF_A_WEEK = 7


class Standing(Value):
    """How a topic stands with the candidate."""

    times: int
    """How often it was asked."""
    lately: int = 0
    """How many of its questions came up in the last sessions, as follow-ups too."""
    had: int = 0
    of: int = 0
    """How many of the key points of the last question that was graded were covered."""
    due: AwareDatetime | None = None
    """When it should come again; None if no answer was graded or left out."""
    points: dict[str, AwareDatetime] = Field(default_factory=dict)
    """When each key point that was graded should come again, by its id."""


class ProvenQuestion(Value):
    """A question that the model posed once, and that an answer showed to be a good one."""

    text: str
    level: Level
    key_points: tuple[KeyPoint, ...]


class History(Value):
    """All earlier sessions, as far as they matter for the next."""

    topics: dict[str, Standing] = Field(default_factory=dict)
    lately: tuple[str, ...] = ()
    """What was asked in the last sessions, the oldest first."""
    bank: dict[str, tuple[ProvenQuestion, ...]] = Field(default_factory=dict)
    """A few good questions of the model's for each topic that has some, the oldest first."""


def day_of(moment: datetime, now: datetime) -> str:
    """Return a day as the reader says it: `today`, `Monday` within a week, else a date."""
    day, today = moment.astimezone().date(), now.astimezone().date()
    if day == today:
        return "today"
    is_near = abs((day - today).days) < DAYS_OF_A_WEEK
    return f"{day:%A}" if is_near else f"{day:%Y-%m-%d}"
