"""`interviewer voice`: into a file with the real voice, and on a sound card that is none."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from interviewer.commands.voice import RATE, RECORD_S, check_sound, show_devices
from interviewer.errors import InterviewerError, SettingsError, SpeechError, UsageError
from interviewer.settings import Settings
from interviewer.speech.audio import Samples, read_sound
from interviewer.speech.devices import SoundCard
from tests.commands.conftest import Invoke
from tests.fakes.screen import FakeTerminal
from tests.fakes.sound_card import FakeSoundCard, device
from tests.fakes.voice import CountingVoice

WITHOUT_PORTAUDIO = "import ctypes.util; ctypes.util.find_library = lambda name: None"
WITHOUT_EXTRA = "import sys; sys.modules.update(hibari=None)"
HEADSET = device("USB headset", inputs=1, outputs=2)


def stderr_of(home: Path, *arguments: str, first: str) -> str:
    """Run the program after a line that takes something away, and return what it complains of."""
    program = f"{first}\nfrom interviewer.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "voice", *arguments],
        env={**os.environ, "INTERVIEWER_HOME": str(home), "NO_COLOR": "1"},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    return done.stderr


def tone(peak: float) -> Samples:
    time = np.arange(RATE * RECORD_S) / RATE
    return (peak * np.sin(2 * np.pi * 300 * time)).astype(np.float32)


def test_a_text_is_said_into_a_file_faster_if_that_is_wished(
    tmp_path: Path, invoke: Invoke
) -> None:
    text = "What does `__init__` do? And who calls it?"

    usual = invoke("voice", "say", text, "-o", str(tmp_path / "usual.wav"))
    invoke("voice", "say", text, "-o", str(tmp_path / "fast.wav"), "--speed", "2")

    assert "s of speech in" in usual.stdout
    sound = read_sound(tmp_path / "usual.wav")
    assert 2 < sound.seconds < 8
    assert sound.peak > 0.1
    assert read_sound(tmp_path / "fast.wav").seconds < 0.7 * sound.seconds


def test_the_volume_of_the_settings_counts(tmp_path: Path, invoke: Invoke) -> None:
    for name, volume in (("full", "1"), ("half", "0.5")):
        invoke("voice", "say", "hello", "-o", str(tmp_path / name), INTERVIEWER_VOLUME=volume)

    full, half = read_sound(tmp_path / "full"), read_sound(tmp_path / "half")
    assert half.peak == pytest.approx(full.peak / 2, abs=0.001)


@pytest.mark.parametrize(
    ("arguments", "kind", "message", "hint"),
    [
        (("hi", "--voice", "nobody", "-o", "x.wav"), SpeechError, "no voice 'nobody'", "emma"),
        (("hi", "--speed", "9", "-o", "x.wav"), SettingsError, "'speed'", "Correct 'speed'"),
        (("?!", "-o", "x.wav"), UsageError, "nothing to say in '?!'", "words"),
        (("hi", "-o", "/no/where/x.wav"), SpeechError, "'/no/where/x.wav'", "folder"),
    ],
)
def test_what_cannot_be_said_or_written_is_told_with_a_next_step(
    invoke: Invoke, arguments: tuple[str, ...], kind: type[Exception], message: str, hint: str
) -> None:
    error = invoke("voice", "say", *arguments).exception

    assert isinstance(error, InterviewerError)
    assert type(error) is kind
    assert message in str(error)
    assert hint in error.hint


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the package brings PortAudio")
def test_without_portaudio_it_is_said_what_to_install(tmp_path: Path) -> None:
    stderr = stderr_of(tmp_path, "test", first=WITHOUT_PORTAUDIO)

    assert "PortAudio" in stderr
    assert "apt install libportaudio2" in stderr
    assert "Traceback" not in stderr


def test_without_the_extra_it_is_said_what_to_install(tmp_path: Path) -> None:
    stderr = stderr_of(tmp_path, "say", "hi", "-o", "x.wav", first=WITHOUT_EXTRA)

    assert "'hibari', which is not installed" in stderr
    assert "interviewer[voice]" in stderr


def test_devices_are_shown_with_the_defaults_marked() -> None:
    terminal = FakeTerminal(width=100)
    fake = FakeSoundCard([HEADSET, device("Screen\x1b[31m", 0, 2)], default=(0, 1))

    show_devices(SoundCard(fake).devices(), terminal.screen)

    lines = terminal.text.splitlines()
    assert lines[1].split() == ["0", "USB", "headset", "●", "yes", "yes"]
    assert lines[2].split() == ["1", "Screen\\u001b[31m", "–", "●", "yes"]


def test_no_devices_is_said() -> None:
    terminal = FakeTerminal()

    show_devices([], terminal.screen)

    assert "There are none" in terminal.text


@pytest.mark.parametrize(
    ("peak", "judged"),
    [(0.0, "muted"), (0.01, "too quiet"), (0.3, "30% of full scale: good"), (1.0, "too loud")],
)
def test_the_sound_check_plays_records_and_judges_the_level(peak: float, judged: str) -> None:
    terminal = FakeTerminal(width=100)
    fake = FakeSoundCard([HEADSET], sound=tone(peak))

    audio = check_sound(SoundCard(fake), CountingVoice(), Settings(), terminal.screen)

    assert sum(map(len, fake.heard)) > 0
    assert audio.seconds == pytest.approx(RECORD_S)
    assert judged in terminal.text
