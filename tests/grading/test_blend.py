"""How the model's mark and the words of an answer are weighed against each other."""

from dataclasses import replace

import pytest

from interviewer.grading.blend import NAMES, Blend, load_blend
from interviewer.grading.coverage import PARTLY
from interviewer.grading.marker import TRUSTED, UNTRUSTED, Opinion, opinion
from interviewer.grading.score import credit
from interviewer.grading.signals import NOTHING, Signals

HALF = replace(NOTHING, recall=1.0)
SURE = {"5": 0.9, "4": 0.1}


def share(signals: Signals, whole: Opinion, mark: float) -> float:
    """Return what a point earns, where a word of it that stands in the answer counts 1."""
    weights = dict.fromkeys(NAMES, 0.0) | {"recall": 1.0}
    blend = Blend(provenance="", bias=0.0, weights=weights, mark=mark)
    return credit(blend.probability(signals, None, whole))


@pytest.mark.parametrize("trust", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("good", [0.0, 0.5, 0.7])
def test_a_mark_draws_what_words_earn_towards_it_as_far_as_it_is_trusted(
    good: float, trust: float
) -> None:
    alone = share(HALF, Opinion(), 0.4)

    drawn = share(HALF, Opinion(good, trust), 0.4)

    assert 0.3 < alone < 0.7
    assert drawn == pytest.approx(alone + 0.4 * trust * (good - alone))


@pytest.mark.parametrize("one_word", [0.0, 0.1, 0.2])
def test_the_best_mark_alone_is_worth_a_word_and_makes_no_point(one_word: float) -> None:
    unsaid = replace(NOTHING, one_word=one_word)

    assert share(unsaid, Opinion(1.0, 1.0), 1.0) == pytest.approx(one_word)
    assert load_blend().probability(unsaid, None, Opinion(1.0, 1.0)) < PARTLY


def test_a_mark_counts_for_and_against_and_less_in_a_longer_answer() -> None:
    short, longer, long = ("word " * many for many in (TRUSTED, TRUSTED + 5, UNTRUSTED))

    def earned(marks: dict[str, float], answer: str) -> float:
        return share(HALF, opinion(marks, answer), 0.3)

    gains = [earned(SURE, text) - earned({"0": 1.0}, text) for text in (short, longer, long)]

    assert gains[0] > gains[1] > gains[2] == 0
    assert opinion({}, short) == Opinion()
