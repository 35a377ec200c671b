"""Grading a file of answers that people have graded: each result on disk as it comes, then figures.

What was graded is kept under a key made of the file, the model and everything of ours that decides
a grade, so that a run that was cut short goes on, and no change of ours meets an old result.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import Field, ValidationError

from interviewer import prompts
from interviewer.errors import EvaluationError
from interviewer.grading.agreement import Agreement, Band, agree, bands
from interviewer.grading.graded_answers import GradedAnswer
from interviewer.grading.grader import Grader
from interviewer.paths import make_private_folder
from interviewer.values.grade import Grade, Ungraded
from interviewer.values.value import Value

ABOUT_GRADES = {"agreement.py", "evaluation.py"}
"""What comes after a grade and so cannot change it."""


class Result(Value):
    """What became of one answer, and how long it took."""

    line: int
    grade: Annotated[Grade | Ungraded, Field(discriminator="status")]
    seconds: float


class Head(Value):
    """What was evaluated, with what, when and by which command."""

    file: str
    file_sha256: str
    model: str
    model_digest: str
    """`sha256:` of the weights; empty without a model."""
    grading: str
    """`sha256:` of everything else that decides a grade."""
    at: datetime
    command: str


class Compared(Value):
    """One answer with the people's score and ours."""

    id: str
    line: int
    question: str
    right: float
    given: float | None
    """None if it is ungraded."""
    seconds: float


class Evaluation(Head):
    """What `interviewer evaluate` finds out."""

    answers: int
    ungraded: int
    ungraded_share: float
    reasons: dict[str, int]
    """Why answers are ungraded, the most frequent first."""
    seconds_mean: float
    seconds_p95: float
    agreements: tuple[Agreement, ...]
    bands: tuple[Band, ...]
    compared: tuple[Compared, ...]


class Results:
    """The results of one evaluation, on disk the moment they come.

    Args:
        path: a JSON Lines file of its own; it need not exist.
        fresh: begin again, whatever the file holds.
    """

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        self._path = path
        make_private_folder(path.parent)
        try:
            if fresh:
                path.unlink(missing_ok=True)
            lines = path.read_text("utf-8", "replace").split("\n") if path.exists() else [""]
            self._torn = lines[-1] != ""
        except OSError as error:
            raise self._fault(error) from error
        found = [result for line in lines if (result := _read(line))]
        self._found = {result.line: result for result in found}

    def graded(self, answer: GradedAnswer) -> Result | None:
        """Return the result of an answer; what could not be graded is none, to be tried again."""
        result = self._found.get(answer.line)
        return result if result and isinstance(result.grade, Grade) else None

    def of(self, answers: Sequence[GradedAnswer]) -> list[Result]:
        """Return the results of answers that have all been through `add`."""
        return [self._found[answer.line] for answer in answers]

    def add(self, result: Result) -> None:
        """Append a result and wait until the disk has it.

        Raises:
            EvaluationError: the disk did not take it.
        """
        line = "\n" * self._torn + result.model_dump_json() + "\n"
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._fault(error) from error
        self._torn = False
        self._found[result.line] = result

    def _fault(self, error: OSError) -> EvaluationError:
        return EvaluationError(
            f"Cannot keep results in {str(self._path)!r}: {error.strerror}.",
            hint="Make room or make the folder writable; what was graded before is kept.",
        )


def grading_version(embedder: str) -> str:
    """Return the `sha256:` of what decides a grade besides the model: prompts, code, embedder."""
    room = sorted(
        path
        for path in Path(__file__).parent.iterdir()
        if path.is_file() and path.name not in ABOUT_GRADES
    )
    sums = [prompts.load(name).sha256 for name in prompts.all_names()]
    sums += [hashlib.sha256(path.read_bytes()).hexdigest() for path in room]
    return f"sha256:{hashlib.sha256(json.dumps([embedder, *sums]).encode()).hexdigest()}"


def key_of(head: Head) -> str:
    """Return the name under which results are kept: same file, model and grading, same name."""
    parts = [head.file_sha256, head.model, head.model_digest, head.grading]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def grade_one(answer: GradedAnswer, grader: Grader, clock: Callable[[], float]) -> Result:
    """Grade an answer and time it."""
    began = clock()
    grade = grader.grade(answer.question, answer.answer)
    return Result(line=answer.line, grade=grade, seconds=round(clock() - began, 4))


def evaluate(head: Head, answers: Sequence[GradedAnswer], results: Sequence[Result]) -> Evaluation:
    """Return the figures of graded answers, one result an answer.

    Raises:
        EvaluationError: no answer has a grade.
    """
    pairs = [
        (answer, result.grade)
        for answer, result in zip(answers, results, strict=True)
        if isinstance(result.grade, Grade)
    ]
    reasons = Counter(r.grade.reason for r in results if isinstance(r.grade, Ungraded))
    if not pairs:
        reason, _ = reasons.most_common(1)[0]
        raise EvaluationError(
            f"None of the {len(answers)} answers could be graded: {reason}",
            hint="Mend the cause (`interviewer doctor`) and run the same command again.",
        )
    seconds = [result.seconds for result in results]
    return Evaluation(
        **head.model_dump(), answers=len(answers), ungraded=len(answers) - len(pairs),
        ungraded_share=round(1 - len(pairs) / len(answers), 4),
        reasons=dict(reasons.most_common()),
        seconds_mean=round(float(np.mean(seconds)), 4),
        seconds_p95=round(float(np.percentile(seconds, 95)), 4),
        agreements=_agreements(pairs),
        bands=bands([answer.score for answer, _ in pairs], [grade.score for _, grade in pairs]),
        compared=tuple(map(_compare, answers, results)),
    )  # fmt: skip


def _agreements(pairs: Sequence[tuple[GradedAnswer, Grade]]) -> tuple[Agreement, ...]:
    """Return ours with the people's score; with two graders, with each, and theirs together."""
    groups = [answer.question.id for answer, _ in pairs]
    ours = [grade.score for _, grade in pairs]
    found = [agree("human score", [a.score for a, _ in pairs], ours, groups)]
    both = [(a, a.second, grade.score) for a, grade in pairs if a.second is not None]
    if both:
        first, second = [a.first for a, _, _ in both], [s for _, s, _ in both]
        ours, groups = [score for _, _, score in both], [a.question.id for a, _, _ in both]
        found += [
            agree("first grader", first, ours, groups),
            agree("second grader", second, ours, groups),
            agree("between graders", first, second, groups),
        ]
    return tuple(found)


def _compare(answer: GradedAnswer, result: Result) -> Compared:
    return Compared(
        id=answer.id, line=answer.line, question=answer.question.text, right=answer.score,
        given=result.grade.score if isinstance(result.grade, Grade) else None,
        seconds=result.seconds,
    )  # fmt: skip


def _read(line: str) -> Result | None:
    """Return the result on a line; a line cut short, or of an older form, is graded again."""
    try:
        return Result.model_validate_json(line)
    except ValidationError:
        return None
