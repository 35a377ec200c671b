"""How well two graders agree: correlations, error and kappa, with intervals over questions.

Scores are shares of the full score, 0 to 1. A figure that is not defined for its scores, such as a
correlation of scores that are all the same, is NaN inside and None in a `Figure`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from interviewer.values.value import Value

CLASSES = 6
"""Kappa and the bands round scores to the nearest of this many equal steps (0, 0.2, … 1; a half
goes up): whole points where five are to be had."""
MIN_ANSWERS = 3
"""Fewer answers to a question say nothing about their order."""
RESAMPLES = 1_000
SEED = 0
INTERVAL = (2.5, 97.5)
"""Percentiles between which 95 % of the resamples lie."""

Scores = NDArray[np.float64]


class Figure(Value):
    """A measure and its 95 % interval; None where it is not defined."""

    value: float | None
    low: float | None
    high: float | None


class Agreement(Value):
    """How well one grader agrees with another, whose scores count as the right ones."""

    between: str
    answers: int
    questions: int
    pearson: Figure
    spearman: Figure
    within_question: Figure
    """Mean of the Pearson correlations of each question's answers."""
    bias: Figure
    """Mean of given minus right: positive is too generous."""
    rmse: Figure
    kappa: Figure


class Band(Value):
    """The errors on the answers that people gave about the same score."""

    score: float
    """The people's, rounded to a class."""
    answers: int
    mean: float
    """Of the scores given."""
    bias: float
    rmse: float


@dataclass(frozen=True)
class _Question:
    """The scores of one question's answers, and their correlation."""

    right: Scores
    given: Scores
    correlation: float

    @classmethod
    def of(cls, right: Scores, given: Scores) -> Self:
        """Correlate once, for all resamples.

        Where the right scores are all the same there is nothing to find out; where only the given
        ones are, nothing was found out: 0.
        """
        if len(right) < MIN_ANSWERS or np.ptp(right) == 0:
            return cls(right, given, np.nan)
        return cls(right, given, 0.0 if np.ptp(given) == 0 else pearson(right, given))


def agree(
    between: str, right: Sequence[float], given: Sequence[float], groups: Sequence[str]
) -> Agreement:
    """Return how well the given scores agree with the right ones; groups are the questions.

    Intervals are percentiles of a bootstrap (Efron 1979) that draws whole questions, because
    answers to one question are alike (cluster bootstrap, Field and Welsh 2007); the seed is fixed.
    """
    first, second = np.array(right, dtype=float), np.array(given, dtype=float)
    names = np.array(groups)
    questions = [
        _Question.of(first[names == name], second[names == name]) for name in dict.fromkeys(groups)
    ]
    rng = np.random.default_rng(SEED)
    draws = rng.integers(len(questions), size=(RESAMPLES, len(questions)))
    resampled = np.array([_figures([questions[i] for i in draw]) for draw in draws])
    figures = [
        _figure(value, column if len(questions) > 1 else column[:0])
        for value, column in zip(_figures(questions), resampled.T, strict=True)
    ]
    names_of_figures = ("pearson", "spearman", "within_question", "bias", "rmse", "kappa")
    return Agreement.model_validate(
        {"between": between, "answers": len(first), "questions": len(questions)}
        | dict(zip(names_of_figures, figures, strict=True))
    )


def bands(right: Sequence[float], given: Sequence[float]) -> tuple[Band, ...]:
    """Return the errors by the class of the right score, the lowest first."""
    first, second = np.array(right, dtype=float), np.array(given, dtype=float)
    classes = _classes(first)
    rows = []
    for number in sorted(set(classes.tolist())):
        here = classes == number
        error = second[here] - first[here]
        rows.append(
            Band(
                score=number / (CLASSES - 1), answers=int(here.sum()),
                mean=_rounded(second[here].mean()), bias=_rounded(error.mean()),
                rmse=_rounded(np.sqrt((error**2).mean())),
            )
        )  # fmt: skip
    return tuple(rows)


def pearson(x: Scores, y: Scores) -> float:
    """Return the product-moment correlation (Pearson 1895); NaN if either has no variance."""
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return np.nan
    x, y = x - x.mean(), y - y.mean()
    return float(x @ y / np.sqrt((x @ x) * (y @ y)))


def spearman(x: Scores, y: Scores) -> float:
    """Return Pearson's correlation of the ranks, ties sharing their mean rank (Spearman 1904)."""
    return pearson(_ranks(x), _ranks(y))


def quadratic_kappa(x: Scores, y: Scores) -> float:
    """Return Cohen's weighted kappa (1968) over classes, weights the squares of their distance.

    That is 1 minus the mean squared distance over the one that chance would give, which for squares
    is the two variances and the squared difference of the means: no table of counts is needed.
    NaN if all scores of both are one class.
    """
    a, b = _classes(x), _classes(y)
    chance = a.var() + b.var() + (a.mean() - b.mean()) ** 2
    return float(1 - ((a - b) ** 2).mean() / chance) if chance else np.nan


def _figures(questions: Sequence[_Question]) -> tuple[float, ...]:
    """Return all measures, in the order of `Agreement`."""
    right = np.concatenate([question.right for question in questions])
    given = np.concatenate([question.given for question in questions])
    correlations = np.array([question.correlation for question in questions])
    counted = correlations[~np.isnan(correlations)]
    error = given - right
    return (
        pearson(right, given), spearman(right, given),
        float(counted.mean()) if len(counted) else np.nan,
        float(error.mean()), float(np.sqrt((error**2).mean())), quadratic_kappa(right, given),
    )  # fmt: skip


def _figure(value: float, resampled: Scores) -> Figure:
    defined = resampled[~np.isnan(resampled)]
    low, high = np.percentile(defined, INTERVAL) if len(defined) else (np.nan, np.nan)
    known = [None if np.isnan(number) else _rounded(number) for number in (value, low, high)]
    return Figure(value=known[0], low=known[1], high=known[2])


def _ranks(values: Scores) -> Scores:
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Scores = (np.cumsum(counts) - (counts - 1) / 2)[places]
    return ranks


def _classes(scores: Scores) -> Scores:
    # Rounded first: 0.7 of 1 is 3.5 of 5, whatever its last bit.
    return np.floor(np.round(scores * (CLASSES - 1), 6) + 0.5)


def _rounded(number: float) -> float:
    return round(float(number), 4)
