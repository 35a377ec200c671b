import pytest

from interviewer.conversation.dispute import grade_change, override, regrade
from interviewer.conversation.state import State, apply
from interviewer.errors import UsageError
from tests.fakes.exchange import UNGRADED, exchange, graded, verdict
from tests.fakes.grader import FakeGrader
from tests.fakes.interview import LAZY, sample_question

FIRST = exchange(
    graded(verdict("lazy", "missing", 0.1), verdict("memory", "covered", 0.9)), "It is small."
)
SECOND = exchange(graded(verdict("lazy", "wrong", 0.2)), "It is eager.", number=2)
BARE = exchange(UNGRADED, "Lazy.", number=3, question=sample_question(3, points=(LAZY,)))
ONE = State(exchanges=(FIRST,))
MANY = State(exchanges=(FIRST, SECOND, BARE))


@pytest.mark.parametrize(
    ("state", "wanted", "question", "point"),
    [
        (ONE, "1", "q-1", "lazy"),
        (ONE, "lazy", "q-1", "lazy"),
        (ONE, "1.1", "q-1", "lazy"),
        (MANY, "1.1", "q-1", "lazy"),
        (MANY, "1.2", "q-1", "memory"),
        (MANY, "2.1", "q-2", "lazy"),
        (MANY, "2.lazy", "q-2", "lazy"),
    ],
)
def test_a_point_is_found_by_its_number_or_its_id(
    state: State, wanted: str, question: str, point: str
) -> None:
    _, event = override(state, wanted, "partly", "I said half of it.")

    assert (event.question, event.key_point) == (question, point)


@pytest.mark.parametrize(
    ("wanted", "why", "message", "hint"),
    [
        ("lazy", "So.", "'lazy' may be 1.1 or 2.1 or 3.1.", "Say which one"),
        ("1", "So.", "'1' may be 1.1 or 2.1 or 3.1.", "Say which one"),
        ("4.1", "So.", "There is no key point '4.1'", "interviewer review"),
        ("speed", "So.", "There is no key point 'speed'", "interviewer review"),
        ("3.1", "So.", "Question 3 has no verdict", "interviewer regrade"),
        ("1.3", "So.", "Question 1 has no verdict", "interviewer regrade"),
        ("1.2", "So.", "'memory' is covered already", "interviewer review"),
        ("1.1", " \n", "needs a reason", "--why"),
    ],
)
def test_an_override_that_cannot_be_says_why_and_what_to_do(
    wanted: str, why: str, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        override(MANY, wanted, "covered", why)

    assert message in str(caught.value)
    assert hint in caught.value.hint


def test_an_override_says_from_what_to_what_and_why() -> None:
    found, event = override(ONE, "lazy", "covered", " I said so. ")
    change = grade_change(found, event)

    assert (event.before, event.after, event.why) == ("missing", "covered", "I said so.")
    assert change.before == 0.5
    assert change.after == pytest.approx((3 + 2) / 6, abs=1e-4)
    assert [(v.point, v.before, v.after) for v in change.verdicts] == [
        ("1.1", "missing", "covered")
    ]


def test_a_second_override_is_measured_against_the_first() -> None:
    _, event = override(ONE, "lazy", "covered", "I said so.")
    disputed = apply(ONE, event)

    _, back = override(disputed, "lazy", "missing", "I did not, in fact.")

    assert (back.before, back.after) == ("covered", "missing")
    with pytest.raises(UsageError, match="covered already"):
        override(disputed, "lazy", "covered", "Again.")


def test_a_question_is_graded_again_and_what_moved_is_told() -> None:
    event = regrade(SECOND.model_copy(update={"answers": FIRST.answers}), FakeGrader())
    change = grade_change(SECOND, event)

    assert event.question == "q-2"
    assert event.reason
    assert (change.number, change.before, change.after) == (2, 0.5, 0.0)
    assert [(v.key_point, v.before, v.after) for v in change.verdicts] == [
        ("lazy", "wrong", "missing"),
        ("memory", None, "missing"),
        ("once", None, "missing"),
    ]


def test_grading_again_without_a_grade_moves_nothing_and_says_why() -> None:
    change = grade_change(FIRST, regrade(FIRST, FakeGrader(ungraded=True)))

    assert (change.before, change.after, change.verdicts) == (0.5, 0.5, ())
    assert change.ungraded == "The model is away."
