from datetime import timedelta

import pytest

from interviewer.console import review
from interviewer.conversation.attempts import Attempt
from interviewer.conversation.state import Exchange, State, apply_to_question
from interviewer.values.events import AnswerShown, FollowedUp, NoteTaken
from interviewer.values.grade import Evidence, Grade, Ungraded, Verdict
from interviewer.values.interview import Answer
from tests.fakes.exchange import UNGRADED, exchange, graded, verdict
from tests.fakes.interview import LAZY, MEMORY, ONCE, sample_question, session_head, task_question
from tests.fakes.screen import FakeTerminal

SAID = "It is lazy. It costs little."


def found(point: str, start: int, end: int, said: str = SAID) -> Verdict:
    """Return a verdict whose evidence stands where it says."""
    evidence = Evidence(start=start, end=end, quote=said[start:end])
    return verdict(point, "covered", 0.9).model_copy(update={"evidence": evidence})


def test_answers_without_a_grade_have_a_next_step() -> None:
    terminal = FakeTerminal(100)
    command = f"Grade the rest: interviewer regrade {session_head().session}"
    left = State(started=session_head(), exchanges=(exchange(UNGRADED, "It is lazy."),))
    skipped = State(started=session_head(), exchanges=(exchange(None, skipped=True),))

    review.show_review(terminal.screen, left)
    shown = terminal.words
    review.show_review(terminal.screen, skipped)

    assert shown.endswith(command)
    assert terminal.words.count(command) == 1


def test_a_model_answer_that_was_shown_is_in_the_review() -> None:
    terminal = FakeTerminal(100)
    seen = exchange(None, skipped=True).model_copy(update={"model_answer": "It is lazy."})

    review.show_review(terminal.screen, State(exchanges=(seen,)))

    assert "A strong answer: It is lazy. Read more:" in terminal.words


def test_a_review_shows_who_said_what_in_order() -> None:
    terminal = FakeTerminal(100)
    said = exchange(graded(verdict("lazy", "covered")), "It is lazy.", "It costs little.")
    said = said.model_copy(
        update={"followups": (FollowedUp(key_point="memory", text="What cost?"),)}
    )
    state = State(started=session_head(), exchanges=(said, exchange(None, number=2, skipped=True)))

    review.show_review(terminal.screen, state)

    words = terminal.words
    assert words.startswith("Session 20260102-030405-abcd · ")
    assert "· practice · mid · scripted/test" in words
    told = "You: It is lazy. 3 words in 2 s Follow-up: What cost? You: It costs little."
    assert told in words
    assert "Read more: guide/features.md:12 features › Generators Question 2 of 2" in words
    assert "You skipped this question." in words
    assert words.endswith("5.0 of 10 over 1 graded question: hire, 1 not graded")


def test_who_asked_for_the_answer_did_not_skip_the_question() -> None:
    terminal = FakeTerminal(100)
    left = exchange(None, skipped=True)
    told = apply_to_question(left, AnswerShown(question="q-1", text="It is lazy."))

    review.show_review(terminal.screen, State(started=session_head(), exchanges=(told,)))

    assert "You asked for the answer to this question." in terminal.words
    assert "skipped" not in terminal.words


def test_a_session_without_a_head_can_be_reviewed() -> None:
    terminal = FakeTerminal()
    answer = Answer(text="It is lazy.", given="spoken")

    review.show_review(
        terminal.screen,
        State(exchanges=(Exchange(number=1, question=sample_question(), answers=(answer,)),)),
    )

    assert terminal.words.startswith("Question 1 of 1 · Features · Generators · concept · mid")
    assert "You: It is lazy. 3 words Not graded yet." in terminal.words


def test_evidence_that_is_marked_in_the_answer_is_not_quoted_again() -> None:
    terminal = FakeTerminal(100)
    lost = verdict("memory", "partly", 0.3, "that was edited away")
    said = exchange(graded(found("lazy", 0, 11), lost), SAID)

    review.show_exchange(terminal.screen, said, 1)

    assert "You: «It is lazy.» [1.1✓] It costs little. 6 words in 2 s" in terminal.words
    assert terminal.words.count("It is lazy.") == 1
    assert "you said “that was edited away”" in terminal.words


def test_every_open_point_says_where_to_read_about_it() -> None:
    terminal = FakeTerminal(100)
    open_points = (verdict("lazy", "missing", 0.0), verdict("memory", "partly"))

    review.show_exchange(terminal.screen, exchange(graded(*open_points), "No."), 1)

    told = terminal.words.split(MEMORY.text)[1]
    assert told.startswith(" read guide/features.md:12")


def test_a_followup_that_was_not_answered_is_shown_with_no_answer() -> None:
    terminal = FakeTerminal(100)
    followups = (FollowedUp(key_point="memory", text="What cost?"),)
    left = exchange(None, "It is lazy.").model_copy(update={"followups": followups})

    review.show_exchange(terminal.screen, left, 1)

    assert "You: It is lazy. 3 words in 2 s Follow-up: What cost? No answer." in terminal.words


