"""Questions of the model's that proved good: the transcripts are their bank."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from interviewer.grading.score import SURE
from interviewer.values.grade import Grade
from interviewer.values.history import ProvenQuestion
from interviewer.values.knowledge import KeyPoint, Level, QuestionKind

A_TOPIC = 5
"""As many are kept for a topic, however many sessions there are."""


class Put(Protocol):
    """What must be known of a question that was asked."""

    @property
    def text(self) -> str:
        """What was said."""
        ...

    @property
    def level(self) -> Level:
        """How hard it was."""
        ...

    @property
    def kind(self) -> QuestionKind:
        """What kind it was."""
        ...

    @property
    def origin(self) -> str:
        """Who posed it."""
        ...

    @property
    def key_points(self) -> tuple[KeyPoint, ...]:
        """What its answer was held to."""
        ...


def proven(question: Put, grade: Grade | None) -> ProvenQuestion | None:
    """Return a question of the model's if its grade, the one in force, shows that it is good.

    It is once an answer earned one of its key points in full: so it asks for what it is graded by.
    A poor grade shows nothing, for the answer may have been poor. One about code is not kept: the
    code may change.
    """
    if question.origin != "model" or question.kind != "concept" or grade is None:
        return None
    if not any(v.verdict == "covered" and v.probability >= SURE for v in grade.verdicts):
        return None
    return ProvenQuestion(text=question.text, level=question.level, key_points=question.key_points)


def fill_bank(
    before: Mapping[str, tuple[ProvenQuestion, ...]],
    questions: Iterable[tuple[str, ProvenQuestion]],
) -> dict[str, tuple[ProvenQuestion, ...]]:
    """Return what is kept, by topic, when questions come in, the oldest first: the last ones."""
    kept = dict(before)
    for topic, question in questions:
        others = (own for own in kept.get(topic, ()) if own.text != question.text)
        kept[topic] = (*others, question)[-A_TOPIC:]
    return kept
