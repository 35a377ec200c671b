"""Hints: three for a question, each giving a little more, made of the guide's own texts."""

import re

from interviewer.conversation.followup import asked_on
from interviewer.conversation.state import Exchange
from interviewer.grading.coverage import PARTLY, Coverage, weightiest_open
from interviewer.knowledge.words import stems
from interviewer.values.knowledge import KeyPoint

MAX_HINTS = 3
FIRST_WORDS = 3
"""The second hint gives a third of the point's words, but so many at least."""
GAP = "____"
_WORD = re.compile(r"[\w-]{4,}")


def next_hint(exchange: Exchange, coverage: Coverage) -> str | None:
    """Return a hint that was not given yet, or None when there were three or no point is open.

    The first asks towards the weightiest open point; the second begins it; the third says it with
    its key words left out. A follow-up on the table has asked towards its point already.
    """
    if len(exchange.hints) >= MAX_HINTS:
        return None
    measured = coverage.measure(exchange.text)
    points = exchange.question.key_points
    nudged = _nudged(exchange)
    if nudged is not None and measured[nudged] < PARTLY:
        return _more(points[nudged], exchange)
    index = weightiest_open(exchange.question, measured, asked_on(exchange))
    return None if index is None else points[index].followup


def _nudged(exchange: Exchange) -> int | None:
    """Return the index of the point that the follow-up on the table, else a hint, asked towards."""
    on_table = exchange.followups[-1].key_point if exchange.followups else None
    for index, point in reversed(list(enumerate(exchange.question.key_points))):
        is_hinted = bool(point.followup) and point.followup in exchange.hints
        if point.id == on_table or (is_hinted and not on_table):
            return index
    return None


def _more(point: KeyPoint, exchange: Exchange) -> str | None:
    """Return the next hint on a point that was nudged at, or None if both were given."""
    words = point.text.split()
    begin = " ".join(words[: max(FIRST_WORDS, len(words) // 3)])
    steps = (f"It begins like this: “{begin} …”", f"Fill the gaps: “{_gapped(point, exchange)}”")
    return next((text for text in steps if text not in exchange.hints), None)


def _gapped(point: KeyPoint, exchange: Exchange) -> str:
    """Return a point without the words that the question does not have and that say most."""
    known = set(stems(f"{exchange.question.text} {exchange.question.title} {point.followup}"))
    fresh = {w for w in _WORD.findall(point.text) if not set(stems(w)) <= known}
    longest = sorted(fresh or _WORD.findall(point.text), key=lambda w: (-len(w), w))
    hidden = longest[: max(1, len(longest) // 3)]
    text = point.text
    for word in hidden:
        text = re.sub(rf"\b{re.escape(word)}\b", GAP, text)
    return text
