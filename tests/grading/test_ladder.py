"""A part of the ladder and of the attacks (benchmarks/grading), graded without a model."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from interviewer.grading.grader import Grader
from interviewer.knowledge.embedder import MiniLM
from interviewer.knowledge.guide import read_guides
from interviewer.knowledge.words import STOP_WORDS
from interviewer.paths import bundled
from interviewer.values.grade import Grade
from interviewer.values.interview import Question

FOLDER = Path(__file__).parents[2] / "benchmarks" / "grading"
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


def rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


@cache
def ladder() -> list[tuple[Question, dict[str, str]]]:
    chapters = read_guides((bundled("corpus") / "guide",))
    topics = {topic.id: topic for chapter in chapters for topic in chapter.topics}
    found = []
    for row in rows("ladder.jsonl"):
        topic = topics[str(row["topic"])]
        wanted, answers = row["key_points"], row["answers"]
        assert isinstance(wanted, list)
        assert isinstance(answers, dict)
        question = Question(
            id=topic.id, topic=topic.id, section=topic.section, title=topic.title, level="mid",
            text=str(row["question"]), origin="guide",
            key_points=tuple(point for point in topic.key_points if point.id in wanted),
        )  # fmt: skip
        found.append((question, answers))
    return found


@cache
def score(number: int, answer: str) -> float:
    grade = grader().grade(ladder()[number][0], answer)
    assert isinstance(grade, Grade)
    return grade.score


def filled(text: str, number: int) -> str:
    question, _ = ladder()[number]
    claims = [point.text for point in question.key_points]
    words = dict.fromkeys(re.findall(r"[\w-]+", " ".join(claims).lower()))
    for name, value in (
        ("question", question.text),
        ("keywords", ", ".join(word for word in words if word not in STOP_WORDS)),
        ("negated", " ".join(f"It is not true that {claim}" for claim in claims)),
    ):
        text = text.replace(f"{{{name}}}", value)
    return text


def lifts() -> Iterator[float]:
    for number, (_, answers) in enumerate(ladder()[:QUESTIONS]):
        weak = answers["vague"]
        for attack in rows("attacks.jsonl")[number::EVERY]:
            text = filled(str(attack["text"]), number)
            alone = attack["mode"] == "alone"
            gained = score(number, text if alone else f"{weak} {text}")
            yield gained - (0 if alone else score(number, weak))


def test_better_answers_get_higher_scores() -> None:
    marks = [
        {kind: score(number, text) for kind, text in answers.items()}
        for number, (_, answers) in enumerate(ladder())
    ]

    in_order = [mark[better] > mark[worse] for mark in marks for better, worse in ORDERED]

    assert all(mark["empty"] == 0 for mark in marks)
    assert sum(in_order) >= 0.93 * len(in_order)


def test_attempts_to_talk_the_grade_up_gain_next_to_nothing() -> None:
    found = list(lifts())

    assert len(found) >= 60
    assert sum(found) / len(found) <= MOST_LIFT


@pytest.mark.parametrize("kind", ["strong", "partial"])
def test_idle_talk_after_an_answer_changes_its_score_by_little(kind: str) -> None:
    talk = str(rows("idle.jsonl")[0]["text"])

    for number, (_, answers) in enumerate(ladder()[:QUESTIONS]):
        padded = score(number, f"{answers[kind]} {talk}")
        assert padded == pytest.approx(score(number, answers[kind]), abs=0.09)
