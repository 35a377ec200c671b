"""The model's word on points whose misconception is known: chances of letters, nothing to parse."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from interviewer import prompts
from interviewer.models.chat import ChatModel, Message
from interviewer.values.interview import Question
from interviewer.values.knowledge import KeyPoint

LETTERS = {"a": "yes", "b": "contrary", "c": "no"}
VAGUE = (
    "Well, I have used it, and it depends on the situation. I would have to look it up to say more."
)
"""An answer that makes no point, whatever the question."""

REMEMBERED = 256
"""Prompts whose answer is kept: asked again after others, a model's arithmetic is cut into other
batches, which moved a score by up to 0.034. So the same text is judged the same."""

Labels = Mapping[str, float]


@dataclass(frozen=True)
class Word:
    """Label → probability for one key point: of the answer, and of one known in advance.

    A small model leans to yes or to no by the point, whatever was said. Its word on an answer that
    says nothing tells how far it leans (contextual calibration, Zhao et al. 2021).
    """

    labels: Labels
    of_nothing: Labels


class Judge:
    """Asks a model about the key points of an answer, one by one.

    A point is put beside its misconception (`yes`, `contrary`, `no`). Of a point that has none a
    small model's word added nothing to agreement with people (benchmarks/README.md), so it is not
    asked. All prompts of one answer share everything but their last lines, so the model
    reads question and answer once. No point sees another: their order changes nothing, and a list
    of claims beside the answer made the model find them all in it.
    """

    def __init__(self, model: ChatModel) -> None:
        self._choose = lru_cache(REMEMBERED)(model.choose)

    def prepare(self, question: Question) -> None:
        """Ask what can be asked before an answer is heard, unless that was done.

        Raises:
            ModelError: the model failed, or knows none of the labels.
        """
        self._ask(question, VAGUE)

    def words(self, question: Question, answer: str) -> list[Word | None]:
        """Return the model's word on each key point, in the question's order; None if not asked.

        Raises:
            ModelError: the model failed, or knows none of the labels.
        """
        of_nothing = self._ask(question, VAGUE)
        return [
            Word(said, nothing) if said and nothing else None
            for said, nothing in zip(self._ask(question, answer), of_nothing, strict=True)
        ]

    def _ask(self, question: Question, answer: str) -> list[Labels | None]:
        return [
            _named(self._choose(about_answer(question, answer, _choice(point)), tuple(LETTERS)))
            if point.wrong
            else None
            for point in question.key_points
        ]


def about_answer(question: Question, answer: str, task: str) -> tuple[Message, Message]:
    """Return the prompt for a task about an answer; all about one answer begin alike."""
    shared = prompts.load("grade").render(question=question.text, answer=answer)
    return (
        Message(role="system", content=prompts.load("judge").render()),
        Message(role="user", content=f"{shared}\n\n{task}"),
    )


def _choice(point: KeyPoint) -> str:
    return prompts.load("grade_choice").render(
        point=point.text, covered=point.covered or point.text, contrary=point.wrong
    )


def _named(letters: dict[str, float]) -> Labels:
    return {LETTERS[letter]: chance for letter, chance in letters.items()}
