from collections.abc import Sequence

import pytest

from interviewer.console.browse import Browser
from interviewer.conversation.attempts import Attempt
from interviewer.conversation.state import State
from interviewer.errors import InterviewerError, TranscriptError
from tests.fakes.desk import FakeDesk, ScriptedKeyboard
from tests.fakes.exchange import exchange, graded, verdict
from tests.fakes.interview import session_head
from tests.fakes.screen import FakeTerminal

FIRST = exchange(graded(verdict("lazy", "missing", 0.0), score=0.0), "No idea.")
SKIPPED = exchange(None, number=2, skipped=True)
STATE = State(started=session_head(), exchanges=(FIRST, SKIPPED), ended="complete")
FULL = TranscriptError("The disk is full.", hint="Make room.")


class Browsed:
    """A session of two questions, looked through by some keys until there are no more."""

    def __init__(
        self,
        *keys: str | BaseException,
        lines: Sequence[str] = (),
        state: State = STATE,
        attempts: Sequence[Attempt] = (),
        failure: InterviewerError | KeyboardInterrupt | None = None,
    ) -> None:
        terminal = FakeTerminal(100)
        self.desk = FakeDesk(state, attempts)
        self.desk.failure = failure
        self.keyboard = ScriptedKeyboard([*keys, EOFError()], lambda: terminal.display)
        self.keyboard.lines = list(lines)
        Browser(self.desk, terminal.screen, self.keyboard).run()

    @property
    def page(self) -> str:
        """What stood on the screen last, as one line."""
        return " ".join(" ".join(self.keyboard.seen[-1]).split())

    @property
    def bar(self) -> str:
        return self.keyboard.seen[-1][-1].split(" · ")[0].strip()


@pytest.mark.parametrize(
    ("keys", "where"),
    [
        ((), "Overview"),
        (("n",), "1 of 2"),
        (("right", " "), "2 of 2"),
        (("n", "n", "p"), "1 of 2"),
        (("n", "left"), "Overview"),
        (("2",), "2 of 2"),
        (("2", "0"), "Overview"),
        (("p",), "This is the beginning"),
        (("2", "n"), "There is no question 3"),
        (("9",), "There is no question 9"),
        (("9", "n"), "1 of 2"),
        (("z",), "Overview"),
        (("m",), "Turn to a question first"),
    ],
)
def test_keys_move_from_page_to_page(keys: Sequence[str], where: str) -> None:
    assert Browsed(*keys).bar == where


@pytest.mark.parametrize(
    ("typed", "where"), [("2", "2 of 2"), ("", "1 of 2"), ("two", "1 of 2"), ("12", "There is no")]
)
def test_any_question_can_be_turned_to_by_its_number(typed: str, where: str) -> None:
    browsed = Browsed("1", "g", lines=[typed])

    assert browsed.keyboard.asked == ["To question (1–2): "]
    assert browsed.bar.startswith(where)


@pytest.mark.parametrize("key", ["q", "escape"])
def test_a_key_leaves(key: str) -> None:
    browsed = Browsed("n", key, AssertionError("still there"))

    assert browsed.bar == "1 of 2"


def test_ctrl_c_leaves_as_an_interruption() -> None:
    with pytest.raises(KeyboardInterrupt):
        Browsed("n", KeyboardInterrupt())


def test_the_keys_are_listed_and_taken_away_by_any() -> None:
    shown, gone = Browsed("1", "?"), Browsed("1", "?", "x")

    assert "o override a verdict, with your reason" in shown.page
    assert gone.bar == "1 of 2"
    assert "Question 1 of 2" in gone.page


def test_a_note_is_kept_and_shown_at_once() -> None:
    browsed = Browsed("1", "m", lines=["Read again."])

    assert [note.text for note in browsed.desk.state.exchanges[0].notes] == ["Read again."]
    assert "Read again. Read more:" in browsed.page
    assert browsed.bar == "Noted"


def test_a_note_that_is_taken_back_is_not_kept() -> None:
    browsed = Browsed("1", "m", lines=[""])

    assert browsed.desk.state == STATE
    assert browsed.bar == "1 of 2"


