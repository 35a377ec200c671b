import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import islice

import pytest

from interviewer.conversation import aids
from interviewer.conversation.aids import NO_HINT, NO_MORE_HINTS
from interviewer.conversation.asking import BEGINNING, POSING
from interviewer.conversation.interview import Interview
from interviewer.conversation.marking import GRADING
from interviewer.conversation.plan import Planned
from interviewer.conversation.resume import next_step
from interviewer.models.chat import Message
from interviewer.values.coding import CodeRun
from interviewer.values.events import (
    AnswerShown,
    AnyEvent,
    FeedbackGiven,
    FollowedUp,
    Graded,
    Hinted,
    QuestionAsked,
    Said,
)
from interviewer.values.grade import Grade, Ungraded
from interviewer.values.interview import Answer, Question
from interviewer.values.knowledge import LEVELS, PreparedQuestion, Topic
from tests.fakes.clock import FakeClock
from tests.fakes.grader import FakeGrader
from tests.fakes.host import FakeHost
from tests.fakes.interview import (
    LAZY,
    MEMORY,
    ScriptedPoser,
    sample_question,
    sample_topic,
    say,
    scripted_interview,
    session_head,
)
from tests.fakes.scripted import Reply, ScriptedModel

ALL_SAID = say("Lazy, little memory, and only once.")
SOME_SAID = say("It is lazy in its work.")


def kinds(events: list[AnyEvent]) -> list[str]:
    return [event.type for event in events]


@pytest.fixture
def interview() -> Iterator[Interview]:
    held = scripted_interview()
    yield held
    held.close()


def test_an_interview_opens_with_its_head_and_the_first_question(interview: Interview) -> None:
    events = list(interview.begin())

    assert kinds(events) == ["session_started", "question_asked"]
    assert events[0] == session_head().model_copy(update={"at": events[0].at})
    assert isinstance(events[1], QuestionAsked)
    assert (events[1].number, events[1].reason) == (1, "Features: reason 1.")
    assert events[1].gap_ms is None


def test_an_event_is_told_before_the_next_thing_is_done(interview: Interview) -> None:
    events = interview.begin()

    next(events)

    assert interview.state.started is not None
    assert interview.state.current is None


@pytest.mark.parametrize(
    "ask",
    [
        lambda interview: interview.question,
        lambda interview: list(interview.hint()),
        lambda interview: list(interview.hear(SOME_SAID)),
    ],
    ids=["question", "hint", "hear"],
)
def test_nothing_can_be_asked_of_an_interview_that_has_not_begun(
    interview: Interview, ask: Callable[[Interview], object]
) -> None:
    with pytest.raises(RuntimeError, match="has not begun"):
        ask(interview)


def test_an_answer_that_leaves_something_out_is_followed_up(interview: Interview) -> None:
    list(interview.begin())

    events = list(interview.hear(SOME_SAID))

    assert kinds(events) == ["answered", "followed_up"]
    assert isinstance(events[1], FollowedUp)
    assert events[1].key_point == "memory"
    assert interview.question.answers == (SOME_SAID,)


def test_a_second_thought_leaves_the_followup_on_the_table(interview: Interview) -> None:
    list(interview.begin())
    [_, asked] = interview.hear(SOME_SAID)
    assert isinstance(asked, FollowedUp)

    events = list(interview.hear(say("Wait, I meant: lazy as long as nobody asks.")))

    assert kinds(events) == ["answered", "said"]
    assert isinstance(events[1], Said)
    assert events[1].text.endswith(interview.question.asked_last)
    assert next_step(interview.state, events) == "listen"


def test_a_full_answer_is_graded_and_the_next_question_asked(interview: Interview) -> None:
    list(interview.begin())

    events = list(interview.hear(ALL_SAID))

    assert kinds(events) == ["answered", "graded", "question_asked"]
    assert isinstance(events[1], Graded)
    assert isinstance(events[1].grade, Grade)
    assert events[1].question == "q-1"
    assert events[1].grade.score == 1.0
    assert interview.question.number == 2


