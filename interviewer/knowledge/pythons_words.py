"""Python's own words on a topic that nobody has notes on: help, docstrings, documentation."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from interviewer.knowledge.embedder import Embedder
from interviewer.knowledge.passages import embedded_text
from interviewer.knowledge.pydocs import find_pages, modules_named, read_pages, read_pydocs
from interviewer.knowledge.ranking import best
from interviewer.knowledge.word_index import WordIndex
from interviewer.values.knowledge import Passage

DEPTH = 12
"""Passages that share words with the topic and are then compared by meaning."""


class PythonsWords:
    """Searches what the interpreter that runs us says of itself, and pages of its documentation.

    It is not part of the index: embedding all of it would cost the first start a minute, and few
    guides need it. What shares words with the topic is embedded when it is asked for.
    """

    def __init__(self, embedder: Embedder, documentation: Path | None = None) -> None:
        self._embedder = embedder
        self._found_pages = find_pages(documentation)
        self._found: dict[tuple[str, ...], tuple[Sequence[Passage], WordIndex]] = {}

    def about(self, title: str, count: int, least: float) -> list[Passage]:
        """Return up to `count` passages with at least this cosine to a title, best first."""
        passages, index = self._read(title)
        rows = best(index.scores(title), DEPTH)
        if not rows:
            return []
        vectors = self._embedder.embed([title, *(embedded_text(passages[row]) for row in rows)])
        likeness = vectors[1:] @ vectors[0]
        near = sorted(zip(likeness.tolist(), rows, strict=True), reverse=True)[:count]
        return [passages[row] for cosine, row in near if cosine >= least]

    @cached_property
    def _pages(self) -> list[Passage]:
        return read_pages(self._found_pages)

    def _read(self, title: str) -> tuple[Sequence[Passage], WordIndex]:
        modules = modules_named(" ".join(f"`{word}`" for word in title.lower().split()))
        if modules not in self._found:
            passages = [*read_pydocs(modules), *self._pages]
            self._found[modules] = (passages, WordIndex.build(passages))
        return self._found[modules]
