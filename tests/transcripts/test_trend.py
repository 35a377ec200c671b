"""Means, slopes and their intervals against figures that are known."""

import pytest

from interviewer.transcripts.trend import mean_of, means_of, slope_of, t_quantile


@pytest.mark.parametrize(
    ("freedom", "expected"), [(1, 12.706), (10, 2.228), (11, 2.201), (30, 2.042), (1000, 1.962)]
)
def test_students_t_is_that_of_the_tables(freedom: int, expected: float) -> None:
    assert t_quantile(freedom) == pytest.approx(expected, abs=0.0006)


def test_a_mean_has_the_interval_of_students_t() -> None:
    found = mean_of([1.0, 2.0, 3.0, 4.0])

    # Standard deviation 1.2910, three degrees of freedom: 2.5 ± 3.182 · 1.2910 / 2.
    assert found.mean == 2.5
    assert found.low == pytest.approx(0.446, abs=1e-3)
    assert found.high == pytest.approx(4.554, abs=1e-3)


def test_groups_share_their_spread_and_small_ones_have_wide_intervals() -> None:
    one, four = means_of([[0.5], [0.2, 0.4, 0.6, 0.8]])

    assert one.low is not None
    assert four.low is not None
    assert 0.5 - one.low == pytest.approx(2 * (0.5 - four.low))


def test_of_single_values_no_interval_is_known() -> None:
    assert [(e.mean, e.low) for e in means_of([[0.5], [0.7]])] == [(0.5, None), (0.7, None)]
    assert means_of([]) == []


def test_a_slope_is_that_of_least_squares_with_its_interval() -> None:
    found = slope_of([1.0, 2.0, 2.0, 4.0], [1, 1, 1, 1])

    # By hand: Sxx 5, Sxy 4.5, residuals 0.7 in squares, two degrees of freedom.
    assert found.mean == pytest.approx(0.9)
    assert found.low == pytest.approx(0.9 - 4.303 * (0.7 / 2 / 5) ** 0.5)


def test_a_session_of_many_questions_pulls_a_slope_more_than_one_of_few() -> None:
    rising = [0.2, 0.4, 0.6, 0.2]

    assert slope_of(rising, [9, 9, 9, 1]).mean > slope_of(rising, [1, 1, 1, 9]).mean
