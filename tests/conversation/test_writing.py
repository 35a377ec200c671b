"""A coding task in an interview: code runs, may be improved, is talked about and graded."""

from collections.abc import Iterator, Sequence
from typing import Literal

import pytest

from interviewer.conversation import writing
from interviewer.conversation.aids import NO_HINT, NO_MORE_HINTS
from interviewer.conversation.dispute import regrade
from interviewer.conversation.interview import Interview
from interviewer.conversation.state import Exchange, replay
from interviewer.grading.code_points import CASES, COMPLEXITY
from interviewer.grading.grader import Grader
from interviewer.values.events import (
    Answered,
    AnyEvent,
    CodeRan,
    FollowedUp,
    Graded,
    Hinted,
    Noted,
    Said,
)
from interviewer.values.grade import Grade
from interviewer.values.interview import Answer
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.interview import (
    DOUBLE,
    sample_question,
    say,
    scripted_interview,
    session_head,
    task_question,
)

GOOD = DOUBLE.solution
BAD = "def double(number):\n    return number + 4"
"""Right for the example alone."""
NOTHING = "def double(number):\n    return None"


def hold(mode: Literal["practice", "real"], *said: str) -> tuple[Interview, list[AnyEvent]]:
    """Hold an interview of one task up to what was said last; return the last events."""
    head = session_head(mode, questions=1)
    interview = scripted_interview(head, [task_question()], grader=Grader(None, FakeEmbedder()))
    events = list(interview.begin())
    for text in said:
        events = list(interview.hear(say(text)))
    interview.close()
    return interview, events


def kinds(events: Sequence[AnyEvent]) -> list[str]:
    return [event.type for event in events]


def noted(events: Sequence[AnyEvent]) -> str:
    event = events[-1]
    assert isinstance(event, Noted | Said)
    return event.text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD, GOOD),
        (f"Here it is:\n```python\n{GOOD}\n```", f"{GOOD}\n"),
        ("```\nx = 1\n```\nand\n```\ny = 2\n```\n", "x = 1\n\ny = 2\n"),
        ("class Stack:\n    pass", "class Stack:\n    pass"),
        ("I would define a function and double it.", None),
        ("def is the word.", None),
        ("```\nno end", None),
    ],
)
def test_an_answer_is_code_when_it_is_fenced_or_defines_something(
    text: str, code: str | None
) -> None:
    answer = writing.as_code(say(text), task_question())

    assert answer.is_code is (code is not None)
    assert answer.text == (text if code is None else code)


def test_code_is_no_code_where_words_are_asked_for() -> None:
    assert not writing.as_code(say(GOOD), sample_question()).is_code


def test_code_that_passes_is_asked_about_at_once() -> None:
    interview, events = hold("practice", GOOD)

    assert kinds(events) == ["answered", "code_run", "followed_up"]
    assert isinstance(events[0], Answered)
    assert events[0].answer.is_code
    assert isinstance(events[1], CodeRan)
    assert events[1].run.share == 1
    assert isinstance(events[2], FollowedUp)
    assert events[2].key_point == COMPLEXITY
    assert (interview.question.codes, interview.question.answers) == ((GOOD,), ())


def test_code_that_fails_may_be_improved_as_often_as_one_likes() -> None:
    interview, events = hold("practice", NOTHING, BAD)

    assert noted(events) == writing.IMPROVE
    assert [run.passed for run in interview.question.runs] == [0, 1]


def test_whoever_would_rather_talk_than_improve_is_asked_on() -> None:
    _, events = hold("practice", NOTHING, "Let's talk.")

    assert kinds(events) == ["answered", "followed_up"]


def test_a_real_interview_takes_code_without_a_word_about_it() -> None:
    _, events = hold("real", NOTHING)

    assert kinds(events) == ["answered", "code_run", "followed_up"]


def test_a_new_version_after_a_question_is_kept_and_the_question_stays() -> None:
    interview, events = hold("real", NOTHING, GOOD)

    question = interview.question.asked_last
    assert noted(events) == f"{writing.KEPT} {question}"
    assert len(interview.question.followups) == 1


def test_after_the_cost_comes_one_question_of_the_guide_and_then_the_grade() -> None:
    interview, events = hold(
        "practice", GOOD, "It takes constant time and space.", "I would map it over the list."
    )

    assert [event.key_point for event in interview.question.followups] == [COMPLEXITY, ""]
    assert interview.question.followups[1].text == DOUBLE.followups[0]
    assert kinds(events) == ["answered", "graded", "session_ended"]


def test_the_share_of_cases_is_a_fact_beside_what_was_said() -> None:
    _, events = hold("practice", NOTHING, "Let's talk.", "Constant.", "No idea.")

    graded = events[1]
    assert isinstance(graded, Graded)
    assert isinstance(graded.grade, Grade)
    cases, cost = graded.grade.verdicts
    assert (cases.key_point, cases.verdict, cases.probability) == (CASES, "missing", 0)
    assert cost.key_point == COMPLEXITY


