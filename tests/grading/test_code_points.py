import pytest

from interviewer.grading.code_points import CASES, COMPLEXITY, judge_cases, task_key_points
from interviewer.knowledge import askable
from interviewer.values.coding import CaseResult, CaseStatus, CodeRun
from tests.fakes.interview import DOUBLE


def run(*statuses: CaseStatus) -> CodeRun:
    results = [
        CaseResult(call="f()", expected="1", is_hidden=False, status=status) for status in statuses
    ]
    return CodeRun(results=tuple(results))


@pytest.mark.parametrize(
    ("code_run", "verdict", "share"),
    [
        (None, "missing", 0),
        (CodeRun(fault="line 1: SyntaxError: invalid syntax"), "missing", 0),
        (run("wrong", "timeout"), "missing", 0),
        (run("passed", "error", "memory"), "partly", 0.3333),
        (run("passed", "passed"), "covered", 1),
    ],
)
def test_the_share_of_cases_that_passed_is_the_verdict(
    code_run: CodeRun | None, verdict: str, share: float
) -> None:
    found = judge_cases(code_run)

    assert (found.key_point, found.verdict, found.probability) == (CASES, verdict, share)


def test_a_task_is_held_to_its_cases_and_its_cost_said_in_words_too() -> None:
    task = DOUBLE.model_copy(update={"complexity": "O(n log n) time, O(1) extra space"})

    cases, cost = task_key_points(task)

    assert (cases.id, cost.id) == (CASES, COMPLEXITY)
    assert cases.followup == ""
    assert askable.faults(cost.followup) == []
    assert cost.text == "It takes O(n log n) time, O(1) extra space."
    assert "O(1) is constant" in cost.covered
    assert "O(n log n) is n log n" in cost.covered
    assert "linear" not in cost.covered


def test_a_cost_in_other_signs_is_asked_for_as_it_stands() -> None:
    task = DOUBLE.model_copy(update={"complexity": "as many steps as there are edges"})

    assert task_key_points(task)[1].covered == ""
