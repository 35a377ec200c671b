"""Answers that need no judge: nothing said, "I don't know", the question given back."""

import re
from typing import Literal

from interviewer.knowledge.words import overlap, stems

Settled = Literal["empty", "dont_know", "copied"]
_DONT_KNOW = re.compile(
    r"\b(?:(?:i\s+)?(?:really\s+|honestly\s+)?(?:don'?t|do\s+not|didn'?t)\s+(?:really\s+|actually\s+)?"
    r"(?:know|remember|recall)|no\s+(?:idea|clue)|not\s+(?:really\s+)?sure|can'?t\s+(?:say|answer|recall|"
    r"remember)|never\s+(?:heard|used|learned|learnt)|next\s+(?:one|question)|sorry|idk|dunno)\b",
    re.IGNORECASE,
)
_PASSES = re.compile(
    r"\W*(?:(?:please|sorry|hmm?|i|i'?ll|i'?d|would|will|like|to|have|let'?s|can|we)\W+)*(?:pass|skip)"
    r"(?:\W+(?:on|it|this|that|the|one|question|please|sorry))*\W*",
    re.IGNORECASE,
)
"""These words alone: "use pass" and "skip it if it is empty" are answers about Python."""
MAX_WORDS = 12
"""A longer answer says something besides that it does not know."""
COPIED = 0.9
"""An answer with nothing new beyond this share of the question's words repeats it."""


def settle(answer: str, question: str) -> Settled | None:
    """Return why an answer is worth nothing without asking a model, or None."""
    words = re.findall(r"[^\W_]+", answer)
    if not words:
        return "empty"
    if len(words) <= MAX_WORDS:
        if _PASSES.fullmatch(answer):
            return "dont_know"
        rest = set(stems(_DONT_KNOW.sub(" ", answer))) - set(stems(question))
        if _DONT_KNOW.search(answer) and len(rest) <= 1:  # a word of politeness
            return "dont_know"
    if stems(answer) and overlap(answer, question) >= COPIED:
        return "copied"
    return None
