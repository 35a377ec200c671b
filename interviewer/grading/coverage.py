"""A quick measure of which key points an answer made: words and embeddings, no model."""

from collections.abc import Sequence

from interviewer.grading.blend import load_blends
from interviewer.grading.signals import Reading, Signals, make_claims
from interviewer.knowledge.embedder import WordEmbedder
from interviewer.values.interview import Question


class Coverage:
    """The key points of one question, embedded ahead, ready to be held against an answer."""

    def __init__(self, question: Question, embedder: WordEmbedder) -> None:
        self.question = question
        self._embedder = embedder
        self._claims = make_claims(question.key_points, question.text, embedder)

    def signals(self, answer: str) -> list[Signals]:
        """Return the signals of each key point, in the question's order."""
        reading = Reading(answer, self.question.text, self._embedder)
        return [reading.signals(claim) for claim in self._claims]

    def measure(self, answer: str) -> list[float]:
        """Return how likely each key point is covered, 0 to 1, in a few milliseconds."""
        blend = load_blends().without_model
        return [blend.probability(signals) for signals in self.signals(answer)]


def weightiest_open(
    question: Question, coverage: Sequence[float], threshold: float, asked: Sequence[str]
) -> int | None:
    """Return the index of the heaviest point below a threshold that was not asked on yet."""
    points = question.key_points
    open_points = [
        index
        for index, point in enumerate(points)
        if coverage[index] < threshold and point.id not in asked and point.followup
    ]
    return min(open_points, key=lambda i: (-points[i].weight, coverage[i]), default=None)
