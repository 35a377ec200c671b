import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from interviewer.console.screen import MAX_WIDTH, Screen
from interviewer.values.text import safe
from tests.fakes.screen import STYLE, FakeTerminal


def is_inert(text: str) -> bool:
    return not any(unicodedata.category(c).startswith("C") and c not in "\n\t" for c in text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, naïve – “Ж” 🙂\n\tnext", "plain, naïve – “Ж” 🙂\n\tnext"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("a\rb\x07\x00\x7f\x9b", "a\\u000db\\u0007\\u0000\\u007f\\u009b"),
        ("\u202eevil\u2066\u200b\ufeff", "\\u202eevil\\u2066\\u200b\\ufeff"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("[red]x[/red] :smile:", "[red]x[/red] :smile:"),
    ],
)
def test_characters_that_command_a_terminal_are_shown_instead(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(st.text(st.characters(), max_size=40))
@settings(max_examples=100, deadline=None)
def test_safe_text_is_inert_and_stays_as_it_is_when_made_safe_again(text: str) -> None:
    once = safe(text)

    assert is_inert(once)
    assert safe(once) == once


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
@pytest.mark.parametrize("width", [60, 100])
@settings(max_examples=40, deadline=None)
def test_no_line_is_wider_than_the_terminal_and_nothing_commands_it(width: int, text: str) -> None:
    terminal = FakeTerminal(width)

    terminal.screen.say(text, indent=2)
    terminal.screen.parts([(text, "bold"), (text, "")], indent=4)

    assert is_inert(terminal.raw)
    assert max(map(cell_len, terminal.raw.split("\n"))) <= width


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=40, deadline=None)
def test_colours_change_nothing_in_what_is_read(text: str) -> None:
    plain, colourful = FakeTerminal(), FakeTerminal(colour=True)

    for terminal in (plain, colourful):
        terminal.screen.say(text, style="bold")
        terminal.screen.parts([(text, "red"), (" and ", ""), (text, "italic")])

    assert colourful.text == plain.raw
    assert is_inert(colourful.text)


def test_a_screen_wider_than_a_page_is_used_only_in_part() -> None:
    assert FakeTerminal(300).screen.console.width == MAX_WIDTH
    assert FakeTerminal(60).screen.console.width == 60


def test_markup_emoji_codes_and_links_are_shown_as_they_were_typed() -> None:
    terminal = FakeTerminal(colour=True)
    text = "[bold]no[/bold] [link=https://a.b]c[/link] :boom: [/]"

    terminal.screen.say(text)
    terminal.screen.parts([(text, "")])

    assert terminal.text == f"{text}\n{text}\n".replace("\n", _padding(text) + "\n")
    assert "\x1b" not in terminal.raw


def _padding(text: str) -> str:
    return " " * (60 - len(text))


def test_a_style_is_put_around_a_text_and_nothing_else() -> None:
    terminal = FakeTerminal(colour=True)

    terminal.screen.parts([("mark ", "green"), ("text", "")])

    assert terminal.raw.startswith("\x1b[32mmark \x1b[0mtext")


def test_code_keeps_its_numbers_and_indentation_and_long_lines_are_cut() -> None:
    terminal = FakeTerminal(60)
    lines = [(8, "def f():"), (9, "\treturn 1"), (102, f"    x = '{'y' * 80}'")]

    terminal.screen.code(lines, "app/a.py:8")

    shown = [line.rstrip() for line in terminal.raw.splitlines()]
    assert shown[:3] == ["  app/a.py:8", "    8 def f():", "    9     return 1"]
    assert shown[3] == "    …"
    assert shown[4].startswith("  102     x = 'yyy")
    assert shown[4].endswith("…")
    assert len(shown) == 5


def test_code_without_lines_is_only_its_place() -> None:
    terminal = FakeTerminal()

    terminal.screen.code([], "app/a.py:1")

    assert terminal.words == "app/a.py:1"


def test_code_has_colours_where_the_terminal_has_them() -> None:
    terminal, plain = FakeTerminal(colour=True), FakeTerminal()

    for each in (terminal, plain):
        each.screen.code([(1, ""), (2, "def f():"), (3, "")], "app/a.py:1")

    (line,) = [line for line in terminal.raw.splitlines() if "def" in line]
    assert STYLE.search(line.partition("def")[0].partition("2 ")[2])
    assert not STYLE.search(plain.raw)
    assert [row.strip() for row in plain.raw.splitlines()] == ["app/a.py:1", "1", "2 def f():", "3"]


def test_code_commands_no_terminal() -> None:
    terminal = FakeTerminal(colour=True)

    terminal.screen.code([(1, "x = '\x1b[2J\u202e'")], "app/\x1b]0;a.py:1")

    assert is_inert(terminal.text)
    assert "\\u001b[2J\\u202e" in terminal.text


def test_in_a_pipe_nothing_is_shown_while_waiting() -> None:
    terminal = FakeTerminal()

    with terminal.screen.waiting("Thinking …"), terminal.screen.counting("Reading") as bar:
        bar.update(bar.task_ids[0], completed=1, total=2)

    assert not terminal.screen.is_terminal
    assert terminal.raw == ""


