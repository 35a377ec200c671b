from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from typing import Literal

import pytest
from rich.cells import cell_len

from interviewer.console.chat import COMMANDS, KEYS, Chat
from interviewer.console.debrief import THANKS
from interviewer.console.telling import clock
from interviewer.console.wishes import (
    ALLOWED,
    AT_THE_END,
    HERE,
    LATER,
    OPEN,
    REPLIES,
    THINK,
    VERDICT,
    WHICH,
    WHO,
)
from interviewer.conversation.ahead import Stoppable
from interviewer.conversation.aids import CHANGED, NO_EDIT, NO_MORE_HINTS, NO_SIMPLER
from interviewer.conversation.closing import GO_AHEAD
from interviewer.conversation.interview import Interview
from interviewer.conversation.manners import WORDINGS
from interviewer.conversation.state import replay
from interviewer.errors import TranscriptError
from interviewer.grading.grader import Grader
from interviewer.models.late import LateModel
from interviewer.values.events import (
    Answered,
    AnyEvent,
    FollowedUp,
    Graded,
    QuestionAsked,
    SessionEnded,
    SessionStarted,
)
from interviewer.values.grade import Grade
from interviewer.values.interview import Answer
from interviewer.values.knowledge import Passage
from tests.fakes.clock import FakeClock
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.grader import FakeGrader
from tests.fakes.interview import (
    LAZY,
    MEMORY,
    ScriptedPoser,
    sample_question,
    scripted_interview,
    session_head,
)
from tests.fakes.listener import ScriptedListener
from tests.fakes.screen import FakeTerminal
from tests.fakes.scripted import ScriptedModel

ALL_SAID = "Lazy, little memory, and only once."
SOME_SAID = "It is lazy in its work."
LAZY_CODE = Passage(
    id="sha256:3", path="app/rows.py", first_line=7, last_line=8, kind="code", symbol="numbered",
    header="app/rows.py › numbered", text="def numbered(rows):\n    yield pair",
)  # fmt: skip
END = EOFError()
STOP = KeyboardInterrupt()


@dataclass
class Held:
    """An interview that was held: what was written and what was shown."""

    interview: Interview
    terminal: FakeTerminal
    events: list[AnyEvent]
    listener: ScriptedListener

    @property
    def kinds(self) -> list[str]:
        return [event.type for event in self.events]

    @property
    def words(self) -> str:
        return self.terminal.words


def hold(
    *script: str | BaseException,
    head: SessionStarted | None = None,
    terminal: FakeTerminal | None = None,
    grader: FakeGrader | None = None,
    poser: ScriptedPoser | None = None,
    before: Sequence[AnyEvent] = (),
) -> Held:
    """Hold an interview to its end, or until Ctrl-C."""
    interview = scripted_interview(head, grader=grader, poser=poser)
    listener = ScriptedListener(script)
    held = Held(interview, terminal or FakeTerminal(), [], listener)
    try:
        with suppress(KeyboardInterrupt):
            Chat(interview, listener, held.terminal.screen, held.events.append).run(before)
    finally:
        interview.close()
    assert listener.is_done
    return held


def test_a_question_is_shown_with_its_number_its_section_and_its_title() -> None:
    held = hold(END)

    assert "Question 1 of 2 · Features · Generators" in held.words
    assert sample_question(1).text in held.words


def test_in_a_real_interview_the_question_alone_says_what_it_is_about() -> None:
    held = hold("/skip", END, head=session_head("real"))

    asked = held.words.split(sample_question(2).text)[0]
    assert "Question 2 of 2 · 0 min so far" in asked
    assert "Generators" not in asked


def test_a_whole_interview_is_written_event_by_event() -> None:
    held = hold(SOME_SAID, ALL_SAID, "/hint", ALL_SAID)

    assert held.kinds == [
        *("session_started", "question_asked", "answered", "followed_up", "answered", "graded"),
        *("question_asked", "hinted", "answered", "graded", "session_ended"),
    ]
    assert replay(held.events) == held.interview.state


def test_in_practice_each_grade_is_shown_with_its_evidence() -> None:
    held = hold("I like it.", SOME_SAID, "/skip", END)

    assert "3.3 of 10 no" in held.words
    assert f"✓ covered: {LAZY.text} you said “… lazy …”" in held.words
    assert f"✗ missing: {MEMORY.text}" in held.words
    assert held.words.index("3.3 of 10") < held.words.index("Question 2 of 2")


