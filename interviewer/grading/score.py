"""From verdicts and weights to a score and a band; no model has a say here."""

from collections.abc import Sequence

from interviewer.values.grade import Band, Verdict
from interviewer.values.knowledge import KeyPoint

BANDS: tuple[tuple[float, Band], ...] = (
    (0.6, "strong hire"), (0.45, "hire"), (0.28, "leaning no"), (0.0, "no"),
)  # fmt: skip
"""Lowest score of each band, best first. On the hand-written ladder (benchmarks/grading) strong
answers have a mean of 0.69, partial ones 0.46, vague and wrong ones 0.14 and 0.18."""


def score(points: Sequence[KeyPoint], verdicts: Sequence[Verdict]) -> float:
    """Return the weighted mean, 0 to 1, of how likely each key point is covered.

    The probability counts and not the name of the verdict, so that a point just below a threshold
    and one just above it are worth nearly the same.
    """
    likely = {verdict.key_point: verdict.probability for verdict in verdicts}
    total = sum(point.weight for point in points)
    earned = sum(point.weight * likely.get(point.id, 0.0) for point in points)
    return earned / total if total else 0.0


def band(value: float) -> Band:
    """Return the band of a score between 0 and 1."""
    return next(name for lowest, name in BANDS if value >= lowest)
