"""Fit the blend's coefficients and say how well they do on questions they have not seen.

    python benchmarks/grading/fit.py SIGNALS.jsonl JUDGED.jsonl [--write]

Both come from `collect.py`: the first without a model, and so of many answers; the second with one,
and so of few: there the words' coefficients keep their proportions from the first, and only their
common scale, the bias and the model's coefficients are fitted. Answers of which no sentence is
about a point are not for the model, and have the coefficients of the first.

The score of an answer is the weighted mean of its points' probabilities; its squared error to the
human score is made small by gradient descent (Adam), each set counting the same. People are as
lenient as they please (half of Mohler's answers have full marks), so each human set is compared
after the straight line that brings our scores nearest to its own; what a score means in an
interview, the ladder and the idle talk decide. Figures are from five-fold cross-validation by
question. `--write` fits on everything and writes
`interviewer/grading/blend.json`.
"""

import argparse
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from interviewer.grading.blend import CHOICE, NAMES, TRUST, WHOLE
from interviewer.grading.score import credit

BLEND = Path(__file__).parents[2] / "interviewer" / "grading" / "blend.json"
WITHOUT = NAMES
CHEAP = "cheap"
"""What the signals that need no model come to together, before bias and logistic function."""
GIVEN_WAY = "given_way"
"""The same as far as the model's mark is trusted."""
WITH = (CHEAP, CHOICE, WHOLE, GIVEN_WAY)
COUNTS = {"ladder-2": 0.25, "idle": 0.25, "fluent": 0.25}
"""What a set counts beside the others, if not 1. The wrong answers of the second ladder have the
guide's own words turned round, which no word can tell; talk is worth nothing by design."""
JUDGED_COUNTS = COUNTS | {"fluent": 1}
"""The same where a model was asked: fluent talk is the only sign there of one who says nothing."""
ORDERED = [
    ("strong", "partial"), ("strong", "vague"), ("strong", "wrong"), ("partial", "vague"),
    ("partial", "wrong"), ("strong", "empty"), ("partial", "empty"), ("vague", "empty"),
    ("wrong", "empty"),
]  # fmt: skip
KINDS = ("strong", "partial", "vague", "wrong", "empty")
LADDER_SETS = ("ladder", "ladder-2")
STEPS = 800
SHRINK = 3e-4
JUDGED_SHRINK = 3e-5
"""With so few coefficients there is little to hold back."""
FOLDS = 5


