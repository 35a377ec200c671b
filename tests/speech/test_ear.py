import pytest

from interviewer.speech.correct import Vocabulary
from interviewer.speech.ear import Ear, ends_answer, without_end
from tests.fakes.hearing import LoudnessDetector, ScriptedRecogniser, sound


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("It is lazy. That's my answer.", "It is lazy."),
        ("It is lazy, and that is my answer!", "It is lazy,"),
        ("Okay, so that’s my answer", ""),
        ("That's my answer.", ""),
    ],
)
def test_saying_so_ends_an_answer_and_is_no_part_of_it(words: str, left: str) -> None:
    assert ends_answer(words)
    assert without_end(words) == left


@pytest.mark.parametrize(
    "words",
    [
        "I think that's my answer to most things is a dict",
        "The code that is my answer",
        "",
        "It is.",
    ],
)
def test_anything_else_goes_on(words: str) -> None:
    assert not ends_answer(words)
    assert without_end(words) == words


def test_the_recognisers_own_words_are_kept_beside_those_that_count() -> None:
    raw = "Um, I would write pie test. That's my answer."
    ear = Ear(ScriptedRecogniser([raw]), Vocabulary(["`pytest`"]), LoudnessDetector)

    with ear.listen() as hearing:
        hearing.feed(sound(0.0, 1.5, 3.0, 1.0))
        answer = ear.understand(hearing.finish())

    assert (answer.text, answer.raw, answer.given) == ("I would write pytest.", raw, "spoken")
    assert answer.seconds == 5.5
    assert answer.delivery
    assert answer.delivery.first_word_s == pytest.approx(1.5, abs=0.04)
    assert answer.delivery.fillers == 1
