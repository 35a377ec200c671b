from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interviewer.errors import SpeechError
from interviewer.speech.voice import DEFAULT, HibariVoice, bytes_to_fetch, fetch
from tests.fakes.hub import Hub
from tests.speech.conftest import NOWHERE

SENTENCE = "What happens when the code inside a with statement raises?"


def test_a_sentence_is_heard_and_takes_as_long_as_a_person_would(voice: HibariVoice) -> None:
    audio = voice.say(SENTENCE)

    assert audio.rate == 24_000
    assert 2 < audio.seconds < 6
    assert 0.1 < audio.peak <= 1


def test_a_longer_sentence_takes_longer(voice: HibariVoice) -> None:
    assert (
        voice.say(f"{SENTENCE[:-1]} and nobody catches it?").seconds > voice.say(SENTENCE).seconds
    )


def test_the_same_sentence_always_sounds_the_same(voice: HibariVoice) -> None:
    assert np.array_equal(voice.say(SENTENCE).samples, voice.say(SENTENCE).samples)


def test_names_are_said_and_not_spelled(voice: HibariVoice) -> None:
    assert np.array_equal(voice.say("pytest").samples, voice.say("pie test").samples)


@pytest.mark.parametrize("text", ["", "   ", "...", "?!", "{}", "🙂"])
def test_what_has_no_words_makes_no_sound(voice: HibariVoice, text: str) -> None:
    assert voice.say(text).peak == 0


def test_twice_the_speed_is_half_the_time(voice: HibariVoice) -> None:
    fast = HibariVoice.load(DEFAULT, NOWHERE, speed=2.0)

    ratio = voice.say(SENTENCE).seconds / fast.say(SENTENCE).seconds

    assert ratio == pytest.approx(2, rel=0.15)


def test_a_failure_of_the_library_is_one_of_ours() -> None:
    def failing(text: str, **_: object) -> None:
        raise ValueError(f"what is {text}")

    with pytest.raises(SpeechError, match="cannot say 'this': what is this") as caught:
        HibariVoice(failing, 1.0).say("this")

    assert "screen" in caught.value.hint


@settings(max_examples=40, deadline=None)
@example(text="¹A")
@given(text=st.text(max_size=60))
def test_anything_can_be_said(voice: HibariVoice, text: str) -> None:
    audio = voice.say(text)

    assert np.isfinite(audio.samples).all()


def test_an_unknown_voice_is_refused_with_those_there_are() -> None:
    with pytest.raises(SpeechError, match="'nobody'") as caught:
        HibariVoice.load("nobody", NOWHERE)

    assert "heart" in caught.value.hint
    assert "emma" in caught.value.hint


def test_a_voice_that_was_not_fetched_is_not_fetched_in_silence(tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="not on disk") as caught:
        HibariVoice.load("emma", tmp_path)

    assert "--voice emma" in caught.value.hint
    assert bytes_to_fetch("emma", tmp_path) == 7_936_868
    assert bytes_to_fetch(DEFAULT, tmp_path) == 0


def test_a_voice_on_disk_speaks_from_there(tmp_path: Path) -> None:
    model = files("hibari").joinpath("assets", "hibari.onnx").read_bytes()
    (tmp_path / "bf_emma.int8.onnx").write_bytes(model)

    audio = HibariVoice.load("emma", tmp_path).say(SENTENCE)

    assert audio.peak > 0.1
    assert bytes_to_fetch("emma", tmp_path) == 0


@pytest.mark.parametrize("held", [{}, {"bf_emma.int8.onnx": b"not what the publisher made"}])
def test_a_voice_that_is_not_there_or_not_the_right_one_is_refused_and_not_kept(
    tmp_path: Path, held: dict[str, bytes]
) -> None:
    with Hub(held) as hub, pytest.raises(SpeechError, match="'emma'") as caught:
        fetch("emma", tmp_path, hub.url)

    assert "heart" in caught.value.hint
    assert list(tmp_path.iterdir()) == []
