"""The model's mark for an answer as a whole, after examples made of the question's key points."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from interviewer import prompts
from interviewer.errors import Unparsable
from interviewer.grading.judge import REMEMBERED, VAGUE
from interviewer.models.chat import ChatModel, Message
from interviewer.values.interview import Question
from interviewer.values.knowledge import KeyPoint

FULL = 5
MARKS = tuple(str(mark) for mark in range(FULL + 1))
TRUSTED, UNTRUSTED = 15, 45
"""Words up to which a mark counts in full, and from which on it does not count: a small model marks
long talk by its sound. Of the lengths tried these agree best with people (benchmarks/README.md)."""
LEAST = 0.02
"""Added to the chances of high and of low marks: where neither has any, nothing is known."""

Marks = dict[str, float]
"""Mark, 0 to 5 → probability."""


class Marker:
    """Asks a model for one digit, after it has seen how answers to this question are marked.

    The examples are what is known before the answer is heard: one that says nothing, one with what
    people get wrong, one with half of the key points and one with all. So the model reads them
    while the candidate talks, and then nothing but the answer. Without them the mark of a 1.5B
    model agrees with people at r 0.56, with them at 0.75 (132 answers of SPRAG).
    """

    def __init__(self, model: ChatModel) -> None:
        self._choose = lru_cache(REMEMBERED)(model.choose)

    def prepare(self, question: Question) -> None:
        """Have the model read the examples.

        Raises:
            ModelError: the model failed.
        """
        self.mark(question, "")

    def mark(self, question: Question, answer: str) -> Marks:
        """Return the probability of each mark.

        There is none of an answer too long for a mark to count, nor of a model that says none.

        Raises:
            ModelError: the model failed.
        """
        if _trust(answer) == 0:
            return {}
        try:
            return self._choose(_conversation(question, answer), MARKS)
        except Unparsable:
            return {}


class Opinion(NamedTuple):
    """What the marks say of an answer."""

    good: float = 0.0
    """Chance, 0 to 1, of the two highest marks where it is these or the two lowest."""
    trust: float = 0.0
    """How far, 0 to 1, that is to be trusted; 0 if there are no marks."""


NONE = Opinion()


def opinion(marks: Marks, answer: str) -> Opinion:
    """Return what the marks of an answer say."""
    if not marks:
        return NONE
    low, high = (sum(marks.get(mark, 0.0) for mark in some) for some in (MARKS[:2], MARKS[-2:]))
    return Opinion((high + LEAST) / (high + low + 2 * LEAST), _trust(answer))


def share(marks: Marks) -> float:
    """Return the expected mark as a share of the full one, 0 to 1."""
    return sum(int(mark) * chance for mark, chance in marks.items()) / FULL


def _trust(answer: str) -> float:
    """Return how far, 0 to 1, the mark of an answer is to be trusted, by its length."""
    beyond = len(answer.split()) - TRUSTED
    return min(1.0, max(0.0, 1 - beyond / (UNTRUSTED - TRUSTED)))


def _conversation(question: Question, answer: str) -> tuple[Message, ...]:
    # Sorted by what they say, so that the order in which points are listed changes nothing.
    points = sorted(question.key_points, key=lambda point: point.text)
    reference = " ".join(point.text for point in points)
    first, *others = _examples(points)
    turns = [Message(role="system", content=prompts.load("marker").render())]
    opening = prompts.load("mark").render(
        question=question.text, reference=reference, answer=first[0]
    )
    turns += _turn(opening, first[1])
    show = prompts.load("mark_next").render
    for text, mark in others:
        turns += _turn(show(answer=text), mark)
    return (*turns, Message(role="user", content=show(answer=answer)))


def _turn(shown: str, mark: int) -> list[Message]:
    return [
        Message(role="user", content=shown),
        Message(role="assistant", content=str(mark)),
    ]


def _examples(points: Sequence[KeyPoint]) -> list[tuple[str, int]]:
    """Return answers with their marks, the worst first."""
    said = [point.text for point in points]
    wrong = " ".join(point.wrong for point in points if point.wrong)
    # Of a single point half the words are half an answer.
    parts = said if len(said) > 1 else said[0].split()
    half = (len(parts) + 1) // 2
    return [
        (VAGUE, 0),
        *([(wrong, 0)] if wrong else []),
        (" ".join(parts[:half]), round(FULL * half / len(parts))),
        (" ".join(said), FULL),
    ]
