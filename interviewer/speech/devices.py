"""The sound card, through PortAudio: which devices there are, playing and recording."""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Event
from typing import Any, Literal

import numpy as np

from interviewer.errors import DeviceUnavailable
from interviewer.speech.audio import Audio, resampled
from interviewer.speech.extra import needs_extra
from interviewer.values.value import Value

Direction = Literal["input", "output"]
PATIENCE_S = 3.0
"""A device that took or gave no sound for so long is gone."""
LIST = "`interviewer voice devices` lists what there is"
TEXT = "without sound, interviews are held in text, and `interviewer voice say -o FILE` works"


class Device(Value):
    """Something that PortAudio can play on or record from."""

    number: int
    name: str
    inputs: int
    """Channels that can be recorded at once; 0 for a device that only plays."""
    outputs: int
    rate: int
    """Samples a second that it prefers."""
    default_input: bool
    default_output: bool


class SoundCard:
    """All devices of this machine.

    Args:
        library: `sounddevice`, or what is to stand for it.
        patience_s: how long a device may be silent before it counts as gone.

    Raises:
        DeviceUnavailable: PortAudio is not installed.
        SpeechError: the extra `voice` is not installed.
    """

    def __init__(self, library: Any = None, patience_s: float = PATIENCE_S) -> None:  # noqa: ANN401 - it has no types
        self._library = library or _sounddevice()
        self._patience_s = patience_s

    def devices(self) -> list[Device]:
        """Return what there is, in PortAudio's order."""
        with _working(self._library, "list the devices"):
            found = self._library.query_devices()
            first_input, first_output = self._library.default.device
        return [
            Device(
                number=number, name=facts["name"], rate=round(facts["default_samplerate"]),
                inputs=facts["max_input_channels"], outputs=facts["max_output_channels"],
                default_input=number == first_input, default_output=number == first_output,
            )
            for number, facts in enumerate(found)
        ]  # fmt: skip

    def loudspeaker(self, wanted: str | None = None) -> "Loudspeaker":
        """Return the device of a number or a part of a name that plays; the default for None.

        Raises:
            DeviceUnavailable: there is none, or more than one of that name.
        """
        return Loudspeaker(self._library, self._find(wanted, "output"), self._patience_s)

    def microphone(self, wanted: str | None = None) -> "Microphone":
        """Return the device of a number or a part of a name that records; the default for None.

        Raises:
            DeviceUnavailable: there is none, or more than one of that name.
        """
        return Microphone(self._library, self._find(wanted, "input"), self._patience_s)

    def _find(self, wanted: str | None, direction: Direction) -> Device:
        is_input = direction == "input"
        fit = [d for d in self.devices() if (d.inputs if is_input else d.outputs)]
        if not fit:
            what = "microphone" if is_input else "loudspeaker or headphones"
            raise DeviceUnavailable(
                f"No {what} was found.", hint=f"Plug one in and try again; {TEXT}."
            )
        chosen = _matching(fit, wanted, direction)
        if len(chosen) != 1:
            names = ", ".join(f"{device.number} {device.name!r}" for device in chosen or fit)
            raise DeviceUnavailable(
                f"Expected one device for {direction} named {wanted!r}, found {len(chosen)}.",
                hint=f"Choose by number or by more of its name: {names}.",
            )
        return chosen[0]


class Loudspeaker:
    """A device that plays."""

    def __init__(self, library: Any, device: Device, patience_s: float) -> None:  # noqa: ANN401 - as above
        self._library = library
        self.device = device
        self._patience_s = patience_s

    def play(self, audio: Audio, stopped: Event) -> None:
        """Play a sound; return when it was heard or soon after `stopped` is set.

        Raises:
            DeviceUnavailable: the device does not work, or no longer.
        """
        library, device = self._library, self.device
        settings = _settings(library, device, "output", audio.rate)
        samples = audio.at(settings["samplerate"]).samples[:, np.newaxis]
        done, place = Event(), 0

        def fill(out: Any, frames: int, _time: Any, _status: Any) -> None:  # noqa: ANN401 - as above
            nonlocal place
            part = samples[place : place + frames]
            place += frames
            out[: len(part)] = part
            out[len(part) :] = 0
            if stopped.is_set():
                raise library.CallbackAbort
            if place >= len(samples):
                raise library.CallbackStop

        with (
            _working(library, f"play on {device.name!r}"),
            library.OutputStream(**settings, callback=fill, finished_callback=done.set),
        ):
            is_done = done.wait(audio.seconds + self._patience_s)
        if not is_done or (place < len(samples) and not stopped.is_set()):
            raise _gone(device)


