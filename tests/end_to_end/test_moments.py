"""What a terminal does to an interview: pastes, widths, no colour, Ctrl-C at any moment."""

import pytest

from interviewer.conversation.marking import GRADING
from interviewer.paths import Folders
from interviewer.transcripts.sessions import read_session
from interviewer.values.events import Answered, AnyEvent, FollowedUp, QuestionAsked, SessionEnded
from tests.end_to_end.test_ollama import JUDGE
from tests.fakes.ollama_server import FakeOllama
from tests.fakes.ollama_wire import FakeReply
from tests.fakes.terminal import Terminal

LINES = 400
SAID = "It is about the order in which things are cleaned up."
PASTED = "\n".join(f"{number}. The block is left, then it is cleaned up." for number in range(200))
START = ["start", "--questions", "1", "--seed", "3", "--topic", "context-managers"]
START += ["--kind", "concept", "--model"]


def environment(home: Folders, **more: str) -> dict[str, str]:
    return {
        "INTERVIEWER_HOME": str(home.data.parent), "OLLAMA_HOST": "http://127.0.0.1:9",
        "INTERVIEWER_SELF_RATING": "false", **more,
    }  # fmt: skip


def events_of(home: Folders) -> tuple[AnyEvent, ...]:
    (path,) = home.sessions.glob("*.jsonl")
    return read_session(path).events


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("columns", "then", "no_color"), [(60, 200, "1"), (200, 60, "")], ids=["wider", "narrower"]
)
def test_a_paste_of_200_lines_waits_for_enter_also_while_the_window_changes(
    bare_home: Folders, columns: int, then: int, no_color: str
) -> None:
    place = environment(bare_home, NO_COLOR=no_color)

    with Terminal([*START, "none"], place, columns) as terminal:
        terminal.wait_for_prompt()
        terminal.answer(SAID)
        first = terminal.text
        terminal.paste(PASTED)
        terminal.wait_for(PASTED[-60:])
        before = events_of(bare_home)
        terminal.resize(then, LINES)
        terminal.wait_for(PASTED[-60:])
        terminal.enter(or_until="Transcript:")
        terminal.type("/end\r")
        code = terminal.wait_for_end()
        last = terminal.text
        colours = terminal.colours

    events = events_of(bare_home)
    asked = next(event for event in events if isinstance(event, QuestionAsked))
    followed = [event for event in events if isinstance(event, FollowedUp)]
    assert code == 0
    assert [event.type for event in before].count("answered") == 1
    assert [e.answer.text for e in events if isinstance(e, Answered)] == [SAID, PASTED]
    assert one_line(asked.question.text) in one_line(first)
    assert one_line(followed[0].text) in one_line(first)
    assert "of 10" in last
    assert all(one_line(p.text) in one_line(last) for p in asked.question.key_points)
    assert (colours == {"default"}) == bool(no_color)


def test_ctrl_c_at_the_rating_leaves_the_answer_to_be_graded_later(bare_home: Folders) -> None:
    rated = environment(bare_home, INTERVIEWER_SELF_RATING="true")

    with Terminal([*START, "none"], rated) as terminal:
        terminal.wait_for_prompt()
        terminal.answer(SAID)
        terminal.answer("I don't know.", or_until="1–4:")
        terminal.wait_for("1–4:")
        terminal.type("\x03")
        code = terminal.wait_for_end()

    kinds = [event.type for event in events_of(bare_home)]
    assert code == 130
    assert kinds.count("answered") == 2
    assert kinds[-1] == "session_ended"
    assert "self_rated" not in kinds


def test_ctrl_c_while_a_grade_is_waited_for_ends_at_once(bare_home: Folders) -> None:
    stall = FakeReply(fault="stall", after=0, about=SAID)
    with FakeOllama([stall] + [JUDGE] * 50) as fake:
        served = environment(bare_home, OLLAMA_HOST=fake.host)
        with Terminal([*START, "ollama/smol-tmpl"], served) as terminal:
            terminal.wait_for_prompt()
            terminal.answer(SAID)
            terminal.type("I don't know.\r")
            terminal.wait_for(GRADING)
            terminal.type("\x03")
            code = terminal.wait_for_end()

    events = events_of(bare_home)
    assert code == 130
    assert [event.type for event in events].count("answered") == 2
    assert isinstance(events[-1], SessionEnded)
    assert events[-1].reason == "interrupted"
