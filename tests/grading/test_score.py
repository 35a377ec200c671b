"""The score is arithmetic on verdicts and weights, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.score import NOISE, SURE, band, credit, earning, score
from interviewer.values.grade import Verdict
from interviewer.values.knowledge import KeyPoint


def verdict(name: str, probability: float) -> Verdict:
    return Verdict(key_point=name, verdict="partly", probability=probability)


def test_heavier_points_count_for_more() -> None:
    points = [KeyPoint(id="a", text="a", weight=3), KeyPoint(id="b", text="b", weight=1)]

    value = score(points, [verdict("a", 1.0), verdict("b", 0.0)])

    assert value == pytest.approx(0.75)


def test_a_point_without_a_verdict_earns_nothing() -> None:
    points = [KeyPoint(id="a", text="a"), KeyPoint(id="b", text="b")]

    assert score(points, [verdict("a", 1.0)]) == pytest.approx(0.5)
    assert score([], []) == 0.0


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(0, 1)), min_size=1, max_size=6))
def test_the_order_of_the_points_changes_nothing(rows: list[tuple[int, float]]) -> None:
    points = [KeyPoint(id=str(i), text="t", weight=w) for i, (w, _) in enumerate(rows)]
    verdicts = [verdict(str(i), p) for i, (_, p) in enumerate(rows)]

    value = score(points, verdicts)

    assert 0 <= value <= 1.000001
    assert score(points[::-1], verdicts[::-1]) == pytest.approx(value)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (1.0, "strong hire"),
        (0.75, "strong hire"),
        (0.7451, "strong hire"),
        (0.7449, "hire"),
        (0.74, "hire"),
        (0.3, "leaning no"),
        (0.29, "no"),
        (0.0, "no"),
    ],
)
def test_bands_are_the_four_of_interview_rubrics(value: float, name: str) -> None:
    assert band(value) == name


def test_credit_grows_evenly_from_noise_to_sure() -> None:
    assert credit(NOISE) == credit(0) == 0
    assert credit(SURE) == credit(1) == 1
    assert credit((NOISE + SURE) / 2) == pytest.approx(0.5)


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.8, 1])
def test_what_earns_a_share_of_a_point_earns_that_share(share: float) -> None:
    assert credit(earning(share)) == pytest.approx(share)
