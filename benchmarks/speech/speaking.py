"""How fast the voice is: seconds of work a second of speech, and when the first sound comes.

    python benchmarks/speech/speaking.py [--texts N] [--voice NAME]

Says the first sentences of topics of the guide, spread over it, to a player that plays nothing. The
silence before each sentence (0.15 s) is not in the figures.
"""

import argparse
import importlib.metadata
import statistics
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event

from interviewer.knowledge.guide import read_guides
from interviewer.paths import bundled, folders
from interviewer.speech.audio import Audio
from interviewer.speech.sentences import Sentences
from interviewer.speech.speaker import Speaker
from interviewer.speech.voice import DEFAULT, HibariVoice

PACKAGES = ("hibari-tts", "stream2sentence", "emoji", "sounddevice", "soundfile", "soxr")
SENTENCES = 3
WORDS_A_SECOND = 15.0
"""A model that writes 20 tokens a second."""


class Stopwatch:
    """A player that plays nothing and notes when the first sound came."""

    def __init__(self) -> None:
        self.first: float | None = None

    def play(self, audio: Audio, stopped: Event) -> None:
        """Note the time."""
        del audio, stopped
        self.first = self.first or time.perf_counter()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=12, help="how many texts of the guide")
    parser.add_argument("--voice", default=DEFAULT)
    options = parser.parse_args()
    show_packages()
    began = time.perf_counter()
    voice = HibariVoice.load(options.voice, folders().voices)
    voice.say("Warm up.")
    print(f"loaded and warm after {time.perf_counter() - began:.2f} s")
    texts = list(guide_texts())
    texts = texts[:: max(1, len(texts) // options.texts)][: options.texts]
    show_speed(voice, texts)
    show_first_sound(voice, texts)


def show_packages() -> None:
    """Print the version of each package and what it takes on disk."""
    for name in PACKAGES:
        files = importlib.metadata.files(name) or []
        size = sum(path.stat().st_size for f in files if (path := Path(str(f.locate()))).is_file())
        print(f"{name} {importlib.metadata.version(name)}: {size / 1e6:.1f} MB")


def guide_texts() -> Iterator[str]:
    """Yield the first sentences of each topic's notes: about as long as a reply."""
    for chapter in read_guides((bundled("corpus") / "guide",)):
        for topic in chapter.topics:
            sentences = Sentences()
            found = [*sentences.add(topic.notes), *sentences.rest()]
            if found:
                yield " ".join(found[:SENTENCES])


def show_speed(voice: HibariVoice, texts: list[str]) -> None:
    """Print seconds of work a second of speech, sentence by sentence."""
    ratios, waits = [], []
    for text in texts:
        sentences = Sentences()
        for sentence in [*sentences.add(text), *sentences.rest()]:
            began = time.perf_counter()
            audio = voice.say(sentence)
            waits.append(time.perf_counter() - began)
            ratios.append(waits[-1] / audio.seconds)
    print(
        f"{len(waits)} sentences: real-time factor median {statistics.median(ratios):.3f}, "
        f"worst {max(ratios):.3f}; a sentence takes {statistics.median(waits):.3f} s"
    )


def show_first_sound(voice: HibariVoice, texts: list[str]) -> None:
    """Print when the first sound comes: of a text that is there, and of one still being written."""
    at_once = [first_sound(voice, [text])[0] for text in texts]
    print(f"a text that is there: first sound after {statistics.median(at_once):.3f} s")
    pairs = [first_sound(voice, typed(text)) for text in texts]
    print(
        f"a text written at {WORDS_A_SECOND:.0f} words a second: first sound after "
        f"{statistics.median(first for first, _ in pairs):.2f} s, text whole after "
        f"{statistics.median(whole for _, whole in pairs):.2f} s"
    )


def first_sound(voice: HibariVoice, pieces: Iterable[str]) -> tuple[float, float]:
    """Return the seconds until the first sound, and until the last piece of a text had come."""
    watch = Stopwatch()
    speaker = Speaker(voice, watch)
    began = time.perf_counter()
    for piece in pieces:
        speaker.add(piece)
    whole = time.perf_counter()
    speaker.finish()
    speaker.wait()
    speaker.close()
    return (watch.first or whole) - began, whole - began


def typed(text: str) -> Iterator[str]:
    """Yield a text word by word, as fast as a model writes."""
    for word in text.split():
        time.sleep(1 / WORDS_A_SECOND)
        yield f"{word} "


if __name__ == "__main__":
    main()
