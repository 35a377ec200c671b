"""The part of a reply in which a model thinks aloud, taken out while the reply comes."""

from collections.abc import Iterable, Iterator, Mapping

_OPENS, _CLOSES = "<think>", "</think>"


def without_thinking(pieces: Iterable[str]) -> Iterator[str]:
    """Yield a reply without `<think>…</think>`, also where a tag is split between pieces.

    White space before the first word is dropped. Thinking that never ends is all dropped.
    """
    held, thinking, begun = "", False, False
    for piece in pieces:
        said, held, thinking = _advance(held + piece, thinking=thinking)
        said = said if begun else said.lstrip()
        if said:
            begun = True
            yield said
    rest = held if begun else held.lstrip()
    if rest and not thinking:
        yield rest


def begins_thinking(chances: Mapping[str, float]) -> bool:
    """Say whether the likeliest first token opens a thought."""
    return max(chances, key=lambda token: chances[token]).lstrip().startswith("<think")


def _advance(text: str, *, thinking: bool) -> tuple[str, str, bool]:
    """Return what can be said now, what may be the beginning of a tag, and the new state."""
    said = ""
    while True:
        tag = _CLOSES if thinking else _OPENS
        before, found, after = text.partition(tag)
        if not found:
            break
        said += "" if thinking else before
        text, thinking = after, not thinking
    kept = _begun(text, tag)
    said += "" if thinking else text[: len(text) - kept]
    return said, text[len(text) - kept :], thinking


def _begun(text: str, tag: str) -> int:
    """Return how many characters at the end of a text begin a tag."""
    lengths = range(min(len(tag) - 1, len(text)), 0, -1)
    return next((length for length in lengths if text.endswith(tag[:length])), 0)
