"""Whether a sentence claims something, and whether it denies, by its words."""

import re

from interviewer.knowledge.words import STOP_WORDS, stems

_NEGATION = re.compile(
    r"\b(?:not|never|no|none of|nothing|cannot|without|neither|nor|rather than|instead of|"
    r"(?:is|are|was|were|does|do|did|has|have|had|ca|could|wo|would|should|need|must)n['’]?t)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not (?:true|the case|right|correct)|untrue|false|wrong|incorrect|a myth|nonsense)"
    r"(?: to say)? that\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
BAG = 12
"""As many words without one that joins them are a list of catchwords and claim nothing. In 5,500
sentences of people's answers the longest such runs had 11 words, formulas and German aside."""


def denies(text: str) -> bool:
    """Tell whether a text denies something, by its words."""
    return _NEGATION.search(text) is not None


def claims_something(text: str, asked: set[str]) -> bool:
    """Tell whether a sentence can make a point.

    None does that says only what the question asked (the stems given), that is a bag of catchwords,
    or that calls a claim untrue.
    """
    said = set(stems(text))
    if said and said <= asked:
        return False
    run = longest = 0
    for word in _WORD.findall(text):
        run = 0 if word.lower() in STOP_WORDS else run + 1
        longest = max(longest, run)
    return longest < BAG and not _DENIED.search(text)
