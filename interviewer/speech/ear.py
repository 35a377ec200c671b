"""From a heard answer to the answer that counts: words put right, delivery measured."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from interviewer.grading.delivery import measure, without_sounds
from interviewer.speech.activity import RATE, Detector, silero
from interviewer.speech.audio import Audio
from interviewer.speech.correct import Vocabulary
from interviewer.speech.hearing import Heard, Hearing
from interviewer.speech.recognise import Recogniser, Whisper, vocabulary_prompt
from interviewer.values.interview import Answer
from interviewer.values.knowledge import Topic

_END = re.compile(
    r"(?:^|(?<=[.,!?])|(?<=[.,!?] ))\s*(?:(?:and|so|ok|okay|yeah)\b,?\s*)*"
    r"that(?:['’]s| is|s) my answer[\s.!]*$",
    re.IGNORECASE,
)


class Ear:
    """Understands answers: a recogniser, and the words of the trade that it is likely to miss."""

    def __init__(
        self,
        recogniser: Recogniser,
        vocabulary: Vocabulary,
        detector: Callable[[], Detector] = silero,
    ) -> None:
        self._recogniser = recogniser
        self._vocabulary = vocabulary
        self._detector = detector

    @classmethod
    def load(cls, weights: Path, topics: Iterable[Topic]) -> "Ear":
        """Load a recogniser for a guide of these topics.

        Raises:
            SpeechError: the extra `voice` is not installed, or the model cannot be loaded.
        """
        known = list(topics)
        vocabulary = Vocabulary(f"{topic.title}\n{topic.notes}" for topic in known)
        prompt = vocabulary_prompt(topic.title for topic in known)
        return cls(Whisper.load(weights, prompt), vocabulary)

    def listen(self) -> Hearing:
        """Return what hears one answer."""
        return Hearing(self._recogniser, self._detector())

    def hear(self, audio: Audio) -> Heard:
        """Return what is heard in a whole sound, always the same of the same sound."""
        with self.listen() as hearing:
            hearing.feed(audio.at(RATE).samples)
            return hearing.finish()

    def understand(self, heard: Heard) -> Answer:
        """Return the answer: what was heard without "um" and "that's my answer", words put right.

        It is empty if nothing was said.
        """
        return Answer(
            text=self._vocabulary.correct(without_sounds(without_end(heard.text))),
            seconds=round(heard.audio.seconds, 1),
            given="spoken",
            raw=heard.text,
            delivery=measure(heard.text, [(span.start_s, span.end_s) for span in heard.spans]),
        )


def ends_answer(words: str) -> bool:
    """Tell whether the candidate said that this was the answer."""
    return _END.search(words) is not None


def without_end(words: str) -> str:
    """Return what was said before "that's my answer"."""
    return _END.sub("", words).strip()
