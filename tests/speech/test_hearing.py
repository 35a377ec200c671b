"""One answer being heard: when its pieces are recognised, and that none is lost."""

import threading

import numpy as np
import pytest

from interviewer.errors import SpeechError
from interviewer.speech.activity import RATE
from interviewer.speech.audio import Samples
from interviewer.speech.hearing import LONG_S, Hearing
from tests.fakes.hearing import LoudnessDetector, ScriptedRecogniser, sound


def hearing(recogniser: ScriptedRecogniser) -> Hearing:
    return Hearing(recogniser, LoudnessDetector())


def test_what_was_said_before_a_pause_is_recognised_during_it() -> None:
    recogniser = ScriptedRecogniser(["It is lazy.", "And small."])
    heard_first = threading.Event()

    with hearing(recogniser) as ear:
        ear.feed(sound(1.0, 0.7))
        while not ear.words:
            heard_first.wait(0.01)
        during = ear.words
        ear.feed(sound(1.0, 0.7))
        heard = ear.finish()

    assert during == "It is lazy."
    assert heard.text == "It is lazy. And small."
    assert len(heard.spans) == 2


def test_nothing_is_recognised_where_nobody_speaks() -> None:
    recogniser = ScriptedRecogniser([])

    with hearing(recogniser) as ear:
        ear.feed(sound(0.0, 5.0))
        heard = ear.finish()

    assert (heard.text, heard.spans, recogniser.pieces) == ("", (), [])
    assert heard.audio.seconds == 5.0


def test_an_answer_that_ends_without_a_pause_is_heard_to_its_last_word() -> None:
    recogniser = ScriptedRecogniser(["To the end."])

    with hearing(recogniser) as ear:
        ear.feed(sound(0.0, 1.0, 2.0))
        heard = ear.finish()

    assert heard.text == "To the end."
    # A second of pre-roll belongs to it.
    assert len(recogniser.pieces[0]) == pytest.approx(3.0 * RATE, abs=0.04 * RATE)


def test_a_long_answer_is_cut_at_pauses_into_pieces_that_fit_the_recogniser() -> None:
    recogniser = ScriptedRecogniser(["one", "two", "three"])
    one_sentence: list[float] = [4.0, 0.5]

    with hearing(recogniser) as ear:
        ear.feed(sound(*one_sentence * 10))
        heard = ear.finish()

    assert heard.text == "one two three"
    longest = max(len(piece) for piece in recogniser.pieces) / RATE
    assert longest <= LONG_S + 1.5
    assert sum(len(piece) for piece in recogniser.pieces) / RATE >= 40.0


def test_one_who_never_pauses_is_not_recognised_all_at_once_in_the_end() -> None:
    recogniser = ScriptedRecogniser(["one", "two", "three"])

    with hearing(recogniser) as ear:
        for _ in range(700):
            ear.feed(sound(0.1))
        heard = ear.finish()

    assert heard.text == "one two three"


def test_speech_is_heard_once_and_in_order() -> None:
    class Counting:
        """Says how loud a piece is at its loudest: each sentence has a loudness of its own."""

        def transcribe(self, samples: Samples) -> str:
            levels = np.unique(np.round(samples, 2))
            return " ".join(f"{level:.2f}" for level in levels if level)

    ear = Hearing(Counting(), LoudnessDetector())
    said = [round(0.2 + number / 50, 2) for number in range(20)]

    with ear:
        for level in said:
            ear.feed((sound(1.0, 0.7) * 2 * level).astype(np.float32))
        heard = ear.finish()

    assert heard.text.split() == [f"{level:.2f}" for level in said]


def test_a_recogniser_that_fails_is_told_when_the_answer_ends() -> None:
    failing = ScriptedRecogniser([SpeechError("It broke.", hint="Mend it.")])

    with hearing(failing) as ear:
        ear.feed(sound(1.0, 0.7))
        with pytest.raises(SpeechError, match="It broke"):
            ear.finish()


def test_a_sound_beyond_full_scale_is_told() -> None:
    loud = np.clip(sound(1.0) * 4, -1, 1)

    with (
        hearing(ScriptedRecogniser(["a", "b"])) as clipped,
        hearing(ScriptedRecogniser(["a"])) as clean,
    ):
        clipped.feed(loud)
        clean.feed(sound(1.0))

        assert clipped.finish().is_clipped
        assert not clean.finish().is_clipped
