import pytest

from interviewer.grading.overrides import WORTH, in_force
from interviewer.grading.score import band, credit
from interviewer.values.grade import Grade, VerdictName
from tests.fakes.exchange import UNGRADED, graded, verdict
from tests.fakes.interview import LAZY, MEMORY, ONCE

POINTS = (LAZY, MEMORY, ONCE)
GRADE = graded(
    verdict("lazy", "missing", 0.2), verdict("memory", "covered", 0.8), verdict("once", "partly")
)


@pytest.mark.parametrize(
    ("given", "earned"), [("covered", 3.0), ("partly", 1.5), ("missing", 0.0), ("wrong", 0.0)]
)
def test_an_overridden_verdict_has_its_fixed_worth_in_the_score(
    given: VerdictName, earned: float
) -> None:
    found = in_force(POINTS, GRADE, {"lazy": given})

    assert isinstance(found, Grade)
    others = 2 + credit(GRADE.verdicts[2].probability)
    assert found.score == pytest.approx((earned + others) / 6, abs=1e-4)
    assert found.band == band(found.score)
    assert found.verdicts[0].verdict == given
    assert found.verdicts[1:] == GRADE.verdicts[1:]


def test_a_grade_that_nobody_disputes_is_the_grade() -> None:
    assert in_force(POINTS, GRADE, {}) is GRADE


def test_what_was_not_graded_cannot_be_overridden_into_a_grade() -> None:
    assert in_force(POINTS, UNGRADED, {"lazy": "covered"}) is UNGRADED
    assert in_force(POINTS, None, {"lazy": "covered"}) is None


def test_an_override_of_an_unknown_point_moves_no_verdict() -> None:
    found = in_force(POINTS, GRADE, {"speed": "covered"})

    assert isinstance(found, Grade)
    assert found.verdicts == GRADE.verdicts


def test_more_is_worth_more() -> None:
    assert WORTH["covered"] > WORTH["partly"] > WORTH["missing"] == WORTH["wrong"] == 0