class Microphone:
    """A device that records."""

    def __init__(self, library: Any, device: Device, patience_s: float) -> None:  # noqa: ANN401 - as above
        self._library = library
        self.device = device
        self._patience_s = patience_s

    @contextmanager
    def recording(self, rate: int) -> Iterator[Iterator[Audio]]:
        """Record while the context lasts; what is yielded gives parts of the sound as they come.

        No sound is lost between two parts, however long the caller takes.

        Raises:
            DeviceUnavailable: the device does not work, or no longer.
        """
        library, device = self._library, self.device
        settings = _settings(library, device, "input", rate)
        heard: SimpleQueue[Audio] = SimpleQueue()

        def take(sound: Any, _frames: int, _time: Any, _status: Any) -> None:  # noqa: ANN401 - as above
            # Not every driver keeps to full scale, or to numbers.
            samples = np.clip(np.nan_to_num(sound.mean(axis=1)), -1, 1)
            heard.put(Audio(samples, settings["samplerate"]))

        with _working(library, f"record from {device.name!r}"):
            stream = library.InputStream(**settings, callback=take)
            stream.start()
        try:
            yield resampled(self._parts(heard), rate)
        finally:
            with _working(library, f"stop recording from {device.name!r}"):
                stream.close()

    def _parts(self, heard: "SimpleQueue[Audio]") -> Iterator[Audio]:
        while True:
            try:
                yield heard.get(timeout=self._patience_s)
            except Empty:
                raise _gone(self.device) from None


def _settings(library: Any, device: Device, direction: Direction, rate: int) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Return how to open a device: at this rate if it can, else at the one it prefers."""
    is_input = direction == "input"
    settings = {
        "device": device.number,
        "channels": min(2, device.inputs if is_input else device.outputs),
        "dtype": "float32",
        "samplerate": rate,
    }
    check = library.check_input_settings if is_input else library.check_output_settings
    try:
        check(**settings)
    except library.PortAudioError:
        settings["samplerate"] = device.rate
    return settings


@contextmanager
def _working(library: Any, what: str) -> Iterator[None]:  # noqa: ANN401 - as above
    try:
        yield
    except library.PortAudioError as error:
        raise DeviceUnavailable(
            f"Cannot {what}: {error}.",
            hint=f"Look whether it is plugged in and not in use elsewhere; {LIST}.",
        ) from error


def _matching(fit: list[Device], wanted: str | None, direction: Direction) -> list[Device]:
    if wanted is None:
        is_default = f"default_{direction}"
        return [device for device in fit if getattr(device, is_default)] or fit[:1]
    if wanted.isdecimal():
        return [device for device in fit if device.number == int(wanted)]
    named = [device for device in fit if wanted.lower() in device.name.lower()]
    return [device for device in named if device.name == wanted] or named


def _gone(device: Device) -> DeviceUnavailable:
    return DeviceUnavailable(
        f"{device.name!r} stopped working.",
        hint=f"Look whether it is still plugged in; {LIST}.",
    )


def _sounddevice() -> Any:  # noqa: ANN401 - as above
    with needs_extra():
        try:
            import sounddevice  # noqa: PLC0415 - loads PortAudio, which may be missing
        except OSError as error:
            raise DeviceUnavailable(
                f"Sound cards are reached through PortAudio, which does not load: {error}.",
                hint="Install it: `sudo apt install libportaudio2` on Debian and Ubuntu, "
                f"`sudo dnf install portaudio` on Fedora; {TEXT}.",
            ) from error
    return sounddevice