class Problem:
    """Rows as arrays: features of every point, whose they are, and their share of the score."""

    def __init__(
        self, rows: list[dict], names: tuple[str, ...], counts: Mapping[str, float] = COUNTS
    ) -> None:
        points = [(i, f, p) for i, row in enumerate(rows)
                  for f, p in zip(row["features"], row["key_points"], strict=True)]  # fmt: skip
        total = [sum(p["weight"] for p in row["key_points"]) for row in rows]
        self.x = np.array([[1.0, *(f.get(name, 0.0) for name in names)] for _, f, _ in points])
        self.owner = np.array([i for i, _, _ in points])
        self.share = np.array([p["weight"] / total[i] for i, _, p in points])
        self.target = np.array([row["target"] for row in rows])
        sets = [row["set"] for row in rows]
        shares = np.array([counts.get(name, 1) / sets.count(name) for name in sets])
        self.weight = shares / shares.sum()
        self.settled = np.array([bool(row["settled"]) for row in rows])
        self.human = [
            np.array([i for i, name in enumerate(sets) if name == own])
            for own in sorted({row["set"] for row in rows if row["kind"] == "human"})
        ]

    def predict(self, theta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return scores of answers and probabilities of points."""
        likely = np.maximum(0, np.tanh(self.x @ theta / 2))
        scores = np.zeros(len(self.target))
        np.add.at(scores, self.owner, likely * self.share)
        return np.where(self.settled, 0.0, scores), likely

    def marks(self, theta: np.ndarray) -> np.ndarray:
        """Return the scores of answers as the grader would give them."""
        _, likely = self.predict(theta)
        scores = np.zeros(len(self.target))
        np.add.at(scores, self.owner, np.array([credit(p) for p in likely]) * self.share)
        return np.where(self.settled, 0.0, scores)

    def error(self, scores: np.ndarray) -> np.ndarray:
        """Return the slope of each answer's squared error, a human set's own line taken off."""
        slope = 2 * (scores - self.target)
        for rows in self.human:
            target, found = self.target[rows], scores[rows]
            steep = np.clip(np.cov(found, target, bias=True)[0, 1] / (found.var() + 1e-9), 0.3, 2)
            slope[rows] = 2 * steep * (target.mean() + steep * (found - found.mean()) - target)
        return slope


def fit(problem: Problem, shrink: float = SHRINK) -> np.ndarray:
    """Return bias and weights."""
    theta = np.zeros(problem.x.shape[1])
    theta[0] = 0.5  # From below, no point would earn anything and the curve would be flat.
    mean, square = np.zeros_like(theta), np.zeros_like(theta)
    for step in range(1, STEPS + 1):
        scores, likely = problem.predict(theta)
        slope = problem.error(scores) * problem.weight * ~problem.settled
        # Where a point earns nothing the curve is flat; what should earn more still pulls it up.
        rising = (likely > 0) | (slope[problem.owner] < 0)
        curve = rising * (1 - np.tanh(problem.x @ theta / 2) ** 2) / 2
        slope = slope[problem.owner] * problem.share * curve
        gradient = problem.x.T @ slope + 2 * shrink * np.r_[0, theta[1:]]
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        size = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        theta -= 0.1 * mean / (1 - 0.9**step) / size
    return theta


def fit_judged(rows: list[dict]) -> np.ndarray:
    """Return bias and weights where a model was asked, from answers that it heard."""
    return fit(Problem([r for r in rows if r["heard"]], WITH, JUDGED_COUNTS), JUDGED_SHRINK)


def summed(rows: list[dict], theta: np.ndarray) -> list[dict]:
    """Return rows whose features have what the words come to under these coefficients."""

    def more(features: dict) -> dict:
        total = float(theta[1:] @ [features[name] for name in WITHOUT])
        return {**features, CHEAP: total, GIVEN_WAY: total * features[TRUST]}

    return [{**row, "features": [more(f) for f in row["features"]]} for row in rows]


def cross_validate(rows: list[dict], judged: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    """Return the scores of both kinds of answers from fits that saw none of their questions."""
    groups = sorted({row["group"] for row in [*rows, *judged]})
    np.random.default_rng(0).shuffle(groups)
    scores = np.zeros(len(rows)), np.zeros(len(judged))
    for fold in range(FOLDS):
        held = set(groups[fold::FOLDS])
        seen = [row for row in rows if row["group"] not in held]
        theta = fit(Problem(seen, WITHOUT))
        whole = summed(judged, theta)
        both = fit_judged([row for row in whole if row["group"] not in held])
        for of, found, names, fitted, is_heard in (
            (rows, scores[0], WITHOUT, theta, (True, False)),
            (judged, scores[1], WITHOUT, theta, (False,)),
            (whole, scores[1], WITH, both, (True,)),
        ):
            places = [i for i, r in enumerate(of) if r["group"] in held and r["heard"] in is_heard]
            if places:
                found[places] = Problem([of[i] for i in places], names).marks(fitted)
    return scores


def report(rows: list[dict], scores: np.ndarray) -> str:
    """Return lines: Pearson and RMSE a set, then each ladder's share of pairs in order."""
    parts = []
    for name in sorted({row["set"] for row in rows}):
        places = [i for i, row in enumerate(rows) if row["set"] == name]
        target = np.array([rows[i]["target"] for i in places])
        found = scores[places]
        r = np.corrcoef(target, found)[0, 1] if target.std() else np.nan
        rmse = np.sqrt(np.mean((target - found) ** 2))
        parts.append(
            f"{name}: r {r:.3f}, rmse {rmse:.3f}, mean {found.mean():.3f}, n {len(places)}"
        )
    return "\n  ".join([*parts, *(in_order(rows, scores, name) for name in LADDER_SETS)])


def in_order(rows: list[dict], scores: np.ndarray, ladder: str) -> str:
    """Return one line: the share of a ladder's pairs in order, and the mean of each kind."""
    kinds: dict[str, dict[str, float]] = defaultdict(dict)
    for row, score in zip(rows, scores, strict=True):
        if row["set"] == ladder:
            kinds[row["group"]][row["kind"]] = float(score)
    right = [
        marks[a] > marks[b] or (b == "empty" and marks[a] == marks[b])
        for marks in kinds.values() for a, b in ORDERED if a in marks and b in marks
    ]  # fmt: skip
    found = {k: [m[k] for m in kinds.values() if k in m] for k in KINDS}
    means = {k: round(float(np.mean(some)), 2) for k, some in found.items() if some}
    return f"{ladder}: pairs in order {np.mean(right):.3f}, means {means}"


def as_blend(theta: np.ndarray, more: tuple[str, ...]) -> dict:
    """Return coefficients as the grader reads them."""
    values = theta.round(3).tolist()
    return {"bias": values[0], "weights": dict(zip((*WITHOUT, *more), values[1:], strict=True))}


def main() -> None:
    """Report, and write the coefficients if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("signals", type=Path)
    parser.add_argument("judged", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.signals.read_text().splitlines()]
    judged = [json.loads(line) for line in given.judged.read_text().splitlines()]
    without, together = cross_validate(rows, judged)
    print(f"without_model\n  {report(rows, without)}\nwith_model\n  {report(judged, together)}")
    theta = fit(Problem(rows, WITHOUT))
    bias, scale, choice, whole, given_way = fit_judged(summed(judged, theta))
    both = as_blend(np.r_[bias, scale * theta[1:], choice, whole], (CHOICE, WHOLE))
    blends = {
        "without_model": as_blend(theta, ()),
        "with_model": {**both, "yields": round(-given_way / scale, 3)},
    }
    print(json.dumps(blends))
    if given.write:
        sets = ", ".join(sorted({row["set"] for row in rows}))
        today = dt.datetime.now(dt.UTC).date()
        provenance = f"benchmarks/grading/fit.py, {today}, on {sets}; {len(judged)} answers judged"
        BLEND.write_text(json.dumps({"provenance": provenance, **blends}, indent=2) + "\n")


if __name__ == "__main__":
    main()
