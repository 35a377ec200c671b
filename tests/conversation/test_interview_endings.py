from collections.abc import Iterator

import pytest

from interviewer.conversation.interview import Interview
from interviewer.values.events import (
    AnyEvent,
    Graded,
)
from tests.fakes.clock import FakeClock
from tests.fakes.grader import FakeGrader
from tests.fakes.interview import (
    say,
    scripted_interview,
    session_head,
)

ALL_SAID = say("Lazy, little memory, and only once.")
SOME_SAID = say("It is lazy in its work.")


def kinds(events: list[AnyEvent]) -> list[str]:
    return [event.type for event in events]


@pytest.fixture
def interview() -> Iterator[Interview]:
    held = scripted_interview()
    yield held
    held.close()


def test_skipping_every_question_completes_the_session(interview: Interview) -> None:
    list(interview.begin())

    events = [*interview.skip(), *interview.skip()]

    assert kinds(events) == ["skipped", "question_asked", "skipped", "session_ended"]
    assert interview.state.ended == "complete"


def test_ending_early_grades_what_was_answered(interview: Interview) -> None:
    list(interview.begin())
    list(interview.hear(SOME_SAID))

    events = list(interview.end("candidate"))

    assert kinds(events) == ["graded", "session_ended"]
    assert interview.state.ended == "candidate"


def test_ending_before_any_answer_is_just_the_end(interview: Interview) -> None:
    list(interview.begin())

    assert kinds(list(interview.end("candidate"))) == ["session_ended"]


def test_a_session_ends_once(interview: Interview) -> None:
    list(interview.begin())
    list(interview.end("candidate"))

    assert list(interview.end("interrupted")) == []
    assert interview.state.ended == "candidate"


def test_an_interrupted_session_waits_for_no_grade_and_begins_none() -> None:
    grader = FakeGrader(gated=True)
    interview = scripted_interview(grader=grader)
    list(interview.begin())
    list(interview.hear(SOME_SAID))

    events = list(interview.end("interrupted"))
    has_begun = grader.began.wait(0.2)
    grader.gate.set()
    interview.close()

    assert kinds(events) == ["session_ended"]
    assert not has_begun


def test_an_interrupted_session_keeps_the_grades_that_are_there() -> None:
    interview = scripted_interview(session_head("real", questions=3))
    list(interview.begin())
    list(interview.hear(ALL_SAID))
    # The third question is posed after the first grade, by the one worker.
    list(interview.hear(ALL_SAID))

    events = list(interview.end("interrupted"))
    interview.close()

    assert [e.question for e in events if isinstance(e, Graded)][:1] == ["q-1"]
    assert events[-1].type == "session_ended"


@pytest.mark.parametrize(("seconds", "reason"), [(89.0, None), (91.0, "time"), (300.0, "time")])
def test_no_question_is_asked_that_the_time_left_is_too_short_for(
    seconds: float, reason: str | None
) -> None:
    clock = FakeClock()
    interview = scripted_interview(session_head(minutes=3), clock=clock)
    list(interview.begin())

    clock.go(seconds)
    events = list(interview.hear(ALL_SAID))
    interview.close()

    assert interview.state.ended == reason
    assert events[-1].type == ("session_ended" if reason else "question_asked")


def test_the_clock_starts_with_the_first_question() -> None:
    clock = FakeClock()
    interview = scripted_interview(session_head(), clock=clock)

    clock.go(200)
    list(interview.begin())
    clock.go(7)
    list(interview.hear(ALL_SAID))
    interview.close()

    assert interview.pace.spent_s == 7


def test_the_last_question_answered_late_still_completes_the_session() -> None:
    clock = FakeClock()
    interview = scripted_interview(session_head(questions=1, minutes=1), clock=clock)
    list(interview.begin())

    clock.go(3600)
    list(interview.hear(ALL_SAID))
    interview.close()

    assert interview.state.ended == "complete"
