"""Hearing one answer: sound goes in as it comes, words come out at pauses."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

import numpy as np

from interviewer.speech.activity import RATE, Activity, Detector, Span
from interviewer.speech.audio import Audio, Samples
from interviewer.speech.recognise import Recogniser

PAUSE_S = 0.6
"""A pause at which what was said before it is recognised, so that little is left in the end."""
LONG_S = 20.0
"""From here on any gap will do: the recogniser takes 30 s at a time."""
MAX_S = 28.0
PRE_ROLL_S = 1.0
"""How much before speech was noticed is recognised with it: a soft beginning is noticed late."""
AFTER_S = 0.3
CLIPPED = 0.999
CLIPPED_SHARE = 0.01


@dataclass(frozen=True)
class Heard:
    """One answer as it was heard."""

    text: str
    """The recogniser's words, fillers and all."""
    spans: tuple[Span, ...]
    audio: Audio

    @property
    def is_clipped(self) -> bool:
        """Tell whether the sound was too loud for the microphone, so that words are lost."""
        loud = np.abs(self.audio.samples) >= CLIPPED
        return bool(loud.mean() > CLIPPED_SHARE) if len(loud) else False


class Hearing:
    """Listens to one answer. Feed it what the microphone gives; `finish` returns the answer.

    Speech is recognised in a thread of its own, one piece at a time; a piece ends at a pause, and
    pieces that wait for their turn become one. Without speech nothing is recognised.
    """

    def __init__(self, recogniser: Recogniser, detector: Detector | None = None) -> None:
        self._recogniser = recogniser
        self._activity = Activity(detector)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recogniser")
        self._blocks: list[Samples] = [np.zeros(0, np.float32)]
        self._taken_s = 0.0
        self._done: list[Future[str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    @property
    def seconds(self) -> float:
        """How much was heard."""
        return self._activity.heard_s

    @property
    def has_speech(self) -> bool:
        """Tell whether anything was said."""
        return bool(self._activity.spans)

    @property
    def silence_s(self) -> float:
        """How long nobody has spoken: since the last word, else since the start."""
        return self._activity.silence_s

    @property
    def words(self) -> str:
        """What was recognised so far."""
        done = [piece for piece in self._done if piece.done() and not piece.exception()]
        return _text(done)

    def feed(self, samples: Samples) -> None:
        """Take the next samples, 16,000 a second, any number of them."""
        self._blocks.append(samples)
        self._activity.feed(samples)
        self._recognise_what_is_whole()

    def finish(self) -> Heard:
        """Wait for the last words and return the whole answer.

        Raises:
            SpeechError: the recogniser failed.
        """
        if waiting := self._waiting():
            self._take(waiting)
        return Heard(_text(self._done), self._activity.spans, Audio(self._sound(), RATE))

    def _sound(self) -> Samples:
        self._blocks = [np.concatenate(self._blocks)]
        return self._blocks[0]

    def _waiting(self) -> list[Span]:
        """Return the speech that nobody recognises yet."""
        return [span for span in self._activity.spans if span.end_s > self._taken_s]

    def _recognise_what_is_whole(self) -> None:
        waiting = self._waiting()
        if not waiting:
            return
        length = waiting[-1].end_s - max(waiting[0].start_s, self._taken_s)
        is_busy = bool(self._done) and not self._done[-1].done()
        pause_s = 0.0 if length >= MAX_S else PAUSE_S / 4 if length >= LONG_S else PAUSE_S
        if self.silence_s >= pause_s and (length >= LONG_S or not is_busy):
            self._take(waiting)

    def _take(self, waiting: list[Span]) -> None:
        for spans in _pieces(waiting):
            start = max(spans[0].start_s - PRE_ROLL_S, self._taken_s)
            self._taken_s = spans[-1].end_s
            piece = self._sound()[round(start * RATE) : round((self._taken_s + AFTER_S) * RATE)]
            self._done.append(self._pool.submit(self._recogniser.transcribe, piece))


def _pieces(spans: list[Span]) -> Iterator[list[Span]]:
    """Put speech together to pieces that the recogniser can take at once, and few of them."""
    piece: list[Span] = []
    for span in spans:
        if piece and span.end_s - piece[0].start_s > LONG_S:
            yield piece
            piece = []
        piece.append(span)
    if piece:
        yield piece


def _text(pieces: list[Future[str]]) -> str:
    return " ".join(filter(None, (piece.result().strip() for piece in pieces)))
