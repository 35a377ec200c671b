"""Means and slopes with 95 % intervals, from the few numbers that a candidate makes."""

import math
from collections.abc import Sequence
from statistics import NormalDist, fmean

from interviewer.values.progress import Estimate

_T = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228)
"""The 97.5th percentile of Student's t for 1 to 10 degrees of freedom (any table has it)."""


def t_quantile(freedom: int) -> float:
    """Return the 97.5th percentile of Student's t.

    Above ten degrees by three terms of its expansion about the normal one, right to 0.001
    (Abramowitz and Stegun 1964, 26.7.5).
    """
    if freedom <= len(_T):
        return _T[freedom - 1]
    z = NormalDist().inv_cdf(0.975)
    first = (z**3 + z) / (4 * freedom)
    second = (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
    return z + first + second + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)


def mean_of(values: Sequence[float]) -> Estimate:
    """Return the mean of one or more values; of one, without an interval."""
    return means_of([values])[0]


def means_of(groups: Sequence[Sequence[float]]) -> list[Estimate]:
    """Return the mean of each group of values; their spread within is taken to be the same.

    Three answers say little about how far answers lie apart, all sessions together say more: the
    pooled variance of a one-way analysis of variance (Fisher 1925).
    """
    means = [fmean(values) for values in groups]
    freedom = sum(len(values) - 1 for values in groups)
    if not freedom:
        return [Estimate(mean=mean) for mean in means]
    squares = sum(
        (value - mean) ** 2 for values, mean in zip(groups, means, strict=True) for value in values
    )
    spread = math.sqrt(squares / freedom)
    return [
        _estimate(mean, t_quantile(freedom) * spread / math.sqrt(len(values)))
        for values, mean in zip(groups, means, strict=True)
    ]


def slope_of(values: Sequence[float], weights: Sequence[int]) -> Estimate:
    """Return the change from one value to the next: weighted least squares, three values or more.

    The interval takes the values for independent and equally spread but for their weights.
    """
    total = sum(weights)
    center = sum(w * x for x, w in enumerate(weights)) / total
    mean = sum(w * y for y, w in zip(values, weights, strict=True)) / total
    width = sum(w * (x - center) ** 2 for x, w in enumerate(weights))
    rows = list(enumerate(zip(values, weights, strict=True)))
    slope = sum(w * (x - center) * (y - mean) for x, (y, w) in rows) / width
    rest = sum(w * (y - mean - slope * (x - center)) ** 2 for x, (y, w) in rows)
    freedom = len(values) - 2
    return _estimate(slope, t_quantile(freedom) * math.sqrt(rest / freedom / width))


def _estimate(mean: float, half: float) -> Estimate:
    return Estimate(mean=mean, low=mean - half, high=mean + half)
