from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.conversation.state import State, apply, join_answers, replay
from interviewer.values.events import (
    EVENT,
    Answered,
    AnswerShown,
    AnyEvent,
    CodeRan,
    Corrected,
    FeedbackGiven,
    FollowedUp,
    Graded,
    Hinted,
    Noted,
    NoteTaken,
    Overridden,
    QuestionAsked,
    Resumed,
    SelfRated,
    SessionEnded,
    SessionStarted,
    Skipped,
)
from interviewer.values.grade import Grade, Ungraded
from tests.fakes.events import EVENTS, SESSIONS
from tests.fakes.exchange import graded, verdict
from tests.fakes.interview import sample_question, say, session_head

PROPERTY = settings(max_examples=60, deadline=None)
ASKED = QuestionAsked(number=1, question=sample_question(1), reason="It is new.")
ASKED_NEXT = QuestionAsked(number=2, question=sample_question(2))
UNGRADED = Ungraded(reason="The model is away.", hint="Grade it later.")
LATER = Ungraded(reason="It is still away.", hint="Grade it later.")


@given(SESSIONS)
@PROPERTY
def test_a_replay_is_the_events_applied_one_after_the_other(events: list[AnyEvent]) -> None:
    assert replay(events) == reduce(apply, events, State())


@given(SESSIONS, SESSIONS)
@PROPERTY
def test_a_session_can_be_replayed_in_two_parts(
    before: list[AnyEvent], after: list[AnyEvent]
) -> None:
    assert reduce(apply, after, replay(before)) == replay([*before, *after])


@given(SESSIONS)
@PROPERTY
def test_the_same_events_read_back_lead_to_the_same_state(events: list[AnyEvent]) -> None:
    again = [EVENT.validate_json(EVENT.dump_json(event)) for event in events]

    assert replay(again) == replay(events)


@given(SESSIONS)
@PROPERTY
def test_every_question_and_everything_said_after_it_is_in_the_state(
    events: list[AnyEvent],
) -> None:
    events = [event for event in events if not isinstance(event, Corrected)]
    state = replay([ASKED, *events])

    asked = [ASKED.question] + [e.question for e in events if isinstance(e, QuestionAsked)]
    assert [exchange.question for exchange in state.exchanges] == asked
    answers = [event.answer for event in events if isinstance(event, Answered)]
    assert [a for x in state.exchanges for a in x.answers] == [
        answer for answer in answers if not answer.is_code
    ]
    assert [code for x in state.exchanges for code in x.codes] == [
        answer.text for answer in answers if answer.is_code
    ]
    assert [run for x in state.exchanges for run in x.runs] == [
        event.run for event in events if isinstance(event, CodeRan)
    ]
    assert [f for x in state.exchanges for f in x.followups] == [
        event for event in events if isinstance(event, FollowedUp)
    ]
    assert [hint for x in state.exchanges for hint in x.hints] == [
        event.text for event in events if isinstance(event, Hinted)
    ]


@given(SESSIONS, EVENTS)
@PROPERTY
def test_an_event_changes_nothing_that_was_said_before(
    events: list[AnyEvent], event: AnyEvent
) -> None:
    before = replay(events)
    copy = before.model_copy(deep=True)

    after = apply(before, event)

    assert before == copy
    for old, new in zip(before.exchanges, after.exchanges, strict=False):
        assert new.question == old.question
        assert new.answers[: len(old.answers)] == old.answers


@given(st.lists(EVENTS.filter(lambda event: not isinstance(event, QuestionAsked)), max_size=8))
@PROPERTY
def test_without_a_question_nothing_is_on_the_table(events: list[AnyEvent]) -> None:
    state = replay(events)

    assert state.current is None
    assert state.exchanges == ()


def test_an_empty_session_has_not_begun_and_has_not_ended() -> None:
    assert replay([]) == State(started=None, exchanges=(), ended=None)


def test_the_head_and_the_end_of_a_session_are_kept() -> None:
    head = session_head()

    state = replay([head, SessionEnded(reason="time")])

    assert state.started == head
    assert state.ended == "time"


def test_the_question_on_the_table_is_the_last_one() -> None:
    state = replay([ASKED, ASKED_NEXT])

    assert state.current is not None
    assert state.current.number == 2
    assert [exchange.reason for exchange in state.exchanges] == ["It is new.", ""]


def test_what_is_said_belongs_to_the_question_on_the_table() -> None:
    followed = FollowedUp(key_point="lazy", text="When?")

    state = replay(
        [ASKED, Answered(answer=say("One.")), ASKED_NEXT, Answered(answer=say("Two.")), followed]
    )

    first, second = state.exchanges
    assert (first.text, first.followups) == ("One.", ())
    assert (second.text, second.followups) == ("Two.", (followed,))


def test_a_skipped_question_is_marked_and_keeps_its_answers() -> None:
    state = replay([ASKED, Answered(answer=say("Well.")), Skipped(), ASKED_NEXT])

    assert [exchange.skipped for exchange in state.exchanges] == [True, False]
    assert state.exchanges[0].text == "Well."


