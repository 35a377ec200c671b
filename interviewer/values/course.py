"""The course of a session: how long it took, whatever was added to its transcript later."""

from collections.abc import Sequence
from itertools import pairwise

from interviewer.values.events import (
    AnyEvent,
    Graded,
    NoteTaken,
    Overridden,
    Paused,
    Renamed,
    Resumed,
    SessionEnded,
    Tagged,
)

AFTERWARDS = (NoteTaken, Overridden, Renamed, Tagged)
"""What may come days later: it is no turn of the talk, and the time before it is not the talk's."""


def spent_s(events: Sequence[AnyEvent]) -> float:
    """Return the seconds that a session took so far, without pauses and the time it lay aside."""
    spent = 0.0
    for before, event in pairwise(events):
        later = isinstance(event, (*AFTERWARDS, Resumed)) or (
            isinstance(event, Graded) and event.reason != ""
        )
        if later or isinstance(before, (*AFTERWARDS, SessionEnded)):
            continue
        spent += (event.at - before.at).total_seconds()
        if isinstance(event, Paused):
            spent -= event.seconds
    return max(spent, 0.0)