def test_all_answers_to_a_question_are_graded_as_one_text() -> None:
    grader = FakeGrader()
    interview = scripted_interview(grader=grader)

    for events in (
        interview.begin(),
        interview.hear(SOME_SAID),
        interview.hear(say("Memory stays small.")),
        interview.hear(say("It runs only once.")),
    ):
        list(events)
    interview.close()

    assert grader.graded == [
        ("q-1", "It is lazy in its work.\n\nMemory stays small.\n\nIt runs only once.")
    ]


def test_the_last_answer_ends_the_session_as_complete(interview: Interview) -> None:
    list(interview.begin())
    list(interview.hear(ALL_SAID))

    events = list(interview.hear(ALL_SAID))

    assert kinds(events) == ["answered", "graded", "session_ended"]
    assert interview.state.ended == "complete"


def test_in_a_real_interview_grades_come_at_the_end() -> None:
    interview = scripted_interview(session_head("real"))

    first = [*interview.begin(), *interview.hear(ALL_SAID)]
    last = [*interview.hear(ALL_SAID), *interview.hear(say("No, thanks."))]
    interview.close()

    assert kinds(first) == [
        *("session_started", "said", "question_asked", "answered", "question_asked")
    ]
    assert kinds(last) == ["answered", "closing_began", "graded", "graded", "session_ended"]
    assert [e.question for e in last if isinstance(e, Graded)] == ["q-1", "q-2"]


def test_a_hint_is_given_until_there_is_none_left(interview: Interview) -> None:
    list(interview.begin())

    events = [event for _ in range(4) for event in interview.hint()]

    assert kinds(events) == ["hinted", "hinted", "hinted", "said"]
    assert isinstance(events[0], Hinted)
    assert isinstance(events[3], Said)
    assert events[0].text == LAZY.followup
    assert events[3].text == NO_MORE_HINTS


def test_who_got_no_hint_is_not_told_of_a_further_one() -> None:
    interview = scripted_interview(questions=[sample_question(points=())])
    list(interview.begin())

    (event,) = interview.hint()
    interview.close()

    assert isinstance(event, Said)
    assert event.text == NO_HINT


def test_a_point_that_was_hinted_at_is_not_asked_on(interview: Interview) -> None:
    list(interview.begin())
    list(interview.hint())

    events = list(interview.hear(say("It reads well.")))

    assert isinstance(events[1], FollowedUp)
    assert events[1].key_point == MEMORY.id


def test_a_skipped_question_without_an_answer_has_no_grade(interview: Interview) -> None:
    list(interview.begin())

    events = list(interview.skip())

    assert kinds(events) == ["skipped", "question_asked"]
    assert interview.state.exchanges[0].skipped
    assert interview.state.exchanges[0].grade is None


def test_what_was_answered_before_a_skip_is_graded(interview: Interview) -> None:
    list(interview.begin())
    list(interview.hear(SOME_SAID))

    events = list(interview.skip())

    assert kinds(events) == ["skipped", "graded", "question_asked"]


def test_an_answer_that_cannot_be_graded_says_why_and_the_interview_goes_on() -> None:
    interview = scripted_interview(grader=FakeGrader(ungraded=True))
    list(interview.begin())

    events = list(interview.hear(ALL_SAID))
    interview.close()

    assert isinstance(events[1], Graded)
    assert isinstance(events[1].grade, Ungraded)
    assert events[-1].type == "question_asked"


def test_gaps_are_measured_from_the_answer_to_the_reply() -> None:
    clock = FakeClock()
    waited: list[str] = []

    @contextmanager
    def waiting(what: str) -> Iterator[None]:
        waited.append(what)
        clock.go(1.25)
        gate.set()
        yield

    grader = FakeGrader(gated=True)
    gate = grader.gate
    interview = scripted_interview(grader=grader, host=FakeHost(waiting), clock=clock)
    list(interview.begin())
    followed = list(interview.hear(SOME_SAID))[-1]
    asked = list(interview.hear(ALL_SAID))[-1]
    interview.close()

    assert isinstance(followed, FollowedUp)
    assert isinstance(asked, QuestionAsked)
    assert followed.gap_ms == 0
    assert waited[:2] == [BEGINNING, GRADING]
    assert asked.gap_ms == 1250


