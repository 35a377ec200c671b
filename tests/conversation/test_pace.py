"""A session by the clock goes on until its time is nearly up, and leaves room for the closing."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from interviewer.conversation.interview import Interview
from interviewer.conversation.plan import KINDS, Planned
from interviewer.values.events import AnyEvent, ClosingBegan, QuestionAsked, SessionStarted
from tests.fakes.clock import FakeClock
from tests.fakes.grader import FakeGrader
from tests.fakes.host import FakeHost
from tests.fakes.interview import (
    ScriptedPoser,
    sample_question,
    sample_topic,
    say,
    scripted_interview,
    session_head,
)

ALL_SAID = say("Lazy, little memory, and only once.")
MINUTES = 25
TALK, TASK = KINDS[:2], KINDS[2:]


def head() -> SessionStarted:
    return session_head("real", MINUTES, MINUTES).model_copy(update={"by_clock": True})


def answered(interview: Interview, clock: FakeClock, seconds: float) -> list[AnyEvent]:
    """Answer each question after so many seconds until the candidate may ask."""
    events: list[AnyEvent] = []
    while not (interview.state.is_closing or interview.state.ended):
        clock.go(seconds)
        events += interview.hear(ALL_SAID)
    return events


@pytest.mark.parametrize("seconds", [62, 75, 130, 180, 240])
def test_questions_come_until_the_time_is_nearly_up_and_leave_room_for_the_closing(
    seconds: float,
) -> None:
    clock = FakeClock()
    interview = scripted_interview(head(), clock=clock)
    list(interview.begin())

    events = answered(interview, clock, seconds)

    assert isinstance(events[-1], ClosingBegan)
    spent_min = interview.pace.spent_s / 60
    assert MINUTES - 4 < spent_min < MINUTES
    list(interview.hear(say("no")))
    interview.close()
    assert interview.state.ended == "time"


def test_the_time_goes_on_where_a_session_was_left() -> None:
    clock = FakeClock()
    first = scripted_interview(head(), clock=clock)
    events = list(first.begin())
    for _ in range(12):
        clock.go(75)
        events += first.hear(ALL_SAID)
    first.close()
    began = events[0].at
    events = [e.model_copy(update={"at": began}) for e in events[:-1]]
    events.append(events[-1].model_copy(update={"at": began + timedelta(seconds=12 * 75)}))
    rest = scripted_interview(
        head(), clock=clock, poser=ScriptedPoser([sample_question(n) for n in range(13, 26)])
    )

    again = [*rest.resume(events), *answered(rest, clock, 75)]
    rest.close()

    assert sum(isinstance(event, QuestionAsked) for event in again) > 3
    assert MINUTES - 4 < rest.pace.spent_s / 60 < MINUTES


@pytest.mark.parametrize(
    ("minutes", "kinds"),
    [(None, [TALK, TASK, TALK, TASK]), (10, [TALK, TASK, TALK, TALK])],
)
def test_no_coding_task_is_begun_shortly_before_the_end(
    minutes: int | None, kinds: list[Sequence[str]]
) -> None:
    clock = FakeClock()
    poser = ScriptedPoser([sample_question(number) for number in range(4)])
    planned = [
        Planned(topic=sample_topic(number), reason="", kinds=kind)
        for number, kind in enumerate([TALK, TASK] * 2)
    ]
    interview = Interview(
        session_head(questions=4, minutes=minutes), planned, poser, FakeGrader(), FakeHost(),
        clock=clock,
    )  # fmt: skip
    list(interview.begin())

    answered(interview, clock, 120)
    interview.close()

    assert poser.kinds == kinds
