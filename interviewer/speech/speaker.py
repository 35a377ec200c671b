"""Saying text aloud sentence by sentence, on one thread, stopped at once."""

import contextlib
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from threading import Event
from typing import Protocol

from interviewer.speech.audio import Audio, joined, silence
from interviewer.speech.sentences import Sentences
from interviewer.speech.voice import Voice

LEAD_S = 0.15
"""Silence before each sentence: sound cards swallow the first 60 ms of what they are given."""


class Player(Protocol):
    """Where sound goes."""

    def play(self, audio: Audio, stopped: Event) -> None:
        """Return when the sound was heard, or soon after `stopped` is set.

        Raises:
            DeviceUnavailable: the sound card is gone.
        """
        ...


class Collector:
    """A player that keeps what it is given, for where there is no sound card."""

    def __init__(self) -> None:
        self.played: list[Audio] = []

    def play(self, audio: Audio, stopped: Event) -> None:
        """Keep the sound."""
        del stopped
        self.played.append(audio)


class Speaker:
    """Says a text while it is being written: each sentence as soon as it is complete.

    All methods return at once but `wait`, `stop` and `close`. `stop` may be called from any thread.
    """

    def __init__(self, voice: Voice, player: Player, *, volume: float = 1.0) -> None:
        self._voice = voice
        self._player = player
        self._volume = volume
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="speaker")
        self._sentences = Sentences()
        self._text: Event | None = None
        self._pending: list[tuple[Future[None], Event]] = []

    @property
    def is_speaking(self) -> bool:
        """Tell whether anything sounds or is about to."""
        return any(not future.done() for future, _ in self._pending)

    def add(self, text: str) -> None:
        """Go on with a text, or begin one; after `stop` the rest of it is not said."""
        self._text = self._text or Event()
        self._say(self._sentences.add(text), self._text)

    def finish(self) -> None:
        """End a text: what comes next is a new one."""
        self._say(self._sentences.rest(), self._text or Event())
        self._text = None

    def say(self, text: str) -> None:
        """Say a whole text."""
        self.add(text)
        self.finish()

    def stop(self) -> None:
        """Be silent, and forget what was to be said; nothing sounds once this has returned."""
        if self._text:
            self._text.set()
        pending, self._pending = self._pending, []
        for future, stopped in pending:
            stopped.set()
            future.cancel()
        wait([future for future, _ in pending])

    def wait(self) -> None:
        """Return when all is said or stopped.

        Raises:
            SpeechError: the player or the voice failed; the rest is not said.
        """
        try:
            while pending := self._pending:
                with contextlib.suppress(CancelledError):
                    pending[0][0].result()
                del pending[:1]
        except BaseException:
            self.stop()
            raise

    def close(self) -> None:
        """Be silent and end the thread."""
        self.stop()
        self._thread.shutdown()

    def _say(self, sentences: list[str], stopped: Event) -> None:
        for sentence in () if stopped.is_set() else sentences:
            future = self._thread.submit(self._sound, sentence, stopped)
            self._pending.append((future, stopped))

    def _sound(self, sentence: str, stopped: Event) -> None:
        if stopped.is_set():
            return
        audio = self._voice.say(sentence)
        if audio.peak and not stopped.is_set():
            lead = silence(LEAD_S, audio.rate)
            self._player.play(joined([lead, audio.louder(self._volume)], audio.rate), stopped)
