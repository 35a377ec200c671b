"""Fit the blend's coefficients and say how well they do on questions they have not seen.

    python benchmarks/grading/fit.py SIGNALS.jsonl JUDGED.jsonl [--write]

Both come from `collect.py`: the first without a model, and so of many answers, gives the words'
coefficients; the second with one, and so of few, the two of the model: of all pairs on a grid those
with the least error.

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
from pathlib import Path

import numpy as np
from collect import MARK, ONE_WORD, TRUST

from interviewer.grading.blend import CHOICE, NAMES
from interviewer.grading.score import credit

BLEND = Path(__file__).parents[2] / "interviewer" / "grading" / "blend.json"
COUNTS = {"ladder-2": 0.25, "idle": 0.25, "fluent": 0.25}
"""What a set counts beside the others, if not 1. The wrong answers of the second ladder have the
guide's own words turned round, which no word can tell; talk is worth nothing by design."""
ORDERED = [
    ("strong", "partial"), ("strong", "vague"), ("strong", "wrong"), ("partial", "vague"),
    ("partial", "wrong"), ("strong", "empty"), ("partial", "empty"), ("vague", "empty"),
    ("wrong", "empty"),
]  # fmt: skip
KINDS = ("strong", "partial", "vague", "wrong", "empty")
LADDER_SETS = ("ladder", "ladder-2")
STEPS = 800
SHRINK = 3e-4
CHOICES, MARKS = np.linspace(0, 4, 17), np.linspace(0, 0.6, 13)
"""Coefficients of the model's word on a point, and of its mark, that are tried."""
FOLDS = 5


class Problem:
    """Rows as arrays: features of every point, whose they are, and their share of the score."""

    def __init__(self, rows: list[dict]) -> None:
        points = [(i, f, p) for i, row in enumerate(rows)
                  for f, p in zip(row["features"], row["key_points"], strict=True)]  # fmt: skip
        total = [sum(p["weight"] for p in row["key_points"]) for row in rows]
        self.x = np.array([[1.0, *(f[name] for name in NAMES)] for _, f, _ in points])
        of_model = (CHOICE, MARK, TRUST, ONE_WORD)
        self.choice, self.mark, self.trust, self.one_word = np.array(
            [[f.get(name, 0.0) for name in of_model] for _, f, _ in points]
        ).T
        self.owner = np.array([i for i, _, _ in points])
        self.share = np.array([p["weight"] / total[i] for i, _, p in points])
        self.target = np.array([row["target"] for row in rows])
        sets = [row["set"] for row in rows]
        shares = np.array([COUNTS.get(name, 1) / sets.count(name) for name in sets])
        self.weight = shares / shares.sum()
        self.settled = np.array([bool(row["settled"]) for row in rows])
        self.human = [
            np.array([i for i, name in enumerate(sets) if name == own])
            for own in sorted({row["set"] for row in rows if row["kind"] == "human"})
        ]

    def predict(self, theta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return scores of answers and probabilities of points."""
        likely = np.maximum(0, np.tanh(self.x @ theta / 2))
        return self._scores(likely), likely

    def marks(self, theta: np.ndarray, choice: float = 0.0, mark: float = 0.0) -> np.ndarray:
        """Return the scores of answers as the grader would give them."""
        likely = np.maximum(0, np.tanh((self.x @ theta + choice * self.choice) / 2))
        shares = np.array([credit(p) for p in likely])
        towards = mark * self.trust * (self.mark - shares)
        return self._scores(shares + np.minimum(self.one_word + shares, towards))

    def _scores(self, earned: np.ndarray) -> np.ndarray:
        scores = np.zeros(len(self.target))
        np.add.at(scores, self.owner, earned * self.share)
        return np.where(self.settled, 0.0, scores)

    def error(self, scores: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the mean squared error, a human set's own line taken off, and its slopes."""
        off = scores - self.target
        steep = np.ones(len(scores))
        for rows in self.human:
            target, found = self.target[rows], scores[rows]
            line = np.clip(np.cov(found, target, bias=True)[0, 1] / (found.var() + 1e-9), 0.3, 2)
            off[rows] = target.mean() + line * (found - found.mean()) - target
            steep[rows] = line
        return float(self.weight @ off**2), 2 * steep * off


def fit(problem: Problem) -> np.ndarray:
    """Return bias and weights; a bias above 0 would reward an answer of which nothing is read."""
    theta = np.zeros(problem.x.shape[1])
    mean, square = np.zeros_like(theta), np.zeros_like(theta)
    for step in range(1, STEPS + 1):
        scores, likely = problem.predict(theta)
        slope = problem.error(scores)[1] * problem.weight * ~problem.settled
        # Where a point earns nothing the curve is flat; what should earn more still pulls it up.
        rising = (likely > 0) | (slope[problem.owner] < 0)
        curve = rising * (1 - np.tanh(problem.x @ theta / 2) ** 2) / 2
        slope = slope[problem.owner] * problem.share * curve
        gradient = problem.x.T @ slope + 2 * SHRINK * np.r_[0, theta[1:]]
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        size = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        theta -= 0.1 * mean / (1 - 0.9**step) / size
        theta[0] = min(theta[0], 0)
    return theta


def fit_judged(rows: list[dict], theta: np.ndarray) -> tuple[float, float]:
    """Return the coefficients of the model's word and of its mark, beside those of the words."""
    problem = Problem(rows)
    pairs = [(float(choice), float(mark)) for choice in CHOICES for mark in MARKS]
    return min(pairs, key=lambda pair: problem.error(problem.marks(theta, *pair))[0])


def cross_validate(rows: list[dict], judged: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    """Return the scores of both kinds of answers from fits that saw none of their questions."""
    groups = sorted({row["group"] for row in [*rows, *judged]})
    np.random.default_rng(0).shuffle(groups)
    scores = np.zeros(len(rows)), np.zeros(len(judged))
    for fold in range(FOLDS):
        held = set(groups[fold::FOLDS])
        theta = fit(Problem([row for row in rows if row["group"] not in held]))
        of_model = fit_judged([row for row in judged if row["group"] not in held], theta)
        for of, found, more in ((rows, scores[0], ()), (judged, scores[1], of_model)):
            places = [i for i, row in enumerate(of) if row["group"] in held]
            if places:
                found[places] = Problem([of[i] for i in places]).marks(theta, *more)
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
    theta = fit(Problem(rows))
    choice, mark = fit_judged(judged, theta)
    bias, *weights = theta.round(3).tolist()
    blend = {
        "bias": bias, "weights": dict(zip((*NAMES, CHOICE), (*weights, choice), strict=True)),
        "mark": round(mark, 2),
    }  # fmt: skip
    print(json.dumps(blend))
    if given.write:
        sets = ", ".join(sorted({row["set"] for row in rows}))
        today = dt.datetime.now(dt.UTC).date()
        provenance = f"benchmarks/grading/fit.py, {today}, on {sets}; {len(judged)} answers judged"
        BLEND.write_text(json.dumps({"provenance": provenance, **blend}, indent=2) + "\n")


if __name__ == "__main__":
    main()
