import pytest

from interviewer.coding.cases import Case, read_case
from interviewer.coding.runner import task_cases
from interviewer.knowledge.guide import read_guides
from interviewer.paths import bundled


def case(text: str) -> Case:
    read = read_case(text, is_hidden=True)
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("text", "call", "expected", "is_same"),
    [
        ("assert f('3a') == 'aaa'", "f('3a')", "'aaa'", False),
        ("assert f([1])  ==  [(1, -2)]", "f([1])", "[(1, -2)]", False),
        ("assert f() is None", "f()", "None", True),
        ("assert f(1) is True", "f(1)", "True", True),
        ("assert len(f(2)) == 2, 'why'", "len(f(2))", "2", False),
        ("assert f(1) < 3", "bool(f(1) < 3)", "True", True),
        ("assert f(1) == '-' * 70", "bool(f(1) == '-' * 70)", "True", True),
        ("assert f(1) == g(1)", "bool(f(1) == g(1))", "True", True),
        ("assert 1 < f(1) == 3", "bool(1 < f(1) == 3)", "True", True),
    ],
)
def test_a_case_is_split_into_a_call_and_what_is_wanted(
    text: str, call: str, expected: str, *, is_same: bool
) -> None:
    assert case(text) == Case(call=call, expected=expected, is_same=is_same, is_hidden=True)


@pytest.mark.parametrize("text", ["f(1)", "assert", "assert f(1); assert f(2)", "", "x = 1"])
def test_what_is_no_single_assertion_is_no_case(text: str) -> None:
    assert read_case(text, is_hidden=False) is None


@pytest.mark.parametrize(
    ("wanted", "text", "is_accepted"),
    [
        ("== [1, 2]", "[1, 2]", True),
        ("== [1, 2]", "(1, 2)", False),
        ("== {'b': 1, 'a': {2}}", "{'a': {2}, 'b': 1}", True),
        ("is True", "True", True),
        ("is True", "1", False),
        ("is None", "None", True),
        ("== 1", "True", True),
        ("== 1", "<generator object f at 0x7f>", False),
        ("== 1", "1 if True else 2", False),
        ("== 1", "__import__('os').abort()", False),
        ("== 1", "", False),
        ("== 1", "(" * 5000, False),
        ("== 1", "-" * 100_000 + "1", False),
        ("== 1", "9" * 5000, False),
        ("== 1", "{[]: 1}", False),
        ("== 1", "1\0", False),
    ],
)
def test_only_the_wanted_value_is_accepted_whatever_is_said(
    wanted: str, text: str, *, is_accepted: bool
) -> None:
    assert case(f"assert f() {wanted}").accepts(text) is is_accepted


def test_no_wanted_value_of_the_shipped_guide_meets_the_code() -> None:
    chapters = read_guides((bundled("corpus") / "guide",))
    tasks = [task for c in chapters for topic in c.topics for task in topic.tasks]

    cases = [read for task in tasks for read in task_cases(task)]

    assert len(cases) == sum(len(task.examples) + len(task.hidden_cases) for task in tasks) > 150
    assert [read.call for read in cases if read.call.startswith("bool(")] == []
