from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.errors import SpeechError
from interviewer.speech.audio import Audio, joined, read_sound, silence, write_wav

RATE = 16_000


def tone(seconds: float = 0.5, rate: int = RATE, hertz: float = 440.0, peak: float = 0.5) -> Audio:
    time = np.arange(round(seconds * rate)) / rate
    return Audio((peak * np.sin(2 * np.pi * hertz * time)).astype(np.float32), rate)


def loudest_hertz(audio: Audio) -> float:
    spectrum = np.abs(np.fft.rfft(audio.samples))
    return float(np.argmax(spectrum) / audio.seconds)


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"])
@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000])
def test_a_wav_file_of_any_width_and_rate_is_read(tmp_path: Path, subtype: str, rate: int) -> None:
    sound = tone(rate=rate)
    soundfile.write(tmp_path / "it.wav", sound.samples, rate, subtype=subtype)

    read = read_sound(tmp_path / "it.wav")

    assert read.rate == rate
    assert read.samples.dtype == np.float32
    assert np.allclose(read.samples, sound.samples, atol=0.01)


def test_two_channels_become_their_mean(tmp_path: Path) -> None:
    left, right = tone().samples, np.zeros(RATE // 2, np.float32)
    soundfile.write(tmp_path / "it.wav", np.stack([left, right], axis=1), RATE)

    read = read_sound(tmp_path / "it.wav")

    assert np.allclose(read.samples, left / 2, atol=0.001)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    write_wav(tmp_path / "it.wav", tone())

    read = read_sound(tmp_path / "it.wav")

    assert np.allclose(read.samples, tone().samples, atol=0.001)


def test_too_loud_a_sound_is_clipped_and_never_turned_round(tmp_path: Path) -> None:
    write_wav(tmp_path / "it.wav", tone(peak=3.0))

    read = read_sound(tmp_path / "it.wav")

    assert np.all(read.samples * tone().samples >= 0)
    assert read.peak == pytest.approx(1, abs=0.001)


def test_numbers_that_are_none_do_no_harm(tmp_path: Path) -> None:
    samples = np.array([np.nan, np.inf, -np.inf, 0.5], np.float32)
    soundfile.write(tmp_path / "it.wav", samples, RATE, subtype="FLOAT")

    read = read_sound(tmp_path / "it.wav")

    assert read.samples.tolist() == [0, 1, -1, 0.5]


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 48_000])
def test_another_rate_keeps_length_and_pitch(rate: int) -> None:
    turned = tone(rate=24_000).at(rate)

    assert turned.rate == rate
    assert turned.seconds == pytest.approx(0.5, abs=0.001)
    assert loudest_hertz(turned) == pytest.approx(440, abs=2)


def test_louder_multiplies_up_to_full_scale() -> None:
    assert tone(peak=0.2).louder(2).peak == pytest.approx(0.4, abs=0.001)
    assert tone(peak=0.8).louder(2).peak == 1


@pytest.mark.parametrize(
    ("peak", "level"), [(0, 0), (0.0005, 0), (0.01, 1 / 3), (0.1, 2 / 3), (1, 1), (3, 1)]
)
def test_a_level_is_a_third_for_each_twenty_decibels(peak: float, level: float) -> None:
    assert tone(hertz=4000, peak=peak).level == pytest.approx(level, abs=0.001)


def test_sounds_of_different_rates_are_joined_at_one() -> None:
    whole = joined([tone(0.5, 8_000), silence(0.25, 48_000)], RATE)

    assert whole.rate == RATE
    assert whole.seconds == pytest.approx(0.75, abs=0.001)


def test_nothing_joined_is_no_sound() -> None:
    assert joined([], RATE).seconds == 0
    assert joined([], RATE).peak == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        b"not a sound at all",
        b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00" + bytes(40),
    ],
)
def test_what_is_no_sound_file_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "it.wav").write_bytes(content)

    with pytest.raises(SpeechError, match=r"it\.wav") as caught:
        read_sound(tmp_path / "it.wav")

    assert "ffmpeg" in caught.value.hint


def test_a_file_that_is_not_there_and_a_folder_are_errors_of_ours(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "none.wav", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(SpeechError, match=why):
            read_sound(path)


def test_a_folder_that_is_not_there_cannot_be_written_to(tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match=r"it\.wav.*No such file"):
        write_wav(tmp_path / "none" / "it.wav", tone())


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_and_never_more(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "it.wav"
    write_wav(path, tone(0.01))
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])

    try:
        read = read_sound(path)
    except SpeechError:
        return

    assert np.isfinite(read.samples).all()
