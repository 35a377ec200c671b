"""Sound as a value, and sound files of any rate, width and number of channels."""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from interviewer.errors import SpeechError
from interviewer.speech.extra import needs_extra

Samples: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Audio:
    """Sound in one channel: samples of shape (n,), nominally from -1 to 1, and samples a second."""

    samples: Samples
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate

    @property
    def peak(self) -> float:
        """The largest deflection: 0 for silence, 1 for full scale."""
        return float(np.abs(self.samples).max(initial=0.0))

    @property
    def level(self) -> float:
        """The peak as ears measure it: 0 for -60 dB or less, 1 for full scale."""
        return max(0.0, min(1.0, 1 + math.log10(max(self.peak, 1e-9)) / 3))

    def at(self, rate: int) -> "Audio":
        """Return the same sound with so many samples a second.

        Raises:
            SpeechError: the extra `voice` is not installed.
        """
        if rate == self.rate:
            return self
        with needs_extra():
            import soxr  # noqa: PLC0415 - part of the extra

        samples: Samples = soxr.resample(self.samples, self.rate, rate)
        return Audio(samples, rate)

    def louder(self, factor: float) -> "Audio":
        """Return the same sound multiplied by a factor, clipped at full scale."""
        return Audio(np.clip(self.samples * np.float32(factor), -1, 1), self.rate)


def silence(seconds: float, rate: int) -> Audio:
    """Return so much silence."""
    return Audio(np.zeros(round(seconds * rate), np.float32), rate)


def joined(parts: Sequence[Audio], rate: int) -> Audio:
    """Return sounds one after the other, at this rate; no sounds are no sound."""
    none = np.zeros(0, np.float32)
    return Audio(np.concatenate([none, *(part.at(rate).samples for part in parts)]), rate)


def resampled(parts: Iterable[Audio], rate: int) -> Iterator[Audio]:
    """Yield a sound that comes in parts with so many samples a second, without a seam.

    Raises:
        SpeechError: the extra `voice` is not installed.
    """
    with needs_extra():
        import soxr  # noqa: PLC0415 - as above

    stream = None
    for part in parts:
        if part.rate == rate:
            yield part
            continue
        stream = stream or soxr.ResampleStream(part.rate, rate, 1)
        yield Audio(stream.resample_chunk(part.samples), rate)
    if stream:
        yield Audio(stream.resample_chunk(np.zeros(0, np.float32), last=True), rate)


def read_sound(path: Path) -> Audio:
    """Read a WAV file of any kind (FLAC and Ogg too); channels are averaged.

    Raises:
        SpeechError: it cannot be read or is no sound file; or the extra `voice` is not installed.
    """
    with _file(path, "rb") as soundfile:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    # Files of floats can hold what is no number.
    whole = np.nan_to_num(samples.mean(axis=1), nan=0, posinf=1, neginf=-1)
    return Audio(np.ascontiguousarray(whole, np.float32), int(rate))


def write_wav(path: Path, audio: Audio) -> None:
    """Write a WAV file of 16 bits and one channel; what is beyond full scale is clipped.

    Raises:
        SpeechError: it cannot be written, or the extra `voice` is not installed.
    """
    with _file(path, "wb") as soundfile:
        soundfile.write(path, audio.samples, audio.rate, format="WAV", subtype="PCM_16")


@contextmanager
def _file(path: Path, mode: str) -> Iterator[Any]:
    """Lend the library of sound files, and put what goes wrong with one in our words."""
    with needs_extra():
        import soundfile  # noqa: PLC0415 - part of the extra

    try:
        # The library calls whatever hinders it a "System error".
        path.open(mode).close()
        yield soundfile
    except (soundfile.SoundFileError, OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error).rstrip(".")
        raise SpeechError(
            f"Cannot use {str(path)!r} as a sound file: {why}.",
            hint="Name a WAV file in a folder that you may use; `ffmpeg -i FILE FILE.wav` makes "
            "one of most others.",
        ) from error
