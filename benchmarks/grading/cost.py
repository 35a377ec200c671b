"""What a grade costs beside the plain way: one prompt that asks the same model for a JSON score.

    python benchmarks/grading/cost.py GRADED.jsonl [--limit N] [--model NAME]

Both grade the same answers in one run, in turns. What can be asked before the answer is heard is
asked before, and counted apart.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from pydantic import BaseModel, Field

from interviewer.commands.session_setup import load_model, load_settings
from interviewer.errors import Unparsable
from interviewer.grading.graded_answers import read_graded
from interviewer.grading.grader import Grader
from interviewer.knowledge.embedder import MiniLM
from interviewer.models.chat import ChatModel, Message
from interviewer.models.choice import choose_model

PLAIN = """Grade a candidate's answer to an interview question from 0 to 5.
Question: {question}
Key points:
{points}
The candidate's answer:
{answer}
Reply with JSON: first a rationale of two or three sentences, then the score."""


class Marks(BaseModel):
    """The plain way's reply."""

    rationale: str = Field(max_length=600)
    score: int = Field(ge=0, le=5)


def main() -> None:
    """Print seconds an answer of both ways, and how well each agrees with people."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graded", type=Path)
    parser.add_argument("--limit", type=int, default=12)
    parser.add_argument("--model", default="embedded/qwen2.5-coder-1.5b")
    given = parser.parse_args()
    settings, places = load_settings(model=given.model)
    model = load_model(choose_model(given.model), settings, places)
    if model is None:
        raise SystemExit("This compares two ways to ask a model: name one.")
    grader = Grader(model, MiniLM())
    rows = list(read_graded(given.graded))[: given.limit]
    ahead, ours, plain = [], [], []
    for row in rows:
        ahead.append(_timed(lambda row=row: grader.prepare(row.question)))
        ours.append(_timed(lambda row=row: grader.grade(row.question, row.answer)))
        points = "\n".join(f"- {point.text}" for point in row.question.key_points)
        prompt = PLAIN.format(question=row.question.text, points=points, answer=row.answer)
        plain.append(_timed(lambda prompt=prompt: _plain(model, prompt)))
    print(f"{len(rows)} answers, {sum(len(r.question.key_points) for r in rows)} key points")
    for name, seconds in (("before the answer", ahead), ("ours", ours), ("plain", plain)):
        print(f"{name}: mean {np.mean(seconds):.2f} s, median {np.median(seconds):.2f} s")
    print(f"ours / plain: {np.sum(ours) / np.sum(plain):.2f}")


def _plain(model: ChatModel, prompt: str) -> None:
    try:
        model.parse([Message(role="user", content=prompt)], Marks, max_tokens=256)
    except Unparsable:
        return


def _timed(job: Callable[[], object]) -> float:
    began = time.monotonic()
    job()
    return time.monotonic() - began


if __name__ == "__main__":
    main()