def test_the_last_version_counts() -> None:
    _, events = hold("real", NOTHING, GOOD, "I don't know.", "no")

    grade = next(event.grade for event in events if isinstance(event, Graded))
    assert isinstance(grade, Grade)
    assert (grade.verdicts[0].verdict, grade.verdicts[0].probability) == ("covered", 1)
    assert grade.score == 0.6


@pytest.mark.parametrize(
    ("talk", "reply"),
    [
        (("I would add it to itself.",), writing.NOW_WRITE),
        (("May the number be negative?",), writing.ASKED_BACK),
        (("I would add it to itself.", "Or shift it by one bit."), writing.GO_ON),
        (("May it be negative?", "Then I would shift it.", "Or add it."), writing.GO_ON),
    ],
)
@pytest.mark.parametrize("mode", ["practice", "real"])
def test_thinking_aloud_and_asking_back_before_there_is_code_leave_the_task_on_the_table(
    mode: Literal["practice", "real"], talk: tuple[str, ...], reply: str
) -> None:
    interview, events = hold(mode, *talk)

    assert kinds(events) == ["answered", "said"]
    assert noted(events) == reply
    assert interview.question.question.task is not None


def test_talk_without_any_code_comes_to_an_end() -> None:
    talk = ["I would add it to itself."] * writing.MAX_TALK

    _, last_but_one = hold("practice", *talk)
    _, last = hold("practice", *talk, "And so on.")

    assert noted(last_but_one) == writing.GO_ON
    assert kinds(last) == ["answered", "graded", "session_ended"]


def test_who_cannot_write_it_is_not_pressed() -> None:
    _, events = hold("practice", "I don't know.")

    assert kinds(events) == ["answered", "graded", "session_ended"]


def hints(*said: str, times: int = 4) -> list[str]:
    """Return what is said to so many wishes for a hint after what was said."""
    interview = scripted_interview(session_head(questions=1), [task_question()])
    list(interview.begin())
    for text in said:
        list(interview.hear(say(text)))
    told = [event for _ in range(times) for event in interview.hint()]
    interview.close()
    assert all(isinstance(event, Hinted | Said) for event in told)
    return [event.text for event in told if isinstance(event, Hinted | Said)]


def test_a_task_has_three_hints_each_telling_a_little_more() -> None:
    assert hints() == [
        writing.BY_HAND,
        "What should double(0) give?",
        "A solution has this line: “return 2 * number …”",
        NO_MORE_HINTS,
    ]


def test_hints_to_code_that_fails_are_on_what_it_fails() -> None:
    assert hints(BAD)[:2] == [
        "Think of inputs with zero: what should they give?",
        "Follow double(0) through your code by hand.",
    ]
    assert hints(NOTHING)[:2] == [writing.UNTRIED, "Follow double(4) through your code by hand."]


def test_hints_to_code_that_passes_are_on_its_cost_while_that_is_asked_for() -> None:
    assert hints(GOOD) == [*writing.ON_COST, NO_MORE_HINTS]
    assert hints(GOOD, "It takes constant time and space.", times=1) == [NO_HINT]


@pytest.mark.parametrize(
    ("solution", "line"),
    [
        ("def f(x):\n    n = 0\n    for i in x:\n        n += i\n    return n", "for i in x:"),
        ("from a import b\n\n\ndef f(x):\n    return b(x, 2)", "return b …"),
        ("f = abs", "f = abs …"),
    ],
)
def test_the_last_hint_is_a_line_and_no_solution(solution: str, line: str) -> None:
    task = DOUBLE.model_copy(update={"solution": solution})
    question = task_question().model_copy(update={"task": task})
    given = (writing.BY_HAND, "What should double(0) give?")
    table = Exchange(number=1, question=question, hints=given)

    assert writing.hint(table) == f"A solution has this line: “{line}”"


def test_code_alone_is_graded_when_the_interview_ends_there() -> None:
    interview = scripted_interview(
        session_head("real", questions=1), [task_question()], grader=Grader(None, FakeEmbedder())
    )
    events = _play(interview)
    interview.close()

    assert kinds(events)[-2:] == ["graded", "session_ended"]
    assert replay(events) == interview.state


def _play(interview: Interview) -> list[AnyEvent]:
    def all_of() -> Iterator[AnyEvent]:
        yield from interview.begin()
        yield from interview.hear(Answer(text=GOOD, is_code=True))
        yield from interview.end("candidate")

    return list(all_of())


def test_a_task_is_graded_once_more_with_what_its_code_did() -> None:
    interview, _ = hold("real", GOOD, "I don't know.")

    event = regrade(interview.state.exchanges[0], Grader(None, FakeEmbedder()))

    assert isinstance(event.grade, Grade)
    assert event.grade.verdicts[0].verdict == "covered"


def test_the_model_answer_to_a_task_is_its_solution() -> None:
    assert Grader(None, FakeEmbedder()).coach.model_answer(task_question()) == DOUBLE.solution
