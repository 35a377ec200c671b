"""What is written to the terminal, made fit for it here and nowhere else."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from interviewer.values.text import safe

MAX_WIDTH = 100
_BETWEEN = 2
"""Columns between those of a table."""


class Screen:
    """Standard output, plain text only: nothing that is shown is read as markup.

    `to_stderr` leaves standard output to what a program is to read.
    """

    def __init__(self, console: Console | None = None, *, to_stderr: bool = False) -> None:
        self.console = console or Console(highlight=False, soft_wrap=False, stderr=to_stderr)
        self.console.width = min(self.console.width, MAX_WIDTH)

    @property
    def is_terminal(self) -> bool:
        """Tell whether a person watches."""
        return self.console.is_terminal

    def say(self, text: str, style: str = "", indent: int = 0) -> None:
        """Write a paragraph, wrapped at words."""
        self.console.print(Padding(Text(safe(text), style=style), (0, 0, 0, indent)))

    def parts(self, parts: Sequence[tuple[str, str]], indent: int = 0) -> None:
        """Write one paragraph of pieces, each with its style."""
        text = Text()
        for piece, style in parts:
            text.append(safe(piece), style=style)
        self.console.print(Padding(text, (0, 0, 0, indent)))

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

    def gap(self) -> None:
        """Write an empty line."""
        self.console.print()

    def code(self, lines: Sequence[tuple[int, str]], location: str) -> None:
        """Write numbered lines of Python; lines left out show as a jump in the numbers."""
        self.say(location, style="dim", indent=2)
        width = len(str(lines[-1][0])) if lines else 1
        source = "\n".join(safe(line.expandtabs(4)) for _, line in lines)
        coloured = Syntax("", "python", theme="ansi_dark").highlight(source)
        for (number, _), line in zip(lines, coloured.split("\n", allow_blank=True), strict=False):
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
    def downloading(self, what: str, total: int) -> Iterator[Progress]:
        """Show a bar in bytes; its only task has id 0."""
        self.say(what)
        columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self.console, disable=not self.is_terminal) as bar:
            bar.add_task("", total=total)
            yield bar

    @contextmanager
    def counting(self, what: str) -> Iterator[Progress]:
        """Show a bar in steps, with the time left; its only task has id 0."""
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