def test_in_a_terminal_the_person_sees_what_is_waited_for() -> None:
    terminal = FakeTerminal(colour=True)

    with terminal.screen.waiting("Loading \x1b]0;evil\x07 …"):
        pass

    assert terminal.screen.is_terminal
    assert "Loading" in terminal.raw
    assert "\x1b]0;" not in terminal.raw
    assert "\x07" not in terminal.raw


def test_in_a_terminal_steps_are_counted() -> None:
    terminal = FakeTerminal(colour=True)

    with terminal.screen.counting("Reading") as bar:
        bar.update(bar.task_ids[0], completed=1, total=4)
        bar.refresh()

    assert "25%" in terminal.text


@pytest.mark.parametrize("colour", [True, False])
def test_a_download_says_first_what_is_fetched(*, colour: bool) -> None:
    terminal = FakeTerminal(colour=colour)

    with terminal.screen.downloading("Downloading a.gguf (1.12 GB) once.", 1000) as bar:
        bar.update(bar.task_ids[0], completed=1000)

    assert terminal.text.startswith("Downloading a.gguf (1.12 GB) once.")
    assert ("1.0/1.0 kB" in terminal.text) == colour


def test_without_a_console_the_screen_is_standard_output(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Screen().say("Hello.")
    Screen(Console(width=20)).gap()

    assert capsys.readouterr().out.split() == ["Hello."]


@pytest.mark.parametrize("width", [80, 20])
@given(
    cells=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=3,
                   max_size=3)
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_a_table_commands_nothing_and_is_no_wider_than_the_terminal(
    width: int, cells: list[str]
) -> None:
    terminal = FakeTerminal(width)

    terminal.screen.table(("one", "two", "three"), [cells])

    assert is_inert(terminal.raw)
    assert max(map(cell_len, terminal.raw.split("\n"))) <= width


def test_a_table_that_just_fits_stays_a_table_and_one_column_less_makes_paragraphs() -> None:
    fits, narrow = FakeTerminal(14), FakeTerminal(13)

    for terminal in (fits, narrow):
        terminal.screen.table(("name", "size"), [("abcdefgh", "[b]x"), ("k", "")])

    assert fits.text.splitlines()[1].rstrip() == "abcdefgh  [b]x"
    assert [line.rstrip() for line in narrow.text.splitlines()] == [
        "abcdefgh", "  size [b]x", "k", "",
    ]  # fmt: skip


def test_a_place_that_is_there_is_a_link_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "a guide.md").write_text("Notes.")
    terminal = FakeTerminal(100, colour=True)
    terminal.screen.roots = (tmp_path / "none", tmp_path)

    terminal.screen.parts([terminal.screen.place("a guide.md:12")])

    link = (tmp_path / "a guide.md").resolve().as_uri()
    assert f";{link}\x1b\\" in terminal.raw
    assert "a%20guide.md" in link


@pytest.mark.parametrize(
    "location", ["../secret.md:1", "gone.md:1", "a\0b:1", "x" * 5000 + ":1", ":1", "", "link.md:1"]
)
def test_a_place_that_is_not_below_the_folders_of_guide_and_repository_is_no_link(
    tmp_path: Path, location: str
) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret.md").write_text("Not for reading.")
    (root / "link.md").symlink_to(tmp_path / "secret.md")
    terminal = FakeTerminal(100, colour=True)
    terminal.screen.roots = (root,)

    assert terminal.screen.place(location) == (location, "cyan")


def test_columns_stand_side_by_side_whatever_their_lengths() -> None:
    terminal = FakeTerminal(20)

    terminal.screen.columns(["one", "two"], ["a", "b", "c"], 5)

    assert terminal.text == "one   │ a\ntwo   │ b\n      │ c\n"


def test_the_whole_terminal_is_given_back_with_its_cursor() -> None:
    terminal = FakeTerminal(20, colour=True)

    with terminal.screen.whole():
        terminal.screen.fill(["page"], "bar")

    assert terminal.raw.startswith("\x1b[?1049h")
    assert terminal.raw.index("\x1b[?25l") < terminal.raw.index("page")
    assert terminal.raw.endswith("\x1b[?25h")
    assert "\x1b[?1049l" in terminal.raw


def test_a_meter_shows_what_it_measures_and_leaves_nothing_in_a_pipe() -> None:
    terminal, pipe = FakeTerminal(colour=True), FakeTerminal()

    for fake in (terminal, pipe):
        with fake.screen.meter("Level") as show:
            show(0.5)
            show(0.1)

    assert "Level" in terminal.text
    assert pipe.text == ""


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (60, ["1 Lists             2 A very long nam…  3 Dicts"]),
        (20, ["1 Lists", "2 A very long nam…", "3 Dicts"]),
    ],
)
def test_a_grid_has_as_many_columns_as_fit_and_cuts_what_is_too_long(
    width: int, lines: list[str]
) -> None:
    terminal = FakeTerminal(width)
    names = ["Lists", "A very long name\nof two lines", "Dicts"]

    terminal.screen.grid([[(f"{n} ", "bold"), (name, "")] for n, name in enumerate(names, 1)], 18)

    assert terminal.text.splitlines() == lines
