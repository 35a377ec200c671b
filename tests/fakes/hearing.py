"""Stand-ins for what hears: a recogniser with a script, a detector by loudness, a microphone."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import numpy as np

from interviewer.errors import DeviceUnavailable
from interviewer.speech.activity import RATE
from interviewer.speech.audio import Audio, Samples


class ScriptedRecogniser:
    """Gives its lines in order, whatever it is played, and keeps what it was played."""

    def __init__(self, script: Iterable[str | BaseException]) -> None:
        self._script = list(script)
        self.pieces: list[Samples] = []

    def transcribe(self, samples: Samples) -> str:
        self.pieces.append(samples)
        if not self._script:
            raise AssertionError("the script has run out")
        line = self._script.pop(0)
        if isinstance(line, BaseException):
            raise line
        return line


class LoudnessDetector:
    """Takes everything loud for speech."""

    def process_samples(self, samples: list[float]) -> float:
        return float(max(map(abs, samples)) > 0.1)


def sound(*parts: float) -> Samples:
    """Return a tone and silence by turns, for so many seconds each: a tone first."""
    return np.concatenate(
        [
            np.full(round(seconds * RATE), 0.5 if index % 2 == 0 else 0.0, np.float32)
            for index, seconds in enumerate(parts)
        ]
    )


class FakeMicrophone:
    """Gives a sound in blocks of 0.1 s, then silence for ever, or fails as if it were unplugged.

    `heard` is called when the sound was given, `closed` when the microphone was closed.
    """

    def __init__(
        self,
        samples: Samples,
        *,
        heard: Callable[[], None] = lambda: None,
        closed: Callable[[], None] = lambda: None,
        unplugged: bool = False,
    ) -> None:
        self._samples = samples
        self._heard = heard
        self._closed = closed
        self._unplugged = unplugged
        self.is_open = False

    @contextmanager
    def recording(self, rate: int) -> Iterator[Iterator[Audio]]:
        self.is_open = True
        try:
            yield self._parts(rate)
        finally:
            self.is_open = False
            self._closed()

    def _parts(self, rate: int) -> Iterator[Audio]:
        size = rate // 10
        for start in range(0, len(self._samples), size):
            yield Audio(self._samples[start : start + size], rate)
        self._heard()
        if self._unplugged:
            raise DeviceUnavailable("It was unplugged.", hint="Plug it in.")
        while True:
            # Faster than life, but not so fast that nobody else gets a turn.
            time.sleep(0.001)
            yield Audio(np.zeros(size, np.float32), rate)


class FakeMouth:
    """Speaks so many looks long; the microphone must be closed when it does."""

    def __init__(self, microphone: FakeMicrophone, looks: int = 0) -> None:
        self._microphone = microphone
        self._looks = looks
        self.stops = 0
        self.kept: list[Audio] = []

    @property
    def is_speaking(self) -> bool:
        assert not self._microphone.is_open, "the interviewer would hear itself"
        self._looks -= 1
        return self._looks >= 0

    def stop(self) -> None:
        assert not self._microphone.is_open, "stop before you listen"
        self._looks = 0
        self.stops += 1

    def keep_answer(self, audio: Audio) -> None:
        self.kept.append(audio)
