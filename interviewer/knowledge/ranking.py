"""Ranking: two scores become one, passages that say the same are dropped, a budget is kept."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from interviewer.knowledge.words import terms
from interviewer.values.knowledge import Hit, Passage

Scores = NDArray[np.float32]

SAME = 0.9
"""Passages that share this part of their terms (Jaccard) say the same."""
BYTES_A_TOKEN = 3
"""Cautious: the default model takes a token for 4.3 bytes of the guide, 3.2 of code."""


def best(scores: Scores, count: int) -> list[int]:
    """Return the rows of the `count` highest scores above zero, best first; ties by row."""
    if count < len(scores):
        edge = np.partition(scores, -count)[-count]
        rows = np.flatnonzero(scores >= edge)
    else:
        rows = np.arange(len(scores))
    rows = rows[scores[rows] > 0]
    return [int(row) for row in rows[np.argsort(-scores[rows], kind="stable")][:count]]


def fuse(cosine: Scores, bm25: Scores, weight: float) -> Scores:
    """Return `weight` parts of the cosine and the rest of BM25, each as a share of its best.

    A convex combination; a fusion by ranks (RRF) found less than the cosine alone (measured).
    """
    return weight * _share(cosine) + (1 - weight) * _share(bm25)


def _share(scores: Scores) -> Scores:
    top = float(scores.max(initial=0))
    return scores / top if top > 0 else np.zeros_like(scores)


def distinct(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the hits that do not say again what a better one said."""
    said: list[frozenset[str]] = []
    for hit in hits:
        own = frozenset(terms(hit.passage.text))
        if all(len(own & other) < SAME * len(own | other) for other in said):
            said.append(own)
            yield hit


def within_budget(passages: Sequence[Passage], tokens: int) -> list[Passage]:
    """Return the passages that fit into so many tokens of a prompt, whole and in order."""
    kept: list[Passage] = []
    for passage in passages:
        cost = -(-len(passage.text.encode("utf-8", "replace")) // BYTES_A_TOKEN)
        if cost <= tokens:
            kept.append(passage)
            tokens -= cost
    return kept
