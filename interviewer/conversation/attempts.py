"""Other attempts at a question: in other sessions, the same question or one on its topic."""

from collections.abc import Iterable

from interviewer.conversation.state import Exchange, State
from interviewer.values.events import SessionStarted
from interviewer.values.value import Value

MAX_ATTEMPTS = 20


class Attempt(Value):
    """A question that was answered, and the session in which it was."""

    started: SessionStarted
    exchange: Exchange


def attempts_at(exchange: Exchange, sessions: Iterable[State]) -> list[Attempt]:
    """Return the first attempts at a question in some sessions, in their order.

    Where none asked the same question, they are those at other questions on its topic.
    """
    same: list[Attempt] = []
    akin: list[Attempt] = []
    wanted = exchange.question
    for state in sessions:
        for other in state.exchanges if state.started else ():
            if state.started and other.is_answered and other.question.topic == wanted.topic:
                found = same if other.question.id == wanted.id else akin
                found.append(Attempt(started=state.started, exchange=other))
        if len(same) >= MAX_ATTEMPTS:
            break
        del akin[MAX_ATTEMPTS:]
    return (same or akin)[:MAX_ATTEMPTS]
