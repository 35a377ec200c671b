"""The model's word on each key point: probabilities of a few labels, nothing to parse."""

from collections.abc import Sequence

from interviewer import prompts
from interviewer.models.chat import ChatModel, Message
from interviewer.values.knowledge import KeyPoint

LABELS = ("yes", "partly", "no")
LETTERS = {"a": "yes", "b": "contrary", "c": "no"}


def judge_points(
    model: ChatModel, question: str, points: Sequence[KeyPoint], answer: str
) -> list[dict[str, float]]:
    """Return label → probability for each key point, in the order given.

    A point with a known misconception is put beside it (`yes`, `contrary`, `no`), any other is
    asked for alone (`yes`, `partly`, `no`). All prompts of one answer share everything but their
    last lines, so the model reads question and answer once. No point sees another: their order
    changes nothing, and a list of claims beside the answer made the model find them all in it.

    Raises:
        ModelError: the model failed, or knows none of the labels.
    """
    system = Message(role="system", content=prompts.load("judge").render())
    shared = prompts.load("grade").render(question=question, answer=answer)

    def ask(text: str, labels: Sequence[str]) -> dict[str, float]:
        return model.choose([system, Message(role="user", content=f"{shared}\n\n{text}")], labels)

    return [
        _chosen(ask(_choice(point), tuple(LETTERS)))
        if point.wrong
        else ask(prompts.load("grade_point").render(point=point.text), LABELS)
        for point in points
    ]


def _choice(point: KeyPoint) -> str:
    return prompts.load("grade_choice").render(
        point=point.text, covered=point.covered or point.text, contrary=point.wrong
    )


def _chosen(letters: dict[str, float]) -> dict[str, float]:
    return {LETTERS[letter]: chance for letter, chance in letters.items()}