def test_in_a_real_interview_no_grade_is_shown_before_the_end() -> None:
    held = hold(ALL_SAID, SOME_SAID, "/end", head=session_head("real"))

    before, after = held.words.split(THANKS)
    assert "of 10" not in before
    assert after.index("10.0 of 10") < after.index("3.3 of 10")
    assert f"1. {sample_question(1).text}" in after


def test_an_answer_that_could_not_be_graded_says_why() -> None:
    held = hold(ALL_SAID, END, grader=FakeGrader(ungraded=True))

    assert "Not graded: The model is away. Grade it later." in held.words


def test_the_end_of_the_answers_ends_the_interview_and_grades_what_was_said() -> None:
    held = hold(SOME_SAID, END)

    assert held.kinds[-2:] == ["graded", "session_ended"]
    assert held.interview.state.ended == "candidate"
    assert "That was it." in held.words


@pytest.mark.parametrize("command", ["/end", "/END", "/end now"])
def test_the_interview_ends_when_the_candidate_says_so(command: str) -> None:
    held = hold(SOME_SAID, command)

    assert held.interview.state.ended == "candidate"
    assert held.kinds[-2:] == ["graded", "session_ended"]


def test_a_hint_is_shown_until_there_is_none_left() -> None:
    held = hold(*["/hint"] * 4, END)

    assert LAZY.followup in held.words
    assert NO_MORE_HINTS in held.words
    assert held.kinds.count("hinted") == 3


@pytest.mark.parametrize(
    ("before", "said"), [((), sample_question(1).text), ((SOME_SAID,), MEMORY.followup)]
)
def test_what_was_asked_last_is_repeated(before: tuple[str, ...], said: str) -> None:
    once = hold(*before, END)
    twice = hold(*before, "/repeat", END)

    assert twice.words.count(said) == once.words.count(said) + 1
    assert twice.kinds == once.kinds


def test_a_skipped_question_is_left_for_the_next_one() -> None:
    held = hold("/skip", "/skip")

    assert held.kinds == [
        *("session_started", "question_asked", "skipped"),
        *("question_asked", "skipped", "session_ended"),
    ]
    assert "Question 2 of 2" in held.words
    assert "No question was graded." in held.words


def test_why_shows_the_reason_the_origin_and_the_sources() -> None:
    held = hold("/why", END)

    assert "Features: reason 1." in held.words
    assert "This question is from the guide. It stands on:" in held.words
    assert "guide/features.md:12 features › Generators" in held.words
    assert held.kinds == ["session_started", "question_asked", "session_ended"]


def test_a_model_answer_is_shown_on_request_and_the_next_question_asked() -> None:
    held = hold("/answer", END)

    assert f"A strong answer: {LAZY.text} {MEMORY.text}" in held.words
    assert held.kinds[2:] == ["answer_shown", "skipped", "question_asked", "session_ended"]


def test_help_lists_every_command_and_the_keys() -> None:
    held = hold("/help", END)

    for name, meaning in COMMANDS.items():
        assert f"{name} {meaning}" in held.words
    assert KEYS in held.words


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("/hnt", "/hint"),
        ("/hints", "/hint"),
        ("/halp", "/help"),
        ("/wy", "/why"),
        ("/skp this", "/skip"),
        ("/stop", "/"),
        ("/", "/"),
        ("/[bold]", "/"),
    ],
)
def test_an_unknown_command_is_no_answer_and_names_the_nearest_one(
    typed: str, nearest: str
) -> None:
    held = hold(typed, END)

    assert f"There is no {typed.split(maxsplit=1)[0]}. Did you mean {nearest}" in held.words
    assert "answered" not in held.kinds


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("Could you repeat that?", "/repeat"),
        ("Can I get a hint?", "/hint"),
        ("Let's skip this one.", "/skip"),
        ("What's the answer?", "/answer"),
        ("How much time is left?", "/time"),
    ],
)
def test_plain_words_do_what_the_command_does_and_are_no_answer(said: str, command: str) -> None:
    by_words = hold(said, END)
    by_command = hold(command, END)

    assert by_words.kinds == by_command.kinds
    assert by_words.words == by_command.words