def test_the_next_question_is_posed_while_the_candidate_talks() -> None:
    waited: list[str] = []

    def waiting(what: str) -> AbstractContextManager[None]:
        waited.append(what)
        return nullcontext()

    interview = scripted_interview(host=FakeHost(waiting))
    list(interview.begin())
    # One worker, one job after the other: when the grade is there, so is the question before it.
    events = list(interview.hear(ALL_SAID))
    interview.close()

    assert events[-1].type == "question_asked"
    assert POSING not in waited


def test_a_question_that_needs_no_model_does_not_wait_for_a_grade() -> None:
    waited: list[str] = []

    @contextmanager
    def waiting(what: str) -> Iterator[None]:
        waited.append(what)
        grader.gate.set()
        yield

    grader = FakeGrader(gated=True)
    questions = [sample_question(number) for number in (1, 2, 3)]
    poser = ScriptedPoser(questions, is_at_hand=True)
    interview = scripted_interview(
        session_head("real", questions=3), questions[:],
        grader=grader, host=FakeHost(waiting), poser=poser,
    )  # fmt: skip

    list(interview.begin())
    waited.clear()
    for _ in range(2):
        # The worker is at the grade of the question before when the next one is thought of.
        events = list(interview.hear(ALL_SAID))
        assert grader.began.wait(30)
    grader.gate.set()
    interview.close()

    assert events[-1].type == "question_asked"
    assert waited == []


def levelled_topic(number: int) -> Topic:
    questions = tuple(
        PreparedQuestion(level=level, text=f"A {level} one?", key_points=(), line=1)
        for level in LEVELS
    )
    return sample_topic(number).model_copy(update={"questions": questions})


def hold_five(poser: ScriptedPoser, answer: Answer | None) -> list[Question]:
    """Give each of five questions the same answer, or leave it out; return what was asked."""
    planned = [Planned(topic=levelled_topic(number), reason="") for number in range(1, 6)]
    interview = Interview(session_head(questions=5), planned, poser, FakeGrader(), FakeHost())
    list(interview.begin())
    for _ in range(5):
        list(interview.hear(answer) if answer else interview.skip())
    interview.close()
    return [exchange.question for exchange in interview.state.exchanges]


@pytest.mark.parametrize(
    ("answer", "levels"),
    [
        (ALL_SAID, ["mid", "mid", "mid", "senior", "senior"]),
        (None, ["mid", "mid", "mid", "junior", "junior"]),
    ],
    ids=["strong", "left out"],
)
def test_the_level_of_a_question_that_a_model_poses_is_one_question_behind(
    answer: Answer | None, levels: list[str]
) -> None:
    poser = ScriptedPoser([sample_question(number) for number in range(1, 6)])

    hold_five(poser, answer)

    assert [level for _, level in poser.wanted] == levels


@pytest.mark.parametrize(
    ("answer", "levels"),
    [
        (ALL_SAID, ["mid", "mid", "senior", "senior", "senior"]),
        (None, ["mid", "mid", "junior", "junior", "junior"]),
    ],
    ids=["strong", "left out"],
)
def test_the_level_of_a_question_at_hand_follows_the_answers_at_once(
    answer: Answer | None, levels: list[str]
) -> None:
    questions = [sample_question(number) for number in range(1, 6)]

    asked = hold_five(ScriptedPoser(questions, is_at_hand=True), answer)

    assert [question.level for question in asked] == levels


