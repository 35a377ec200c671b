"""`interviewer voice hear`: what is understood of a sound."""

import json
from pathlib import Path
from typing import Annotated

import typer

from interviewer.commands.options import AsJson
from interviewer.commands.session_setup import fetch, guide_topics, load_settings
from interviewer.commands.voice_setup import load_ear
from interviewer.console.screen import Screen
from interviewer.console.spoken_answers import nothing_heard
from interviewer.grading.delivery import describe
from interviewer.models import whisper
from interviewer.paths import Folders
from interviewer.settings import Settings
from interviewer.speech.audio import Audio, read_sound
from interviewer.speech.hearing import Heard
from interviewer.values.interview import Answer
from interviewer.values.text import safe


def hear(
    file: Annotated[Path, typer.Argument(help="A WAV file.")],
    model: Annotated[str | None, typer.Option(help="whisper/tiny.en or whisper/base.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what is understood of a WAV file."""
    settings, places = load_settings(hearing=model)
    screen = Screen(to_stderr=True)
    heard, answer = understand(read_sound(file), settings, places, screen)
    if as_json:
        spans = [(round(span.start_s, 2), round(span.end_s, 2)) for span in heard.spans]
        typer.echo(json.dumps(answer.model_dump() | {"spans_s": spans}))
    elif not answer.text:
        screen.say(nothing_heard(heard), style="yellow")
    else:
        typer.echo(safe(answer.text))
        if answer.delivery:
            screen.say(describe(answer.delivery), style="dim")


def understand(
    audio: Audio, settings: Settings, places: Folders, screen: Screen
) -> tuple[Heard, Answer]:
    """Return what is heard in a sound and the answer it makes, with the words of the guide.

    Raises:
        DownloadError: the recogniser is not on disk and cannot be fetched.
        SpeechError: the extra `voice` is not installed.
    """
    fetch(whisper.find(settings.hearing), places, screen)
    topics = guide_topics(settings)
    with screen.waiting("Listening …"):
        ear = load_ear(settings, places, topics)
        heard = ear.hear(audio)
    return heard, ear.understand(heard)
