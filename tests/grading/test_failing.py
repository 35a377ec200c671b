import pytest

from interviewer.grading.failing import MAX_SHOWN, kind_of_input, what_fails
from interviewer.values.coding import CaseResult, CaseStatus, CodeRun


def case(
    call: str, status: CaseStatus = "passed", got: str = "0", *, hidden: bool = True
) -> CaseResult:
    return CaseResult(call=call, expected="1", is_hidden=hidden, status=status, got=got)


def run(*results: CaseResult) -> CodeRun:
    return CodeRun(results=results)


@pytest.mark.parametrize(
    ("works", "fails", "kind"),
    [
        (["f({'a': 1})"], ["f({'a': {}, 'n': 1})", "f({})"], "an empty dictionary"),
        (["f([1, 2])"], ["f([])"], "an empty list"),
        (["f('ab')"], ["f('')"], "an empty text"),
        (["f(4)"], ["f(-4)", "f(-1)"], "a negative number"),
        (["f(4)"], ["f(0)"], "zero"),
        (["f(4)"], ["f(None)"], "None"),
        (["f([1, 2])"], ["f([2, 2])"], "equal items"),
        (["f([1, 2])"], ["f([2])"], "a single item"),
        (["f([1, 2])", "f([])"], ["f([])"], ""),
        (["f(4)"], ["f(0)", "f(7)"], ""),
        ([], ["f(0)"], ""),
        (["f(4)"], ["f("], ""),
    ],
)
def test_inputs_that_fail_are_named_by_what_no_input_that_passes_has(
    works: list[str], fails: list[str], kind: str
) -> None:
    found = run(*map(case, works), *(case(call, "wrong") for call in fails))

    assert kind_of_input(found) == kind


def test_of_the_cases_that_fail_a_shown_one_is_told_before_a_shorter_hidden_one() -> None:
    found = run(case("f(4)"), case("f(0)", "wrong"), case("f([0, 1])", "wrong", hidden=False))

    assert what_fails(found) == (
        "It fails 2 of 3 cases, with zero: f([0, 1]) should give 1 and gave 0."
    )


@pytest.mark.parametrize(
    ("code_run", "said"),
    [
        (None, "Write code, even if it works for the examples alone."),
        (run(case("f(4)")), ""),
        (CodeRun(fault="line 1: SyntaxError"), "The code does not load: line 1: SyntaxError."),
        (
            run(case("f(4)", "error", "KeyError: 4")),
            "It fails 1 of 1 cases: f(4) ended with “KeyError: 4”.",
        ),
    ],
)
def test_code_that_is_not_there_or_does_not_run_is_told_so(
    code_run: CodeRun | None, said: str
) -> None:
    assert what_fails(code_run) == said


def test_a_long_input_is_cut() -> None:
    call = f"f([{', '.join(map(str, range(1, 200)))}])"

    assert len(what_fails(run(case(call, "wrong")))) < 2 * MAX_SHOWN
