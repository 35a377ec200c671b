"""A pseudo-terminal in which `interviewer` runs, with a screen that can be read."""

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pexpect
import pyte

PROMPT = "> "
TIMEOUT_S = 300.0


class AnsweringScreen(pyte.Screen):
    """Answers what the program asks of its terminal: prompt_toolkit wants to know the cursor."""

    def __init__(self, columns: int, lines: int, answer: Callable[[str], None]) -> None:
        self._answer = answer
        super().__init__(columns, lines)

    def write_process_input(self, data: str) -> None:
        self._answer(data)


class Terminal:
    """One run of the program, typed into and read as a person would."""

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        columns: int = 100,
        lines: int = 400,
    ) -> None:
        # With so many lines that nothing scrolls away, if they are not what is tested.
        self._screen = AnsweringScreen(columns, lines, self.type)
        self._stream = pyte.Stream(self._screen)
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "interviewer", *arguments],
            env={**os.environ, "TERM": "xterm-256color", **environment},
            dimensions=(lines, columns),
            timeout=TIMEOUT_S,
            encoding="utf-8",
            codec_errors="replace",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.child.close(force=True)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    @property
    def last_line(self) -> str:
        return str(self._screen.display[-1]).strip()

    def resize(self, columns: int, lines: int) -> None:
        self._screen.resize(lines, columns)
        self.child.setwinsize(lines, columns)

    @property
    def colours(self) -> set[str]:
        """The colours of all that stands on the screen."""
        rows = self._screen.buffer.values()
        return {colour for row in rows for cell in row.values() for colour in (cell.fg, cell.bg)}

    def type(self, keys: str) -> None:
        self.child.send(keys)

    def paste(self, text: str) -> None:
        self.type(f"\x1b[200~{text}\x1b[201~")

    def answer(self, text: str, or_until: str = "\0") -> None:
        """Type a line, send it, and wait until another is asked for or a text is there."""
        self.type(text)
        self.wait_for(text)
        self.enter(or_until)

    def enter(self, or_until: str = "\0") -> None:
        """Send what was typed or pasted, and wait as `answer` does."""
        before = self._prompts()
        self.type("\r")
        self.wait(
            lambda: self._prompts() > before or or_until in self.text,
            "another prompt",
        )

    def wait_for(self, text: str) -> None:
        """Wait until the screen has a text, however it is wrapped."""
        wanted = "".join(text.split())
        self.wait(lambda: wanted in "".join(self.text.split()), repr(text))

    def wait_for_prompt(self) -> None:
        self.wait(lambda: self.is_asked, "the prompt")

    def wait_for_end(self) -> int:
        """Read to the end of the program and return its exit code."""
        end = time.monotonic() + TIMEOUT_S
        while self._read():
            assert time.monotonic() < end, f"still running:\n{self.text}"
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)

    @property
    def is_asked(self) -> bool:
        """Tell whether the cursor stands at the prompt for an answer."""
        return self._screen.display[self._screen.cursor.y].startswith(PROMPT)

    def _prompts(self) -> int:
        return sum(line.startswith(PROMPT) for line in self._screen.display)

    def wait(self, is_there: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + TIMEOUT_S
        while not is_there():
            assert time.monotonic() < end, f"no {what} on the screen:\n{self.text}"
            assert self._read(), f"the program ended without {what}:\n{self.text}"

    def _read(self) -> bool:
        """Put what the program wrote on the screen; tell whether it still runs."""
        try:
            self._stream.feed(self.child.read_nonblocking(65536, timeout=0.2))
        except pexpect.TIMEOUT:
            pass
        except pexpect.EOF:
            return False
        return True
