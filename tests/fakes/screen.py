"""A terminal made of a string: how wide it is and whether it has colours is up to the test."""

import re
from io import StringIO

import pyte
from rich.console import Console, ConsoleDimensions

from interviewer.console.screen import Screen

STYLE = re.compile(r"\x1b\[[0-9;]*m")


class FakeTerminal:
    """A screen, and what stands on it."""

    def __init__(self, width: int = 60, *, colour: bool = False) -> None:
        self._written = StringIO()
        self.screen = Screen(
            Console(
                file=self._written,
                width=width,
                height=25,
                force_terminal=colour,
                color_system="truecolor" if colour else None,
                highlight=False,
                legacy_windows=False,
                _environ={},
            )
        )

    @property
    def raw(self) -> str:
        """Everything written, with the marks of style."""
        return self._written.getvalue()

    @property
    def text(self) -> str:
        """What a person reads."""
        return STYLE.sub("", self.raw)

    @property
    def display(self) -> list[str]:
        """The lines of the terminal as they stand now, after all that was written over them."""
        columns, lines = self.screen.size
        screen = pyte.Screen(columns, lines)
        # A line feed goes to the beginning of the line, as a terminal's driver has it.
        screen.set_mode(pyte.modes.LNM)
        pyte.Stream(screen).feed(self.raw)
        return [line.rstrip() for line in screen.display]

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size; what stood in it is gone."""
        self.screen.console.size = ConsoleDimensions(columns, lines)

    @property
    def words(self) -> str:
        """What a person reads, as one line."""
        return " ".join(self.text.split())
