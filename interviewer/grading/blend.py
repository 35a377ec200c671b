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
from interviewer.grading.marker import NONE, Opinion
from interviewer.grading.score import credit, earning
from interviewer.grading.signals import Signals
from interviewer.values.value import Value

CHOICE = "choice"
"""Name of the model's word on a point beside its misconception."""
NAMES = ("recall", "news", "weakest", "floor", "contrary", "contrast", "lean")
"""The signals in use that need no model. The mean nearness of a point's words, beside them, agreed
no better with people."""
NEUTRAL = 0.1
"""Odds, the leaning taken off, that speak neither for a point nor against it: of 108 points in
answers to the first ladder 83 % fall on their side of it."""
LEAST = 1e-3
"""Added to both chances, so that a sure model's odds stay finite."""


class Blend(Value):
    """Coefficients of a logistic combination, by the name of what they multiply."""

    provenance: str
    bias: float
    weights: dict[str, float]
    mark: float
    """Share that the model's mark has in a point's, where it is trusted in full."""

    def probability(
        self, signals: Signals, word: Word | None = None, whole: Opinion = NONE
    ) -> float:
        """Return the probability, 0 to 1, that the point is covered.

        By how much the logistic function exceeds one half, doubled: what is as likely not said as
        said earns nothing, so that talk which is merely on the subject is worth nothing either.
        What it earns is then drawn towards the model's mark, as far as that is trusted. A mark adds
        no more than the words found and one of the point's words: alone it makes no long point.
        """
        values = features(signals, word)
        total = self.bias + sum(self.weights[name] * value for name, value in values.items())
        probability = max(0.0, math.tanh(total / 2))
        if not whole.trust:
            return probability
        share = credit(probability)
        towards = self.mark * whole.trust * (whole.good - share)
        return earning(share + min(signals.one_word + share, towards))


def features(signals: Signals, word: Word | None = None) -> dict[str, float]:
    """Return the named values that a blend combines."""
    values = {name: getattr(signals, name) for name in NAMES}
    return values if word is None else values | {CHOICE: lift(word)}


def lift(word: Word) -> float:
    """Return by how much a model's word speaks for a point, its leaning taken off.

    A leaning to yes in full, so that who says yes to everything lifts nothing, and one to no by
    half: of 218 points in answers to both ladders that tells what was made from what was not with
    an AUC of 0.91 and 0.68; nothing or all of it taken off with 0.85 and 0.66, 0.88 and 0.64. It is
    0 for a word that says nothing, so that points which are not asked about are worth as much.
    """
    leaning = _odds(word.of_nothing)
    return _odds(word.labels) - max(leaning, leaning / 2) - NEUTRAL


def _odds(labels: Mapping[str, float]) -> float:
    against = labels.get("no", 0.0) + labels.get("contrary", 0.0)
    return math.log((labels.get("yes", 0.0) + LEAST) / (against + LEAST))


@cache
def load_blend() -> Blend:
    """Read the shipped coefficients."""
    text = Path(__file__).with_name("blend.json").read_text(encoding="utf-8")
    return Blend.model_validate(json.loads(text))
