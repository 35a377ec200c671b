"""The grade that counts: the grader's verdicts, with the candidate's own where disputed."""

from collections.abc import Mapping, Sequence

from interviewer.grading import score as scoring
from interviewer.values.grade import Grade, Ungraded, VerdictName
from interviewer.values.knowledge import KeyPoint

WORTH: Mapping[VerdictName, float] = {
    "covered": 1.0, "partly": scoring.earning(0.5), "missing": 0.0, "wrong": 0.0
}  # fmt: skip
"""The probability that stands for a person's verdict: full credit, half of it, or none."""


def in_force(
    points: Sequence[KeyPoint],
    grade: Grade | Ungraded | None,
    overrides: Mapping[str, VerdictName],
) -> Grade | Ungraded | None:
    """Return the grade with overridden verdicts (by key point) in place, its score computed anew.

    Without overrides, or without a grade to override, it is returned as it is.
    """
    if not isinstance(grade, Grade) or not overrides:
        return grade
    verdicts = tuple(
        verdict.model_copy(update={"verdict": given, "probability": WORTH[given]})
        if (given := overrides.get(verdict.key_point))
        else verdict
        for verdict in grade.verdicts
    )
    score = scoring.score(points, verdicts)
    return grade.model_copy(
        update={"verdicts": verdicts, "score": round(score, 4), "band": scoring.band(score)}
    )
