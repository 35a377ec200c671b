"""A session reviewed by keys in a pseudo-terminal."""

import shutil
import signal
from pathlib import Path

import pytest

from interviewer.conversation.state import Exchange, replay
from interviewer.transcripts.sessions import read_session
from tests.fakes.terminal import Terminal

GOLDEN = Path(__file__).parent.parent / "golden"
RIGHT, DOWN, ESCAPE = "\x1b[C", "\x1b[B", "\x1b"


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    sessions = tmp_path / "data" / "sessions"
    sessions.mkdir(parents=True)
    shutil.copy(GOLDEN / "session-1-disputed.jsonl", sessions / "20260102-030405-abcd.jsonl")
    path = sessions / "20260714-091500-7e57.jsonl"
    shutil.copy(GOLDEN / "session-1.jsonl", path)
    return path


def review(transcript: Path, columns: int = 100, lines: int = 24, **more: str) -> Terminal:
    home = transcript.parent.parent.parent
    environment = {"INTERVIEWER_HOME": str(home), "OLLAMA_HOST": "http://127.0.0.1:9", **more}
    arguments = ["review", "--model", "none", transcript.stem]
    return Terminal(arguments, environment, columns, lines)


def first_of(transcript: Path) -> Exchange:
    return replay(read_session(transcript).events).exchanges[0]


@pytest.mark.parametrize("columns", [60, 100, 160])
def test_keys_turn_pages_scroll_and_leave(transcript: Path, columns: int) -> None:
    with review(transcript, columns, 12) as terminal:
        terminal.wait(lambda: terminal.last_line.startswith("Overview"), "the overview")
        terminal.type("n")
        terminal.wait(lambda: terminal.last_line.startswith("1 of 4"), "the first question")
        top = terminal.text
        terminal.type(DOWN)
        terminal.wait(lambda: terminal.text.splitlines()[0] == top.splitlines()[1], "one line down")
        terminal.type(RIGHT)
        terminal.wait_for("2 of 4")
        terminal.type("?")
        terminal.wait_for("any other key goes back")
        terminal.type(ESCAPE)
        terminal.wait(lambda: terminal.last_line.startswith("2 of 4"), "the question again")
        widths = {len(line) <= columns for line in terminal.text.splitlines()}
        terminal.type("q")
        code = terminal.wait_for_end()

    assert code == 0
    assert widths == {True}


def test_what_is_done_to_a_question_is_kept_and_shown(transcript: Path) -> None:
    with review(transcript) as terminal:
        terminal.wait_for("Overview")
        terminal.type("1m")
        terminal.wait_for("Your note:")
        terminal.type("Read “again”.\r")
        terminal.wait_for("Noted")
        terminal.type("o")
        terminal.wait_for("Override which point")
        terminal.type("1\r")
        terminal.wait_for("w wrong")
        terminal.type("w")
        terminal.wait_for("Why:")
        terminal.type("It was a guess.\r")
        terminal.wait_for("Overridden:")
        terminal.type("a")
        terminal.wait_for("A strong answer:")
        terminal.type("xr")
        terminal.wait_for("again without a model?")
        terminal.type("y")
        terminal.wait_for("Graded again")
        terminal.type("xq")
        code = terminal.wait_for_end()

    first = first_of(transcript)
    assert code == 0
    assert [note.text for note in first.notes] == ["Read “again”."]
    assert [event.why for event in first.overrides] == ["It was a guess."]
    assert len(first.earlier) == 1


def test_another_attempt_at_the_topic_is_found_and_shown(transcript: Path) -> None:
    with review(transcript) as terminal:
        terminal.wait_for("Overview")
        terminal.type("1c")
        terminal.wait_for("Attempt 1 of 1")
        shown = terminal.text
        terminal.type("xq")
        code = terminal.wait_for_end()

    assert code == 0
    assert "20260714-091500-7e57" in shown
    assert " │ " in shown


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 0)])
def test_leaving_by_a_key_takes_back_what_was_begun(transcript: Path, key: str, code: int) -> None:
    before = transcript.read_bytes()

    with review(transcript) as terminal:
        terminal.wait_for("Overview")
        terminal.type("1m")
        terminal.wait_for("Your note:")
        terminal.type(key)
        terminal.wait(lambda: terminal.last_line.startswith("1 of 4"), "the question again")
        terminal.type(key)
        found = terminal.wait_for_end()

    assert found == code
    assert "Traceback" not in terminal.text
    assert transcript.read_bytes() == before


def test_an_interruption_from_outside_leaves_too(transcript: Path) -> None:
    with review(transcript) as terminal:
        terminal.wait_for("Overview")
        terminal.child.kill(signal.SIGINT)
        code = terminal.wait_for_end()

    assert code == 130
    assert "Traceback" not in terminal.text


def test_a_window_of_another_size_is_filled_anew(transcript: Path) -> None:
    with review(transcript, 100, 30) as terminal:
        terminal.wait_for("Overview")
        terminal.type("1")
        terminal.wait_for("1 of 4")
        terminal.resize(60, 12)
        terminal.wait(
            lambda: terminal.last_line.startswith("1 of 4") and terminal.last_line.endswith("quit"),
            "the bar in the new last line",
        )
        shown = terminal.text
        terminal.type("q")
        code = terminal.wait_for_end()

    assert code == 0
    assert len(shown.splitlines()) == 12
    assert max(map(len, shown.splitlines())) <= 60


def test_a_terminal_whose_cursor_cannot_be_moved_gets_everything_printed(transcript: Path) -> None:
    with review(transcript, lines=400, TERM="dumb") as terminal:
        code = terminal.wait_for_end()

    assert code == 0
    assert "Question 1 of 4" in terminal.text
    assert "Question 4 of 4" in terminal.text
