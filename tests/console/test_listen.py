import io
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.output.vt100 import Vt100_Output

from interviewer.console.listen import PipeListener, TerminalListener, paragraphs
from interviewer.errors import UsageError
from tests.fakes.screen import FakeTerminal

WORDS = st.text("ab \t/é", max_size=8)


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n \n\t\n", []),
        ("one", ["one"]),
        ("one\n", ["one"]),
        ("one\ntwo\n\nthree", ["one\ntwo", "three"]),
        ("\n\none\n\n\n\ntwo\n\n", ["one", "two"]),
        ("one\r\ntwo\r\n\r\nthree\r\n", ["one\ntwo", "three"]),
        ("Here:\n```py\nx = 1\n\n\ny = 2\n```\n\nb", ["Here:\n```py\nx = 1\n\n\ny = 2\n```", "b"]),
        ("```\n\nx = 1\n", ["```\n\nx = 1"]),
        ("def f():\n    return 1\n \n/end\n", ["def f():\n    return 1", "/end"]),
    ],
)
def test_paragraphs_are_lines_up_to_a_blank_one(text: str, expected: list[str]) -> None:
    assert list(paragraphs(io.StringIO(text))) == expected


@given(st.lists(st.lists(WORDS.filter(str.strip), min_size=1, max_size=3), max_size=4))
@settings(max_examples=60, deadline=None)
def test_paragraphs_joined_by_blank_lines_come_back(wanted: list[list[str]]) -> None:
    texts = ["\n".join(lines) for lines in wanted]

    assert list(paragraphs(io.StringIO("\n\n".join(texts)))) == texts


def test_a_paragraph_is_there_before_the_next_one_is_written() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stream, os.fdopen(writing, "w") as pen:
        pen.write("first\n\n")
        pen.flush()

        found = next(paragraphs(stream))

    assert found == "first"


def test_a_pipe_gives_its_paragraphs_and_then_there_are_no_more() -> None:
    listener = PipeListener(io.StringIO("one\n\n/end\n"))

    answers = [listener.listen(), listener.listen()]

    assert [(answer.text, answer.given) for answer in answers] == [
        ("one", "piped"),
        ("/end", "piped"),
    ]
    for _ in range(2):
        with pytest.raises(EOFError):
            listener.listen()


def test_bytes_that_are_no_text_are_read_as_replacement_characters() -> None:
    stream = io.TextIOWrapper(io.BytesIO(b"caf\xe9 lazy\n"), encoding="utf-8")

    answer = PipeListener(stream).listen()

    assert answer.text == "caf\ufffd lazy"


def test_text_with_half_a_character_is_still_an_answer() -> None:
    assert PipeListener(io.StringIO("caf\udce9 lazy\n")).listen().text == "caf? lazy"


def test_without_a_stream_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("from a pipe\n"))

    assert PipeListener().listen().text == "from a pipe"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("hello\r", "hello"),
        ("  hello  \r", "hello"),
        ("\r  \rhello\r", "hello"),
        ("one\x1b\rtwo\r", "one\ntwo"),
        ("\x1b[200~one\r\ntwo\rthree\x1b[201~\r", "one\ntwo\nthree"),
        ("/hint\r", "/hint"),
    ],
    ids=["enter", "space", "nothing first", "alt+enter", "paste", "command"],
)
def test_enter_sends_and_alt_enter_or_a_paste_makes_new_lines(
    keys: PipeInput, tmp_path: Path, typed: str, text: str
) -> None:
    listener = TerminalListener(tmp_path / "history", FakeTerminal().screen)
    keys.send_text(typed)

    answer = listener.listen()

    assert (answer.text, answer.given) == (text, "typed")
    assert answer.seconds >= 0


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "the exception I expect is a lookup error\r",
            ["> the exception I", "  expect is a", "  lookup error"],
        ),
        ("if x:\x1b\r    return 1\r", ["> if x:", "      return 1"]),
        ("\r\r/hint\r", ["> /hint"]),
    ],
    ids=["words", "code", "nothing first"],
)
def test_what_was_sent_stands_there_wrapped_at_words(
    tmp_path: Path, typed: str, shown: list[str]
) -> None:
    terminal = FakeTerminal(18)
    output = Vt100_Output(
        cast("TextIO", terminal.screen.console.file), lambda: Size(rows=25, columns=18)
    )
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=output):
        pipe.send_text(typed)
        TerminalListener(tmp_path / "history", terminal.screen).listen()

    assert [line for line in terminal.display if line] == shown


def test_what_was_typed_before_ctrl_c_stays(tmp_path: Path) -> None:
    terminal = FakeTerminal()
    output = Vt100_Output(
        cast("TextIO", terminal.screen.console.file), lambda: Size(rows=25, columns=60)
    )
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=output):
        pipe.send_text("half an ans\x03")
        with pytest.raises(KeyboardInterrupt):
            TerminalListener(tmp_path / "history", terminal.screen).listen()

    assert terminal.display[0] == "> half an ans"


def test_typed_bytes_that_are_no_text_make_an_answer_that_can_be_stored(
    keys: PipeInput, tmp_path: Path
) -> None:
    listener = TerminalListener(tmp_path / "history", FakeTerminal().screen)
    keys.send_bytes(b"caf\xe9 lazy\r")

    answer = listener.listen()

    assert answer.text == "caf? lazy"


