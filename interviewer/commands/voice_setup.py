"""What a spoken interview needs: ears, a voice, a sound card or a folder of answers."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from interviewer.commands.session_setup import fetch
from interviewer.console.aloud import InterviewerVoice, Kept
from interviewer.console.listen import Listener, PipeListener, TerminalListener
from interviewer.console.screen import Screen
from interviewer.console.spoken_answers import FileListener, SpokenListener, sounds_in
from interviewer.errors import UsageError
from interviewer.models import embedded, whisper
from interviewer.paths import Folders, make_private_folder
from interviewer.settings import Settings
from interviewer.speech.devices import SoundCard
from interviewer.speech.ear import Ear
from interviewer.speech.recording import Source
from interviewer.speech.speaker import Player, Speaker
from interviewer.speech.voice import HibariVoice, bytes_to_fetch
from interviewer.speech.voice import fetch as fetch_voice
from interviewer.transcripts.sessions import AUDIO
from interviewer.values.knowledge import Topic


@dataclass(frozen=True)
class Wish:
    """How the candidate wants to talk."""

    voice: bool
    answers_from: Path | None
    keep_audio: bool


@dataclass(frozen=True)
class Equipment:
    """What was found for it, before anything that takes long is loaded."""

    settings: Settings
    places: Folders
    keep_audio: bool
    files: Sequence[Path] = ()
    card: tuple[Source, Player] | None = None
    """A microphone and a loudspeaker; None where files answer."""


def find_equipment(
    wish: Wish, settings: Settings, places: Folders, screen: Screen
) -> Equipment | None:
    """Return what a spoken interview needs, the recogniser on disk; None for one in writing.

    Raises:
        UsageError: the wishes do not go together, or there are no answers in the folder.
        SpeechError: the extra `voice`, PortAudio or a device is not there.
    """
    if not (wish.voice or wish.answers_from):
        if wish.keep_audio:
            raise UsageError("There is no audio to keep.", hint="Add --voice.")
        return None
    files: Sequence[Path] = ()
    card = None
    if wish.answers_from:
        files = sounds_in(wish.answers_from)
    elif not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "Talking needs a terminal, for the keys that begin and end an answer.",
            hint="Start it in a terminal, or let files answer: --answers-from FOLDER.",
        )
    else:
        sound = SoundCard()
        card = (sound.microphone(settings.microphone), sound.loudspeaker(settings.loudspeaker))
    fetch(whisper.find(settings.hearing), places, screen)
    return Equipment(settings, places, wish.keep_audio, files, card)


@contextmanager
def opened_conversation(
    equipment: Equipment | None, topics: Sequence[Topic], keyboard: TerminalListener | None,
    screen: Screen, transcript: Path,
) -> Iterator[tuple[Listener, InterviewerVoice | None]]:  # fmt: skip
    """Yield where answers come from and, in a spoken interview, the interviewer's voice."""
    if equipment is None:
        yield keyboard or PipeListener(), None
        return
    settings = equipment.settings
    with screen.waiting(f"Loading {settings.hearing} …"):
        ear = load_ear(settings, equipment.places, topics)
    kept = Kept(transcript.with_suffix(AUDIO)) if equipment.keep_audio else None
    mouth = _mouth(equipment, kept, screen) if equipment.card or kept else None
    try:
        if equipment.card and keyboard and mouth:
            wait_s = settings.silence_s if settings.hands_free else None
            source, _ = equipment.card
            yield SpokenListener(ear, source, mouth, keyboard, screen, wait_s=wait_s), mouth
        else:
            yield FileListener(ear, equipment.files, screen), mouth
    finally:
        if mouth:
            mouth.close()


def load_ear(settings: Settings, places: Folders, topics: Sequence[Topic]) -> Ear:
    """Load what understands answers about these topics; its weights are on disk."""
    return Ear.load(embedded.weights(whisper.find(settings.hearing), places.models), topics)


def load_voice(settings: Settings, places: Folders, screen: Screen) -> HibariVoice:
    """Return the voice of the settings; downloads it if need be, and says so.

    Raises:
        SpeechError: there is no such voice, it cannot be had, or the extra is not installed.
    """
    name, folder = settings.voice, places.voices
    if size := bytes_to_fetch(name, folder):
        make_private_folder(folder)
        what = f"the voice {name!r} ({size / 1e6:.1f} MB, Apache-2.0) to {folder}"
        screen.say(f"Downloading {what}, once.")
        fetch_voice(name, folder)
    return HibariVoice.load(name, folder, speed=settings.speed)


def _mouth(equipment: Equipment, kept: Kept | None, screen: Screen) -> InterviewerVoice:
    settings = equipment.settings
    voice = HibariVoice.load(settings.voice, equipment.places.voices, speed=settings.speed)
    if not equipment.card:
        return InterviewerVoice(voice, None, kept, screen)
    speaker = Speaker(voice, equipment.card[1], volume=settings.volume)
    return InterviewerVoice(voice, speaker, kept, screen)
