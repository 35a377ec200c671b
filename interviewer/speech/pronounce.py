"""Text as engineers write it, put so that a voice reads it as they say it."""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from importlib.resources import files

_TABLE = "pronunciation.toml"
_LINK = "the link on the screen"
_CODE = "the code on the screen"
_CODE_WORDS = 4
"""More words than these of code between two ` are shown and not said."""
_SAYABLE = re.compile(r"[\w\s.*@/<>=!-]+(\([\w\s.,*]*\))?:?")
_WORD = re.compile(r"[^\W\d_]\w*")
_HUMPS = re.compile(r"[A-Z]+s?(?![a-z])|[A-Z]?[a-z]+|[A-Z]|\d+")
_MARKUP: tuple[tuple[str, str], ...] = (
    (r"!?\[([^\]\n]+)\]\([^)\s]*\)", r"\1"),  # a link
    (r"\b[a-z]{2,}://\S*[\w/]", _LINK),
    (r"(?m)^[\s#*>-]+\s", " "),  # headings, lists, quotes
    (r"\*\*(?=\S)([^*\n]+)(?<=\S)\*\*", r"\1"),  # bold
    (r"(?<![\w*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\w*])", r"\1"),  # italics
    (r"(?<=[a-z])\(s\)", "s"),
)
_SHAPES: tuple[tuple[str, str], ...] = (
    (r"\^2\b|²", " squared "),
    (r"\^3\b|³", " cubed "),
    (r"\b__(\w+?)__\b", r"dunder \1"),
    (r"(?i)(python)[^\w.,;:?!]*(\d)\.(\d+)", r"\1 \2 \3"),  # three eleven, not point one one
    (r"(?<=\d)_(?=\d)", ""),
    (r"(\.[a-z]\w*):(\d+)[-–](\d+)\b", r"\1, lines \2 to \3"),
    (r"(\.[a-z]\w*):(\d+)\b", r"\1, line \2"),
    (r"(?<=\d)\s*\*\s*(?=\d)", " times "),
    (r"(?<![^\W_]|[-)])--(?=\w)", "dash dash "),
    (r"(?<![^\W_]|[-)])-(?=[^\W\d])", "dash "),
    (r"(?<![^\W_]|[-)])-(?=\d)", "minus "),
    (r"#(?=\d)", "number "),
    (r"\bf(?=['\"])", "f-string "),
    (r"\.(?=[^\W\d])", " dot "),
)
_CALL = re.compile(r"(?<=\w)(?:\(([^()]*)\)|\[([^\[\]]*)\])")
_STRANGE = re.compile(r"[^\w\s!-~²³“”‘’€£–—→≤≥≠×µμ]")
_DIGIT = re.compile(r"[^\x00-\x7f²³]")
_UNSAID = re.compile(r"[^\w\s.,;:?!'\"“”‘’()%$€£–—-]|_")


def as_said(text: str) -> str:
    """Return a sentence without markup or signs, names put as they are said.

    Doing it twice changes nothing more, and nothing raises.
    """
    text = unicodedata.normalize("NFC", _STRANGE.sub(" ", text))
    # A voice takes any digit for a number, and trips over those that `int` does not read.
    text = _DIGIT.sub(lambda found: str(unicodedata.digit(found[0], found[0])), text)
    text = _phrases().sub(lambda found: f" {_table()['phrases'][found[0]]} ", text)
    text = re.sub(r"`+([^`]*)`+", lambda found: _inline(found[1]), text)
    for shape, said in _MARKUP:
        text = re.sub(shape, said, text)
    text = _calls(text)
    for shape, said in _SHAPES:
        text = re.sub(shape, said, text)
    text = _signs().sub(lambda found: f" {_table()['signs'][found[0]]} ", text)
    text = _WORD.sub(lambda found: _name(found[0]), text)
    return _tidy(_UNSAID.sub(" ", text))


def _inline(code: str) -> str:
    """Return code between two `, if it is short enough to be said."""
    is_short = len(code.split()) <= _CODE_WORDS and _SAYABLE.fullmatch(code)
    return code.rstrip(":") if is_short else _CODE


def _calls(text: str) -> str:
    """Put `f(x)` and `d[k]` as "f of x", from the inside out."""
    while found := _CALL.search(text):
        inside = (found[1] or found[2] or "").strip()
        after = text[found.end() :]
        gap = " " if after[:1].isalnum() else ""
        text = text[: found.start()] + (f" of {inside}" if inside else "") + gap + after
    return text


def _name(word: str) -> str:
    """Return how a name is said: from the table, or its parts one by one."""
    if said := _known(word):
        return said
    pieces = (piece for piece in word.split("_") if piece)
    # Only names of code have humps: "Zoë" is one word.
    parts = [p for piece in pieces for p in (_HUMPS.findall(piece) if piece.isascii() else [piece])]
    return " ".join(_known(part) or part for part in parts)


def _known(word: str) -> str | None:
    words = _table()["words"]
    return words.get(word) or words.get(word.lower())


def _tidy(text: str) -> str:
    text = re.sub(r"\s+(?=[.,;:?!)])", "", text)
    return " ".join(text.split()).lstrip(" -–—.,;:?!)")


@functools.cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = files(__package__).joinpath(_TABLE).read_text(encoding="utf-8")
    return tomllib.loads(text)


@functools.cache
def _signs() -> re.Pattern[str]:
    return _any_of(_table()["signs"])


@functools.cache
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of(_table()['phrases']).pattern})(?!\w)")


def _any_of(keys: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True)))
