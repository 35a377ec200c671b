"""An answer as sentences with their places in its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=\S)|\n+")
_CLAUSE = re.compile(
    r"[;:]\s+|,\s+(?=(?:and|but|so|because|which|while|whereas|or)\b)|(?<!\s)\s+(?=but\b)"
)
MAX_CHARS = 160
"""Longer sentences are cut at clauses: a quote should be read at a glance."""


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` (exclusive) of an answer."""

    start: int
    end: int
    text: str


def split_sentences(answer: str) -> list[Span]:
    """Return the sentences of an answer, long ones cut at clauses, without surrounding space."""
    spans: list[Span] = []
    for start, end in _cut(answer, 0, len(answer), _END):
        if end - start > MAX_CHARS:
            spans += [Span(a, b, answer[a:b]) for a, b in _cut(answer, start, end, _CLAUSE)]
        else:
            spans.append(Span(start, end, answer[start:end]))
    return spans


def _cut(text: str, start: int, end: int, mark: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield trimmed ranges of `text[start:end]` between marks, empty ones left out."""
    begin = start
    for match in (*mark.finditer(text, start, end), None):
        stop = match.start() if match else end
        first, last = begin, stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield first, last
        begin = match.end() if match else end
