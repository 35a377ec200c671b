"""Whatever a candidate does, in whatever order, an interview keeps its promises."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.conversation.followup import MAX_FOLLOWUPS
from interviewer.conversation.interview import Interview
from interviewer.conversation.state import Exchange, replay
from interviewer.grading.grader import Grader
from interviewer.values.events import Answered, AnyEvent, FollowedUp, Graded
from interviewer.values.knowledge import KeyPoint
from tests.fakes.clock import FakeClock
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.grader import FakeGrader
from tests.fakes.interview import (
    LAZY,
    MEMORY,
    ONCE,
    sample_question,
    say,
    scripted_interview,
    session_head,
)

Deed = tuple[str, str]
"""What the candidate does, and the text that goes with it."""

TEXTS = st.text(max_size=20) | st.sampled_from(
    [
        *("It is lazy.", "Lazy, little memory, and once.", "I don't know.", "", "It is lazy-ish."),
        *("Memory stays small.", "Wait, I meant that it is lazy.", "That's all I know."),
    ]
)
DEEDS = st.lists(
    st.tuples(st.just("hear"), TEXTS)
    | st.tuples(st.sampled_from(["hint", "skip", "wait"]), st.just(""))
    | st.tuples(st.just("end"), st.sampled_from(["candidate", "interrupted", "time"])),
    max_size=14,
)
POINTS: st.SearchStrategy[tuple[KeyPoint, ...]] = st.sampled_from(
    [(LAZY, MEMORY, ONCE), (MEMORY,), (), (LAZY.model_copy(update={"followup": ""}), ONCE)]
)


def play(interview: Interview, clock: FakeClock, deeds: Sequence[Deed]) -> list[AnyEvent]:
    """Do one deed after the other, as long as the session lasts; leave when all are done."""
    events = list(interview.begin())
    for deed, text in [*deeds, ("end", "candidate")]:
        if interview.state.ended:
            break
        if deed == "hear":
            events += interview.hear(say(text))
        elif deed == "hint":
            events += interview.hint()
        elif deed == "skip":
            events += interview.skip()
        elif deed == "wait":
            clock.go(20)
        else:
            events += interview.end(_reason(text))
    interview.close()
    return events


def _reason(text: str) -> Literal["candidate", "interrupted", "time"]:
    reasons: dict[str, Literal["candidate", "interrupted", "time"]] = {
        "candidate": "candidate",
        "interrupted": "interrupted",
        "time": "time",
    }
    return reasons[text]


@given(
    deeds=DEEDS,
    points=st.lists(POINTS, min_size=1, max_size=4),
    mode=st.sampled_from(["practice", "real"]),
    minutes=st.none() | st.just(1),
    grader=st.sampled_from([FakeGrader, lambda: Grader(None, FakeEmbedder())]),
)
@settings(max_examples=120, deadline=None)
def test_an_interview_keeps_its_promises(
    deeds: list[Deed],
    points: list[tuple[KeyPoint, ...]],
    mode: Literal["practice", "real"],
    minutes: int | None,
    grader: type[FakeGrader],
) -> None:
    clock = FakeClock()
    questions = [sample_question(number, held) for number, held in enumerate(points, 1)]
    head = session_head(mode, len(questions), minutes)
    interview = scripted_interview(head, questions, grader=grader(), clock=clock)

    events = play(interview, clock, deeds)

    kinds = [event.type for event in events]
    assert kinds[0] == "session_started"
    assert kinds[-1] == "session_ended"
    assert kinds.count("session_started") == kinds.count("session_ended") == 1
    assert replay(events) == interview.state
    heard = [event.answer.text for event in events if isinstance(event, Answered)]
    assert heard == [text for deed, text in deeds if deed == "hear"][: len(heard)]
    last = interview.state.exchanges[-1]
    for exchange in interview.state.exchanges:
        assert_followups_are_bounded(exchange)
        is_left = exchange is last and interview.state.ended != "complete"
        assert_question_is_done_with(exchange, events, interview.state.ended, is_left=is_left)
    if interview.state.ended == "complete":
        assert len(interview.state.exchanges) == len(questions)


def assert_followups_are_bounded(exchange: Exchange) -> None:
    aims = [event.key_point for event in exchange.followups]
    assert len(aims) <= MAX_FOLLOWUPS == 3
    assert len(set(aims)) == len(aims)
    assert set(aims) <= {point.id for point in exchange.question.key_points} | {""}
    assert [event.kind for event in exchange.followups].count("deeper") <= 1
    assert [event.kind for event in exchange.followups].count("easier") <= 1
    aimless = {event.kind for event in exchange.followups if not event.key_point}
    assert aimless <= {"deeper", "example"}
    # A second thought leaves a follow-up on the table, once each.
    assert len(exchange.answers) <= 2 * len(aims) + 1
    assert len(set(exchange.hints)) == len(exchange.hints)


def assert_question_is_done_with(
    exchange: Exchange, events: Sequence[AnyEvent], ended: str | None, *, is_left: bool
) -> None:
    """Check that a question ended graded, ungraded or skipped; at most the last may be left."""
    grades = [e for e in events if isinstance(e, Graded) and e.question == exchange.question.id]
    if exchange.answers and ended != "interrupted":
        assert len(grades) == 1
        assert exchange.grade is not None
    elif exchange.answers:
        assert len(grades) <= 1
    else:
        assert grades == []
        assert exchange.skipped or is_left


@given(deeds=DEEDS)
@settings(max_examples=40, deadline=None)
def test_a_followup_always_answers_an_answer(deeds: list[Deed]) -> None:
    clock = FakeClock()

    events = play(scripted_interview(clock=clock), clock, deeds)

    for before, event in pairwise(events):
        if isinstance(event, FollowedUp):
            assert isinstance(before, Answered)
