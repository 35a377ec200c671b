import pytest

from interviewer.grading.advice import fault, heaviest_open, plain_advice
from interviewer.values.grade import VerdictName
from tests.fakes.exchange import graded, verdict
from tests.fakes.interview import LAZY, MEMORY, NOTES, ONCE

POINTS = (LAZY, MEMORY, ONCE)
SHAKY = LAZY.model_copy(update={"wrong": "It works all values out up front and keeps a list."})


def test_the_heaviest_point_that_is_not_covered_is_worked_on() -> None:
    grade = graded(
        verdict("once", "missing"), verdict("memory", "partly"), verdict("lazy", "covered")
    )

    assert heaviest_open(POINTS, grade) is MEMORY


def test_of_two_as_heavy_what_was_wrong_goes_first() -> None:
    points = (LAZY, MEMORY.model_copy(update={"weight": 3}))
    grade = graded(verdict("lazy", "missing", 0.1), verdict("memory", "wrong", 0.3))

    assert heaviest_open(points, grade) is points[1]


def test_when_all_is_covered_there_is_nothing_to_work_on() -> None:
    assert heaviest_open(POINTS, graded(verdict("lazy", "covered"))) is None
    assert heaviest_open(POINTS, graded(verdict("speed", "missing"))) is None


@pytest.mark.parametrize(
    ("covered", "name", "said"),
    [
        ("says that it is lazy.", "missing", "Next time: a full answer says that it is lazy."),
        ("names a marker", "partly", "Go one step further: a full answer names a marker."),
        ("says it", "wrong", "Put it right: a full answer says it."),
        (
            "names a marker, and says why",
            "missing",
            "Next time: a full answer names a marker, and says why.",
        ),
        ("", "missing", "Next time: say all of it in one plain sentence, with an example."),
        ("lazy", "missing", "Next time: say all of it in one plain sentence, with an example."),
        (
            "less work",
            "missing",
            "Next time: say all of it in one plain sentence, with an example.",
        ),
    ],
)
def test_advice_is_what_the_guide_counts_as_the_point_told_to_somebody(
    covered: str, name: VerdictName, said: str
) -> None:
    assert plain_advice(LAZY.model_copy(update={"covered": covered}), name) == said


def test_advice_that_says_the_point_as_its_passage_does_is_kept() -> None:
    text = "Say that a generator computes each value only when somebody asks for it."

    assert fault(text, SHAKY, NOTES.text) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A generator computes each value only when somebody asks.", "one order"),
        ("Say that it is lazy.", "one order"),
        ("Say that a generator computes each value only when somebody asks?", "one order"),
        ("Say that a generator computes `each` value only when somebody asks.", "one order"),
        ("Say that a generator computes\neach value only when somebody asks.", "one order"),
        ("Say that your great answer computes each value only when asked.", "judges"),
        ("Say that you said a generator computes each value when asked.", "judges"),
        ("Say that a good generator computes each value when somebody asks.", "judges"),
        ("Say that decorators wrap functions and copy their names over.", "something else"),
        (
            "Say that a generator computes each value in worker threads the kernel balances.",
            "no passage",
        ),
        ("Say that a generator never computes each value when somebody asks.", "opposite"),
        ("Say that a generator computes values, works all out up front, keeps list.", "opposite"),
    ],
)
def test_advice_that_praises_wanders_invents_or_denies_is_not_shown(text: str, why: str) -> None:
    passage = f"{NOTES.text} {SHAKY.wrong}" if why == "opposite" else NOTES.text

    found = fault(text, SHAKY, passage)

    assert found is not None
    assert why in found
