"""What can be known of an answer without a model: words and embeddings, in milliseconds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from interviewer.grading.sentences import Span, split_sentences
from interviewer.knowledge.embedder import Embedder, Vectors
from interviewer.knowledge.words import stems
from interviewer.values.knowledge import KeyPoint


@dataclass(frozen=True)
class Signals:
    """Measures of one key point against one answer."""

    recall: float
    """Share, 0 to 1, of the words that make the point which stand in the answer."""
    best_recall: float
    """The same within the sentence that says most of it."""
    similarity: float
    """Cosine of the point and that sentence, -1 to 1."""
    contrary: float
    """Share, 0 to 1, of the words of the misconception, and of it alone, in the answer."""
    span: Span | None
    """The sentence that says most of the point."""
    contrary_span: Span | None
    """The sentence nearest to the misconception, if the point names one."""


_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nothing|cannot|without|neither|nor|rather than|instead of|"
    r"(?:is|are|was|were|does|do|did|has|have|had|ca|could|wo|would|should|need|must)n['’]?t)\b",
    re.IGNORECASE,
)
NOTHING = Signals(0.0, 0.0, 0.0, 0.0, None, None)


class Claim:
    """A key point made ready: the words that tell it from its misconception, and both vectors."""

    def __init__(self, point: KeyPoint, question: str, vectors: Vectors) -> None:
        asked = set(stems(question))
        point_stems = set(stems(f"{point.text} {point.covered}"))
        wrong_stems = set(stems(point.wrong))
        # What the question said already, or what both claims share, tells nothing.
        self.words = (point_stems - wrong_stems - asked) or point_stems
        self.contrary_words = wrong_stems - point_stems - asked
        self.contrary_denies = denies(point.wrong)
        self.vector, self.contrary_vector = vectors
        self.has_contrary = bool(point.wrong)


def make_claims(points: Sequence[KeyPoint], question: str, embedder: Embedder) -> list[Claim]:
    """Return the key points of a question, ready to be held against answers."""
    texts = [
        text for point in points for text in (f"{point.text} {point.covered}".strip(), point.wrong)
    ]
    if not texts:
        return []
    vectors = embedder.embed(texts).reshape(len(points), 2, -1)
    return [Claim(point, question, pair) for point, pair in zip(points, vectors, strict=True)]


class Reading:
    """An answer read once: its sentences with stems and vectors, ready for every claim."""

    def __init__(self, answer: str, embedder: Embedder) -> None:
        self.spans = split_sentences(answer)
        self._stems = [set(stems(span.text)) for span in self.spans]
        self._all = set(stems(answer))
        self._denies = [denies(span.text) for span in self.spans]
        self._vectors = embedder.embed([span.text for span in self.spans])

    def signals(self, claim: Claim) -> Signals:
        """Return the signals of one claim."""
        if not self.spans:
            return NOTHING
        likeness = self._vectors @ claim.vector
        recalls = np.array([_share(claim.words, words) for words in self._stems])
        best = int((likeness + recalls / 2).argmax())
        contrary = self._vectors @ claim.contrary_vector
        worst = int(contrary.argmax())
        return Signals(
            recall=_share(claim.words, self._all),
            best_recall=float(recalls[best]),
            similarity=float(likeness[best]),
            contrary=_share(claim.contrary_words, self._said(denying=claim.contrary_denies)),
            span=self.spans[best],
            contrary_span=self.spans[worst] if claim.has_contrary else None,
        )

    def _said(self, *, denying: bool) -> set[str]:
        """Return the stems of the sentences that deny something, or of those that do not.

        "A test need not spell out every field" has the words of the misconception and is its
        opposite.
        """
        rows = zip(self._stems, self._denies, strict=True)
        return set().union(*(words for words, denied in rows if denied == denying))


def denies(text: str) -> bool:
    """Tell whether a text denies something, by its words."""
    return _NEGATION.search(text) is not None


def _share(wanted: set[str], there: set[str]) -> float:
    return len(wanted & there) / len(wanted) if wanted else 0.0
