"""The model's word on each key point: probabilities of yes, partly and no, nothing to parse."""

from collections.abc import Sequence

from interviewer import prompts
from interviewer.models.chat import ChatModel, Message
from interviewer.values.knowledge import KeyPoint

LABELS = ("yes", "partly", "no")


def judge_points(
    model: ChatModel, question: str, points: Sequence[KeyPoint], answer: str
) -> list[dict[str, float]]:
    """Return label → probability for each key point, in the order given.

    All prompts of one answer share everything but their last lines, so the model reads question
    and answer once. No point sees another: their order changes nothing, and a list of claims
    beside the answer made the model find them all in it (measured).

    Raises:
        ModelError: the model failed, or knows none of the labels.
    """
    system = Message(role="system", content=prompts.load("judge").render())
    shared = prompts.load("grade").render(question=question, answer=answer)
    labels = []
    for point in points:
        asked = prompts.load("grade_point").render(point=point.text)
        turn = Message(role="user", content=f"{shared}\n\n{asked}")
        labels.append(model.choose([system, turn], LABELS))
    return labels
