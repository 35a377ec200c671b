"""A part of the ladder and of the attacks (benchmarks/grading), graded without a model."""

import json
from functools import cache

import pytest
from attacks import attacked, padded, score
from collect import LADDER, make_question

from interviewer.grading.grader import Grader
from interviewer.knowledge.embedder import MiniLM
from interviewer.values.interview import Question

QUESTIONS = 5
EVERY = 4
ORDERED = [
    ("strong", "partial"), ("strong", "vague"), ("strong", "wrong"), ("partial", "vague"),
    ("partial", "wrong"), ("strong", "empty"), ("partial", "empty"),
]  # fmt: skip
MOST_LIFT = 0.02
"""On average; the whole set has the same bound in benchmarks/README.md."""


@cache
def grader() -> Grader:
    return Grader(None, MiniLM())


@cache
def ladder() -> list[tuple[Question, dict[str, str]]]:
    rows = map(json.loads, LADDER.read_text(encoding="utf-8").splitlines())
    return [(make_question(row), row["answers"]) for row in rows]


def test_better_answers_get_higher_scores() -> None:
    marks = [
        {kind: score(grader(), question, text) for kind, text in answers.items()}
        for question, answers in ladder()
    ]

    in_order = [mark[better] > mark[worse] for mark in marks for better, worse in ORDERED]

    assert all(mark["empty"] == 0 for mark in marks)
    assert sum(in_order) >= 0.93 * len(in_order)


def test_attempts_to_talk_the_grade_up_gain_next_to_nothing() -> None:
    found = [
        lift
        for number, (question, answers) in enumerate(ladder()[:QUESTIONS])
        for _, _, lift in attacked(grader(), question, answers, number, EVERY)
    ]

    assert len(found) >= 60
    assert sum(found) / len(found) <= MOST_LIFT


def test_idle_talk_and_the_order_of_the_points_change_a_score_by_little_or_nothing() -> None:
    for number, (question, answers) in enumerate(ladder()[:QUESTIONS]):
        for what, change in padded(grader(), question, answers, number):
            assert change == pytest.approx(0, abs=0.03 if what.startswith("idle") else 0), what