def test_the_deeper_question_of_a_topic_follows_a_complete_answer() -> None:
    poser = ScriptedPoser([sample_question()], deeper="What happens under load?")
    planned = [Planned(topic=sample_topic(), reason="")]
    interview = Interview(session_head(questions=1), planned, poser, FakeGrader(), FakeHost())

    list(interview.begin())
    events = [*interview.hear(ALL_SAID), *interview.hear(say("Then it is slow."))]
    interview.close()

    assert kinds(events) == ["answered", "followed_up", "answered", "graded", "session_ended"]
    assert isinstance(events[1], FollowedUp)
    assert (events[1].kind, events[1].key_point) == ("deeper", "")


def test_a_transcript_tells_what_was_ready() -> None:
    interview = scripted_interview()

    events = list(interview.begin())
    pending = interview._asking._next  # noqa: SLF001 - to wait for it as a candidate does, by talking
    assert pending is not None
    pending.take()
    events += interview.hear(ALL_SAID)
    interview.close()

    asked = [event.ready for event in events if isinstance(event, QuestionAsked)]
    assert asked == [None, True]


def test_easier_words_that_take_long_are_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    class SlowPoser(ScriptedPoser):
        def simpler(self, topic: Topic, question: Question) -> str | None:
            gate.wait(30)
            return super().simpler(topic, question)

    monkeypatch.setattr(aids, "REWORDING_S", 0.01)
    interview = scripted_interview(poser=SlowPoser([sample_question(1), sample_question(2)]))
    list(interview.begin())

    events = list(interview.simplify())
    gate.set()
    interview.close()

    assert kinds(events) == ["reworded"]
    assert interview.question.reworded == LAZY.followup


def test_the_candidate_rates_an_answer_before_its_grade_is_told() -> None:
    host = FakeHost(ratings=[2])
    interview = scripted_interview(host=host)
    list(interview.begin())

    events = list(interview.hear(ALL_SAID))
    interview.close()

    assert kinds(events) == ["answered", "self_rated", "graded", "question_asked"]
    assert interview.state.exchanges[0].self_rating == 2


def test_the_last_words_of_an_answer_can_be_changed_where_it_is_to_be_rated() -> None:
    better = say("Lazy, little memory, and only once, really.")
    host = FakeHost(ratings=[better, 3])
    grader = FakeGrader()
    interview = scripted_interview(host=host, grader=grader)
    list(interview.begin())

    events = list(interview.hear(ALL_SAID))
    interview.close()

    assert kinds(events) == ["answered", "corrected", "self_rated", "graded", "question_asked"]
    assert host.said == [ALL_SAID.text, better.text]
    assert interview.state.exchanges[0].text == better.text
    assert grader.graded[-1] == ("q-1", better.text)


def test_what_is_changed_after_a_skip_counts_too() -> None:
    interview = scripted_interview(host=FakeHost(ratings=[ALL_SAID]))
    list(interview.begin())
    list(interview.hear(SOME_SAID))

    list(interview.skip())
    interview.close()

    assert interview.state.exchanges[0].text == ALL_SAID.text


def test_an_edit_that_answers_the_follow_up_leads_on() -> None:
    interview = scripted_interview()
    list(interview.begin())
    list(interview.hear(SOME_SAID))

    events = list(interview.correct(say("Lazy, and little memory.")))
    interview.close()

    assert kinds(events) == ["corrected", "followed_up"]
    assert isinstance(events[-1], FollowedUp)
    assert events[-1].key_point == "once"


def test_a_rating_is_asked_for_while_the_grade_is_in_the_making() -> None:
    grader = FakeGrader(gated=True)

    class SlowHost(FakeHost):
        def rating(self, said: str) -> int | Answer | None:
            assert grader.began.wait(30), "grading has not begun"
            grader.gate.set()
            return super().rating(said)

    interview = scripted_interview(grader=grader, host=SlowHost(ratings=[4]))
    list(interview.begin())
    events = list(interview.hear(ALL_SAID))
    interview.close()

    assert kinds(events) == ["answered", "self_rated", "graded", "question_asked"]


