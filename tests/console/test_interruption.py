"""Ctrl-C at each kind of moment: every event is written, and the session is ended in order."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

import pytest

from interviewer.console.chat import Chat
from interviewer.console.screen import Screen
from interviewer.conversation.asking import BEGINNING, POSING
from interviewer.conversation.marking import GRADING
from interviewer.conversation.state import replay
from interviewer.grading.coverage import Coverage
from interviewer.values.events import AnyEvent
from interviewer.values.interview import Question
from tests.fakes.grader import FakeGrader
from tests.fakes.host import FakeHost
from tests.fakes.interview import LAZY, MEMORY, sample_question, scripted_interview, session_head
from tests.fakes.listener import ScriptedListener
from tests.fakes.screen import FakeTerminal

ALL_SAID = "Lazy, little memory, and only once."
SOME_SAID = "It is lazy in its work."
STOP = KeyboardInterrupt()


class InterruptedScreen(Screen):
    """A screen during whose writing of some text Ctrl-C is pressed."""

    def __init__(self, at: str) -> None:
        super().__init__(FakeTerminal().screen.console)
        self._at = at

    def say(self, text: str, style: str = "", indent: int = 0) -> None:
        super().say(text, style, indent)
        if self._at in text:
            raise KeyboardInterrupt


@dataclass
class InterruptedLog:
    """Keeps events; Ctrl-C is pressed right after one kind of them was written."""

    at: str = ""
    events: list[AnyEvent] = field(default_factory=list)

    def write(self, event: AnyEvent) -> None:
        self.events.append(event)
        if event.type == self.at:
            self.at = ""
            raise KeyboardInterrupt


def assert_ended_in_order(events: list[AnyEvent], state: object) -> None:
    kinds = [event.type for event in events]
    assert kinds[0] == "session_started"
    assert kinds[-1] == "session_ended"
    assert kinds.count("session_ended") == 1
    assert replay(events) == state


@pytest.mark.parametrize(
    ("script", "kinds"),
    [
        ((STOP,), []),
        ((SOME_SAID, STOP), ["answered", "followed_up"]),
        (("/hint", STOP), ["hinted"]),
        (("/skip", STOP), ["skipped", "question_asked"]),
        ((ALL_SAID, STOP), ["answered", "graded", "question_asked"]),
        (("/why", "/help", STOP), []),
    ],
    ids=["at once", "after a follow-up", "after a hint", "after a skip", "at the next", "help"],
)
def test_while_the_candidate_is_asked(
    script: tuple[str | BaseException, ...], kinds: list[str]
) -> None:
    interview, log = scripted_interview(), InterruptedLog()
    chat = Chat(interview, ScriptedListener(script), FakeTerminal().screen, log.write)

    with pytest.raises(KeyboardInterrupt):
        chat.run()
    interview.close()

    assert_ended_in_order(log.events, interview.state)
    assert interview.state.ended == "interrupted"
    assert [e.type for e in log.events] == [
        *("session_started", "question_asked"),
        *kinds,
        "session_ended",
    ]


@pytest.mark.parametrize(
    ("script", "text", "ended"),
    [
        ([], sample_question(1).text, "interrupted"),
        ([SOME_SAID], MEMORY.followup, "interrupted"),
        (["/hint"], LAZY.followup, "interrupted"),
        (["/why"], "It stands on", "interrupted"),
        (["/what"], "There is no /what", "interrupted"),
        ([ALL_SAID], "Question 2 of 2", "interrupted"),
        ([ALL_SAID, ALL_SAID], "That was it.", "complete"),
        (["Pass."] * 4, "Worth working on", "complete"),
    ],
)
def test_while_something_is_shown(script: list[str], text: str, ended: str) -> None:
    interview, log = scripted_interview(), InterruptedLog()
    chat = Chat(interview, ScriptedListener(script), InterruptedScreen(text), log.write)

    with pytest.raises(KeyboardInterrupt):
        chat.run()
    interview.close()

    assert_ended_in_order(log.events, interview.state)
    assert interview.state.ended == ended


@pytest.mark.parametrize(
    "kind",
    ["session_started", "question_asked", "answered", "followed_up", "graded", "session_ended"],
)
def test_right_after_an_event_was_written(kind: str) -> None:
    interview, log = scripted_interview(), InterruptedLog(kind)
    chat = Chat(
        interview,
        ScriptedListener([SOME_SAID, ALL_SAID, ALL_SAID]),
        FakeTerminal().screen,
        log.write,
    )

    with pytest.raises(KeyboardInterrupt):
        chat.run()
    interview.close()

    assert_ended_in_order(log.events, interview.state)


@pytest.mark.parametrize("script", [[ALL_SAID], [SOME_SAID, "/end"], [SOME_SAID, EOFError()]])
def test_while_a_grade_is_waited_for(script: list[str | BaseException]) -> None:
    grader, log, ctrl_c = FakeGrader(gated=True), InterruptedLog(), CtrlC()
    interview = scripted_interview(grader=grader, host=FakeHost(ctrl_c))

    with pytest.raises(KeyboardInterrupt):
        Chat(interview, ScriptedListener(script), FakeTerminal().screen, log.write).run()
    grader.gate.set()
    interview.close()

    assert ctrl_c.waited_for == [GRADING]
    assert_ended_in_order(log.events, interview.state)
    assert interview.state.ended == "interrupted"
    assert "answered" in [event.type for event in log.events]


def test_while_a_question_is_waited_for() -> None:
    grader, log, ctrl_c = SlowGrader(), InterruptedLog(), CtrlC()
    interview = scripted_interview(session_head("real"), grader=grader, host=FakeHost(ctrl_c))

    with pytest.raises(KeyboardInterrupt):
        Chat(interview, ScriptedListener([ALL_SAID]), FakeTerminal().screen, log.write).run()
    grader.gate.set()
    interview.close()

    assert ctrl_c.waited_for == [POSING]
    assert_ended_in_order(log.events, interview.state)
    assert [event.type for event in log.events][-2:] == ["answered", "session_ended"]


class SlowGrader(FakeGrader):
    """Takes long to make the second question ready."""

    def coverage(self, question: Question) -> Coverage:
        if question.id == "q-2":
            assert self.gate.wait(30), "nobody opened the gate"
        return super().coverage(question)


@dataclass
class CtrlC:
    """Is pressed as soon as anything is waited for, once there is a question."""

    waited_for: list[str] = field(default_factory=list)

    def __call__(self, what: str) -> AbstractContextManager[None]:
        if what == BEGINNING:
            return nullcontext()
        self.waited_for.append(what)
        raise KeyboardInterrupt
