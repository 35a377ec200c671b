"""How long a candidate waited for the interviewer's first words, as a chart and a table."""

import math
import statistics
from collections.abc import Iterable

from interviewer.pages import Point
from interviewer.values.events import AnyEvent, FollowedUp, QuestionAsked
from interviewer.values.value import Value

PEOPLE_S = 0.2
"""What people leave between turns in talk, on average (Stivers et al., PNAS 2009)."""
TICKS = (0.01, 0.1, 1.0, 10.0, 100.0)
"""Seconds; what took less or more stands at the edge."""


class WaitChart(Value):
    """The waits of a session, in seconds."""

    rows: tuple[tuple[str, float], ...]
    """What was said then, and after how long."""
    median: float
    longest: float
    points: tuple[Point, ...]
    ticks: tuple[tuple[float, str], ...]
    rules: tuple[tuple[float, str], ...]


def wait_chart(events: Iterable[AnyEvent]) -> WaitChart | None:
    """Return the waits before questions and follow-ups, or None if none was measured."""
    rows: list[tuple[str, float]] = []
    number = 0
    for event in events:
        if isinstance(event, QuestionAsked):
            number = event.number
            name = f"question {number}"
        elif isinstance(event, FollowedUp):
            name = f"follow-up to {number}"
        else:
            continue
        if event.gap_ms is not None:
            rows.append((name, event.gap_ms / 1000))
    if not rows:
        return None
    waits = [seconds for _, seconds in rows]
    last = max(len(rows) - 1, 1)
    return WaitChart(
        rows=tuple(rows), median=statistics.median(waits), longest=max(waits),
        points=tuple(
            Point(x=index / last, y=_height(seconds), title=f"{name}: {seconds:.2f} s")
            for index, (name, seconds) in enumerate(rows)
        ),
        ticks=tuple((_height(seconds), f"{seconds:g} s") for seconds in TICKS),
        rules=((_height(PEOPLE_S), f"{PEOPLE_S} s, the pause in talk"),),
    )  # fmt: skip


def _height(seconds: float) -> float:
    """Return the place of a wait on a logarithmic scale, 0 to 1."""
    low, high = math.log10(TICKS[0]), math.log10(TICKS[-1])
    place = (math.log10(max(seconds, TICKS[0])) - low) / (high - low)
    return min(1.0, place)