@pytest.mark.parametrize("point", ["1", "1.1", "lazy"])
def test_a_verdict_is_overridden_by_its_number_a_key_and_a_reason(point: str) -> None:
    browsed = Browsed("1", "o", "c", lines=[point, "I said so."])

    (event,) = browsed.desk.state.exchanges[0].overrides
    assert (event.key_point, event.after, event.why) == ("lazy", "covered", "I said so.")
    assert "you overrode missing with covered: “I said so.”" in browsed.page
    assert browsed.bar == "Overridden: 0.0 of 10 → 5.0 of 10"


@pytest.mark.parametrize(
    ("keys", "lines"), [(("o",), [""]), (("o", "x"), ["1"]), (("o", "c"), ["1", ""])]
)
def test_an_override_can_be_taken_back_at_each_step(
    keys: Sequence[str], lines: Sequence[str]
) -> None:
    browsed = Browsed("1", *keys, lines=lines)

    assert browsed.desk.state == STATE
    assert browsed.bar == "1 of 2"


def test_an_override_that_cannot_be_is_explained() -> None:
    browsed = Browsed("1", "o", "c", lines=["7", "So."])

    assert "There is no key point '1.7' in this session." in browsed.page
    assert browsed.bar == "That did not work"


def test_without_a_verdict_there_is_nothing_to_override() -> None:
    browsed = Browsed("2", "o")

    assert browsed.bar == "There is no verdict to override"
    assert browsed.keyboard.asked == []


def test_grading_again_names_the_model_asks_and_shows_what_moved() -> None:
    asked = Browsed("r")
    done = Browsed("r", "y")
    refused = Browsed("r", "n")

    assert asked.bar == "Grade 1 answer again with fake/judge?"
    assert "Question 1: 5.0 of 10 → 7.5 of 10" in done.page
    assert (done.desk.regraded, refused.desk.regraded) == (1, 0)


def test_without_an_answer_there_is_nothing_to_grade_again() -> None:
    browsed = Browsed("r", state=STATE.model_copy(update={"exchanges": (SKIPPED,)}))

    assert browsed.bar == "There is no answer to grade"


def test_a_model_answer_is_laid_over_the_question() -> None:
    browsed = Browsed("1", "a")

    assert "A strong answer: As the guide says about Generators." in browsed.page


@pytest.mark.parametrize(("keys", "lines"), [(("m",), ["A note."]), (("a",), []), (("r", "y"), [])])
def test_what_fails_is_shown_with_its_next_step_and_gives_the_page_back(
    keys: Sequence[str], lines: Sequence[str]
) -> None:
    failed = Browsed("1", *keys, lines=lines, failure=FULL)
    after = Browsed("1", *keys, "x", lines=lines, failure=FULL)

    assert failed.page.startswith("The disk is full. Make room.")
    assert "Question 1 of 2" in after.page


def test_ctrl_c_stops_the_work_and_not_the_review() -> None:
    browsed = Browsed("1", "r", "y", failure=KeyboardInterrupt())

    assert browsed.bar == "Stopped"
    assert "Question 1 of 2" in browsed.page


def test_other_attempts_are_compared_one_after_the_other() -> None:
    others = [
        Attempt(started=session_head(), exchange=exchange(graded(), said))
        for said in ("It is late.", "It is lazy.")
    ]

    latest = Browsed("1", "c", attempts=others)
    before = Browsed("1", "c", "c", attempts=others)
    back = Browsed("1", "c", "x", attempts=others)
    last = Browsed("1", "c", "c", "c", attempts=others)

    assert "You: It is late." in latest.page
    assert "Attempt 1 of 2 · c another · any other key goes back" in latest.page
    assert "You: It is lazy." in before.page
    assert "Attempt 2 of 2 · any other key goes back" in before.page
    assert back.bar == last.bar == "1 of 2"


def test_without_another_attempt_there_is_nothing_to_compare() -> None:
    assert Browsed("1", "c").bar == "No other attempt at this"


def test_a_session_without_a_question_can_be_looked_at() -> None:
    browsed = Browsed("n", "r", "c", state=State(started=session_head()))

    assert "No question was asked in this session." in browsed.page
    assert "interviewer start --resume" in browsed.page
