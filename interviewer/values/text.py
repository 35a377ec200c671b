"""Text from elsewhere, made fit to be shown."""

import unicodedata

_KEPT = "\n\t"


def safe(text: str) -> str:
    """Return text in which control, escape and bidirectional characters are visible, not obeyed."""
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character in _KEPT or not unicodedata.category(character).startswith("C"):
        return character
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"  # noqa: PLR2004
