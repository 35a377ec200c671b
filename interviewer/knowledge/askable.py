"""What can be asked aloud: one question, short, without markup, giving nothing away."""

import re
from collections.abc import Iterable

from interviewer.knowledge.words import overlap

MAX_WORDS = 45
GIVES_AWAY = 0.6
"""A question holds its answer when it has this share of a key point's own words."""

_MARKUP = re.compile(r"`|\*\*|^[^\S\n]*[-*#>]\s|\n[^\S\n]*\d+\.|https?://", re.MULTILINE)


def faults(text: str) -> list[str]:
    """Return what keeps a text from being one spoken question; empty if nothing does."""
    found: list[str] = []
    marks = text.count("?")
    if marks != 1:
        found.append(f"has {marks} question marks instead of one")
    elif not text.rstrip().endswith("?"):
        found.append("goes on after its question mark")
    if (words := len(text.split())) > MAX_WORDS:
        found.append(f"has {words} words, more than {MAX_WORDS}")
    if _MARKUP.search(text) or "\n" in text.strip():
        found.append("has markup or line breaks, which cannot be said aloud")
    return found


def given_away(text: str, claims: Iterable[str], topic: str) -> str | None:
    """Return the first claim that a question already contains, the topic's own words aside."""
    for claim in claims:
        if overlap(claim, text, ignoring=topic) >= GIVES_AWAY:
            return claim
    return None
