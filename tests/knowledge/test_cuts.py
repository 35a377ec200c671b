"""Where a text is cut: within the budget, at the best place there is, nothing lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.knowledge.cuts import CHARS_A_TOKEN, after_blanks, cut, cut_line, weight, weights

TEN = ["a b c d e"] * 10


@pytest.mark.parametrize(
    ("places", "budget", "expected"),
    [
        ({}, 50, [(1, 10)]),
        ({}, 20, [(1, 4), (5, 8), (9, 10)]),
        ({3: 1}, 20, [(1, 2), (3, 6), (7, 10)]),
        ({3: 1, 4: 2}, 20, [(1, 2), (3, 3), (4, 7), (8, 10)]),
        ({3: 1, 5: 1}, 20, [(1, 4), (5, 8), (9, 10)]),
        ({2: 0, 4: 1}, 20, [(1, 3), (4, 7), (8, 10)]),
        ({2: 0}, 20, [(1, 1), (2, 5), (6, 9), (10, 10)]),
        ({}, 3, [(n, n) for n in range(1, 11)]),
    ],
)
def test_a_cut_is_made_before_the_shallowest_place_and_the_last_of_these(
    places: dict[int, int], budget: int, expected: list[tuple[int, int]]
) -> None:
    assert list(cut((1, 10), TEN, places, budget)) == expected


def test_blank_lines_at_the_ends_of_a_piece_are_left_out() -> None:
    lines = ["", "a", "", " ", "b", "", ""]

    assert list(cut((1, 7), lines, {}, 1)) == [(2, 2), (5, 5)]
    assert list(cut((1, 7), lines, {}, 9)) == [(2, 5)]
    assert list(cut((3, 4), lines, {}, 9)) == []


def test_the_lines_after_blank_ones_are_places() -> None:
    assert set(after_blanks(["a", "", "b", "c", " ", "", "d", ""])) == {3, 7}


@settings(max_examples=60, deadline=None)
@given(
    line=st.text(st.sampled_from("ab 語가é_.\t"), min_size=1, max_size=200),
    budget=st.integers(4, 40),
)
def test_the_parts_of_a_line_fit_and_are_the_line(line: str, budget: int) -> None:
    parts = cut_line(line, budget)

    assert "".join(parts) == line
    assert max(weights(parts)) <= budget
    assert (len(parts) == 1) == (weight(line) <= budget)


def test_a_line_is_cut_at_a_space() -> None:
    assert cut_line("one two three four", 2) == ["one two ", "three four"]


def test_a_word_that_is_one_token_to_the_model_still_has_its_weight() -> None:
    assert weight("x" * 600) == 600 / CHARS_A_TOKEN
    assert weights(["", "a b"]) == [0, 2]
