"""What the interviewer says aloud, and what is kept of it."""

import stat
from pathlib import Path

import pytest

from interviewer.console.aloud import InterviewerVoice, Kept, said_by
from interviewer.speech.audio import read_sound
from interviewer.speech.speaker import Collector, Speaker
from interviewer.values.events import AnyEvent, FollowedUp, Noted, QuestionAsked, Said, Skipped
from tests.fakes.interview import NOTES, sample_question
from tests.fakes.screen import FakeTerminal
from tests.fakes.voice import AnnouncingPlayer, CountingVoice, UnpluggedPlayer

CODE = NOTES.model_copy(update={"kind": "code", "text": "def secret_name(): ..."})


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (Said(text="Welcome."), "Welcome."),
        (FollowedUp(key_point="", text="And then?"), "And then?"),
        (QuestionAsked(number=1, question=sample_question()), sample_question().text),
        (
            QuestionAsked(number=2, question=sample_question(), lead="Another topic."),
            f"Another topic. {sample_question().text}",
        ),
        (Noted(text="It is slow."), ""),
        (Skipped(), ""),
    ],
)
def test_what_the_interviewer_says_is_said_and_nothing_else(event: AnyEvent, text: str) -> None:
    assert said_by(event) == text


def test_code_is_on_the_screen_and_not_read_out() -> None:
    question = sample_question().model_copy(update={"code": CODE})

    text = said_by(QuestionAsked(number=1, question=question))

    assert "secret_name" not in text
    assert text.endswith("The code is on the screen.")


def test_both_sides_are_kept_in_order_and_for_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "session.audio"
    voice = InterviewerVoice(CountingVoice(), None, Kept(folder), FakeTerminal().screen)

    voice.say("Why?")
    voice.keep_answer(CountingVoice().say("Because it is lazy."))
    again = InterviewerVoice(CountingVoice(), None, Kept(folder), FakeTerminal().screen)
    again.say("Why not?")

    names = sorted(path.name for path in folder.iterdir())
    assert names == ["001-interviewer.wav", "002-candidate.wav", "003-interviewer.wav"]
    assert len(read_sound(folder / "003-interviewer.wav").samples) == len("Why not?")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_is_kept_that_was_not_asked_for(tmp_path: Path) -> None:
    voice = InterviewerVoice(CountingVoice(), None, None, FakeTerminal().screen)

    voice.say("Why?")
    voice.keep_answer(CountingVoice().say("Because."))

    assert list(tmp_path.iterdir()) == []
    assert not voice.is_speaking


def test_the_voice_stops_at_once() -> None:
    player = AnnouncingPlayer(is_slow=True)
    voice = InterviewerVoice(
        CountingVoice(), Speaker(CountingVoice(), player), None, FakeTerminal().screen
    )
    voice.say("A question that takes long. And goes on.")
    player.started.get()
    before = voice.is_speaking

    voice.stop()

    assert before
    assert not voice.is_speaking
    assert player.interrupted == 1
    voice.close()


def test_a_loudspeaker_that_fails_is_told_of_once_and_the_rest_is_shown_only() -> None:
    terminal = FakeTerminal()
    speaker = Speaker(CountingVoice(), UnpluggedPlayer(0))
    voice = InterviewerVoice(CountingVoice(), speaker, None, terminal.screen)

    for number in range(3):
        voice.say(f"Question {number}?")
        while voice.is_speaking:
            pass

    assert terminal.words.count("stopped working") == 1
    assert "Questions are only shown now." in terminal.words


def test_a_loudspeaker_that_works_is_not_spoken_of() -> None:
    terminal = FakeTerminal()
    collector = Collector()
    voice = InterviewerVoice(
        CountingVoice(), Speaker(CountingVoice(), collector), None, terminal.screen
    )

    voice.say("One thing?")
    while voice.is_speaking:
        pass
    voice.say("Another?")
    voice.close()

    assert terminal.text == ""
    assert collector.played
