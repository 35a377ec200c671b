"""Stems of a text, and how much of one text another has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.knowledge.words import STOP_WORDS, overlap, stems, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("The generators generate.", ["generat", "generat"]),
        ("get_current_user", ["current", "user"]),
        ("BookRepository", ["book", "repositori"]),
        ("sha256Sum", ["sha256", "sum"]),
        ("what is it that you would do", []),
        ("O(n) time, O(k) space", ["o", "n", "time", "o", "k", "space"]),
        ("don't", ["don't"]),
        ("naïve Größe", ["naïv", "größe"]),
        ("__init__", ["init"]),
    ],
)
def test_a_text_becomes_the_stems_of_its_telling_words(text: str, expected: list[str]) -> None:
    assert stems(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("The generators, lazily", ["generat", "lazili"]),
        ("get_current_user", ["get_current_user", "current", "user"]),
        ("BookRepository", ["bookrepository", "book", "repositori"]),
        ("__init__", ["__init__", "init"]),
        ("don't", ["don't"]),
        ("functools.wraps(f)", ["functool", "wrap", "f"]),
    ],
)
def test_a_text_is_searched_by_its_stems_and_its_identifiers_whole(
    text: str, expected: list[str]
) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("part", "whole", "ignoring", "share"),
    [
        ("lazy values", "Values are lazy.", "", 1.0),
        ("lazy values", "Values are eager.", "", 0.5),
        ("lazy values", "nothing alike", "", 0.0),
        ("lazy values", "They are lazy.", "value", 1.0),
        ("lazy values", "whatever", "lazy value", 0.0),
        ("", "whatever", "", 0.0),
        ("is it", "is it", "", 0.0),
    ],
)
def test_the_overlap_is_the_share_of_the_parts_own_stems(
    part: str, whole: str, ignoring: str, share: float
) -> None:
    assert overlap(part, whole, ignoring) == share


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80), other=st.text(max_size=80))
def test_an_overlap_is_a_share_and_a_text_has_all_of_itself(text: str, other: str) -> None:
    assert 0 <= overlap(text, other) <= 1
    assert overlap(text, f"{other} {text}") == (1 if stems(text) else 0)


def test_no_stop_word_is_ever_a_stem() -> None:
    assert stems(" ".join(sorted(STOP_WORDS))) == []
