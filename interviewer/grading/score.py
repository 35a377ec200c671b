"""From verdicts and weights to a score and a band; no model has a say here."""

from collections.abc import Mapping, Sequence

from interviewer.values.grade import Band, Verdict
from interviewer.values.knowledge import KeyPoint

NOISE = 0.08
SURE = 0.8
"""A point with this probability counts for nothing, or in full; between them credit grows evenly.
Answers that people call complete seldom come nearer to 1 (benchmarks/grading)."""
BANDS: tuple[tuple[float, Band], ...] = (
    (0.75, "strong hire"), (0.5, "hire"), (0.3, "leaning no"), (0.0, "no"),
)  # fmt: skip
"""Lowest score of each band, best first. On the hand-written ladder (benchmarks/grading) strong
answers have a mean of 0.89, partial ones 0.49, vague and wrong ones 0.12 and 0.21."""


def credit(probability: float) -> float:
    """Return the share of a point's weight, 0 to 1, that its probability earns."""
    return min(1.0, max(0.0, (probability - NOISE) / (SURE - NOISE)))


def earning(share: float) -> float:
    """Return the probability that earns a share of a point's weight: `credit` the other way."""
    return NOISE + share * (SURE - NOISE) if 0 < share < 1 else float(share > 0)


def score(points: Sequence[KeyPoint], verdicts: Sequence[Verdict]) -> float:
    """Return what verdicts are worth, 0 to 1.

    The probability counts and not the name of the verdict, so that a point just below a threshold
    and one just above it are worth nearly the same.
    """
    return weigh(points, {verdict.key_point: verdict.probability for verdict in verdicts})


def weigh(points: Sequence[KeyPoint], probabilities: Mapping[str, float]) -> float:
    """Return the weighted mean, 0 to 1, of the credit that each key point's probability earns."""
    total = sum(point.weight for point in points)
    earned = sum(point.weight * credit(probabilities.get(point.id, 0.0)) for point in points)
    return earned / total if total else 0.0


def band(value: float) -> Band:
    """Return the band of a score between 0 and 1: of the tenths of 10 that people see."""
    return next(name for lowest, name in BANDS if round(value, 2) >= lowest)