@pytest.mark.parametrize(
    ("mode", "said", "reply"),
    [
        ("practice", "What do you mean by that?", REPLIES[OPEN]),
        ("practice", "Do you mean the call or the loop?", REPLIES[WHICH]),
        ("real", "Is that on Linux, or on Windows where it spawns?", REPLIES[WHICH]),
        ("real", "Can I use the standard library?", REPLIES[ALLOWED]),
        ("real", "Are you still there?", REPLIES[HERE]),
        ("real", "Who are you?", REPLIES[WHO]),
        ("practice", "Are you an AI?", REPLIES[WHO]),
        ("real", "Can I come back to this later?", REPLIES[LATER]),
        ("practice", "Was that right?", REPLIES[VERDICT]),
        ("real", "Was that right?", AT_THE_END),
        ("real", "Let me think for a moment.", REPLIES[THINK]),
    ],
)
def test_what_is_asked_back_gets_a_word_in_reply_and_the_question_stays(
    mode: Literal["practice", "real"], said: str, reply: str
) -> None:
    once = hold(END, head=session_head(mode))
    held = hold(said, END, head=session_head(mode))

    assert reply in held.words
    assert held.kinds == once.kinds
    question = sample_question(1).text
    assert held.words.count(question) == once.words.count(question)


def test_a_follow_up_is_repeated_without_the_words_that_led_over_to_it() -> None:
    held = hold(SOME_SAID, "Sorry?", END)

    (followed,) = (event for event in held.events if isinstance(event, FollowedUp))
    assert followed.lead
    assert held.words.count(followed.lead) == 1
    assert held.words.count(MEMORY.followup) == 2


@pytest.mark.parametrize("said", ["", "/repeat"])
def test_a_question_stands_below_the_code_it_is_about(said: str) -> None:
    question = sample_question(1).model_copy(update={"code": LAZY_CODE, "kind": "read_code"})

    poser = ScriptedPoser([question, sample_question(2)])
    held = hold(*filter(None, [said]), END, head=session_head("real"), poser=poser)

    before_end = held.words.split("That was it.")[0]
    assert before_end.rindex(question.text) > before_end.rindex("yield pair")
    assert before_end.count("yield pair") == before_end.count(question.text) == (2 if said else 1)


def test_in_the_closing_only_what_makes_sense_there_is_a_wish() -> None:
    head = session_head("real", 1)

    said = ("/skip", "Could you repeat that?", "Are you there?", "Are you human?")
    held = hold(*said, "What do you mean by lazy?", "Okay, thanks.", head=head)

    assert held.interview.state.closing == ("What do you mean by lazy?",)
    assert held.interview.state.ended == "complete"


def test_every_command_that_is_listed_is_obeyed() -> None:
    for command in COMMANDS:
        script = [command] if command == "/end" else [command, END]
        assert "There is no" not in hold(*script).words


def test_an_answer_can_be_changed_before_it_is_graded_and_both_texts_are_kept() -> None:
    held = hold("/edit", SOME_SAID, "/edit", ALL_SAID, END)

    assert NO_EDIT in held.words
    assert held.listener.begun_with == ["", "", "", SOME_SAID, ""]
    assert held.kinds[2:5] == ["answered", "followed_up", "corrected"]
    assert [e.answer.text for e in held.events if isinstance(e, Answered)] == [SOME_SAID]
    assert held.interview.state.exchanges[0].text == ALL_SAID
    assert held.words.count(MEMORY.followup) == 1
    assert held.kinds[5:] == ["graded", "question_asked", "session_ended"]


def test_an_edit_that_leaves_the_follow_up_open_does_not_have_it_said_again() -> None:
    held = hold(SOME_SAID, "/edit", f"{SOME_SAID} Really.", END)

    assert CHANGED in held.words
    assert held.words.count(MEMORY.followup) == 1
    assert held.interview.state.exchanges[0].text == f"{SOME_SAID} Really."


def test_a_pause_waits_for_the_candidate_and_says_the_question_again() -> None:
    once = hold(END)
    held = hold("/pause", END)

    assert held.listener.rests == 1
    assert held.kinds == ["session_started", "question_asked", "paused", "session_ended"]
    said = sample_question(1).text
    assert held.words.count(said) == once.words.count(said) + 1