def test_hints_and_own_notes_stand_beside_the_answer() -> None:
    terminal = FakeTerminal(100)
    notes = (NoteTaken(question="q-1", text="Read again."), NoteTaken(question="q-1", text="Done."))
    said = exchange(graded(), "It is lazy.").model_copy(
        update={"notes": notes, "hints": ("a", "b")}
    )

    review.show_exchange(terminal.screen, said, 1)

    assert "You took 2 hints." in terminal.words
    first, second = terminal.words.split("Your note of ")[1:]
    assert first.endswith(": Read again. ")
    assert ": Done. Read more:" in second


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "1 word"), (59.6, "1 word in 1 min 0 s"), (3.2, "1 word in 3 s")]
)
def test_the_time_of_an_answer_is_told_if_it_is_known(seconds: float, said: str) -> None:
    terminal = FakeTerminal(100)
    told = exchange().model_copy(update={"answers": (Answer(text="Lazy.", seconds=seconds),)})

    review.show_exchange(terminal.screen, told, 1)

    assert f"You: Lazy. {said} Not graded yet." in terminal.words


def test_what_can_only_be_done_in_the_interview_is_not_offered_afterwards() -> None:
    terminal = FakeTerminal(100)

    review.show_exchange(terminal.screen, exchange(question=task_question()), 1)

    assert "writing code" in terminal.words
    assert "/code" not in terminal.words


@pytest.mark.parametrize(
    ("grade", "answers", "skipped", "row"),
    [
        (graded(verdict("lazy", "covered"), verdict("once", "wrong"), score=0.64), ("a",), False,
         "1 6.4 hire ✓ ! Generators"),
        (UNGRADED, ("a",), False, "1 – not graded Generators"),
        (None, ("a",), False, "1 – not graded Generators"),
        (None, (), False, "1 – no answer Generators"),
        (None, (), True, "1 – skipped Generators"),
    ],
)  # fmt: skip
def test_the_overview_says_of_each_question_what_became_of_it(
    grade: Grade | Ungraded | None, answers: tuple[str, ...], row: str, *, skipped: bool
) -> None:
    terminal = FakeTerminal(100)

    review.show_overview(
        terminal.screen, State(exchanges=(exchange(grade, *answers, skipped=skipped),))
    )

    assert f"score points about {row}" in terminal.words


def test_a_session_without_a_question_says_so() -> None:
    terminal = FakeTerminal(100)

    review.show_overview(terminal.screen, State(started=session_head(), ended="complete"))

    assert terminal.words.endswith("scripted/test No question was asked in this session.")


@pytest.mark.parametrize(
    ("ended", "is_told"),
    [(None, True), ("candidate", False), ("interrupted", True), ("complete", False),
     ("time", False)],
)  # fmt: skip
def test_a_session_that_was_left_and_not_ended_on_purpose_says_how_to_go_on(
    ended: str | None, *, is_told: bool
) -> None:
    state = State.model_validate({"started": session_head(), "ended": ended})

    for show in (review.show_overview, review.show_review):
        terminal = FakeTerminal(100)
        show(terminal.screen, state)
        assert ("interviewer start --resume 20260102-030405-abcd" in terminal.words) == is_told


def attempt(said: Exchange, days: int = 0) -> Attempt:
    head = session_head()
    return Attempt(
        started=head.model_copy(update={"at": head.at + timedelta(days=days)}), exchange=said
    )


EARLY = exchange(graded(verdict("lazy", "missing"), score=0.1), "No idea.", number=2,
                 question=sample_question(1))  # fmt: skip
LATE = exchange(graded(found("lazy", 0, 11), verdict("once", "wrong")), SAID)


def test_two_attempts_at_one_question_show_what_moved_the_earlier_first() -> None:
    terminal = FakeTerminal(99)

    review.show_comparison(terminal.screen, attempt(LATE, 1), attempt(EARLY))

    words = terminal.words
    assert words.startswith(f"The same question, twice {LATE.question.text} 1.1 ✗ → ✓ {LAZY.text}")
    assert f"1.2 – → – {MEMORY.text} 1.3 – → ! {ONCE.text}" in words
    assert words.index("1.0 hire") < words.index("You: No idea.") < words.index("5.0 hire")
    assert words.index("5.0 hire") < words.index("You: «It is lazy.» [1.1✓] It costs little.")


@pytest.mark.parametrize("colour", [True, False])
def test_from_100_columns_up_two_attempts_stand_side_by_side(*, colour: bool) -> None:
    terminal = FakeTerminal(100, colour=colour)

    review.show_comparison(terminal.screen, attempt(LATE, 1), attempt(EARLY))

    (row,) = [line for line in terminal.text.splitlines() if "No idea." in line]
    assert row.index("│") == 49
    assert row[49:] == "│   You: «It is lazy.» [1.1✓] It costs little."


def test_two_questions_on_one_topic_are_shown_with_their_questions_and_verdicts() -> None:
    terminal = FakeTerminal(60)
    other = EARLY.model_copy(update={"question": sample_question(7)})

    review.show_comparison(terminal.screen, attempt(LATE, 1), attempt(other))

    assert terminal.words.startswith("Two questions on one topic")
    assert "for reason 7?" in terminal.words
    assert "for reason 1?" in terminal.words
    assert "2.1 ✗ missing" in terminal.words
    assert " → ✓ " not in terminal.words
