"""The word index: BM25 over the passages of a collection, kept on disk; alone imports bm25s."""

import contextlib
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from interviewer.knowledge.ranking import Scores
from interviewer.knowledge.words import terms
from interviewer.values.knowledge import Passage

FORMAT = "1"
"""Goes up when the terms of a text change, so that what was kept is made anew."""
ROWS = "rows.json"

Rows = NDArray[np.intp]


class Row(NamedTuple):
    """What the index knows of a passage besides its words."""

    id: str
    path: str
    symbol: str


class WordIndex:
    """BM25 scores (Lucene's variant, k1 1.5, b 0.75) of a query for every row."""

    def __init__(self, rows: Sequence[Row], bm25: Any) -> None:  # noqa: ANN401 - bm25s is untyped
        self.rows = tuple(rows)
        self.row_of = {row.id: number for number, row in enumerate(self.rows)}
        self._bm25 = bm25

    @classmethod
    def build(cls, passages: Iterable[Passage]) -> Self:
        """Return the index of passages, in memory."""
        import bm25s  # noqa: PLC0415 - 0.2 s; only for those who search

        rows: list[Row] = []
        tokens: list[list[str]] = []
        for passage in passages:
            rows.append(Row(passage.id, passage.path, passage.symbol))
            tokens.append(terms(f"{passage.header}\n{passage.text}"))
        if not any(tokens):
            return cls(rows, None)
        bm25 = bm25s.BM25()
        bm25.index(tokens, show_progress=False)
        return cls(rows, bm25)

    @classmethod
    def kept(cls, folder: Path, build: str, passages: Callable[[], Iterable[Passage]]) -> Self:
        """Return the index of the passages of one build, from a folder if it is there.

        Else it is made, and kept for the next time if the disk lets us and the build has a name;
        a damaged one counts no more than an absent one.
        """
        if not build:
            return cls.build(passages())
        digest = hashlib.sha256(f"{FORMAT}\0{build}".encode("utf-8", "replace"))
        place = folder / digest.hexdigest()[:32]
        with contextlib.suppress(OSError, EOFError, ValueError, KeyError, TypeError):
            return cls.load(place)
        index = cls.build(passages())
        with contextlib.suppress(OSError):
            index.save(place)
        return index

    @classmethod
    def load(cls, place: Path) -> Self:
        """Return the index that was saved in a folder, its arrays mapped and not read."""
        rows = [Row(*row) for row in json.loads((place / ROWS).read_text(encoding="utf-8"))]
        if not (place / "bm25").exists():
            return cls(rows, None)
        import bm25s  # noqa: PLC0415 - 0.2 s; only for those who search

        return cls(rows, bm25s.BM25.load(place / "bm25", mmap=True))

    def save(self, place: Path) -> None:
        """Write it all beside its place, alone there, and rename it: nobody reads half of it."""
        place.parent.mkdir(parents=True, exist_ok=True)
        for old in place.parent.iterdir():
            shutil.rmtree(old, ignore_errors=True)
        unfinished = Path(tempfile.mkdtemp(dir=place.parent))
        if self._bm25:
            self._bm25.save(unfinished / "bm25", show_progress=False)
        (unfinished / ROWS).write_text(json.dumps(self.rows), encoding="utf-8")
        unfinished.rename(place)

    def scores(self, text: str) -> Scores:
        """Return the BM25 score of each row, 0 where it has no word of the text."""
        found: Scores = np.zeros(len(self.rows), dtype=np.float32)
        if not self._bm25:
            return found
        # As bm25s adds them up, but not by `np.add.at`, which takes half as long again.
        held = self._bm25.scores
        for term in self._bm25.get_tokens_ids(terms(text)):
            column = slice(held["indptr"][term], held["indptr"][term + 1])
            found[held["indices"][column]] += held["data"][column]
        return found

    def rows_of(self, path: str = "", topic: str = "") -> Rows:
        """Return the rows below a path and of a topic; each admits all if it is empty."""
        rows = self.rows_below([path]) if path else np.arange(len(self.rows))
        if not topic:
            return rows
        return np.array([row for row in rows if self.rows[row].symbol == topic], dtype=np.intp)

    def rows_below(self, places: Sequence[str]) -> Rows:
        """Return the rows of these files and of those below these folders, in order."""
        if not places:
            return np.array([], dtype=np.intp)
        found = [
            row
            for path, rows in self._by_path.items()
            if any(path == place or path.startswith(f"{place.rstrip('/')}/") for place in places)
            for row in rows
        ]
        return np.array(sorted(found), dtype=np.intp)

    @cached_property
    def _by_path(self) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for number, row in enumerate(self.rows):
            rows.setdefault(row.path, []).append(number)
        return rows
