"""Helps after a grade: how to say it better, and what a strong answer would have been."""

from interviewer import prompts
from interviewer.grading import advice, model_answer
from interviewer.grading.code_points import CASES
from interviewer.grading.judge import about_answer
from interviewer.grading.support import find_support
from interviewer.knowledge.embedder import Embedder
from interviewer.models.chat import ChatModel, Message
from interviewer.models.replies import written
from interviewer.values.grade import Grade, Ungraded
from interviewer.values.interview import Question
from interviewer.values.knowledge import KeyPoint

ADVICE_TOKENS = 60
ANSWER_TOKENS = 220
MAX_NOTE_CHARS = 1_500
NO_ANSWER = "There is none: the question has no key points."


class Coach:
    """Writes with a model, if there is one, and lets nothing through that fails its checks."""

    def __init__(self, model: ChatModel | None, embedder: Embedder) -> None:
        self._model = model
        self._embedder = embedder

    def topic_of_advice(self, question: Question, grade: Grade | Ungraded) -> KeyPoint | None:
        """Return the key point that the model is needed for to say it better, if any.

        Where the guide says what counts as having made a point, that is better than what a small
        model writes, and costs nothing.
        """
        if self._model is None or isinstance(grade, Ungraded):
            return None
        point = advice.heaviest_open(question.key_points, grade)
        return None if point is None or point.covered or point.id == CASES else point

    def advise(self, question: Question, answer: str, point: KeyPoint) -> str:
        """Return one sentence on how to say a key point; empty if the model wrote none that holds.

        The prompt begins as the grade's did, so the model has read the answer already.
        """
        found = find_support(question, point)
        notes = found.quote if found else ""
        task = prompts.load("advise").render(point=point.text, notes=notes)
        text = written(self._model, about_answer(question, answer, task), ADVICE_TOKENS)
        return "" if advice.fault(text, point, notes) else text

    def model_answer(self, question: Question) -> str:
        """Return what a strong answer would have been: the model's if it holds, else the prepared.

        A question without key points has none, and says so; a coding task has its solution.
        """
        if question.task is not None:
            return question.task.solution
        prepared = model_answer.prepared_answer(question)
        if self._model is None or not prepared:
            return prepared or NO_ANSWER
        notes = "\n\n".join(p.text for p in question.sources if p.kind != "code")
        task = prompts.load("model_answer").render(
            question=question.text,
            points="\n".join(f"- {point.text}" for point in question.key_points),
            notes=notes[:MAX_NOTE_CHARS],
        )
        text = written(self._model, [Message(role="user", content=task)], ANSWER_TOKENS)
        return prepared if model_answer.fault(text, question, self._embedder) else text
