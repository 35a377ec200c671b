"""Words of a text: stems for comparing what texts say, without the words that carry nothing."""

import re
from functools import cache

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_TOKEN = re.compile(r"\w+(?:'\w+)?")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_STOP = """
    a about after all also an and any are as at be because been before being but by can could did do
    does doing each for from get gets give given had has have having he her here his how i if in
    is it its itself just let like make makes may me might more most must my no nor not of off on
    once one only or other our out over own say says same she should so some something such than
    that the their them then there these they thing things this those through to too under until up
    us use used uses using very was way we were what when where which while who why will with would
    you your yes
"""
STOP_WORDS = frozenset(_STOP.split())


@cache
def _stem(word: str) -> str:
    import snowballstemmer  # noqa: PLC0415 - loads thirty languages; only for those who compare

    return str(snowballstemmer.stemmer("english").stemWord(word))


def stems(text: str) -> list[str]:
    """Return the stems of a text's content words, in order; identifiers are split into words."""
    words = _WORD.findall(_CAMEL.sub(" ", text.replace("_", " ")))
    return [_stem(word.lower()) for word in words if word.lower() not in STOP_WORDS]


def terms(text: str) -> list[str]:
    """Return what a text is searched by: its stems, and before theirs each identifier whole."""
    return [term for token in _TOKEN.findall(text) for term in _terms(token)]


@cache
def _terms(token: str) -> tuple[str, ...]:
    """Return the terms of one token; kept, because a repository says the same words over again."""
    parts = _WORD.findall(_CAMEL.sub(" ", token.replace("_", " ")))
    whole = [] if parts == [token] else [token.lower()]
    return (*whole, *stems(token))


def overlap(part: str, whole: str, ignoring: str = "") -> float:
    """Return the share of the stems of `part` that stand in `whole`, those of `ignoring` aside."""
    wanted = set(stems(part)) - set(stems(ignoring))
    return len(wanted & set(stems(whole))) / len(wanted) if wanted else 0.0
