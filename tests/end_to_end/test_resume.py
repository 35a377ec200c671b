"""A process that is killed at each kind of moment, and the session that goes on after it."""

import signal

import pytest

from interviewer.conversation.state import replay
from interviewer.paths import Folders
from interviewer.transcripts.sessions import read_session
from interviewer.values.events import AnyEvent
from tests.fakes.terminal import Terminal

pytestmark = pytest.mark.model
SAID = "It is about the order in which things are cleaned up."
START = ["start", "--model", "none", "--questions", "1", "--seed", "3"]
START += ["--topic", "context-managers", "--kind", "concept"]


def environment(home: Folders, *, is_rated: bool = False) -> dict[str, str]:
    return {
        "INTERVIEWER_HOME": str(home.data.parent),
        "OLLAMA_HOST": "http://127.0.0.1:9",
        "INTERVIEWER_SELF_RATING": str(is_rated).lower(),
    }


def events_of(home: Folders) -> tuple[AnyEvent, ...]:
    (path,) = home.sessions.glob("*.jsonl")
    return read_session(path).events


@pytest.mark.parametrize(
    ("mode", "moment"),
    [("practice", "question"), ("practice", "followup"), ("real", "closing")],
)  # fmt: skip
def test_a_killed_session_goes_on_in_the_same_turn(home: Folders, mode: str, moment: str) -> None:
    with Terminal([*START, "--mode", mode], environment(home)) as terminal:
        terminal.wait_for_prompt()
        if moment == "followup":
            terminal.answer(SAID)
        elif moment == "closing":
            terminal.type("/skip\r")
            terminal.wait_for("Do you have questions for me")
        terminal.child.kill(signal.SIGKILL)
        terminal.wait_for_end()
    before = events_of(home)
    asked = replay(before).exchanges[0]

    with Terminal(["start", "--resume", "--model", "none"], environment(home)) as again:
        again.wait_for("your turn" if moment == "closing" else asked.asked_last)
        again.wait_for_prompt()
        again.type("/end\r")
        code = again.wait_for_end()

    after = events_of(home)
    state = replay(after)
    assert code == 0
    assert after[: len(before)] == before
    assert after[len(before)].type == "resumed"
    assert [x.question for x in state.exchanges] == [asked.question]
    assert state.ended == ("complete" if moment == "closing" else "candidate")
    assert (state.exchanges[0].grade is not None) == (moment == "followup")


def test_a_session_killed_at_the_rating_asks_for_it_again(bare_home: Folders) -> None:
    rated = environment(bare_home, is_rated=True)
    with Terminal(START, rated) as terminal:
        terminal.wait_for_prompt()
        terminal.answer(SAID)
        terminal.answer("I don't know.", or_until="1–4:")
        terminal.wait_for("1–4:")
        terminal.child.kill(signal.SIGKILL)
        terminal.wait_for_end()
    before = events_of(bare_home)

    with Terminal(["start", "--resume", "--model", "none"], rated) as again:
        again.wait_for("1–4:")
        again.type("3")
        code = again.wait_for_end()

    after = events_of(bare_home)
    assert code == 0
    assert after[: len(before)] == before
    assert [event.type for event in after[len(before) :]] == [
        *("resumed", "self_rated", "graded", "session_ended")
    ]
