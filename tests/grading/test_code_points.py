import pytest

from interviewer.grading.code_points import CASES, COMPLEXITY, judge_cases, task_key_points, worth
from interviewer.grading.grader import is_unsure
from interviewer.grading.score import credit
from interviewer.knowledge import askable
from interviewer.values.coding import CaseResult, CaseStatus, CodeRun
from tests.fakes.interview import DOUBLE


def run(*statuses: CaseStatus, shown: int = 0) -> CodeRun:
    results = [
        CaseResult(call="f()", expected="1", is_hidden=number >= shown, status=status)
        for number, status in enumerate(statuses)
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
def test_the_share_of_cases_that_passed_is_what_the_code_earns(
    code_run: CodeRun | None, verdict: str, share: float
) -> None:
    found = judge_cases(code_run)

    assert (found.key_point, found.verdict) == (CASES, verdict)
    assert credit(found.probability) == pytest.approx(share, abs=1e-3)


def test_four_cases_of_five_are_not_all_and_half_at_most_where_a_shown_one_fails() -> None:
    hidden = run("passed", "passed", "passed", "passed", "wrong", shown=2)
    shown = run("passed", "wrong", "passed", "passed", "passed", shown=2)

    assert (worth(hidden), worth(shown)) == (0.8, 0.5)
    assert credit(judge_cases(shown).probability) == pytest.approx(0.5, abs=1e-3)


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


def test_what_code_did_is_no_guess() -> None:
    assert not is_unsure(judge_cases(run("passed", "wrong", "wrong")))
