"""A whole interview by voice, without a sound card: answers from files, questions into files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from interviewer.models import embedded, whisper
from interviewer.paths import Folders, folders
from interviewer.speech.activity import RATE
from interviewer.speech.audio import joined, read_sound, silence, write_wav
from interviewer.speech.voice import DEFAULT, HibariVoice
from interviewer.transcripts.sessions import read_session
from interviewer.values.events import Answered, AnyEvent, FollowedUp, QuestionAsked, SessionEnded
from tests.speech.words import word_errors

pytestmark = pytest.mark.model

SAID = (
    "Um, the exit method is always called, with the type of the exception and its value.",
    "If it returns something true, the exception is swallowed, otherwise it goes on.",
    "I would write a generator with a try and a finally around its single yield.",
)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Return a folder of answers, and one that is silent."""
    folder = tmp_path / "answers"
    folder.mkdir()
    voice = HibariVoice.load(DEFAULT, tmp_path)
    for number, text in enumerate(SAID, 1):
        write_wav(folder / f"{number}.wav", voice.say(text))
    write_wav(folder / "4.wav", silence(2.0, 8_000))
    return folder


@pytest.fixture
def talking_home(bare_home: Folders) -> Folders:
    """Return folders with a ready index and the recogniser's weights."""
    weights = embedded.weights(whisper.MODELS[0], folders().models)
    if not weights.is_file():
        pytest.fail(f"fetch the model first: interviewer models pull {whisper.MODELS[0].name}")
    bare_home.models.mkdir(parents=True)
    (bare_home.models / weights.parent.name).symlink_to(weights.parent)
    return bare_home


def interviewer(home: Folders, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {
        "INTERVIEWER_HOME": str(home.data.parent), "OLLAMA_HOST": "http://127.0.0.1:9",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "interviewer", *arguments],
        env=environment, capture_output=True, text=True, check=False, timeout=300,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def asked_in(events: tuple[AnyEvent, ...]) -> list[str]:
    return [
        event.question.text if isinstance(event, QuestionAsked) else event.text
        for event in events
        if isinstance(event, QuestionAsked | FollowedUp)
    ]


def test_an_interview_by_voice_is_held_without_a_sound_card(
    talking_home: Folders, answers: Path
) -> None:
    arguments = ("--model", "none", "--questions", "2", "--topic", "context-managers")

    done = interviewer(
        talking_home, "start", *arguments, "--topic", "iterators-and-generators", "--seed", "3",
        "--voice", "--answers-from", str(answers), "--keep-audio",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    (transcript,) = talking_home.sessions.glob("*.jsonl")
    events = tuple(read_session(transcript).events)
    given = [event.answer for event in events if isinstance(event, Answered)]
    assert isinstance(events[-1], SessionEnded)
    assert [answer.given for answer in given] == ["spoken"] * 4
    assert word_errors(" ".join(SAID), " ".join(answer.raw for answer in given)) <= 0.12
    assert all(answer.delivery for answer in given[:3])
    assert (given[3].text, given[3].raw, given[3].delivery) == ("", "", None)
    assert "Delivery:" in done.stdout
    assert "the type of the exception" in " ".join(done.stdout.split())
    spoken = sorted(transcript.with_suffix(".audio").glob("*-interviewer.wav"))
    assert len(spoken) == len(asked_in(events))
    heard = hear_all(talking_home, spoken)
    assert word_errors(" ".join(asked_in(events)), heard) <= 0.2


def hear_all(home: Folders, files: list[Path]) -> str:
    """Return what the recogniser understands of several files, played one after the other."""
    whole = joined(
        [part for path in files for part in (read_sound(path), silence(1.0, RATE))], RATE
    )
    write_wav(home.data / "all.wav", whole)
    done = interviewer(home, "voice", "hear", str(home.data / "all.wav"), "--json")
    found = json.loads(done.stdout)
    assert found["delivery"]["words"] > len(files)
    assert len(found["spans_s"]) >= len(files)
    return str(found["raw"])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--keep-audio",), "Add --voice."),
        (("--voice",), "--answers-from FOLDER"),
        (("--answers-from", "nowhere"), "found none in 'nowhere'"),
    ],
)
def test_wishes_that_cannot_be_met_are_told_before_anything_is_loaded(
    tmp_path: Path, arguments: tuple[str, ...], expected: str
) -> None:
    done = interviewer(folders({"INTERVIEWER_HOME": str(tmp_path)}), "start", *arguments)

    assert done.returncode == 2
    assert expected in done.stderr
    assert list(tmp_path.iterdir()) == []
