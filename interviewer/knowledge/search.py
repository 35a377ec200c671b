"""Search: a query becomes passages, by the likeness of vectors and by the words they share."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import numpy as np

from interviewer.knowledge.embedder import Embedder, Vectors
from interviewer.knowledge.ranking import Scores, best, distinct, fuse
from interviewer.knowledge.store import Store
from interviewer.knowledge.word_index import Rows, WordIndex
from interviewer.values.knowledge import Hit

DEPTH = 50
"""Passages that each way of searching proposes."""
COSINE_SHARE = 0.7
"""Share of the cosine in a passage's score; BM25 has the rest. Near the best on every set measured
(benchmarks/knowledge/quality.py), of prose and of code."""
HINT_BONUS = 1.0
"""What standing where the guide points adds: as much as the best match of all, for its author knew
better than a likeness does."""


class _Ranked(NamedTuple):
    id: str
    score: float
    cosine: float
    bm25: float


class Search:
    """Hybrid search in one collection of the store."""

    def __init__(self, store: Store, name: str, embedder: Embedder) -> None:
        self._store = store
        self._name = name
        self._embedder = embedder

    def find(
        self, text: str, count: int, *, path: str = "", topic: str = "", hints: Sequence[str] = ()
    ) -> list[Hit]:
        """Return up to `count` passages that are about a text, best first, no two alike.

        Only those below `path` and of the topic with the id `topic`, where given. Those below one
        of `hints` are raised, and come into question even where others are nearer.
        """
        index = self._words
        among = index.rows_of(path, topic)
        pointed = index.rows_below(hints)
        if path or topic:
            pointed = pointed[np.isin(pointed, among)]
        bm25 = index.scores(text)
        vector = self._embedder.embed([text])[0]
        found = self._proposed(vector, bm25, among) | self._proposed(vector, bm25, pointed)
        rows = np.array(sorted(found), dtype=np.intp)
        cosine = np.array([found[row] for row in rows], dtype=np.float32)
        score = fuse(cosine, bm25[rows], COSINE_SHARE) + HINT_BONUS * np.isin(rows, pointed)
        best_first = np.argsort(-score, kind="stable")
        ranked = [
            _Ranked(index.rows[row].id, float(own), found[row], float(bm25[row]))
            for row, own in zip(rows[best_first], score[best_first], strict=True)
        ]
        return list(islice(distinct(self._read(ranked, count)), count))

    def _read(self, ranked: Sequence[_Ranked], count: int) -> Iterator[Hit]:
        """Yield hits with their passages; these are read as far as they are asked for."""
        # Some will be near-duplicates, and a request costs as much as several passages.
        for start in range(0, len(ranked), 2 * count):
            part = ranked[start : start + 2 * count]
            read = self._store.passages(self._name, [one.id for one in part])
            passages = {passage.id: passage for passage in read}
            for one in part:
                # Another process may have written since the ids were found.
                if passage := passages.get(one.id):
                    yield Hit(passage=passage, score=one.score, cosine=one.cosine, bm25=one.bm25)

    @cached_property
    def _words(self) -> WordIndex:
        store, name = self._store, self._name
        return WordIndex.kept(
            store.folder / "words" / name, store.build(name),
            lambda: store.passages(name, sorted(store.ids(name))),
        )  # fmt: skip

    def _proposed(self, vector: Vectors, bm25: Scores, among: Rows) -> dict[int, float]:
        """Return the rows that one way or the other puts first among some, with their cosine."""
        if not len(among):
            return {}
        index = self._words
        ids = [index.rows[row].id for row in among] if len(among) < len(index.rows) else []
        near = self._store.nearest(self._name, vector, DEPTH, ids)
        shared = [index.rows[among[place]].id for place in best(bm25[among], DEPTH)]
        near |= self._store.compare(self._name, vector, [one for one in shared if one not in near])
        # Another process may have written since the words were indexed.
        return {index.row_of[one]: cosine for one, cosine in near.items() if one in index.row_of}
