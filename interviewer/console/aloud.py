"""The interviewer's words aloud, and both sides' on disk if they are to be kept."""

from pathlib import Path
from typing import Protocol

from interviewer.console.screen import Screen
from interviewer.errors import SpeechError
from interviewer.paths import make_private_folder
from interviewer.speech.audio import Audio, write_wav
from interviewer.speech.sentences import ON_SCREEN
from interviewer.speech.speaker import Speaker
from interviewer.speech.voice import Voice
from interviewer.values.events import (
    AnyEvent,
    ClosingAnswered,
    ClosingBegan,
    FollowedUp,
    Hinted,
    QuestionAsked,
    Reworded,
    Said,
)


class Aloud(Protocol):
    """Whoever says what the interviewer says."""

    def say(self, text: str) -> None:
        """Say a text; return at once."""
        ...


def said_by(event: AnyEvent) -> str:
    """Return what the interviewer says in an event; empty if it is only shown.

    Code is never read out.
    """
    match event:
        case QuestionAsked():
            question = event.question
            return " ".join(
                filter(None, (event.lead, question.text, ON_SCREEN if question.code else ""))
            )
        case FollowedUp() | Hinted() | Reworded() | Said() | ClosingBegan() | ClosingAnswered():
            return event.text
        case _:
            return ""


class Kept:
    """A folder of sound files beside a transcript, numbered as they come."""

    def __init__(self, folder: Path) -> None:
        self._folder = make_private_folder(folder)
        self._count = len(list(folder.glob("*.wav")))

    def keep(self, who: str, audio: Audio) -> None:
        """Write what somebody said."""
        self._count += 1
        write_wav(self._folder / f"{self._count:03}-{who}.wav", audio)


class InterviewerVoice:
    """Says texts on a loudspeaker if there is one, and keeps them if they are to be kept.

    A loudspeaker that fails is told of once; from then on the interview is silent.
    """

    def __init__(
        self, voice: Voice, speaker: Speaker | None, kept: Kept | None, screen: Screen
    ) -> None:
        self._voice = voice
        self._speaker = speaker
        self._kept = kept
        self._screen = screen

    @property
    def is_speaking(self) -> bool:
        """Tell whether anything sounds or is about to."""
        return self._speaker is not None and self._speaker.is_speaking

    def say(self, text: str) -> None:
        """Say a text after what is being said; return at once."""
        self._look_after_the_speaker()
        if self._speaker:
            self._speaker.say(text)
        if self._kept:
            self._kept.keep("interviewer", self._voice.say(text))

    def stop(self) -> None:
        """Be silent at once."""
        if self._speaker:
            self._speaker.stop()

    def keep_answer(self, audio: Audio) -> None:
        """Keep what the candidate said, if it is to be kept."""
        if self._kept:
            self._kept.keep("candidate", audio)

    def close(self) -> None:
        """Be silent for good."""
        if self._speaker:
            self._speaker.close()

    def _look_after_the_speaker(self) -> None:
        if self._speaker is None or self._speaker.is_speaking:
            return
        try:
            self._speaker.wait()
        except SpeechError as error:
            self._screen.say(f"{error} {error.hint} Questions are only shown now.", "yellow")
            self._speaker.close()
            self._speaker = None
