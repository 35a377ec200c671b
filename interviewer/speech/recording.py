"""Listening to a microphone while something else goes on."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from threading import Event, Thread
from typing import Protocol, Self

from interviewer.errors import SpeechError
from interviewer.speech.activity import RATE
from interviewer.speech.audio import Audio
from interviewer.speech.hearing import Hearing


class Source(Protocol):
    """Where sound comes from: a microphone."""

    def recording(self, rate: int) -> AbstractContextManager[Iterator[Audio]]:
        """Open it for as long as the context lasts; what is yielded gives sound as it comes.

        Raises:
            DeviceUnavailable: it does not work, or no longer.
        """
        ...


class Recording:
    """Feeds what a microphone gives to a hearing until the context ends or the sound does.

    A microphone that fails ends the recording and no more: `failure` says why.
    """

    def __init__(self, source: Source, hearing: Hearing) -> None:
        self._source = source
        self._hearing = hearing
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="microphone", daemon=True)
        self.failure: SpeechError | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()

    @property
    def is_over(self) -> bool:
        """Tell whether no more sound will come."""
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            with self._source.recording(RATE) as parts:
                for part in parts:
                    self._hearing.feed(part.samples)
                    if self._stopped.is_set():
                        return
        except SpeechError as error:
            self.failure = error
