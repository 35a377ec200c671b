"""Ranking: fusion, what is said twice, and what fits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.knowledge.ranking import BYTES_A_TOKEN, Scores, best, distinct, fuse, within_budget
from interviewer.values.knowledge import Hit, Passage

FINITE = st.lists(st.floats(-1, 40, width=32), max_size=30)


def scores(*values: float) -> Scores:
    return np.array(values, dtype=np.float32)


def passage(name: str, text: str) -> Passage:
    return Passage(
        id=name, path="app/x.py", first_line=1, last_line=1,
        kind="code", symbol="f", header="app/x.py › f()", text=text,
    )  # fmt: skip


def hit(name: str, text: str) -> Hit:
    return Hit(passage=passage(name, text), score=1, cosine=1, bm25=1)


def test_the_highest_scores_come_first_and_those_of_nothing_do_not_come() -> None:
    assert best(scores(0, 3, 1, 0, 2), 2) == [1, 4]
    assert best(scores(0, 3, 1, 0, 2), 9) == [1, 4, 2]
    assert best(scores(), 3) == []
    assert best(scores(2, 2, 2), 2) == [0, 1]


@settings(deadline=None)
@given(values=FINITE, count=st.integers(1, 40))
def test_the_best_are_what_sorting_everything_would_give(values: list[float], count: int) -> None:
    found = best(scores(*values), count)

    positive = [row for row in range(len(values)) if values[row] > 0]
    assert found == sorted(positive, key=lambda row: -values[row])[:count]


def test_each_way_counts_as_a_share_of_its_best() -> None:
    fused = fuse(scores(0.8, 0.4, 0), scores(0, 5, 10), 0.7)

    assert fused == pytest.approx([0.7, 0.35 + 0.15, 0.3])


@pytest.mark.parametrize("silent", [scores(0, 0), scores(-0.2, -0.1)])
def test_a_way_that_finds_nothing_leaves_the_order_to_the_other(silent: Scores) -> None:
    assert fuse(silent, scores(1, 2), 0.7) == pytest.approx([0.15, 0.3])
    assert fuse(scores(1, 2), silent, 0.7) == pytest.approx([0.35, 0.7])


def test_fusing_nothing_gives_nothing() -> None:
    assert len(fuse(scores(), scores(), 0.7)) == 0


def test_what_says_the_same_as_a_better_one_is_dropped() -> None:
    body = "open the file read every line strip the end count words close handle return total"

    kept = list(
        distinct([
            hit("first", body),
            hit("copy", f"  {body.upper()}\n"),
            hit("other", "send one mail over a connection"),
            hit("nearly", f"{body} twice"),
        ])
    )  # fmt: skip

    assert [one.passage.id for one in kept] == ["first", "other"]


def test_passages_are_taken_whole_while_they_fit() -> None:
    three = [passage(name, "x" * size) for name, size in (("a", 30), ("b", 300), ("c", 31))]

    def fitting(tokens: int) -> list[str]:
        return [one.id for one in within_budget(three, tokens)]

    assert fitting(30 // BYTES_A_TOKEN) == ["a"]
    assert fitting(9) == []
    assert fitting(21) == ["a", "c"]
    assert fitting(121) == ["a", "b", "c"]