def test_easier_words_are_shown_and_repeated_or_said_not_to_be_there() -> None:
    poser = ScriptedPoser([sample_question(1), sample_question(2)])
    poser.easier = "What is a generator good for?"

    held = hold("/simpler", "/repeat", END, poser=poser)

    assert held.kinds[2] == "reworded"
    assert held.words.count("What is a generator good for?") == 2
    twice = hold("/simpler", "/simpler", END)
    assert twice.kinds[2:4] == ["reworded", "said"]
    assert LAZY.followup in twice.words
    assert NO_SIMPLER in twice.words


def test_by_the_clock_nobody_is_told_how_many_questions_there_will_be() -> None:
    head = session_head("real", 2, 25).model_copy(update={"by_clock": True})

    held = hold("/skip", "/end", head=head)

    assert "Hello, let's begin. We have 25 minutes. Today it is all about Features." in held.words
    assert "Question 1 · 0 min so far" in held.words
    assert "Question 2 · 0 min so far" in held.words


@pytest.mark.parametrize(
    ("minutes", "said"), [(None, "0 min so far"), (25, "0 min so far, 25 left")]
)
def test_the_time_is_told_on_request(minutes: int | None, said: str) -> None:
    held = hold("/time", END, head=session_head(minutes=minutes))

    assert said in held.words


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (59, "0 min so far, 25 left"),
        (456, "7 min so far, 18 left"),
        (1500, "25 min so far, this is"),
    ],
)
def test_what_has_gone_and_what_is_left_make_the_whole(seconds: float, said: str) -> None:
    time = FakeClock()
    interview = scripted_interview(session_head(minutes=25), clock=time)
    list(interview.begin())

    time.go(seconds)
    interview.close()

    assert clock(interview).startswith(said)


def test_a_real_interview_opens_in_its_manner_and_closes_with_the_candidates_questions() -> None:
    head = session_head("real", 1, 25).model_copy(update={"manner": "tough"})

    held = hold(ALL_SAID, "/hint", "Why is it lazy?", "no", head=head)

    before, opened, rest = held.words.partition(WORDINGS["tough"].welcome)
    assert not before
    assert opened
    assert rest.startswith(" I have one question for you, and we have 25 minutes. Today it is all")
    assert "0 min so far, 25 left" in rest
    assert rest.index(WORDINGS["tough"].closing) < rest.index("The questions are over")
    answered, added = (
        "On “Why is it lazy?”: see the notes. guide/features.md:12",
        "We do it so that",
    )
    assert held.words.index(answered) < held.words.index(added)
    assert held.kinds[-6:] == [
        "closing_asked",
        "closing_answered",
        "closing_answered",
        "said",
        "graded",
        "session_ended",
    ]
    assert held.interview.state.ended == "complete"


def test_a_real_interview_says_that_it_turns_to_something_else_and_practice_does_not() -> None:
    real = hold("/skip", "/skip", END, head=session_head("real", 3))
    practice = hold("/skip", "/skip", END, head=session_head("practice", 3))

    first, *leads = (event.lead for event in real.events if isinstance(event, QuestionAsked))
    assert not first
    for number, lead in enumerate(leads, 2):
        assert lead.startswith(WORDINGS["neutral"].skipped)
        assert f"{lead} Question {number} of 3" in real.words
    assert not any(e.lead for e in practice.events if isinstance(e, QuestionAsked))


def test_the_candidate_may_ask_three_things_in_the_closing() -> None:
    held = hold(
        "/skip", "Why?", "Yes, I have one more.", "How?", "When?", head=session_head("real", 1)
    )

    assert held.interview.state.closing == ("Why?", "How?", "When?")
    assert GO_AHEAD in held.words
    assert held.interview.state.ended == "complete"


@pytest.mark.parametrize("last", [END, "/end", "No.", "no thanks"])
def test_an_interview_that_is_left_in_the_closing_is_complete(last: str | EOFError) -> None:
    held = hold("/skip", last, head=session_head("real", 1))

    assert held.interview.state.ended == "complete"


