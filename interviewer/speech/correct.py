"""Technical words put right where the recogniser wrote something that sounds the same.

With care: a wrong correction would give credit for what was not said. Only a word of the
vocabulary is put in, only for what sounds like it, and never for words that the guide itself uses.
"""

import re
from collections.abc import Iterable

from interviewer.speech.extra import needs_extra

NEAR = 0.8
"""Levenshtein similarity, 0 to 1, that two words of one sound need besides."""
MIN_LETTERS = 5
MAX_WINDOW = 3
"""Words that one technical word may have been heard as."""

HEARD_AS = {
    "async io": "asyncio",
    "a sync io": "asyncio",
    "a sink io": "asyncio",
    "core routine": "coroutine",
    "core routines": "coroutines",
    "default dict": "defaultdict",
    "fast api": "FastAPI",
    "meta class": "metaclass",
    "meta classes": "metaclasses",
    "named tuple": "namedtuple",
    "sea python": "CPython",
    "see python": "CPython",
    "jason": "JSON",
    "quargs": "kwargs",
    "my pie": "mypy",
    "my pi": "mypy",
    "num pie": "numpy",
    "num pi": "numpy",
    "pidantic": "Pydantic",
    "pie dantic": "Pydantic",
    "pie test": "pytest",
    "pi test": "pytest",
    "pytist": "pytest",
    "sequel alchemy": "SQLAlchemy",
    "sequel lite": "SQLite",
    "sequel light": "SQLite",
    "dunder init": "__init__",
    "dunder enter": "__enter__",
    "dunder exit": "__exit__",
    "dunder call": "__call__",
    "dunder iter": "__iter__",
    "dunder next": "__next__",
}
"""What recognisers write for words of the trade; it sounds the same and means nothing itself."""

_WORD = re.compile(r"[A-Za-z_][\w']*")
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_TERM = re.compile(r"`([A-Za-z_]+)(?:\(\))?`|\b([A-Z][a-z]+[A-Z]\w*|[A-Z]{2,}[a-z]\w*)\b")


class Vocabulary:
    """The words of a guide: those of the trade, and those that it says in plain text.

    Raises:
        SpeechError: the extra `voice` is not installed.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._plain: set[str] = set()
        self._terms: dict[str, str] = {}
        for text in texts:
            self._plain.update(map(str.lower, _WORD.findall(_CODE.sub(" ", text))))
            for quoted, camel in _TERM.findall(text):
                self._terms.setdefault((quoted or camel).lower(), quoted or camel)
        with needs_extra():
            import jellyfish  # noqa: PLC0415 - part of the extra

        self._jellyfish = jellyfish
        self._sounds: dict[str, list[str]] = {}
        for term in self._terms:
            if len(term) >= MIN_LETTERS and "_" not in term and term not in self._plain:
                self._sounds.setdefault(jellyfish.metaphone(term), []).append(term)

    def correct(self, text: str) -> str:
        """Return a text with the words of the trade put right; its other words stay as they are."""
        words = list(_WORD.finditer(text))
        parts: list[str] = []
        done = at = 0
        while at < len(words):
            size, term = self._meant(words[at : at + MAX_WINDOW], text)
            if term:
                parts += [text[done : words[at].start()], term]
                done = words[at + size - 1].end()
            at += size
        return "".join([*parts, text[done:]])

    def _meant(self, window: list[re.Match[str]], text: str) -> tuple[int, str]:
        """Return how many words from here one word of the trade was heard as, and which."""
        for size in range(len(window), 0, -1):
            phrase = text[window[0].start() : window[size - 1].end()].lower()
            words = phrase.split(" ")
            # Anything else between two words keeps them apart.
            if len(words) == size and (term := self._term(words, phrase)):
                return size, term
        return 1, ""

    def _term(self, words: list[str], phrase: str) -> str:
        heard = HEARD_AS.get(phrase, "")
        if heard.lower() in self._terms or heard.lower() in self._plain:
            return heard
        if len(words) == 1:
            return self._sounds_like(phrase)
        # "Foreign key" is what was said; "get attr" is not.
        is_plain = all(word in self._plain for word in words)
        return "" if is_plain else self._terms.get("".join(words), "")

    def _sounds_like(self, word: str) -> str:
        if word in self._plain or word in self._terms or len(word) < MIN_LETTERS:
            return ""
        alike = self._sounds.get(self._jellyfish.metaphone(word), [])
        near = {term: self._nearness(word, term) for term in alike}
        best = max(near, key=near.__getitem__, default="")
        return self._terms[best] if best and near[best] >= NEAR else ""

    def _nearness(self, one: str, other: str) -> float:
        distance: int = self._jellyfish.levenshtein_distance(one, other)
        return 1 - distance / max(len(one), len(other))
