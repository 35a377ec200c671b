"""Stands for `sounddevice`: devices that take and give sound in blocks, from a thread as PortAudio
does, and that can be unplugged."""

from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from types import SimpleNamespace
from typing import Any, Self

import numpy as np

from interviewer.speech.audio import Samples

BLOCK = 480


class PortAudioError(Exception):
    """What the real library raises."""


class CallbackStop(Exception):
    """The callback wants no more after this block."""


class CallbackAbort(Exception):
    """The callback wants no more, this block included."""


def device(name: str, inputs: int, outputs: int, rate: int = 48_000) -> Mapping[str, Any]:
    return {
        "name": name,
        "max_input_channels": inputs,
        "max_output_channels": outputs,
        "default_samplerate": float(rate),
    }


class FakeSoundCard:
    """What a test says it is: its devices, the rates they do, and after how many blocks they go."""

    PortAudioError = PortAudioError
    CallbackStop = CallbackStop
    CallbackAbort = CallbackAbort

    def __init__(
        self, devices: Sequence[Mapping[str, Any]], default: tuple[int, int] = (0, 0), *,
        rates: Sequence[int] = (16_000, 24_000, 48_000), blocks: int | None = None,
        sound: Samples | None = None, is_busy: bool = False,
    ) -> None:  # fmt: skip
        self.default = SimpleNamespace(device=default)
        self.opened: list[Mapping[str, Any]] = []
        self.heard: list[Samples] = []
        self.rates = rates
        self.blocks = blocks
        self.sound = np.zeros(0, np.float32) if sound is None else sound
        self.is_busy = is_busy
        self._devices = devices

    def query_devices(self) -> Sequence[Mapping[str, Any]]:
        return self._devices

    def check_output_settings(self, *, samplerate: int, **_: object) -> None:
        if samplerate not in self.rates:
            raise PortAudioError("Invalid sample rate")

    check_input_settings = check_output_settings

    def OutputStream(self, **settings: object) -> "_Stream":  # noqa: N802 - the library's name
        return _Stream(self, settings, self._take)

    def InputStream(self, **settings: object) -> "_Stream":  # noqa: N802 - as above
        return _Stream(self, settings, self._give)

    def _take(self, settings: Mapping[str, Any], number: int) -> None:
        del number
        out = np.full((BLOCK, settings["channels"]), np.nan, np.float32)
        try:
            settings["callback"](out, BLOCK, None, None)
        except CallbackAbort:
            raise
        except CallbackStop:
            self.heard.append(out)
            raise
        self.heard.append(out)

    def _give(self, settings: Mapping[str, Any], number: int) -> None:
        part = self.sound[number * BLOCK : (number + 1) * BLOCK]
        if len(part) == 0:
            raise CallbackStop
        settings["callback"](np.stack([part] * settings["channels"], 1), len(part), None, None)


class _Stream:
    def __init__(
        self, card: FakeSoundCard, settings: Mapping[str, Any],
        work: Callable[[Mapping[str, Any], int], None],
    ) -> None:  # fmt: skip
        if card.is_busy:
            raise PortAudioError("Device unavailable")
        card.opened.append(settings)
        self._card = card
        self._settings = settings
        self._work = work
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self) -> None:
        number = 0
        try:
            while number != self._card.blocks:
                self._work(self._settings, number)
                number += 1
        except (CallbackStop, CallbackAbort):
            if finished := self._settings.get("finished_callback"):
                finished()