def test_a_rating_can_be_left_out_and_its_time_is_no_waiting() -> None:
    clock = FakeClock()

    class SlowHost(FakeHost):
        def rating(self, said: str) -> int | Answer | None:
            del said
            clock.go(20)
            return None

    interview = scripted_interview(host=SlowHost(), clock=clock)
    list(interview.begin())
    events = list(interview.hear(ALL_SAID))
    interview.close()

    assert kinds(events) == ["answered", "graded", "question_asked"]
    assert isinstance(events[-1], QuestionAsked)
    assert events[-1].gap_ms == 0


def test_nobody_rates_what_says_nothing_is_skipped_or_belongs_to_a_real_interview() -> None:
    practice, real = FakeHost(), FakeHost()

    for host, head, deeds in (
        (practice, session_head(), [say("I don't know."), None]),
        (real, session_head("real"), [ALL_SAID, ALL_SAID]),
    ):
        interview = scripted_interview(head, host=host)
        list(interview.begin())
        for deed in deeds:
            list(interview.hear(deed) if deed else interview.skip())
        interview.close()

    assert (practice.times_asked, real.times_asked) == (0, 0)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], ["answer_shown", "skipped", "question_asked"]),
        ([SOME_SAID], ["answer_shown", "graded", "question_asked"]),
    ],
    ids=["not answered", "answered before"],
)
def test_a_model_answer_closes_the_question_without_a_rating(
    answers: list[Answer], expected: list[str]
) -> None:
    host = FakeHost(ratings=[4])
    interview = scripted_interview(host=host)
    list(interview.begin())
    for answer in answers:
        list(interview.hear(answer))

    events = list(interview.show_answer())
    interview.close()

    assert kinds(events) == expected
    assert isinstance(events[0], AnswerShown)
    assert all(point.text in events[0].text for point in sample_question().key_points)
    assert host.times_asked == 0


def test_there_is_no_model_answer_in_a_real_interview() -> None:
    interview = scripted_interview(session_head("real"))
    list(interview.begin())

    events = list(interview.show_answer())
    interview.close()

    assert kinds(events) == ["noted"]
    assert not interview.question.skipped


def test_advice_of_the_model_is_told_when_it_is_ready_and_nobody_waits_for_it_before_the_end() -> (
    None
):
    advice = "Say that it holds a single value in memory at a time."
    model = GatedModel([advice])
    interview = scripted_interview(grader=FakeGrader(model=model))
    list(interview.begin())
    list(interview.hear(SOME_SAID))
    left = list(interview.skip())
    last = interview.skip()

    before = [event.type for event in islice(last, 2)]
    model.gate.set()
    after = list(last)
    interview.close()

    assert kinds(left) == ["skipped", "graded", "question_asked"]
    assert before == ["skipped", "session_ended"]
    assert [event for event in after if isinstance(event, FeedbackGiven)] == after
    assert interview.state.exchanges[0].feedback == after[0]


def test_advice_that_does_not_hold_is_not_told() -> None:
    interview = scripted_interview(grader=FakeGrader(model=ScriptedModel(["Well done!"])))
    list(interview.begin())
    list(interview.hear(SOME_SAID))

    events = [*interview.skip(), *interview.skip()]
    interview.close()

    assert "feedback" not in kinds(events)


def test_a_bug_in_the_worker_surfaces_where_its_result_is_needed() -> None:
    broken = scripted_interview(session_head(questions=2), grader=BrokenGrader())
    list(broken.begin())

    with pytest.raises(ZeroDivisionError):
        list(broken.hear(ALL_SAID))
    broken.close()


class GatedModel(ScriptedModel):
    """Writes only when its gate is open."""

    def __init__(self, script: list[Reply]) -> None:
        super().__init__(script)
        self.gate = threading.Event()

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str]:
        assert self.gate.wait(30), "nobody opened the gate"
        return super().stream(messages, max_tokens=max_tokens, temperature=temperature, seed=seed)


class BrokenGrader(FakeGrader):
    def grade(
        self, question: Question, answer: str, run: CodeRun | None = None
    ) -> Grade | Ungraded:
        del question, answer, run
        raise ZeroDivisionError
