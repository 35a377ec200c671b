"""Where speech is, by the real detector on synthetic speech and by a scripted one on tones."""

import numpy as np
import pytest

from interviewer.speech.activity import CHUNK, RATE, Activity, Span
from interviewer.speech.audio import Samples
from tests.fakes.hearing import LoudnessDetector, sound


def spans_of(samples: Samples) -> list[Span]:
    activity = Activity(LoudnessDetector())
    activity.feed(samples)
    return list(activity.spans)


def test_a_pause_stands_between_two_spans_of_speech() -> None:
    first, second = spans_of(sound(1.0, 2.0, 0.5, 1.0))

    assert first.start_s == 0
    assert first.end_s == pytest.approx(1.0, abs=0.04)
    assert second.start_s == pytest.approx(3.0, abs=0.04)
    assert second.end_s == pytest.approx(3.5, abs=0.04)


def test_a_gap_as_short_as_within_a_word_is_no_pause() -> None:
    assert len(spans_of(sound(0.5, 0.15, 0.5, 1.0))) == 1


def test_a_key_that_is_struck_is_no_speech() -> None:
    assert spans_of(sound(0.05, 1.0)) == []


def test_speech_that_still_goes_on_is_told() -> None:
    (span,) = spans_of(sound(0.0, 1.0, 1.0))

    assert span.end_s == pytest.approx(2.0, abs=0.04)


@pytest.mark.parametrize("size", [1, 100, CHUNK, 1000, 16_000])
def test_however_the_sound_is_cut_the_spans_are_the_same(size: int) -> None:
    samples = sound(0.3, 0.5, 0.3, 0.2)[: 20 * CHUNK]
    activity = Activity(LoudnessDetector())

    for start in range(0, len(samples), size):
        activity.feed(samples[start : start + size])

    assert list(activity.spans) == spans_of(samples)


def test_silence_is_counted_from_the_last_speech_else_from_the_start() -> None:
    quiet, spoken = Activity(LoudnessDetector()), Activity(LoudnessDetector())

    quiet.feed(sound(0.0, 2.0))
    spoken.feed(sound(1.0, 0.8))

    assert quiet.silence_s == pytest.approx(2.0, abs=0.04)
    assert spoken.silence_s == pytest.approx(0.8, abs=0.04)


@pytest.mark.parametrize("kind", ["silence", "noise", "hum", "clicks"])
def test_the_real_detector_takes_no_noise_for_speech(kind: str) -> None:
    rng = np.random.default_rng(7)
    seconds = np.arange(3 * RATE) / RATE
    click = (np.arange(3 * RATE) % (RATE // 5) < RATE // 200).astype(np.float32)
    samples = {
        "silence": np.zeros(3 * RATE),
        "noise": rng.normal(0, 0.05, 3 * RATE),
        "hum": 0.3 * np.sin(2 * np.pi * 50 * seconds),
        "clicks": click * rng.normal(0, 0.5, 3 * RATE),
    }[kind].astype(np.float32)
    activity = Activity()

    activity.feed(samples)

    assert activity.spans == ()
