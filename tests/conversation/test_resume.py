"""Wherever a session was broken off, it goes on from there and loses nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.conversation.interview import Interview
from interviewer.conversation.resume import next_step
from interviewer.conversation.state import replay
from interviewer.values.coding import CodeRun
from interviewer.values.course import spent_s
from interviewer.values.events import (
    Answered,
    AnswerShown,
    AnyEvent,
    ClosingAnswered,
    ClosingAsked,
    ClosingBegan,
    CodeRan,
    FollowedUp,
    Graded,
    Hinted,
    Noted,
    NoteTaken,
    Paused,
    QuestionAsked,
    Renamed,
    Resumed,
    SelfRated,
    SessionEnded,
    Skipped,
    Tagged,
)
from interviewer.values.interview import Answer
from tests.fakes.clock import FakeClock
from tests.fakes.exchange import graded
from tests.fakes.host import FakeHost
from tests.fakes.interview import (
    ScriptedPoser,
    sample_question,
    say,
    scripted_interview,
    session_head,
    task_question,
)

ALL_SAID = "Lazy, little memory, and only once."
SOME_SAID = "It is lazy in its work."
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
ASKED = QuestionAsked(number=1, question=sample_question(1))
ANSWERED = Answered(answer=say(SOME_SAID))
CODE = Answered(answer=Answer(text="def double(number): ...", is_code=True))
FOLLOWED = FollowedUp(key_point="memory", text="And?")
GRADED = Graded(question="q-1", grade=graded())
ENDED = SessionEnded(reason="interrupted")


@pytest.mark.parametrize(
    ("events", "step"),
    [
        ([], "ask"),
        ([ASKED], "listen"),
        ([ASKED, ENDED], "listen"),
        ([ASKED, Hinted(text="Think.")], "listen"),
        ([ASKED, ANSWERED], "reply"),
        ([ASKED, ANSWERED, ENDED, Resumed()], "reply"),
        ([ASKED, ANSWERED, SelfRated(question="q-1", rating=2)], "reply"),
        ([ASKED, ANSWERED, FOLLOWED], "listen"),
        ([ASKED, ANSWERED, GRADED], "close"),
        ([ASKED, Skipped()], "close"),
        ([ASKED, AnswerShown(question="q-1", text="So.")], "close"),
        ([ASKED, CODE], "run"),
        ([ASKED, CODE, CodeRan(run=CodeRun())], "reply_to_code"),
        ([ASKED, CODE, CodeRan(run=CodeRun()), Noted(text="Improve it.")], "listen"),
        ([ASKED, Skipped(), ClosingBegan(text="And you?")], "closing"),
        ([ASKED, Skipped(), ClosingBegan(text="And you?"), ClosingAsked(text="Why?")], "answer"),
        (
            [
                *(ASKED, Skipped(), ClosingBegan(text="And you?"), ClosingAsked(text="Why?")),
                ClosingAnswered(text="So."),
            ],
            "closing",
        ),
    ],
)
def test_the_turn_that_was_broken_off_comes_next(events: Sequence[AnyEvent], step: str) -> None:
    whole = [session_head(), *events]

    assert next_step(replay(whole), whole) == step


def test_time_counts_while_the_session_is_held_and_not_paused() -> None:
    def at(seconds: float) -> datetime:
        return NOON + timedelta(seconds=seconds)

    events: list[AnyEvent] = [
        session_head().model_copy(update={"at": at(0)}),
        ASKED.model_copy(update={"at": at(2)}),
        Paused(at=at(62), seconds=50),
        SessionEnded(at=at(70), reason="interrupted"),
        Graded(at=at(4000), question="q-1", grade=graded(), reason="regraded"),
        Renamed(at=at(5000), name="Friday"),
        Tagged(at=at(6000), tags=("nervous",)),
        NoteTaken(at=at(6500), question="q-1", text="Again."),
        Graded(at=at(7000), question="q-1", grade=graded()),
        Resumed(at=at(9000)),
        ANSWERED.model_copy(update={"at": at(9005)}),
    ]

    assert spent_s(events) == pytest.approx(25)


def drive(interview: Interview, answers: Sequence[str]) -> list[AnyEvent]:
    """Answer until the session is over; after the answers, with what covers all, then with no."""
    events: list[AnyEvent] = []
    script = list(answers)
    while not interview.state.ended:
        text = script.pop(0) if script else ALL_SAID
        if interview.state.is_closing:
            text = "no"
        if text == "/skip":
            events += interview.skip()
        elif text == "/answer":
            events += interview.show_answer()
        elif text == "/hint":
            events += interview.hint()
        else:
            events += interview.hear(say(text))
    return events


@given(
    answers=st.lists(
        st.sampled_from([ALL_SAID, SOME_SAID, "/skip", "/hint", "/answer", "I don't know."]),
        max_size=6,
    ),
    mode=st.sampled_from(["practice", "real"]),
    cut=st.integers(1, 30),
    has_task=st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_a_session_cut_off_after_any_event_is_held_to_its_end(
    answers: list[str], mode: Literal["practice", "real"], cut: int, *, has_task: bool
) -> None:
    questions = [task_question(1) if has_task else sample_question(1), sample_question(2)]
    head = session_head(mode, 2)
    first = scripted_interview(head, questions, host=FakeHost(ratings=[3, 3]))
    whole = [*first.begin(), *drive(first, answers)]
    first.close()
    kept = whole[: min(cut, len(whole) - 1)]
    begun = sum(isinstance(event, QuestionAsked) for event in kept)
    again = scripted_interview(
        head, questions, poser=ScriptedPoser(questions[begun:]), host=FakeHost(ratings=[4, 4])
    )

    rest = list(again.resume(kept))
    rest += drive(again, [])
    again.close()

    events = [*kept, *rest]
    assert replay(events) == again.state
    assert again.state.ended == "complete"
    assert [x.question.id for x in again.state.exchanges] == ["q-1", "q-2"]
    for exchange in again.state.exchanges:
        grades = [e for e in events if isinstance(e, Graded) and e.question == exchange.question.id]
        ratings = [
            e for e in events if isinstance(e, SelfRated) and e.question == exchange.question.id
        ]
        assert len(grades) == int(exchange.is_answered)
        assert exchange.is_answered or exchange.skipped
        assert len(ratings) <= 1
        assert len(exchange.runs) == len(exchange.codes)


def test_time_that_was_spent_before_a_break_counts_after_it() -> None:
    clock = FakeClock()
    head = session_head("practice", 2, minutes=1).model_copy(update={"at": NOON})
    kept: list[AnyEvent] = [head, ASKED.model_copy(update={"at": NOON + timedelta(seconds=50)})]
    again = scripted_interview(head, poser=ScriptedPoser([sample_question(2)]), clock=clock)

    list(again.resume(kept))
    clock.go(11)
    list(again.skip())
    again.close()

    assert again.state.ended == "time"


def test_what_was_asked_before_a_break_is_remembered_by_the_poser() -> None:
    poser = ScriptedPoser([sample_question(2)])
    again = scripted_interview(poser=poser)

    list(again.resume([session_head(), ASKED]))
    again.close()

    assert poser.remembered == ["q-1"]
