"""`interviewer voice`: hear the interviewer's voice, and see whether the sound card works."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from interviewer.commands.hear import hear, understand
from interviewer.commands.options import AsJson
from interviewer.commands.session_setup import load_settings
from interviewer.commands.voice_setup import load_voice
from interviewer.console.screen import Screen
from interviewer.errors import UsageError
from interviewer.settings import Settings
from interviewer.speech import voice as voices
from interviewer.speech.audio import Audio, joined, write_wav
from interviewer.speech.devices import Device, SoundCard
from interviewer.speech.speaker import Collector, Player, Speaker

RATE = 16_000
RECORD_S = 3
QUIET, LOUD = 0.03, 0.99
"""Peaks between which a voice is understood well: from -30 dB to just below full scale."""
SENTENCE = "If you hear this, your loudspeaker works. What is a dict, and what does __init__ do?"

app = typer.Typer(help="Try the voice and the sound card.", no_args_is_help=True)
app.command()(hear)
Name = Annotated[str | None, typer.Option("--voice", help="heart, emma, fable, fenrir or kore.")]
Speed = Annotated[float | None, typer.Option(help="From 0.5 to 2; 1 is as trained.")]


@app.command()
def say(
    text: Annotated[str, typer.Argument(help="What to say.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A WAV file instead of the loudspeaker.")
    ] = None,
    voice: Name = None,
    speed: Speed = None,
) -> None:
    """Say a text as the interviewer would, aloud or into a WAV file."""
    settings, places = load_settings(voice=voice, speed=speed)
    screen = Screen()
    player: Collector | Player
    player = Collector() if output else SoundCard().loudspeaker(settings.loudspeaker)
    _speak(text, load_voice(settings, places, screen), player, settings.volume)
    if output and isinstance(player, Collector):
        if not player.played:
            raise UsageError(f"There is nothing to say in {text!r}.", hint="Give it words.")
        audio = joined(player.played, player.played[0].rate)
        write_wav(output, audio)
        screen.say(f"{audio.seconds:.1f} s of speech in {output}")


@app.command()
def devices(
    as_json: AsJson = False,
) -> None:
    """List microphones and loudspeakers, as the settings name them."""
    found = SoundCard().devices()
    if as_json:
        typer.echo(json.dumps([device.model_dump() for device in found]))
    else:
        show_devices(found, Screen())


@app.command("test")
def check(voice: Name = None, speed: Speed = None) -> None:
    """Play a sentence, record three seconds, show how loud they are and what was understood."""
    settings, places = load_settings(voice=voice, speed=speed)
    screen = Screen()
    card = SoundCard()
    audio = check_sound(card, load_voice(settings, places, screen), settings, screen)
    _, answer = understand(audio, settings, places, screen)
    screen.say(f"Understood: “{answer.text}”" if answer.text else "No speech was heard.")


def show_devices(found: Sequence[Device], screen: Screen) -> None:
    """Show a table of devices."""
    if not found:
        screen.say("There are none. Interviews are held in text.")
        return
    rows = [
        (str(device.number), device.name, _marked(device.inputs, is_default=device.default_input),
         _marked(device.outputs, is_default=device.default_output))
        for device in found
    ]  # fmt: skip
    screen.table(("number", "name", "records", "plays"), rows)
    screen.gap()
    screen.say(
        "● the system's default. `microphone` and `loudspeaker` in the settings choose another, "
        "by number or a part of the name.",
        "dim",
    )


def check_sound(card: SoundCard, voice: voices.Voice, settings: Settings, screen: Screen) -> Audio:
    """Play a sentence, record, say how loud it was; return what was recorded.

    Raises:
        DeviceUnavailable: there is no loudspeaker or microphone, or it does not work.
    """
    loudspeaker = card.loudspeaker(settings.loudspeaker)
    microphone = card.microphone(settings.microphone)
    screen.say(f"Playing on {loudspeaker.device.name}: “{SENTENCE}”")
    _speak(SENTENCE, voice, loudspeaker, settings.volume)
    screen.say(f"Now say something to {microphone.device.name}: {RECORD_S} seconds.")
    heard: list[Audio] = []
    with screen.meter("Level") as show, microphone.recording(RATE) as parts:
        for part in parts:
            heard.append(part)
            show(part.level)
            if sum(len(part.samples) for part in heard) >= RECORD_S * RATE:
                break
    audio = joined(heard, RATE)
    screen.say(*_judged(audio))
    return audio


def _speak(text: str, voice: voices.Voice, player: Player, volume: float) -> None:
    speaker = Speaker(voice, player, volume=volume)
    try:
        speaker.say(text)
        speaker.wait()
    finally:
        speaker.close()


def _judged(audio: Audio) -> tuple[str, str]:
    """Return what to say of a recording's level, and in which colour."""
    level = f"The loudest moment was at {audio.peak:.0%} of full scale"
    if audio.peak == 0:
        return "Not a sound came: look whether the microphone is muted or forbidden.", "red"
    if audio.peak < QUIET:
        return f"{level}: too quiet. Turn the microphone up or move nearer.", "yellow"
    if audio.peak >= LOUD:
        return f"{level}: too loud. Turn the microphone down or move away.", "yellow"
    return f"{level}: good.", "green"


def _marked(channels: int, *, is_default: bool) -> str:
    return f"{'● ' if is_default else ''}{'yes' if channels else '–'}"
