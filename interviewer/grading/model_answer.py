"""What a strong answer would have been: written by a model and checked, else made of key points."""

import re
from collections.abc import Sequence

from interviewer.grading.advice import PRAISE
from interviewer.grading.claiming import denies
from interviewer.grading.sentences import split_sentences
from interviewer.knowledge.embedder import Embedder
from interviewer.knowledge.words import overlap
from interviewer.values.interview import Question
from interviewer.values.knowledge import KeyPoint

MAX_WORDS = 150
SAYS_WORDS = 0.5
SAYS_COSINE = 0.75
"""A sentence makes a key point that shares this much with it, in words or in meaning."""
GROUNDED = 0.6
"""Lowest share of a sentence's words that stand in the key points, the passages or the question."""
_MARKUP = re.compile(r"```|\*\*|^[^\S\n]*(?:[-*#]|\d+\.)\s|[⟦⟧]", re.MULTILINE)


def prepared_answer(question: Question) -> str:
    """Return an answer that makes each key point once, in the guide's words; empty without any."""
    return " ".join(f"{point.text.strip().rstrip('.')}." for point in question.key_points)


def fault(text: str, question: Question, embedder: Embedder) -> str | None:
    """Return why a model's answer cannot stand as a model answer, or None.

    It must make every key point, and say nothing that neither they nor the passages say.
    """
    if _MARKUP.search(text) or not 0 < len(text.split()) <= MAX_WORDS:
        return "is not a few spoken sentences"
    if PRAISE.search(text):
        return "praises"
    sentences = [span.text for span in split_sentences(text)]
    if missed := _missed(sentences, question.key_points, embedder):
        return f"leaves out {missed.text!r}"
    ground = " ".join([
        question.text, question.title,
        *(f"{point.text} {point.covered}" for point in question.key_points),
        *(passage.text for passage in question.sources),
    ])  # fmt: skip
    strange = unfounded(text, ground)
    return f"claims what no passage says: {strange!r}" if strange else None


def unfounded(text: str, ground: str) -> str | None:
    """Return the first sentence of a text that says what the ground does not, or None."""
    sentences = (span.text for span in split_sentences(text))
    return next((s for s in sentences if overlap(s, ground) < GROUNDED), None)


def _missed(
    sentences: Sequence[str], points: Sequence[KeyPoint], embedder: Embedder
) -> KeyPoint | None:
    """Return the first key point that no sentence makes, or that one denies."""
    likeness = embedder.embed([point.text for point in points]) @ embedder.embed(sentences).T
    for row, point in enumerate(points):
        best = int(likeness[row].argmax())
        shares = overlap(point.text, " ".join(sentences)) >= SAYS_WORDS
        is_made = shares or float(likeness[row, best]) >= SAYS_COSINE
        if not is_made or denies(sentences[best]) != denies(point.text):
            return point
    return None
