"""Thinking aloud is taken out while the reply comes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.models.thinking import without_thinking


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        (["Hello ", "there"], ["Hello ", "there"]),
        (["<think>", "hm", "</think>", "\n\n", "Hello"], ["Hello"]),
        (["<thi", "nk>hm</thi", "nk>", "Hello"], ["Hello"]),
        (["Yes.<think>no</think> Or?"], ["Yes. Or?"]),
        (["a <", "b and c <t"], ["a ", "<b and c ", "<t"]),
        (["<think>hm", " and so on"], []),
        (["<think></think>", "Hello"], ["Hello"]),
    ],
)
def test_only_what_is_said_comes_through(pieces: list[str], said: list[str]) -> None:
    assert list(without_thinking(pieces)) == said


@given(
    said=st.text("ab <>/think", max_size=30).filter(lambda text: "<think>" not in text),
    thought=st.text("ab <>/thin", max_size=30),
    cuts=st.lists(st.integers(0, 90), max_size=8),
)
def test_however_the_reply_is_cut_into_pieces_the_same_is_said(
    said: str, thought: str, cuts: list[int]
) -> None:
    whole = f"<think>{thought}</think>{said}"
    edges = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]

    pieces = [whole[start:end] for start, end in pairwise(edges)]

    assert "".join(without_thinking(pieces)) == said.lstrip()
