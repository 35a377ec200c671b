import csv
import io

import pytest

from interviewer.console.export import markdown, table
from interviewer.conversation.state import State, replay
from interviewer.values.events import (
    Answered,
    AnyEvent,
    Graded,
    Overridden,
    QuestionAsked,
    SelfRated,
    Skipped,
)
from interviewer.values.grade import Grade
from tests.fakes.exchange import UNGRADED, verdict
from tests.fakes.interview import sample_question, say, session_head

HOSTILE = "<script>alert(1)</script> [x](javascript:1) `a` **b**\n# c\n\x1b[31m\u202e"


def held(*events: AnyEvent) -> State:
    return replay([session_head(), QuestionAsked(number=1, question=sample_question()), *events])


GRADE = Grade(
    score=0.5, band="hire", confidence="low", model="none",
    verdicts=(verdict("lazy", "covered", 0.9), verdict("memory", "missing", 0.1)),
)  # fmt: skip
ANSWERED = (
    Answered(answer=say("It is lazy.")),
    Graded(question="q-1", grade=GRADE),
    SelfRated(question="q-1", rating=3),
)


def rows(state: State) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table(state))))


def test_a_row_has_the_grade_in_force_and_counts_its_verdicts() -> None:
    disputed = Overridden(
        question="q-1", key_point="lazy", before="covered", after="wrong", why="no"
    )

    ((before,), (after,)) = rows(held(*ANSWERED)), rows(held(*ANSWERED, disputed))

    assert (before["answer"], before["self_rating"], before["ungraded"]) == ("It is lazy.", "3", "")
    assert float(before["score"]) > float(after["score"])
    assert int(after["wrong"]) == int(before["wrong"]) + 1


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ((), "not graded"),
        ((Skipped(),), "left out"),
        ((Graded(question="q-1", grade=UNGRADED),), UNGRADED.reason),
    ],
)
def test_a_row_without_a_grade_says_why_and_has_no_score(
    events: tuple[AnyEvent, ...], reason: str
) -> None:
    (row,) = rows(held(*events))

    assert (row["score"], row["ungraded"]) == ("", reason)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(text: str) -> None:
    (row,) = rows(held(Answered(answer=say(text))))

    assert row["answer"] == f"'{text}"


def test_markdown_shows_question_answer_verdicts_and_sources() -> None:
    text = markdown(held(*ANSWERED), "Friday")

    assert text.startswith("# Friday\n")
    assert "## 1. Generators" in text
    assert "> It is lazy." in text
    assert "of 10**" in text
    assert "- covered: A generator computes each value" in text
    assert "Read more: `guide/features.md:12`" in text


def test_nothing_that_was_said_is_markup() -> None:
    text = markdown(held(Answered(answer=say(HOSTILE))), HOSTILE)

    assert "<script" not in text.replace("\\<", "")
    assert "[x](" not in text
    assert "\n# c" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_session_without_anything_is_still_a_page_and_a_table() -> None:
    assert markdown(State()) == "# A session\n"
    assert rows(State()) == []
