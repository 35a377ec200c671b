"""Answers that people have graded, read from a JSON Lines file and checked before any is used."""

import reprlib
from collections.abc import Sequence
from itertools import chain, zip_longest
from pathlib import Path
from random import Random
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from interviewer.errors import EvaluationError
from interviewer.grading.sentences import split_sentences
from interviewer.values.interview import Question
from interviewer.values.knowledge import KeyPoint
from interviewer.values.value import Value

FORMAT = "docs/grading.md shows the format of a row."
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class GradedAnswer(Value):
    """An answer with the scores that people gave it, each as a share of the full score."""

    line: int
    """Of the file, 1-based."""
    id: str
    question: Question
    answer: str
    score: float
    first: float
    """The first grader's own; the score, if the row does not tell them apart."""
    second: float | None
    """The second grader's; None if only one graded."""


class _Row(BaseModel):
    model_config = ConfigDict(strict=True, allow_inf_nan=False)  # Fields we do not know are fine.


class _Point(_Row):
    text: Text
    weight: int = Field(default=1, ge=1, le=3)
    covered: str = ""
    wrong: str = ""

    @model_validator(mode="before")
    @classmethod
    def _read_plain(cls, value: object) -> object:
        return {"text": value} if isinstance(value, str) else value


class _GradedRow(_Row):
    id: Text | int
    qid: Text | int | None = None
    question: Text
    reference: str | None = None
    key_points: list[_Point] | None = None
    answer: str
    max_score: float = Field(gt=0)
    score: float = Field(ge=0)
    score1: float | None = Field(default=None, ge=0)
    second_score: float | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _check_together(self) -> Self:
        for name in ("score", "score1", "second_score"):
            if (getattr(self, name) or 0) > self.max_score:
                raise ValueError(f"{name}: should be at most max_score, {self.max_score:g}")
        if not self.points():
            raise ValueError("reference: a row needs a reference or key_points")
        return self

    def points(self) -> tuple[KeyPoint, ...]:
        """Return the key points, those of the reference if none are listed."""
        if not self.key_points:
            return split_reference(self.reference or "")
        return tuple(
            KeyPoint(id=f"p{number:02d}", **point.model_dump())
            for number, point in enumerate(self.key_points, 1)
        )


def split_reference(reference: str) -> tuple[KeyPoint, ...]:
    """Return the sentences of a reference answer as key points of equal weight."""
    return tuple(
        KeyPoint(id=f"p{number:02d}", text=span.text)
        for number, span in enumerate(split_sentences(reference), 1)
    )


def read_graded(path: Path) -> list[GradedAnswer]:
    """Return the answers of a file, in its order.

    Raises:
        EvaluationError: the file cannot be read, is empty, or a row is not what it should be;
            the message names file, line and field.
    """
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    except OSError as error:
        raise EvaluationError(
            f"Cannot read the graded answers {str(path)!r}: {error.strerror}.",
            hint="Name a JSON Lines file of answers that people graded.",
        ) from error
    answers = [_read(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not answers:
        raise EvaluationError(f"There is no answer in {str(path)!r}.", hint=FORMAT)
    return answers


def choose_answers(
    answers: Sequence[GradedAnswer], limit: int | None, seed: int | None
) -> list[GradedAnswer]:
    """Return the answers to grade, those of one question together: a model reads it once.

    With a limit the first ones of the file count; with a seed too, a sample that takes one answer
    of each question in turn, in an order that only the seed decides.
    """
    chosen = list(answers)
    groups = _by_question(answers)
    if limit is not None and seed is not None:
        rng = Random(seed)  # noqa: S311 - a sample to repeat, not a secret
        shuffled = [rng.sample(group, len(group)) for group in rng.sample(groups, len(groups))]
        turns = chain.from_iterable(zip_longest(*shuffled))
        chosen = [answer for answer in turns if answer is not None]
    kept = chosen[:limit]
    first_lines = {group[0].question.id: group[0].line for group in groups}
    return sorted(kept, key=lambda answer: (first_lines[answer.question.id], answer.line))


def _by_question(answers: Sequence[GradedAnswer]) -> list[list[GradedAnswer]]:
    groups: dict[str, list[GradedAnswer]] = {}
    for answer in answers:
        groups.setdefault(answer.question.id, []).append(answer)
    return list(groups.values())


def _read(path: Path, number: int, line: bytes) -> GradedAnswer:
    try:
        row = _GradedRow.model_validate_json(line)
    except ValidationError as error:
        raise EvaluationError(f"{path}:{number}: {_fault(error)}.", hint=FORMAT) from error
    full = row.max_score
    return GradedAnswer(
        line=number, id=str(row.id), answer=row.answer, score=row.score / full,
        first=(row.score if row.score1 is None else row.score1) / full,
        second=None if row.second_score is None else row.second_score / full,
        question=Question(
            id=row.question if row.qid is None else str(row.qid), text=row.question,
            topic="", section="", title="", level="mid", key_points=row.points(), origin="guide",
        ),
    )  # fmt: skip


def _fault(error: ValidationError) -> str:
    """Say which field of a row is wrong, and how, in one line."""
    first = error.errors(include_url=False)[0]
    if first["type"] == "json_invalid":
        return f"this line is no JSON object: {first['ctx']['error']}"
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "value_error":  # Ours name their field.
        return f"field {message}"
    found = "" if first["type"] == "missing" else f", found {reprlib.repr(first['input'])}"
    what = f"{message[0].lower()}{message[1:]}{found}"
    # Where a field may be of several types, pydantic adds the name of one of them.
    field = ".".join(str(part) for part in first["loc"] if part != "constrained-str")
    return f"field {field}: {what}" if field else f"the line: {what}"
