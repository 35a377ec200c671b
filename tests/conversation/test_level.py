import pytest

from interviewer.conversation.level import adapt_level, levels_of, strength
from interviewer.conversation.state import Exchange
from interviewer.values.knowledge import LEVELS, Level, PreparedQuestion
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.grader import FakeCoverage
from tests.fakes.interview import LAZY, MEMORY, sample_question, sample_topic, say


@pytest.mark.parametrize(
    ("level", "shares", "expected"),
    [
        ("mid", [], "mid"),
        ("mid", [0.9], "mid"),
        ("mid", [0.9, 0.9], "senior"),
        ("mid", [0.9, 0.4, 0.9], "mid"),
        ("mid", [0.9, 0.1, 0.9], "mid"),
        ("mid", [0.1, 0.2], "junior"),
        ("mid", [0.75] * 2, "senior"),
        ("mid", [0.74] * 2, "mid"),
        ("mid", [0.3] * 2, "mid"),
        ("mid", [0.29] * 2, "junior"),
        ("junior", [0.9] * 3, "mid"),
        ("junior", [0.9] * 4, "senior"),
        ("junior", [0.9] * 9, "senior"),
        ("junior", [0.0] * 9, "junior"),
        ("mid", [0.9, 0.9, 0.1, 0.1], "mid"),
        ("mid", [0.9, 0.9, 0.1, 0.1, 0.1, 0.1], "junior"),
    ],
)
def test_two_strong_answers_in_a_row_make_it_harder_and_two_weak_ones_easier(
    level: Level, shares: list[float], expected: Level
) -> None:
    found, why = adapt_level(level, shares, LEVELS)

    assert found == expected
    assert bool(why) == (found != level)


def test_a_change_says_why() -> None:
    assert adapt_level("mid", [0.9, 0.9], LEVELS)[1] == (
        "After two strong answers in a row it is harder: senior."
    )
    assert adapt_level("mid", [0.1, 0.1], LEVELS)[1] == (
        "After two weak answers in a row it is easier: junior."
    )
    assert adapt_level("mid", [0.9, 0.9, 0.1], LEVELS)[1] == "It stays senior, as before."


def test_no_level_is_reached_that_the_guide_does_not_have() -> None:
    questions = tuple(
        PreparedQuestion(level=level, text="Why?", key_points=(), line=1)
        for level in ("senior", "mid")
    )
    topic = sample_topic().model_copy(update={"questions": questions})
    levels = levels_of([topic, sample_topic(2)], "mid")

    assert levels == ["mid", "senior"]
    assert adapt_level("mid", [0.0] * 4, levels) == ("mid", "")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((), 0.0),
        (("Nothing to the point.",), 0.0),
        (("It is lazy.",), 0.6),
        (("It is lazy.", "And memory stays small."), 1.0),
    ],
)
def test_the_strength_of_an_answer_is_the_weight_of_the_points_it_made(
    answers: tuple[str, ...], expected: float
) -> None:
    question = sample_question(1, (LAZY, MEMORY))
    exchange = Exchange(number=1, question=question, answers=tuple(map(say, answers)))

    assert strength(exchange, FakeCoverage(question, FakeEmbedder())) == pytest.approx(expected)


def test_an_answer_without_key_points_has_no_strength() -> None:
    question = sample_question(1, ())
    exchange = Exchange(number=1, question=question, answers=(say("Well."),))

    assert strength(exchange, FakeCoverage(question, FakeEmbedder())) is None
