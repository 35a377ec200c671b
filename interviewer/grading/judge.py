"""The model's word on each key point: probabilities of yes, partly and no, nothing to parse."""

from collections.abc import Sequence

from interviewer import prompts
from interviewer.models.chat import ChatModel, Message
from interviewer.values.knowledge import KeyPoint

LABELS = ("yes", "partly", "no")
PROMPTS = ("judge", "grade", "grade_point")


def judge_points(
    model: ChatModel, question: str, points: Sequence[KeyPoint], answer: str
) -> list[dict[str, float]]:
    """Return label → probability for each key point, in the order given.

    All prompts of one answer share everything but their last lines, so the model reads question,
    points and answer once. Points stand in the prompt by id: their order changes nothing.

    Raises:
        ModelError: the model failed, or knows none of the labels.
    """
    order = sorted(range(len(points)), key=lambda index: points[index].id)
    listed = "\n".join(f"{n}. {points[i].text}" for n, i in enumerate(order, 1))
    system = Message(role="system", content=prompts.load("judge").render())
    shared = prompts.load("grade").render(question=question, points=listed, answer=answer)
    labels: dict[int, dict[str, float]] = {}
    for number, index in enumerate(order, 1):
        asked = prompts.load("grade_point").render(number=str(number), point=points[index].text)
        turn = Message(role="user", content=f"{shared}\n\n{asked}")
        labels[index] = model.choose([system, turn], LABELS)
    return [labels[index] for index in range(len(points))]
