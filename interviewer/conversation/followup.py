"""What to ask next about the same question: the weightiest key point that is still open."""

import re
from collections.abc import Sequence
from random import Random

from interviewer.conversation.manners import Wording
from interviewer.conversation.state import Exchange
from interviewer.grading.coverage import Coverage, weightiest_open
from interviewer.grading.settled import settle
from interviewer.knowledge.spoken import given_away
from interviewer.values.value import Value

MAX_FOLLOWUPS = 2
OPEN_BELOW = 0.25
"""A key point with less coverage than this is worth asking on: of the points made on the
hand-written ladder (benchmarks/grading) 4 % measure less."""
MADE_FROM = 0.42
"""A sentence whose point has this coverage made it, and may be said back."""
QUOTE_WORDS = (3, 12)
"""How many words of the candidate's are short enough to say back and long enough to mean much."""
_VAGUE_WORDS = 12
_FILLER = re.compile(
    r"^(?:(?:well|so|um|uh|okay|ok|yes|and|but|like|basically|i think|i mean|i guess)\b[\s,]*)+",
    re.IGNORECASE,
)


class Move(Value):
    """A follow-up that was picked: the key point aimed at, and what to say."""

    key_point: str
    text: str


def pick_followup(
    exchange: Exchange, coverage: Coverage, rng: Random, wording: Wording
) -> Move | None:
    """Return the next follow-up, or None when it is time to move on.

    There is none after an answer that says nothing, and never one on a point asked on before, as
    a follow-up or as a hint.
    """
    last = exchange.answers[-1].text if exchange.answers else ""
    if len(exchange.followups) >= MAX_FOLLOWUPS or settle(last, exchange.question.text):
        return None
    measured = coverage.measure(exchange.text)
    points = exchange.question.key_points
    index = weightiest_open(exchange.question, measured, OPEN_BELOW, asked_on(exchange))
    if index is None:
        return None
    point = points[index]
    lead = _quoted(measured, exchange, coverage) or _plain(last, exchange, rng, wording)
    return Move(key_point=point.id, text=f"{lead} {point.followup}")


def asked_on(exchange: Exchange) -> list[str]:
    """Return the ids of the key points that a follow-up or a hint was about."""
    hinted = [p.id for p in exchange.question.key_points if p.followup in exchange.hints]
    return [event.key_point for event in exchange.followups] + hinted


def _quoted(measured: Sequence[float], exchange: Exchange, coverage: Coverage) -> str | None:
    """Return what the candidate said that made a point, to say before a follow-up."""
    best = max(range(len(measured)), key=measured.__getitem__)
    quote = _quote(coverage, exchange, best) if measured[best] >= MADE_FROM else None
    return quote and f"You said “{quote}”."


def _plain(last: str, exchange: Exchange, rng: Random, wording: Wording) -> str:
    """Return words before a follow-up that were not said to this question yet."""
    leads = wording.concrete if len(last.split()) <= _VAGUE_WORDS else wording.onward
    said = [event.text for event in exchange.followups]
    return rng.choice([lead for lead in leads if not any(t.startswith(lead) for t in said)])


def _quote(coverage: Coverage, exchange: Exchange, index: int) -> str | None:
    """Return a few words of the last answer that made a point, if they give no other away."""
    span = coverage.signals(exchange.answers[-1].text)[index].span
    if span is None:
        return None
    quote = _FILLER.sub("", span.text).strip(' .,;:!?"“”')
    low, high = QUOTE_WORDS
    if not low <= len(quote.split()) <= high or "\n" in quote:
        return None
    claims = [p.text for i, p in enumerate(exchange.question.key_points) if i != index]
    return None if given_away(quote, claims, "") else quote
