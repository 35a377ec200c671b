"""What is written to the terminal, made fit for it here and nowhere else."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from rich.cells import cell_len
from rich.console import Console, ConsoleDimensions
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interviewer.knowledge.documents import stands_below
from interviewer.values.text import safe

if TYPE_CHECKING:
    from rich.progress import Progress

MAX_WIDTH = 100
Page = Callable[["Screen"], None]
"""Something that writes to the screen it is given."""
_Colours = Literal["standard", "256", "truecolor", "windows"] | None
_BETWEEN = 2
"""Columns between those of a table."""


class _Narrow(Console):
    """A console as wide as its terminal is now, but no wider than is good to read."""

    @property
    def size(self) -> ConsoleDimensions:
        size = super().size
        return ConsoleDimensions(min(size.width, MAX_WIDTH), size.height)

    @size.setter
    def size(self, new_size: tuple[int, int]) -> None:
        self.width, self.height = new_size


class Screen:
    """Standard output, plain text only: nothing that is shown is read as markup.

    `to_stderr` leaves standard output to what a program is to read.
    """

    roots: tuple[Path, ...] = ()
    """Folders in which places are looked for, to open them with a click."""

    def __init__(self, console: Console | None = None, *, to_stderr: bool = False) -> None:
        self.console = console or _Narrow(highlight=False, soft_wrap=False, stderr=to_stderr)
        if console:
            console.width = min(console.width, MAX_WIDTH)

    @property
    def is_terminal(self) -> bool:
        """Tell whether a person watches."""
        return self.console.is_terminal

    @property
    def can_be_filled(self) -> bool:
        """Tell whether this is a terminal whose cursor can be put anywhere."""
        return self.is_terminal and not self.console.is_dumb_terminal

    def say(self, text: str, style: str = "", indent: int = 0) -> None:
        """Write a paragraph, wrapped at words."""
        self.console.print(Padding(Text(safe(text), style=style), (0, 0, 0, indent)))

    def hanging(self, lead: str, text: str) -> None:
        """Write a text behind its lead, all its other lines as far in as the first."""
        lines = Text(safe(text)).wrap(self.console, max(2, self.width - len(lead)))
        for number, line in enumerate(lines):
            self.console.print(Text(" " * len(lead) if number else lead) + line, soft_wrap=True)

    def address(self, text: str) -> None:
        """Write a line that is never broken, so that it can be copied or clicked whole."""
        self.console.print(Text(safe(text)), soft_wrap=True)

    def parts(self, parts: Sequence[tuple[str, str]], indent: int = 0) -> None:
        """Write one paragraph of pieces, each with its style."""
        text = Text()
        for piece, style in parts:
            text.append(safe(piece), style=style)
        self.console.print(Padding(text, (0, 0, 0, indent)))

    def place(self, location: str) -> tuple[str, str]:
        """Return `path:line` as a piece of a paragraph: a link if the file is there.

        Only files below `roots` are linked: a path of a transcript may have come from anywhere. The
        line is no part of the link, as few that open files understand one.
        """
        path, _, _ = location.rpartition(":")
        for root in self.roots:
            if path and stands_below(root, path):
                return location, f"cyan link {(root / path).resolve().as_uri()}"
        return location, "cyan"

    def table(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, figures: bool = False
    ) -> None:
        """Write a table; where it would be wider than the screen, each row as a paragraph.

        With figures, all columns but the first are set to the right.
        """
        shown = [[safe(cell) for cell in row] for row in rows]
        widths = [max(map(cell_len, column)) for column in zip(heads, *shown, strict=True)]
        if sum(widths) + _BETWEEN * (len(widths) - 1) <= self.console.width:
            table = Table(
                *heads, box=None, padding=(0, _BETWEEN, 0, 0), pad_edge=False, header_style="dim"
            )
            for column in table.columns[1:]:
                column.justify = "right" if figures else "left"
            for row in shown:
                table.add_row(*map(Text, row))
            self.console.print(table)
            return
        for first, *others in shown:
            self.say(first, style="bold")
            pairs = zip(heads[1:], others, strict=True)
            self.say(", ".join(f"{head} {cell}" for head, cell in pairs if cell), indent=2)

    def grid(self, cells: Sequence[Sequence[tuple[str, str]]], min_width: int) -> None:
        """Write cells, each of pieces with their styles, in as many equal columns as there fit.

        What is too long for its cell ends in an ellipsis.
        """
        columns = max(1, self.console.width // min_width)
        width = self.console.width // columns
        for first in range(0, len(cells), columns):
            line = Text()
            for pieces in cells[first : first + columns]:
                cell = Text()
                for piece, style in pieces:
                    cell.append(safe(piece).replace("\n", " "), style=style)
                cell.truncate(width - _BETWEEN, overflow="ellipsis")
                line += cell
                line.append(" " * (width - cell.cell_len))
            line.rstrip()
            self.console.print(line)

    def gap(self) -> None:
        """Write an empty line."""
        self.console.print()

    def code(self, lines: Sequence[tuple[int, str]], location: str) -> None:
        """Write numbered lines of Python, and an ellipsis where some between them are left out."""
        from rich.syntax import Syntax  # noqa: PLC0415 - Pygments; only where code is shown

        self.say(location, style="dim", indent=2)
        width = len(str(lines[-1][0])) if lines else 1
        source = "\n".join(safe(line.expandtabs(4)) for _, line in lines)
        coloured = Syntax("", "python", theme="ansi_dark").highlight(source)
        before = lines[0][0] if lines else 0
        for (number, _), line in zip(lines, coloured.split("\n", allow_blank=True), strict=False):
            if number > before + 1:
                self.say(f"{'…':>{width}}", style="dim", indent=2)
            before = number
            text = Text(f"{number:>{width}} ", style="dim") + line
            text.no_wrap, text.overflow = True, "ellipsis"
            self.console.print(Padding(text, (0, 0, 0, 2)))

    @contextmanager
    def waiting(self, what: str) -> Iterator[None]:
        """Show that something is going on; nothing in a pipe."""
        if self.is_terminal:
            with self.console.status(Text(safe(what), style="dim"), spinner="dots"):
                yield
        else:
            yield

    @contextmanager
    def downloading(self, what: str, total: int) -> Iterator["Progress"]:
        """Show a bar in bytes; its only task has id 0."""
        from rich.progress import (  # noqa: PLC0415 - only where there is a bar
            BarColumn,
            DownloadColumn,
            Progress,
            TimeRemainingColumn,
        )

        self.say(what)
        columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self.console, disable=not self.is_terminal) as bar:
            bar.add_task("", total=total)
            yield bar

    @contextmanager
    def counting(self, what: str) -> Iterator["Progress"]:
        """Show a bar in steps, with the time left; its only task has id 0."""
        from rich.progress import (  # noqa: PLC0415 - as above
            BarColumn,
            Progress,
            TaskProgressColumn,
            TextColumn,
            TimeRemainingColumn,
        )

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
        )
        with Progress(
            *columns, console=self.console, transient=True, disable=not self.is_terminal
        ) as bar:
            bar.add_task(what, total=None)
            yield bar

    @contextmanager
    def meter(self, what: str) -> Iterator[Callable[[float], None]]:
        """Show a bar that goes up and down; what is yielded sets it, from 0 to 1."""
        from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415 - as above

        columns = (TextColumn("{task.description}"), BarColumn())
        with Progress(
            *columns, console=self.console, transient=True, disable=not self.is_terminal
        ) as bar:
            task = bar.add_task(what, total=1)
            yield lambda level: bar.update(task, completed=level)

    @property
    def width(self) -> int:
        """Columns that are written to."""
        return self.console.width

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines of the terminal as it is now, which may be wider than text is set."""
        try:
            columns, lines = os.get_terminal_size(self.console.file.fileno())
        except (OSError, ValueError):
            columns, lines = self.console.size
        return columns, lines

    def lines(self, page: Page, width: int) -> list[str]:
        """Return a page as it looks on this screen at a width, line by line."""
        sheet = StringIO()
        screen = Screen(
            Console(
                file=sheet, width=width, highlight=False, legacy_windows=False,
                force_terminal=self.is_terminal, no_color=self.console.no_color,
                color_system=cast("_Colours", self.console.color_system),
            )
        )  # fmt: skip
        screen.console.width, screen.roots = width, self.roots
        page(screen)
        return sheet.getvalue().removesuffix("\n").split("\n")

    def columns(self, lefts: Sequence[str], rights: Sequence[str], width: int) -> None:
        """Write two lists of `lines`, each of a width, side by side."""
        for number in range(max(len(lefts), len(rights))):
            left = Text.from_ansi("".join(lefts[number : number + 1]))
            left.truncate(width, pad=True)
            right = Text.from_ansi("".join(rights[number : number + 1]))
            right.rstrip()
            self.console.print(left + Text(" │ ", style="dim") + right)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Take the whole terminal, and give it back as it was before."""
        with self.console.screen(hide_cursor=True):
            yield

    def fill(self, lines: Sequence[str], bar: str) -> None:
        """Write `lines` from the top of the whole terminal and a bar in its last line.

        Without a bar the cursor stands at the beginning of that line.
        """
        columns, rows = self.size
        shown = [*lines[: rows - 1], *[""] * (rows - 1 - len(lines)), ""]
        if bar:
            bottom = Text(safe(bar), style="reverse", no_wrap=True)
            bottom.truncate(columns, overflow="ellipsis", pad=True)
            shown[-1:] = self.lines(lambda screen: screen.console.print(bottom), columns)
        # A line is cleared before it is written: behind a full one the last character would go too.
        self.console.show_cursor(show=False)
        self.console.file.write("\x1b[H" + "\r\n".join(f"\x1b[2K{line}" for line in shown))
        self.console.file.flush()

    def wipe(self) -> None:
        """Empty the whole terminal, to write from its top."""
        self.console.clear()
