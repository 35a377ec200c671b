"""A voice whose sounds can be told apart, and players that do what a test needs."""

from queue import SimpleQueue
from threading import Event

import numpy as np

from interviewer.errors import DeviceUnavailable
from interviewer.speech.audio import Audio

RATE = 1000


class CountingVoice:
    """Says each sentence as so many samples as it has characters, at full scale."""

    def say(self, text: str) -> Audio:
        return Audio(np.ones(len(text), np.float32), RATE)


class AnnouncingPlayer:
    """Tells of each sound it was given; plays until it is stopped if told to be slow."""

    def __init__(self, *, is_slow: bool = False) -> None:
        self.started: SimpleQueue[Audio] = SimpleQueue()
        self.interrupted = 0
        self._is_slow = is_slow

    def play(self, audio: Audio, stopped: Event) -> None:
        self.started.put(audio)
        if self._is_slow:
            assert stopped.wait(timeout=60)
            self.interrupted += 1


class UnpluggedPlayer:
    """Plays so many sounds, then is gone."""

    def __init__(self, sounds: int) -> None:
        self.played = 0
        self._sounds = sounds

    def play(self, audio: Audio, stopped: Event) -> None:
        del audio, stopped
        if self.played == self._sounds:
            raise DeviceUnavailable("'USB headset' stopped working.", hint="Plug it in again.")
        self.played += 1