def test_the_manner_changes_words_and_no_grade() -> None:
    grades, words = [], set()
    for manner in WORDINGS:
        head = session_head().model_copy(update={"manner": manner})
        held = hold("Hm, so.", SOME_SAID, ALL_SAID, END, head=head)
        grades.append([e.grade for e in held.events if isinstance(e, Graded)])
        words.add(next(e.text for e in held.events if isinstance(e, FollowedUp)))

    assert grades[0]
    assert grades[0] == grades[1] == grades[2]
    assert len(words) == 3


def test_an_interview_goes_on_with_what_was_asked_last() -> None:
    first = hold(SOME_SAID, STOP)
    again = hold(END, before=first.events)

    assert again.kinds == ["resumed", "graded", "session_ended"]
    assert replay([*first.events, *again.events]) == again.interview.state
    assert sample_question(1).text in again.words
    assert f"You: {SOME_SAID}" in again.words
    assert MEMORY.followup in again.words


def test_an_event_is_written_before_it_is_shown() -> None:
    interview = scripted_interview()
    terminal = FakeTerminal()
    seen: list[tuple[str, str]] = []
    listener = ScriptedListener([SOME_SAID, ALL_SAID, END])

    Chat(
        interview, listener, terminal.screen, lambda e: seen.append((e.type, terminal.words))
    ).run()
    interview.close()

    shown = dict(reversed(seen))
    assert "Question 1" not in shown["question_asked"]
    assert MEMORY.followup not in shown["followed_up"]
    assert "of 10" not in shown["graded"]
    assert "That was it" not in shown["session_ended"]


def test_what_could_not_be_written_is_not_shown() -> None:
    interview = scripted_interview()
    terminal = FakeTerminal()
    listener = ScriptedListener([ALL_SAID])

    def write(event: AnyEvent) -> None:
        if isinstance(event, Answered):
            raise TranscriptError("The disk is full.", hint="Make room.")

    with pytest.raises(TranscriptError):
        Chat(interview, listener, terminal.screen, write).run()
    interview.close()

    assert "of 10" not in terminal.words


@pytest.mark.parametrize("width", [60, 100])
def test_colours_and_width_change_only_the_look(width: int) -> None:
    script = (SOME_SAID, ALL_SAID, "/why", "/help", "/hint", "/hnt", ALL_SAID)

    plain = hold(*script, terminal=FakeTerminal(width))
    colourful = hold(*script, terminal=FakeTerminal(width, colour=True))

    assert colourful.terminal.text == plain.terminal.text
    assert "\x1b" not in plain.terminal.raw
    assert "\x1b[1m" in colourful.terminal.raw
    assert max(map(cell_len, plain.terminal.raw.split("\n"))) <= width
    assert plain.words == hold(*script, terminal=FakeTerminal(80)).words


def test_the_last_event_is_the_end_of_the_session() -> None:
    held = hold(ALL_SAID, ALL_SAID)

    assert isinstance(held.events[-1], SessionEnded)
    assert held.events[-1].reason == "complete"


def test_the_first_question_stands_before_the_model_has_opened() -> None:
    began, answered = Event(), Event()
    order: list[str] = []

    def open_model() -> ScriptedModel:
        began.set()
        assert answered.wait(30), "it opened before the first answer was given"
        order.append("the model opened")
        return ScriptedModel(['{"yes": 1.0}'] * 99)

    class Candidate(ScriptedListener):
        def listen(self, before: str = "") -> Answer:
            # It opens while the question stands on the screen, and not before the answer.
            assert began.wait(30), "nobody asked for the model"
            order.append(terminal.words)
            answer = super().listen(before)
            answered.set()
            return answer

    terminal = FakeTerminal()
    model = LateModel(open_model, name="late", digest="", where="", context_tokens=4096)
    interview = scripted_interview(
        session_head(questions=1), grader=Grader(Stoppable(model), FakeEmbedder())
    )
    events: list[AnyEvent] = []

    chat = Chat(interview, Candidate([ALL_SAID, END]), terminal.screen, events.append)
    chat.run()
    interview.close()

    assert "Why would you write a generator, for reason 1?" in order[0]
    # A follow-up needs no model, so it may be asked before that.
    assert "the model opened" in order[1:]
    assert [event.grade.model for event in events if isinstance(event, Graded)
            if isinstance(event.grade, Grade)] == ["late"]  # fmt: skip
