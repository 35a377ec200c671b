"""Words out of sound: the one module that imports faster_whisper."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from interviewer.errors import SpeechError
from interviewer.speech.audio import Samples
from interviewer.speech.extra import needs_extra

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

FILLERS = "Um, uh, hmm, so, uh, er, well, um,"
"""Whisper leaves fillers out unless it was shown some: 1 of 26 kept without, 19 or 20 with."""
MAX_PROMPT_CHARACTERS = 800
"""About 200 of the 223 tokens that Whisper takes of a prompt."""


class Recogniser(Protocol):
    """Whoever understands speech."""

    def transcribe(self, samples: Samples) -> str:
        """Return the words of speech: 16,000 samples a second, up to 30 s.

        Give it nothing but speech: out of noise it makes words of its own.
        """
        ...


def vocabulary_prompt(titles: Iterable[str]) -> str:
    """Return what the recogniser is shown before it listens: a glossary, and fillers.

    The glossary is what the guide as a whole is about and never what a question asks for: else a
    key point could be heard that was not said.
    """
    whole = "".join(f"{title}, " for title in dict.fromkeys(titles))
    glossary = whole[:MAX_PROMPT_CHARACTERS].rpartition(", ")[0]
    return f"{glossary}. {FILLERS}" if glossary else FILLERS


class Whisper:
    """A Whisper model in this process: int8, greedy, one thread."""

    def __init__(self, model: "WhisperModel", prompt: str) -> None:
        self._model = model
        self._prompt = prompt

    @classmethod
    def load(cls, weights: Path, prompt: str) -> "Whisper":
        """Load the model of which `weights` is the `model.bin`, its other files beside it.

        Raises:
            SpeechError: the extra `voice` is not installed, or the model cannot be loaded.
        """
        with needs_extra():
            from faster_whisper import WhisperModel  # noqa: PLC0415 - part of the extra

        try:
            model = WhisperModel(
                str(weights.parent), device="cpu", compute_type="int8", cpu_threads=1
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise SpeechError(
                f"The model in {str(weights.parent)!r} cannot be loaded: {error}.",
                hint="Fetch it again: `interviewer models remove NAME`, then `models pull NAME`.",
            ) from error
        return cls(model, prompt)

    def transcribe(self, samples: Samples) -> str:
        """Return the words of speech.

        Raises:
            SpeechError: the model failed.
        """
        try:
            segments, _ = self._model.transcribe(
                samples, language="en", beam_size=1, temperature=0.0, initial_prompt=self._prompt,
                condition_on_previous_text=False, without_timestamps=True,
            )  # fmt: skip
            return " ".join(segment.text.strip() for segment in segments).strip()
        except (RuntimeError, MemoryError) as error:
            raise SpeechError(
                f"What was said could not be recognised: {error}.",
                hint="Say or type it again; `interviewer models use whisper/tiny.en` needs least.",
            ) from error
