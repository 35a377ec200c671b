"""Where a session left off: what is to be done next."""

from collections.abc import Sequence
from typing import Literal

from interviewer.conversation.state import State
from interviewer.values.course import AFTERWARDS
from interviewer.values.events import (
    Answered,
    AnyEvent,
    ClosingAsked,
    CodeRan,
    Corrected,
    FeedbackGiven,
    Graded,
    Paused,
    Resumed,
    SelfRated,
    SessionEnded,
)

Step = Literal["ask", "run", "reply_to_code", "reply", "listen", "close", "answer", "closing"]
_SILENT = (*AFTERWARDS, Corrected, FeedbackGiven, Graded, Paused, Resumed, SelfRated, SessionEnded)
"""What is no turn of the talk: it does not change whose turn it is."""


def next_step(state: State, events: Sequence[AnyEvent]) -> Step:
    """Return what an interview with these events has to do: the turn it was broken off in.

    `ask` the first question; `run` the code, or reply to it or to an answer that has no reply;
    `listen` to the candidate; `close` a question that is done with; in the closing, `answer` what
    the candidate asked or wait for it.
    """
    current = state.current
    if current is None:
        return "ask"
    last = next((event for event in reversed(events) if not isinstance(event, _SILENT)), None)
    if state.is_closing:
        return "answer" if isinstance(last, ClosingAsked) else "closing"
    if current.is_closed:
        return "close"
    if isinstance(last, Answered) and last.answer.is_code:
        return "run"
    if isinstance(last, CodeRan):
        return "reply_to_code"
    return "reply" if isinstance(last, Answered) else "listen"
