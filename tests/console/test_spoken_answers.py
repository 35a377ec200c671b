"""Answering by voice at a terminal: keys and sound by script, everything between them real."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from interviewer.console.listen import TerminalListener
from interviewer.console.spoken_answers import SpokenListener, has_ended
from interviewer.errors import SpeechError
from interviewer.speech.audio import Samples
from interviewer.speech.correct import Vocabulary
from interviewer.speech.ear import Ear
from interviewer.speech.hearing import Hearing
from tests.fakes.hearing import (
    FakeMicrophone,
    FakeMouth,
    LoudnessDetector,
    ScriptedRecogniser,
    sound,
)
from tests.fakes.screen import FakeTerminal

VOCABULARY = Vocabulary(["Tests with `pytest`."])


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


class Room:
    """A candidate at a terminal with a microphone; what they say is in the script."""

    def __init__(
        self, folder: Path, microphone: FakeMicrophone, script: Sequence[str | BaseException],
        *, wait_s: float | None = None, looks: int = 0,
    ) -> None:  # fmt: skip
        self.mouth = FakeMouth(microphone, looks)
        self.terminal = FakeTerminal()
        ear = Ear(ScriptedRecogniser(script), VOCABULARY, LoudnessDetector)
        keyboard = TerminalListener(folder / "history", self.terminal.screen)
        self.listener = SpokenListener(
            ear, microphone, self.mouth, keyboard, self.terminal.screen, wait_s=wait_s
        )


def pressing(keys: PipeInput, text: str) -> Callable[[], None]:
    return partial(keys.send_text, text)


def test_enter_begins_an_answer_and_ends_it_and_enter_sends_it(
    keys: PipeInput, tmp_path: Path
) -> None:
    microphone = FakeMicrophone(sound(2.0, 0.5), heard=pressing(keys, "\r\r"))
    room = Room(tmp_path, microphone, ["Um, with pie test."])
    keys.send_text("\r")

    answer = room.listener.listen()

    assert (answer.text, answer.raw, answer.given) == (
        "with pytest.",
        "Um, with pie test.",
        "spoken",
    )
    assert answer.delivery
    assert answer.delivery.fillers == 1
    assert answer.seconds >= 2.5
    assert room.mouth.stops == 1
    assert room.mouth.kept[0].seconds >= 2.5
    assert not microphone.is_open


def test_what_was_understood_can_be_put_right_and_both_are_kept(
    keys: PipeInput, tmp_path: Path
) -> None:
    microphone = FakeMicrophone(sound(2.0, 0.5), heard=pressing(keys, "  indeed\r"))
    room = Room(tmp_path, microphone, ["It is lacy"])
    keys.send_text(" ")

    answer = room.listener.listen()

    assert (answer.text, answer.raw) == ("It is lacy indeed", "It is lacy")


@pytest.mark.parametrize("typed", ["/hint", "I would rather write."])
def test_any_other_key_begins_a_typed_answer_or_a_command(
    keys: PipeInput, tmp_path: Path, typed: str
) -> None:
    room = Room(tmp_path, FakeMicrophone(sound(1.0)), [])
    keys.send_text(f"{typed}\r")

    answer = room.listener.listen()

    assert (answer.text, answer.given, answer.raw) == (typed, "typed", "")
    assert room.mouth.stops == 1


def test_hands_free_an_answer_ends_after_a_silence_and_not_in_a_pause_to_think(
    keys: PipeInput, tmp_path: Path
) -> None:
    said = sound(1.0, 3.0, 1.0)
    microphone = FakeMicrophone(said, closed=pressing(keys, "\r"))
    room = Room(tmp_path, microphone, ["First.", "Then."], wait_s=3.5, looks=3)

    answer = room.listener.listen()

    assert answer.text == "First. Then."
    assert answer.delivery
    (pause,) = answer.delivery.pauses_s
    assert pause == pytest.approx(3.0, abs=0.1)


def test_hands_free_saying_so_ends_an_answer(keys: PipeInput, tmp_path: Path) -> None:
    microphone = FakeMicrophone(sound(1.0), closed=pressing(keys, "\r"))
    room = Room(tmp_path, microphone, ["It is lazy. That's my answer."], wait_s=10_000)

    answer = room.listener.listen()

    assert answer.text == "It is lazy."
    assert answer.raw == "It is lazy. That's my answer."


def test_a_microphone_that_is_unplugged_loses_no_word(keys: PipeInput, tmp_path: Path) -> None:
    microphone = FakeMicrophone(
        sound(2.0, 0.5), closed=pressing(keys, " and typed\r"), unplugged=True
    )
    room = Room(tmp_path, microphone, ["It is lazy"])
    keys.send_text("\r")

    answer = room.listener.listen()

    assert (answer.text, answer.raw) == ("It is lazy and typed", "It is lazy")
    assert "It was unplugged. Plug it in. Go on in writing." in room.terminal.words


def test_a_microphone_that_does_not_open_leaves_typing(keys: PipeInput, tmp_path: Path) -> None:
    nothing = sound(0.0)
    microphone = FakeMicrophone(nothing, closed=pressing(keys, "typed\r"), unplugged=True)
    room = Room(tmp_path, microphone, [])
    keys.send_text("\r")

    answer = room.listener.listen()

    assert (answer.text, answer.given) == ("typed", "typed")


def test_where_nothing_was_said_it_is_told_and_the_turn_is_still_theirs(
    keys: PipeInput, tmp_path: Path
) -> None:
    microphone = FakeMicrophone(sound(0.0, 2.0), heard=pressing(keys, "\rtyped\r"))
    room = Room(tmp_path, microphone, [])
    keys.send_text("\r")

    answer = room.listener.listen()

    assert answer.text == "typed"
    assert "is the microphone off?" in room.terminal.words


def test_a_recogniser_that_fails_leaves_the_turn_to_the_candidate(
    keys: PipeInput, tmp_path: Path
) -> None:
    microphone = FakeMicrophone(sound(1.0, 1.0), heard=pressing(keys, "\rtyped\r"))
    room = Room(tmp_path, microphone, [SpeechError("It broke.", hint="Try again.")])
    keys.send_text("\r")

    answer = room.listener.listen()

    assert answer.text == "typed"
    assert "It broke. Try again." in room.terminal.words


def test_what_is_changed_later_is_typed(keys: PipeInput, tmp_path: Path) -> None:
    room = Room(tmp_path, FakeMicrophone(sound(1.0)), [])
    keys.send_text(" indeed\r")

    assert room.listener.listen("It is lazy").text == "It is lazy indeed"


def test_a_pause_silences_the_interviewer(keys: PipeInput, tmp_path: Path) -> None:
    room = Room(tmp_path, FakeMicrophone(sound(1.0)), [])
    keys.send_text("\r")

    room.listener.rest()

    assert room.mouth.stops == 1


@pytest.mark.parametrize(
    ("said", "wait_s", "ended"),
    [
        (sound(1.0, 3.4), 3.5, False),
        (sound(1.0, 3.6), 3.5, True),
        (sound(1.0, 3.4, 0.5, 3.4), 3.5, False),
        (sound(1.0, 60.0), None, False),
        (sound(0.0, 60.0), 3.5, False),
    ],
    ids=["thinking", "silent", "goes on", "by key", "not begun"],
)
def test_only_a_long_silence_after_speech_ends_an_answer_without_a_key(
    said: Samples, wait_s: float | None, *, ended: bool
) -> None:
    with Hearing(ScriptedRecogniser(["one", "two"]), LoudnessDetector()) as hearing:
        hearing.feed(said)

        assert has_ended(hearing, wait_s) is ended