@pytest.mark.skipif(sys.platform == "win32", reason="the editor is a shell script")
@pytest.mark.parametrize(
    ("script", "left"),
    [("echo 'x = 2' > $1", "x = 2\n"), ("echo -n >> $1", None), ("true", None)],
    ids=["changed", "saved as it was", "closed"],
)
def test_code_is_what_the_editor_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, left: str | None
) -> None:
    editor = tmp_path / "editor"
    editor.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(editor))

    assert TerminalListener(tmp_path / "history", FakeTerminal().screen).edit("x = 1\n") == left


def test_an_editor_that_fails_is_an_error_with_a_way_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", str(tmp_path / "gone"))

    with pytest.raises(UsageError, match="editor did not open") as caught:
        TerminalListener(tmp_path / "history", FakeTerminal().screen).edit("x = 1\n")

    assert "paste" in caught.value.hint


def test_in_a_pipe_there_is_no_editor() -> None:
    with pytest.raises(UsageError, match="no editor in a pipe"):
        PipeListener(io.StringIO("")).edit("x = 1")


@pytest.mark.parametrize(
    ("key", "error"), [("\x04", EOFError), ("\x03", KeyboardInterrupt)], ids=["ctrl-d", "ctrl-c"]
)
def test_ctrl_d_and_ctrl_c_are_passed_on(
    keys: PipeInput, tmp_path: Path, key: str, error: type[BaseException]
) -> None:
    listener = TerminalListener(tmp_path / "history", FakeTerminal().screen)
    keys.send_text(key)

    with pytest.raises(error):
        listener.listen()


@pytest.mark.parametrize(
    ("typed", "pressed"), [("3", "3"), ("x9 2", "2"), ("\r", None), ("q\r", None)]
)
def test_one_of_some_keys_is_pressed_or_enter(
    keys: PipeInput, tmp_path: Path, typed: str, pressed: str | None
) -> None:
    listener = TerminalListener(tmp_path / "history", FakeTerminal().screen)
    keys.send_text(typed)

    assert listener.press("1234") == pressed


@pytest.mark.parametrize(
    ("typed", "pressed"),
    [("/edit\r", "/edit"), ("/e\r", "/edit"), ("edit\r", None), ("x/ediz3", "3"), ("/4", "4")],
)
def test_a_command_may_be_typed_where_a_key_is_waited_for(
    keys: PipeInput, tmp_path: Path, typed: str, pressed: str | None
) -> None:
    listener = TerminalListener(tmp_path / "history", FakeTerminal().screen)
    keys.send_text(typed)

    assert listener.press("1234", "/edit") == pressed


@pytest.mark.parametrize(("key", "error"), [("\x04", EOFError), ("\x03", KeyboardInterrupt)])
def test_leaving_keys_leave_where_one_key_is_waited_for(
    keys: PipeInput, tmp_path: Path, key: str, error: type[BaseException]
) -> None:
    listener = TerminalListener(tmp_path / "history", FakeTerminal().screen)
    keys.send_text(key)

    with pytest.raises(error):
        listener.press("1234")


def test_only_the_owner_can_read_what_was_typed_before(keys: PipeInput, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    listener = TerminalListener(folder / "history", FakeTerminal().screen)
    keys.send_text("my answer\r")

    listener.listen()

    assert "my answer" in (folder / "history").read_text()
    assert stat.S_IMODE((folder / "history").stat().st_mode) == 0o600


def test_what_was_typed_in_an_earlier_session_comes_back(keys: PipeInput, tmp_path: Path) -> None:
    TerminalListener(tmp_path / "new" / "history", FakeTerminal().screen)
    keys.send_text("my answer\r")
    TerminalListener(tmp_path / "new" / "history", FakeTerminal().screen).listen()

    again = TerminalListener(tmp_path / "new" / "history", FakeTerminal().screen)
    keys.send_text("\x1b[A\r")

    assert again.listen().text == "my answer"


@pytest.mark.parametrize(
    ("typed", "pressed"), [(" ", " "), ("\r", "\n"), ("/", "/"), ("\x1b[Ax", "x")]
)
def test_a_key_ends_the_watching_and_is_returned(
    keys: PipeInput, tmp_path: Path, typed: str, pressed: str
) -> None:
    listener = TerminalListener(tmp_path / "history", FakeTerminal().screen)
    keys.send_text(typed)

    assert listener.watch(lambda: "listening", lambda: False) == pressed


@pytest.mark.usefixtures("keys")
def test_the_watching_ends_by_itself_and_its_line_changes_meanwhile(tmp_path: Path) -> None:
    listener = TerminalListener(tmp_path / "history", FakeTerminal().screen)
    shown: list[str] = []

    def status() -> str:
        shown.append(f"second {len(shown)}")
        return shown[-1]

    pressed = listener.watch(status, lambda: len(shown) > 3)

    assert pressed == ""
    assert len(shown) >= 4


@pytest.mark.parametrize(("key", "error"), [("\x04", EOFError), ("\x03", KeyboardInterrupt)])
def test_leaving_keys_leave_the_watching(
    keys: PipeInput, tmp_path: Path, key: str, error: type[BaseException]
) -> None:
    listener = TerminalListener(tmp_path / "history", FakeTerminal().screen)
    keys.send_text(key)

    with pytest.raises(error):
        listener.watch(lambda: "listening", lambda: False)
