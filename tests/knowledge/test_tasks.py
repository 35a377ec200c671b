"""Coding tasks: read from their parts, and run against their own cases."""

import pytest

from interviewer.knowledge import tasks
from interviewer.knowledge.guide import parse_chapter
from interviewer.knowledge.tasks import failing_cases
from interviewer.values.knowledge import Task
from tests.fakes.guide import CHAPTER

TASK = parse_chapter(CHAPTER, "a.md").topics[0].tasks[0]


def solved(solution: str, *cases: str) -> Task:
    return TASK.model_copy(update={"solution": solution, "examples": cases, "hidden_cases": ()})


def test_a_task_has_all_its_parts() -> None:
    assert TASK.title == "First character that stands alone"
    assert (TASK.level, TASK.complexity) == ("easy", "O(n) time")
    assert TASK.statement.startswith("Given a text,")
    assert TASK.statement.endswith("if there is none.")
    assert TASK.signature == "def first_unique(text: str) -> str | None: ..."
    assert TASK.examples == ('assert first_unique("swiss") == "w"',)
    assert TASK.hidden_cases == ('assert first_unique("") is None',)
    assert TASK.followups == ("What would you change if the text arrived as a stream?",)
    assert CHAPTER.splitlines()[TASK.line - 1].startswith("### Task:")


def test_a_solution_that_holds_fails_no_case() -> None:
    assert failing_cases(TASK) == []


@pytest.mark.parametrize(
    ("solution", "cases", "expected"),
    [
        ("n = 1", ["assert n == 2", "assert n == 1"], ["assert n == 2 -> AssertionError()"]),
        ("n = 1", ["assert m"], ["""assert m -> NameError("name 'm' is not defined")"""]),
        ("n = 1", ["assert n ==", "assert n == 3"], ["SyntaxError", "assert n == 3"]),
        ("def f(:", ["assert f()"], ["SyntaxError: invalid syntax"]),
        ("raise ValueError('no')", ["assert 1"], ["ValueError: no"]),
        ("raise SystemExit(3)", ["assert 1"], ["exit code 3"]),
        ("import os; os.kill(os.getpid(), 9)", ["assert 1"], ["exit code -9"]),
    ],
)
def test_each_case_that_fails_is_named_with_its_reason(
    solution: str, cases: list[str], expected: list[str]
) -> None:
    failed = failing_cases(solved(solution, *cases))

    assert len(failed) == len(expected)
    assert all(part in line for part, line in zip(expected, failed, strict=True))


def test_a_solution_may_begin_with_an_import_from_the_future() -> None:
    solution = "from __future__ import annotations\ndef f(x: Later) -> int: return x"

    assert failing_cases(solved(solution, "assert f(2) == 2")) == []


def test_a_solution_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "CHECK_TIMEOUT_S", 0.2)

    assert failing_cases(solved("while True: pass")) == ["no end after 0.2 s"]


@pytest.mark.parametrize(
    ("old", "new", "lacking"),
    [
        ("#### Signature", "#### Heading", "Signature"),
        ("#### Examples", "#### Example", "Examples"),
        ("#### Hidden cases", "#### Cases", "Hidden cases"),
        ("#### Solution", "#### Answer", "Solution"),
        ("#### Follow-ups", "#### Further", "Follow-ups"),
        ("Level: easy\n", "", "Level"),
        ("Level: easy\n", "Level: hard\n", "a Level of easy or medium (found 'hard')"),
        ("Complexity: O(n) time\n", "", "Complexity"),
        (TASK.statement, "", "statement"),
    ],
)  # fmt: skip
def test_a_task_without_one_of_its_parts_is_left_out_and_named(
    old: str, new: str, lacking: str
) -> None:
    assert CHAPTER.count(old) == 1

    chapter = parse_chapter(CHAPTER.replace(old, new), "a.md")

    (finding,) = chapter.findings
    assert chapter.topics[0].tasks == ()
    assert finding.message == f"The task lacks: {lacking}."
    assert chapter.text.splitlines()[finding.line - 1].startswith("### Task:")


def test_everything_that_is_lacking_is_named_at_once() -> None:
    chapter = parse_chapter("# S\n\n## T\n\n### Task: t\n", "a.md")

    (finding,) = chapter.findings
    assert finding.message == (
        "The task lacks: Signature, Examples, Hidden cases, Solution, Follow-ups, Level, "
        "Complexity, statement."
    )
