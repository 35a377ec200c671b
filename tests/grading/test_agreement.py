"""Measures of agreement against published values, values by hand, and plain definitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.agreement import CLASSES, agree, bands, pearson, quadratic_kappa, spearman

# Anscombe, Graphs in Statistical Analysis (1973): four sets, all with r = 0.816.
X = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
ANSCOMBE = [
    (X, [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]),
    (X, [9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74]),
    (X, [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73]),
    ([8] * 7 + [19] + [8] * 3, [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.5, 5.56, 7.91, 6.89]),
]
# The worked example of many textbooks: IQ and hours before a television, rho = -29/165.
IQ = [106, 86, 100, 101, 99, 103, 97, 113, 112, 110]
HOURS = [7, 0, 27, 50, 28, 29, 20, 12, 6, 17]


@pytest.mark.parametrize(("x", "y"), ANSCOMBE)
def test_pearson_has_its_published_value(x: list[float], y: list[float]) -> None:
    assert pearson(np.array(x, float), np.array(y)) == pytest.approx(0.816, abs=0.001)


def test_spearman_has_its_published_value() -> None:
    assert spearman(np.array(IQ, float), np.array(HOURS, float)) == pytest.approx(-29 / 165)


def test_tied_scores_share_their_mean_rank() -> None:
    # Ranks 1, 2.5, 2.5, 4 and 2, 1, 3, 4: Pearson by hand is 3 / sqrt(4.5 * 5).
    x, y = np.array([0.0, 0.5, 0.5, 1.0]), np.array([0.2, 0.1, 0.3, 0.4])

    assert spearman(x, y) == pytest.approx(3 / np.sqrt(4.5 * 5))


def test_kappa_has_its_value_by_hand() -> None:
    # Classes 0, 1, 2 and 0, 2, 2: 1/3 is observed where chance gives 5/3.
    assert quadratic_kappa(np.array([0, 0.2, 0.4]), np.array([0, 0.4, 0.4])) == pytest.approx(0.8)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=20))
def test_kappa_is_what_the_table_of_counts_says(pairs: list[tuple[float, float]]) -> None:
    x, y = np.array(pairs).T
    table = np.zeros((CLASSES, CLASSES))
    for a, b in pairs:
        table[int(round(a * 5, 6) + 0.5), int(round(b * 5, 6) + 0.5)] += 1
    weights = np.subtract.outer(range(CLASSES), range(CLASSES)) ** 2
    chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / len(pairs)

    kappa = quadratic_kappa(x, y)

    if (weights * chance).sum() == 0:
        assert np.isnan(kappa)
    else:
        assert kappa == pytest.approx(1 - (weights * table).sum() / (weights * chance).sum())


def test_a_half_of_a_class_goes_up_whatever_its_last_bit() -> None:
    rows = bands([0.1, 0.3, 0.7, 0.9], [0, 0, 0, 0])

    assert [row.score for row in rows] == [0.2, 0.4, 0.8, 1.0]


def test_bias_above_zero_is_too_generous_and_the_error_is_squared() -> None:
    found = agree("people", [0, 0, 0.5, 1], [0.4, 0, 0.5, 1], ["a", "a", "b", "b"])

    assert found.bias.value == pytest.approx(0.1)
    assert found.rmse.value == pytest.approx(0.2)
    assert (found.between, found.answers, found.questions) == ("people", 4, 2)


def test_within_questions_only_those_count_whose_right_scores_tell_answers_apart() -> None:
    questions: list[tuple[list[float], list[float]]] = [
        ([0, 0.5, 1], [0.1, 0.2, 0.3]),  # in order: 1
        ([0, 0.5, 1], [0.4, 0.5, 0.6]),  # in order: 1
        ([0, 0.5, 1], [0.3, 0.2, 0.1]),  # against it: -1
        ([0, 0.5, 1], [0.2, 0.2, 0.2]),  # nothing found out: 0
        ([1, 1, 1], [0.1, 0.2, 0.3]),  # nothing to find out
        ([1, 1, 1], [0.2, 0.2, 0.2]),  # nothing to find out
        ([0, 1], [1, 0]),  # too few
    ]
    right = [score for scores, _ in questions for score in scores]
    given_scores = [score for _, scores in questions for score in scores]
    groups = [str(n) for n, (scores, _) in enumerate(questions) for _ in scores]

    found = agree("people", right, given_scores, groups)

    assert found.within_question.value == pytest.approx((1 + 1 - 1 + 0) / 4)


def test_what_is_not_defined_is_not_zero() -> None:
    found = agree("people", [1, 1, 1], [0.5, 0.6, 0.7], ["a", "b", "b"])

    assert found.pearson.value is None
    assert found.spearman.value is None
    assert found.within_question.value is None
    assert found.bias.value == pytest.approx(-0.4)


def test_an_interval_is_over_questions_and_not_over_answers() -> None:
    right, given_scores = [0, 0.5, 1], [0.3, 0.2, 0.9]
    groups = [name for name in "abcde" for _ in right]

    found = agree("people", right * 5, given_scores * 5, groups)

    # Whichever of five equal questions are drawn, the figures are the same.
    assert found.pearson.low == found.pearson.value == found.pearson.high
    assert found.rmse.low == found.rmse.value == found.rmse.high


def test_an_interval_holds_its_figure_and_is_the_same_every_time() -> None:
    rng = np.random.default_rng(7)
    right = rng.integers(6, size=60) / 5
    given_scores = np.clip(right + rng.normal(0, 0.3, 60), 0, 1)
    groups = [str(number // 4) for number in range(60)]

    found = agree("people", right.tolist(), given_scores.tolist(), groups)
    again = agree("people", right.tolist(), given_scores.tolist(), groups)

    assert found == again
    for figure in (found.pearson, found.spearman, found.within_question, found.bias, found.rmse):
        assert figure.low is not None
        assert figure.value is not None
        assert figure.high is not None
        assert figure.low < figure.value < figure.high


def test_one_question_has_no_interval() -> None:
    found = agree("people", [0, 0.5, 1], [0.3, 0.2, 0.9], ["a"] * 3)

    assert found.pearson.value is not None
    assert found.pearson.low is None


def test_bands_show_where_the_errors_are() -> None:
    low, high = bands([0, 0.05, 1], [0.3, 0.5, 0.6])

    assert (low.score, low.answers, low.mean) == (0, 2, 0.4)
    assert low.bias == pytest.approx(0.375)
    assert (high.score, high.bias, high.rmse) == (1, -0.4, 0.4)