def test_a_grade_goes_to_its_question_also_when_the_next_one_is_on_the_table() -> None:
    state = replay([ASKED, ASKED_NEXT, Graded(question="q-1", grade=UNGRADED)])

    assert [exchange.grade for exchange in state.exchanges] == [UNGRADED, None]


def test_a_later_grade_replaces_an_earlier_one() -> None:
    state = replay(
        [ASKED, Graded(question="q-1", grade=UNGRADED), Graded(question="q-1", grade=LATER)]
    )

    assert state.exchanges[0].grade == LATER


def test_an_attempt_that_gave_no_grade_takes_none_away() -> None:
    grade = graded(verdict("lazy", "covered", 0.9))

    state = replay(
        [ASKED, Graded(question="q-1", grade=grade), Graded(question="q-1", grade=UNGRADED)]
    )

    assert state.exchanges[0].grade == grade
    assert state.exchanges[0].earlier == (UNGRADED,)


def test_every_grade_is_kept_beside_the_one_that_counts() -> None:
    first, second = graded(score=0.2), graded(score=0.4)

    state = replay(
        [
            ASKED,
            Graded(question="q-1", grade=UNGRADED),
            Graded(question="q-1", grade=first),
            Graded(question="q-1", grade=second, reason="regraded"),
        ]
    )

    assert state.exchanges[0].grade == second
    assert state.exchanges[0].earlier == (UNGRADED, first)


def test_an_override_counts_and_the_graders_own_verdict_stays() -> None:
    grade = graded(verdict("lazy", "missing", 0.1), verdict("memory", "covered", 0.9))
    told = Overridden(
        question="q-1", key_point="lazy", before="missing", after="covered", why="I said so."
    )

    state = replay([ASKED, Graded(question="q-1", grade=grade), ASKED_NEXT, told])

    first = state.exchanges[0]
    assert first.grade == grade
    assert first.overrides == (told,)
    assert isinstance(first.in_force, Grade)
    assert [v.verdict for v in first.in_force.verdicts] == ["covered", "covered"]
    assert state.exchanges[1].overrides == ()


def test_an_override_outlasts_another_grading() -> None:
    told = Overridden(
        question="q-1", key_point="lazy", before="missing", after="covered", why="I said so."
    )
    again = Graded(question="q-1", grade=graded(verdict("lazy", "partly", 0.4)), reason="regraded")

    state = replay([ASKED, Graded(question="q-1", grade=graded()), told, again])

    assert isinstance(state.exchanges[0].in_force, Grade)
    assert state.exchanges[0].in_force.verdicts[0].verdict == "covered"


def test_what_was_rated_advised_and_shown_belongs_to_its_question() -> None:
    advice = FeedbackGiven(question="q-1", key_point="lazy", text="Say that it is lazy.")

    state = replay(
        [
            ASKED,
            ASKED_NEXT,
            SelfRated(question="q-1", rating=3),
            advice,
            AnswerShown(question="q-1", text="It is lazy."),
        ]
    )

    first, second = state.exchanges
    assert (first.self_rating, first.feedback, first.model_answer) == (3, advice, "It is lazy.")
    assert (second.self_rating, second.feedback, second.model_answer) == (None, None, "")


@pytest.mark.parametrize(
    "event", [Noted(text="The model is slow."), Graded(question="q-9", grade=UNGRADED)]
)
def test_an_event_about_no_question_changes_no_question(event: AnyEvent) -> None:
    before = replay([session_head(), ASKED])

    assert apply(before, event) == before


def test_the_answers_to_a_question_are_one_text_with_empty_lines_between() -> None:
    assert join_answers([say("One."), say("Two."), say("Three.")]) == "One.\n\nTwo.\n\nThree."


def test_a_second_head_replaces_the_first() -> None:
    other: SessionStarted = session_head("real")

    assert replay([session_head(), other]).started == other


def test_a_corrected_answer_counts_in_the_place_of_the_last_one() -> None:
    answered = [Answered(answer=say(text)) for text in ("One.", "Two.")]

    state = replay([ASKED, *answered, Corrected(answer=say("Three."))])

    assert state.exchanges[0].text == "One.\n\nThree."


def test_a_session_that_is_resumed_has_not_ended() -> None:
    ended = replay([ASKED, SessionEnded(reason="interrupted")])

    assert ended.ended == "interrupted"
    assert apply(ended, Resumed()).ended is None


def test_notes_belong_to_their_question_also_after_the_session_and_all_are_kept() -> None:
    first, second, third = (NoteTaken(question=f"q-{n}", text=f"{n}") for n in (1, 2, 1))
    ended = SessionEnded(reason="complete")

    state = replay([ASKED, ASKED_NEXT, ended, first, second, third])

    assert [exchange.notes for exchange in state.exchanges] == [(first, third), (second,)]
    assert state.ended == "complete"
