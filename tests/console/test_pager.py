from collections.abc import Sequence

import pytest

from interviewer.console.pager import Pager
from interviewer.console.screen import Screen
from tests.fakes.desk import ScriptedKeyboard
from tests.fakes.screen import FakeTerminal

BAR = ("Here", "n next", "a answer", "? keys", "q quit")


def long_page(screen: Screen) -> None:
    for number in range(60):
        screen.say(f"line {number}")


class Shown:
    """A pager in a terminal of 60 by 25 in which some keys are pressed."""

    def __init__(self, *keys: str) -> None:
        self.terminal = FakeTerminal()
        self.keyboard = ScriptedKeyboard(keys, lambda: self.terminal.display)
        self.pager = Pager(self.terminal.screen, self.keyboard)

    @property
    def tops(self) -> list[str]:
        return [lines[0] for lines in self.keyboard.seen]


@pytest.mark.parametrize(
    ("keys", "tops"),
    [
        (("down", "down", "up"), (0, 1, 2, 1)),
        (("up",), (0, 0)),
        (("pagedown", "pageup"), (0, 23, 0)),
        (("end", "down", "home"), (0, 36, 36, 0)),
        ((" ", " "), (0, 23, 36)),
    ],
)
def test_keys_scroll_within_the_page(keys: Sequence[str], tops: Sequence[int]) -> None:
    shown = Shown(*keys, "x")
    shown.pager.open(long_page)

    key = shown.pager.key(BAR)

    assert key == "x"
    assert shown.tops == [f"line {top}" for top in tops]


def test_space_is_a_key_like_others_at_the_end_of_a_page() -> None:
    shown = Shown("end", " ")
    shown.pager.open(long_page)

    assert shown.pager.key(BAR) == " "


def test_the_bar_stands_in_the_last_line_and_says_where_there_is_more() -> None:
    shown = Shown("down", "end", "x")
    shown.pager.open(long_page)

    shown.pager.key(BAR)

    rest = " · n next · a answer · ? keys · q quit"
    assert [lines[-1] for lines in shown.keyboard.seen] == [
        f" Here ↓{rest}", f" Here ↑↓{rest}", f" Here ↑{rest}",
    ]  # fmt: skip
    assert shown.keyboard.seen[0][-2] == "line 23"


@pytest.mark.parametrize(
    ("columns", "bar"),
    [
        (44, " Here · n next · a answer · ? keys · q quit"),
        (43, " Here · n next · ? keys · q quit"),
        (33, " Here · n next · ? keys · q quit"),
        (32, " Here · ? keys · q quit"),
        (12, " Here · ? k…"),
    ],
)
def test_keys_that_do_not_fit_are_left_out_of_the_bar(columns: int, bar: str) -> None:
    shown = Shown("x")
    shown.terminal.resize(columns, 10)
    shown.pager.open(Screen.gap)

    shown.pager.key(BAR)

    assert shown.keyboard.seen[0][-1] == bar


def test_a_window_of_another_size_is_drawn_anew() -> None:
    shown = Shown("x")
    shown.keyboard.resizes = [lambda: shown.terminal.resize(30, 5)]
    shown.pager.open(lambda screen: screen.say("word " * 11))

    shown.pager.key(BAR)

    before, after = shown.keyboard.seen
    assert (len(before), before[0]) == (25, " ".join(["word"] * 11))
    assert (len(after), after[0]) == (5, " ".join(["word"] * 6))
    assert after[-1].startswith(" Here")


def test_text_is_not_set_wider_than_reads_well_unless_it_is_a_wide_page() -> None:
    shown = Shown("x", "x")
    shown.terminal.resize(160, 10)
    shown.pager.open(lambda screen: screen.say("x" * screen.width))

    shown.pager.key(BAR)
    shown.pager.lay(lambda screen: screen.say("x" * screen.width), "Wide", is_wide=True)

    assert [len(lines[0]) for lines in shown.keyboard.seen] == [100, 160]


def test_what_is_laid_over_a_page_gives_it_back_where_it_was() -> None:
    shown = Shown("down", "x", "down", "y", "z")
    shown.pager.open(long_page)

    shown.pager.key(BAR)
    key = shown.pager.lay(long_page, "Over")
    shown.pager.key(BAR)

    assert key == "y"
    assert shown.tops == [f"line {top}" for top in (0, 1, 0, 1, 1)]
    assert shown.keyboard.seen[2][-1] == " Over ↓ · any other key goes back"


def test_a_line_is_asked_for_in_the_place_of_the_bar() -> None:
    shown = Shown()
    shown.keyboard.lines = ["A note."]
    shown.pager.open(long_page)

    text = shown.pager.ask("Your note: ")

    assert text == "A note."
    assert shown.keyboard.asked == ["Your note: "]
    assert shown.keyboard.seen[0][-2:] == ["line 23", ""]


def test_a_page_is_set_once_for_each_width_however_often_it_is_scrolled() -> None:
    shown = Shown("down", "down", "x")
    shown.keyboard.resizes = [lambda: shown.terminal.resize(30, 5)]
    widths: list[int] = []

    def page(screen: Screen) -> None:
        widths.append(screen.width)
        long_page(screen)

    shown.pager.open(page)
    shown.pager.key(BAR)

    assert widths == [60, 30]
