"""A voice that says text, and the one that runs on this machine: hibari."""

from pathlib import Path
from typing import Any, Protocol, Self
from urllib.error import HTTPError

import numpy as np

from interviewer.errors import SpeechError
from interviewer.speech.audio import Audio
from interviewer.speech.extra import needs_extra
from interviewer.speech.pronounce import as_said

DEFAULT = "heart"


class Voice(Protocol):
    """Something that can say a sentence."""

    def say(self, text: str) -> Audio:
        """Return a sentence, as it is written, as sound; no sound if nothing in it can be said."""
        ...


class HibariVoice:
    """One of hibari's voices; the same text always gives the same sound."""

    def __init__(self, engine: Any, speed: float) -> None:  # noqa: ANN401 - the library has no types
        self._engine = engine
        self._speed = speed

    @classmethod
    def load(cls, name: str, folder: Path, *, speed: float = 1.0) -> Self:
        """Load a voice from the library itself or from a folder of downloaded ones.

        Args:
            name: of the voice; DEFAULT comes with the library.
            folder: where the others are, as `fetch` puts them there.
            speed: from 0.5 to 2, 1 is as trained.

        Raises:
            SpeechError: there is no such voice, or it is not on disk; or no extra `voice`.
        """
        with needs_extra():
            from hibari import Hibari  # noqa: PLC0415 - 0.6 s of CPU to import

        path = None if name == DEFAULT else folder / _facts(name)["file"]
        if path is not None and not path.exists():
            raise SpeechError(
                f"The voice {name!r} is not on disk.",
                hint=f"Fetch it: `interviewer voice say hello --voice {name} -o hello.wav`.",
            )
        return cls(Hibari(voice=name, model=path and str(path)), speed)

    def say(self, text: str) -> Audio:
        """Return a sentence as sound of 24,000 samples a second.

        Raises:
            SpeechError: the library fails on it.
        """
        try:
            samples = self._engine(as_said(text), speed=self._speed, seed=0)
        except (ValueError, LookupError, RuntimeError) as error:
            raise SpeechError(
                f"The voice cannot say {text!r}: {error}.", hint="Read it on the screen."
            ) from error
        return Audio(np.clip(samples, -1, 1, dtype=np.float32), self._engine.sample_rate)


def bytes_to_fetch(name: str, folder: Path) -> int:
    """Return how many bytes of a voice are not on disk.

    Raises:
        SpeechError: there is no such voice, or the extra `voice` is not installed.
    """
    facts = _facts(name)
    return 0 if name == DEFAULT or (folder / facts["file"]).exists() else int(facts["bytes"])


def fetch(name: str, folder: Path, source: str | None = None) -> None:
    """Download a voice from its publisher and check its sha256; nothing is kept of a failure.

    Args:
        name: of the voice.
        folder: where to put it; made if it is not there.
        source: another place to take it from, up to and with its last slash.

    Raises:
        SpeechError: it cannot be had.
    """
    facts = _facts(name)
    from hibari import voices  # noqa: PLC0415 - as above

    url = (source or voices.BASE_URL) + facts["file"]
    try:
        voices.download(url, str(folder / facts["file"]), facts["sha256"])
    except (RuntimeError, OSError) as error:
        if isinstance(error.__cause__, HTTPError):
            error.__cause__.close()
        raise SpeechError(
            f"Cannot fetch the voice {name!r}: {str(error).rstrip('.')}.",
            hint=f"Try again later, or use the voice {DEFAULT!r}, which needs no download.",
        ) from error


def _facts(name: str) -> dict[str, Any]:
    with needs_extra():
        from hibari.voices import VOICES  # noqa: PLC0415 - as above

    if name not in VOICES:
        raise SpeechError(
            f"There is no voice {name!r}.", hint=f"Choose one of {', '.join(VOICES)}."
        )
    return dict(VOICES[name])
