"""A question in easier words: the guide's own, else the model's, held against the question."""

from interviewer import prompts
from interviewer.conversation.fitness import MIN_WORDS, cleaned
from interviewer.knowledge import askable
from interviewer.knowledge.embedder import Embedder
from interviewer.models.chat import ChatModel, Message
from interviewer.models.replies import written
from interviewer.values.interview import Question
from interviewer.values.knowledge import LEVELS, Topic

MAX_REPLY_TOKENS = 60
SAME_MEANING = 0.78
"""Lowest cosine between a question and an easier wording of it. Of 36 wordings of seven questions
that were written by hand, 11 of 15 that ask the same are as near, and none of 21 that ask something
else about the same thing; ten of those are nearer than 0.6."""


def easier_wording(
    model: ChatModel | None, embedder: Embedder, topic: Topic, question: Question
) -> str | None:
    """Return an easier wording that asks for the same key points, or None if there is none."""
    wanted = {point.id for point in question.key_points}
    easier = LEVELS[: LEVELS.index(question.level)]
    for prepared in topic.questions:
        is_same = set(prepared.key_points) == wanted and not prepared.code and not question.code
        if is_same and prepared.level in easier:
            return prepared.text
    task = prompts.load("reword").render(question=question.text, topic=topic.title)
    text = cleaned(written(model, [Message(role="user", content=task)], MAX_REPLY_TOKENS))
    return text if text and _holds(text, question, embedder) else None


def _holds(text: str, question: Question, embedder: Embedder) -> bool:
    """Tell whether a wording is one question, asks the same and gives no point away."""
    if askable.faults(text) or len(text.split()) < MIN_WORDS or text == question.text:
        return False
    claims = [point.text for point in question.key_points]
    vectors = embedder.embed([text, question.text])
    is_same = float(vectors[0] @ vectors[1]) >= SAME_MEANING
    return is_same and askable.given_away(text, claims, question.text) is None
