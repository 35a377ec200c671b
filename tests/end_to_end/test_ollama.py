"""A whole interview over an Ollama server that is killed and comes back."""

import time

from interviewer.paths import Folders
from interviewer.transcripts.sessions import read_session
from interviewer.values.events import Answered, FollowedUp, Graded, SessionEnded, SessionStarted
from interviewer.values.grade import Grade, Ungraded
from tests.fakes.ollama_server import FakeOllama
from tests.fakes.ollama_wire import FakeReply
from tests.fakes.terminal import TIMEOUT_S, Terminal

# The first token of every reply, for either kind of choice: "A: it says this", or a mark.
JUDGE = FakeReply(text="A", chances={"A": 0.6, "C": 0.1, "4": 0.2, "3": 0.1})
TOPICS = ("context-managers", "exception-handling", "the-gil")
SAID = "It is a block, with something before and something after it."
NOT_GRADED = "It is a block, with something before and something after it, come what may."


def wait_for_chat_about(fake: FakeOllama, said: str) -> None:
    end = time.monotonic() + TIMEOUT_S
    while not any(said in str(chat["messages"]) for chat in fake.chats):
        assert time.monotonic() < end, f"nobody was asked about {said!r}"
        time.sleep(0.05)


def test_a_server_that_is_killed_in_a_reply_and_comes_back_costs_one_grade(
    bare_home: Folders,
) -> None:
    arguments = ["start", "--model", "ollama/smol-tmpl", "--questions", "3", "--seed", "3"]
    arguments += ["--kind", "concept"]
    arguments += [word for topic in TOPICS for word in ("--topic", topic)]

    # What is asked before an answer has the other replies, however long it takes.
    stall = FakeReply(fault="stall", after=0, about=NOT_GRADED)
    with FakeOllama([stall] + [JUDGE] * 100) as fake:
        environment = {
            "INTERVIEWER_HOME": str(bare_home.data.parent),
            "OLLAMA_HOST": fake.host,
            "INTERVIEWER_SELF_RATING": "false",
        }
        with Terminal(arguments, environment) as terminal:
            terminal.wait_for_prompt()
            terminal.answer(SAID)
            terminal.answer("/skip")
            terminal.answer(NOT_GRADED)
            terminal.type("/skip\r")
            wait_for_chat_about(fake, NOT_GRADED)
            fake.stop()
            terminal.wait_for("Question 3 of 3")
            fake.start()
            terminal.wait_for_prompt()
            terminal.answer(SAID)
            terminal.type("/end\r")
            code = terminal.wait_for_end()

    events = read_session(next(bare_home.sessions.glob("*.jsonl"))).events
    grades = [event.grade for event in events if isinstance(event, Graded)]
    assert code == 0
    assert isinstance(events[0], SessionStarted)
    assert isinstance(events[-1], SessionEnded)
    assert sum(isinstance(event, Answered) for event in events) == 3
    assert any(isinstance(event, FollowedUp) for event in events)
    assert [type(grade) for grade in grades] == [Grade, Ungraded, Grade]
    assert isinstance(grades[1], Ungraded)
    assert "broke off" in grades[1].reason
    assert "`ollama serve`" in grades[1].hint
