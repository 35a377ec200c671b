from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from interviewer.console.host import TerminalHost
from interviewer.console.listen import TerminalListener
from interviewer.values.interview import Answer
from tests.fakes.screen import FakeTerminal


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


@pytest.mark.parametrize(("typed", "rating"), [("4", 4), ("\r", None), ("\x04", None)])
def test_a_rating_is_one_key_and_can_be_left_out(
    keys: PipeInput, tmp_path: Path, typed: str, rating: int | None
) -> None:
    terminal = FakeTerminal()
    keys.send_text(typed)

    host = TerminalHost(terminal.screen, TerminalListener(tmp_path / "history", terminal.screen))

    assert host.rating("So lazy.") == rating
    assert "1 no · 2 leaning no · 3 hire · 4 strong hire · /edit changes it" in terminal.words


def test_an_answer_can_be_changed_where_it_is_to_be_rated(keys: PipeInput, tmp_path: Path) -> None:
    host = TerminalHost(
        FakeTerminal().screen, TerminalListener(tmp_path / "history", FakeTerminal().screen)
    )
    keys.send_text("/edit\r really\r")

    changed = host.rating("So lazy,")

    assert isinstance(changed, Answer)
    assert changed.text == "So lazy, really"


def test_what_has_no_words_cannot_be_changed(keys: PipeInput, tmp_path: Path) -> None:
    host = TerminalHost(
        FakeTerminal().screen, TerminalListener(tmp_path / "history", FakeTerminal().screen)
    )
    keys.send_text("/edit\r")

    assert host.rating("") is None


def test_without_a_keyboard_nothing_is_asked() -> None:
    terminal = FakeTerminal()

    assert TerminalHost(terminal.screen, None).rating("So lazy.") is None
    assert terminal.text == ""
