"""A quick measure of which key points an answer made: words and embeddings, no model."""

from collections.abc import Sequence
from functools import lru_cache, partial

from interviewer.grading.blend import load_blend
from interviewer.grading.signals import Reading, Signals, make_claims
from interviewer.knowledge.embedder import WordEmbedder
from interviewer.values.interview import Question

COVERED = 0.42
PARTLY = 0.25
"""Lowest probability at which a key point was made, and made in part. Of the points in
answers to the hand-written ladder (benchmarks/grading) 92 % of those that were made reach the first
with a model, 85 % without, and 13 % of the others; 95 and 94 % reach the second."""


class Coverage:
    """The key points of one question, embedded ahead, ready to be held against an answer."""

    def __init__(self, question: Question, embedder: WordEmbedder) -> None:
        self.question = question
        claims = make_claims(question.key_points, question.text, embedder)
        self.read = lru_cache(2)(
            partial(Reading, question=question.text, claims=claims, embedder=embedder)
        )
        """Reads an answer; two are kept, for what was said last and all that was said."""

    def signals(self, answer: str) -> list[Signals]:
        """Return the signals of each key point, in the question's order."""
        return self.read(answer).signals()

    def measure(self, answer: str) -> list[float]:
        """Return how likely each key point is covered, 0 to 1, in a few milliseconds."""
        blend = load_blend()
        return [blend.probability(signals) for signals in self.signals(answer)]


def open_points(question: Question, coverage: Sequence[float], asked: Sequence[str]) -> list[int]:
    """Return the indexes of the points that were not made, nor asked on, and can be asked on."""
    return [
        index
        for index, point in enumerate(question.key_points)
        if coverage[index] < PARTLY and point.followup and point.id not in asked
    ]


def weightiest_open(
    question: Question, coverage: Sequence[float], asked: Sequence[str]
) -> int | None:
    """Return the index of the heaviest open point; of two as heavy, of the one least made."""
    return min(
        open_points(question, coverage, asked),
        key=lambda index: (-question.key_points[index].weight, coverage[index]),
        default=None,
    )
