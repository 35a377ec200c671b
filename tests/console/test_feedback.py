import pytest

from interviewer.console import feedback
from interviewer.values.grade import VerdictName
from tests.fakes.exchange import UNGRADED, exchange, graded, verdict
from tests.fakes.interview import LAZY
from tests.fakes.screen import FakeTerminal


@pytest.mark.parametrize(
    ("name", "mark"), [("covered", "✓"), ("partly", "~"), ("missing", "✗"), ("wrong", "!")]
)
def test_each_verdict_has_its_mark_and_its_word(name: VerdictName, mark: str) -> None:
    terminal = FakeTerminal()

    feedback.show_feedback(
        terminal.screen, exchange(graded(verdict("lazy", name, quote="so lazy")))
    )

    said = f"5.0 of 10 hire {mark} {name}: {LAZY.text} you said “so lazy”"
    assert terminal.words.startswith(said)


def test_a_grade_with_low_confidence_says_so() -> None:
    terminal = FakeTerminal()

    feedback.show_feedback(terminal.screen, exchange(graded(confident=False)))

    assert terminal.words == "5.0 of 10 hire · low confidence"


def test_a_verdict_on_an_unknown_point_shows_its_id() -> None:
    terminal = FakeTerminal()

    feedback.show_feedback(terminal.screen, exchange(graded(verdict("speed", "missing"))))

    assert "✗ missing: speed" in terminal.words


def test_no_grade_is_never_shown_as_a_score() -> None:
    terminal = FakeTerminal()

    feedback.show_feedback(terminal.screen, exchange(UNGRADED))
    feedback.show_feedback(terminal.screen, exchange(None))

    assert terminal.words == "Not graded: The model is away. Grade it later."


@pytest.mark.parametrize(("score", "said"), [(0, "0.0"), (0.333, "3.3"), (1, "10.0")])
def test_scores_are_said_out_of_ten(score: float, said: str) -> None:
    assert feedback.points(score) == said
