"""Pages that fill the terminal: scrolled by keys, drawn anew for a window of another size."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from interviewer.console.keyboard import Keyboard
from interviewer.console.screen import MAX_WIDTH, Page, Screen

_KEPT_LINES = 2
"""Lines of a screenful that stay when a page is turned: one, and the bar."""
_BETWEEN = " · "


class Pager:
    """Shows one page at a time, with a bar in the last line."""

    def __init__(self, screen: Screen, keyboard: Keyboard) -> None:
        self._screen = screen
        self._keyboard = keyboard
        self._page: Page = Screen.gap
        self._is_wide = False
        self._top = 0
        self._bottom = 0
        """The highest that the top can be."""
        self._lines: list[str] = []
        self._set: tuple[Page, int] | None = None
        """What the lines are of: a page and the width that it was set to."""

    def open(self, page: Page, *, top: int = 0) -> None:
        """Show another page, from a line of it."""
        self._page, self._top = page, top

    def change(self, page: Page) -> None:
        """Show what has become of the page, at the place where it is."""
        self._page = page

    def lay(self, page: Page, *bar: str, is_wide: bool = False) -> str:
        """Lay a page over the one there is, and return the key that took it away.

        A wide one is set to the width of the terminal, others to a width that reads well.
        """
        below, top = self._page, self._top
        self._is_wide = is_wide
        self.open(page)
        try:
            return self.key((*bar, "any other key goes back"))
        finally:
            self._is_wide = False
            self.open(below, top=top)

    def key(self, bar: Sequence[str]) -> str:
        """Return the next key that does not scroll; space does, except at the end of a page.

        The first piece of the bar and the last two are always shown, others if they fit.

        Raises:
            EOFError: there will be no more keys.
            KeyboardInterrupt: the candidate pressed Ctrl-C.
        """
        while True:
            columns, rows = self._draw(bar)
            pressed = self._keyboard.key(lambda: self._screen.size != (columns, rows))  # noqa: B023
            moves = {
                "up": -1, "down": 1, "pageup": _KEPT_LINES - rows, "pagedown": rows - _KEPT_LINES,
                "home": -self._top, "end": self._bottom - self._top,
            }  # fmt: skip
            if self._top < self._bottom:
                moves[" "] = rows - _KEPT_LINES
            if pressed and pressed not in moves:
                return pressed
            self._top = max(0, self._top + moves.get(pressed, 0))

    def ask(self, question: str) -> str:
        """Return a line of text that is asked for in the place of the bar; empty for none."""
        self._draw(())
        return self._keyboard.ask(question)

    def aside(self) -> AbstractContextManager[None]:
        """Empty the terminal for work that may take its time and be interrupted by Ctrl-C."""
        self._screen.wipe()
        return self._keyboard.aside()

    def _draw(self, bar: Sequence[str]) -> tuple[int, int]:
        columns, rows = self._screen.size
        width = columns if self._is_wide else min(columns, MAX_WIDTH)
        if self._set != (self._page, width):
            self._lines = self._screen.lines(self._page, width)
            self._set = (self._page, width)
        self._bottom = max(0, len(self._lines) - rows + 1)
        self._top = min(self._top, self._bottom)
        self._screen.fill(self._lines[self._top :], self._fitted(bar, columns))
        return columns, rows

    def _fitted(self, bar: Sequence[str], columns: int) -> str:
        if not bar:
            return ""
        more = "↑" * (self._top > 0) + "↓" * (self._top < self._bottom)
        first = f" {bar[0]} {more}".rstrip()
        kept, last = [first], list(bar[1:][-2:])
        for piece in bar[1:-2]:
            if len(_BETWEEN.join([*kept, piece, *last])) >= columns:
                break
            kept.append(piece)
        return _BETWEEN.join([*kept, *last])
