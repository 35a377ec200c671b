"""How the model's mark and the words of an answer are weighed against each other."""

from dataclasses import replace

import pytest

from interviewer.grading.blend import Blend, load_blends
from interviewer.grading.marker import TRUSTED, UNTRUSTED, Opinion, opinion
from interviewer.grading.signals import NOTHING

SAID = replace(NOTHING, recall=1.0, news=1.0, weakest=1.0, floor=1.0)
SURE = {"5": 0.9, "4": 0.1}


def test_words_give_way_to_a_mark_as_far_as_it_is_trusted() -> None:
    blend = Blend(
        bias=0.0, weights=dict.fromkeys(load_blends().with_model.weights, 1.0), yields=0.5
    )

    found = [blend.probability(SAID, None, Opinion(0.0, trust)) for trust in (0.0, 0.5, 1.0)]
    half = blend.probability(replace(NOTHING, recall=1.0, news=1.0))

    assert found[0] > found[1] > found[2] > 0
    assert found[2] == pytest.approx(half)


def test_a_mark_counts_for_and_against_and_less_in_a_longer_answer() -> None:
    short, longer, long = ("word " * many for many in (TRUSTED, TRUSTED + 5, UNTRUSTED))
    blend = load_blends().with_model

    def likely(marks: dict[str, float], answer: str) -> float:
        return blend.probability(replace(SAID, floor=0.0), None, opinion(marks, answer))

    gains = [likely(SURE, text) - likely({"0": 1.0}, text) for text in (short, longer, long)]

    assert gains[0] > gains[1] > gains[2] == 0
    assert opinion({}, short) == Opinion(0.0, 0.0)
