"""Answers that people graded: rows of a file, and what is made of them."""

import json
from datetime import UTC, datetime
from pathlib import Path

from interviewer.grading.evaluation import Head, Result
from interviewer.grading.graded_answers import GradedAnswer
from interviewer.values.grade import Grade, Ungraded
from interviewer.values.interview import Question
from interviewer.values.knowledge import KeyPoint

HEAD = Head(
    file="graded.jsonl", file_sha256="f" * 64, model="scripted/test", model_digest="sha256:0",
    grading="sha256:1", at=datetime(2026, 11, 23, tzinfo=UTC),
    command="interviewer evaluate graded.jsonl",
)  # fmt: skip
ROW: dict[str, object] = {
    "id": "a1", "question": "What closes a file?", "reference": "A with statement. Or close.",
    "answer": "With does.", "score": 3, "max_score": 5,
}  # fmt: skip


def row(**changes: object) -> dict[str, object]:
    """Return a row of a file with other or more fields; None leaves one out."""
    return {name: value for name, value in (ROW | changes).items() if value is not None}


def write_rows(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def graded_answer(
    line: int = 1, score: float = 0.5, *, question: str = "q1", second: float | None = None
) -> GradedAnswer:
    """Return an answer that covers its only key point in the eyes of the fake grader."""
    return GradedAnswer(
        line=line, id=f"a{line}", answer="p01", score=score, first=score, second=second,
        question=Question(
            id=question, topic="", section="", title="", level="mid", text=f"About {question}?",
            key_points=(KeyPoint(id="p01", text="It does."),), origin="guide",
        ),
    )  # fmt: skip


def result(line: int = 1, score: float | None = 0.5, *, seconds: float = 1.0) -> Result:
    """Return a result with this score; None for an answer that could not be graded."""
    if score is None:
        grade: Grade | Ungraded = Ungraded(reason="The model is away.", hint="Start it.")
    else:
        grade = Grade(score=score, band="no", confidence="low", verdicts=(), model="scripted/test")
    return Result(line=line, grade=grade, seconds=seconds)
