"""From signals to one probability that a key point is covered: a fitted logistic combination.

The coefficients are data (`blend.json`, with where they come from); `benchmarks/grading/fit.py`
made them.
"""

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from interviewer.grading.judge import Word
from interviewer.grading.signals import Signals
from interviewer.values.value import Value

WORD = "word"
CHOICE = "choice"
"""Names of the model's two ways to be asked: they are not on the same scale."""
NAMES = ("recall", "news", "weakest", "contrary", "contrast", "lean")
"""The signals in use that need no model. The mean nearness of a point's words, beside them, agreed
no better with people."""
LEAST = 1e-3
"""Added to both chances, so that a sure model's odds stay finite."""


class Blend(Value):
    """Coefficients of a logistic combination, by the name of what they multiply."""

    bias: float
    weights: dict[str, float]

    def probability(self, signals: Signals, word: Word | None = None) -> float:
        """Return the probability, 0 to 1, that the point is covered.

        By how much the logistic function exceeds one half, doubled: what is as likely not said as
        said earns nothing, so that talk which is merely on the subject is worth nothing either.
        """
        values = features(signals, word)
        total = self.bias + sum(
            weight * values.get(name, 0.0) for name, weight in self.weights.items()
        )
        return max(0.0, math.tanh(total / 2))


class Blends(Value):
    """The two combinations in use, and where their coefficients come from."""

    provenance: str
    with_model: Blend
    without_model: Blend


def features(signals: Signals, word: Word | None = None) -> dict[str, float]:
    """Return the named values that a blend combines; the model's are left out without its word."""
    values = {name: getattr(signals, name) for name in NAMES}
    if word is not None:
        values[CHOICE if "contrary" in word.labels else WORD] = lift(word)
    return values


def lift(word: Word) -> float:
    """Return by how much a model's word speaks for a point, its leaning taken off."""
    measure = _odds if "contrary" in word.labels else _share
    leaning = (measure(word.of_nothing) + measure(word.of_everything)) / 2
    return measure(word.labels) - leaning


def _share(labels: Mapping[str, float]) -> float:
    return labels.get("yes", 0.0) + labels.get("partly", 0.0) / 2


def _odds(labels: Mapping[str, float]) -> float:
    against = labels.get("no", 0.0) + labels.get("contrary", 0.0)
    return math.log((labels.get("yes", 0.0) + LEAST) / (against + LEAST))


@cache
def load_blends() -> Blends:
    """Read the shipped coefficients."""
    text = Path(__file__).with_name("blend.json").read_text(encoding="utf-8")
    return Blends.model_validate(json.loads(text))
