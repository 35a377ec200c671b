"""Reading answers: a line editor in a terminal, paragraphs in a pipe."""

import codecs
import sys
import time
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from interviewer.console.screen import Screen
from interviewer.errors import UsageError
from interviewer.paths import make_private_folder
from interviewer.values.interview import Answer

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

PROMPT = "> "
LOOK_S = 0.1
"""How often a line that changes is looked at."""


class Listener(Protocol):
    """Where answers come from."""

    def listen(self, before: str = "") -> Answer:
        """Return the next answer; its text may be a slash command.

        `before` is a text to begin with, for the candidate to change.

        Raises:
            EOFError: there will be no more answers.
            KeyboardInterrupt: the candidate pressed Ctrl-C.
        """
        ...

    def rest(self) -> None:
        """Return when the candidate comes back from a pause; at once if nobody can say so.

        Raises:
            EOFError: they will not come back.
            KeyboardInterrupt: the candidate pressed Ctrl-C.
        """
        ...

    def edit(self, text: str) -> str | None:
        """Return code as it was left in the candidate's editor; None if it was left as it is.

        Raises:
            UsageError: there is no editor here.
        """
        ...


class TerminalListener:
    """A prompt with history: Enter sends, Alt+Enter and pasted line ends make new lines.

    What was sent takes the prompt's place on the screen, wrapped at words.
    """

    def __init__(self, history: Path, screen: Screen) -> None:
        # 50 ms of imports that a pipe does not need.
        from prompt_toolkit import PromptSession  # noqa: PLC0415
        from prompt_toolkit.history import FileHistory  # noqa: PLC0415
        from prompt_toolkit.key_binding import KeyBindings  # noqa: PLC0415
        from prompt_toolkit.keys import Keys  # noqa: PLC0415

        keys = KeyBindings()

        @keys.add("enter")
        def _send(event: "KeyPressEvent") -> None:
            # Ctrl-C and Ctrl-Z leave it there. A dumb terminal has an application of its own.
            event.app.erase_when_done = True
            event.current_buffer.validate_and_handle()

        @keys.add("escape", "enter")
        def _new_line(event: "KeyPressEvent") -> None:
            event.current_buffer.insert_text("\n")

        @keys.add(Keys.BracketedPaste)
        def _paste(event: "KeyPressEvent") -> None:
            event.current_buffer.insert_text(event.data.replace("\r\n", "\n").replace("\r", "\n"))

        make_private_folder(history.parent)
        history.touch(mode=0o600)
        self._screen = screen
        self._session: PromptSession[str] = PromptSession(
            history=FileHistory(str(history)), key_bindings=keys, multiline=True,
            enable_suspend=True,
        )  # fmt: skip

    def listen(self, before: str = "") -> Answer:
        """Return what was typed and how long the candidate took."""
        began = time.monotonic()
        text = ""
        while not text.strip():
            forget_keys()
            self._session.app.erase_when_done = False
            text = self._session.prompt(PROMPT, prompt_continuation="  ", default=before)
        answer = Answer(text=whole(text.strip()), seconds=round(time.monotonic() - began, 1))
        if self._session.app.erase_when_done:
            self._screen.hanging(PROMPT, answer.text)
        return answer

    def rest(self) -> None:
        """Wait for Enter."""
        self.press("")

    def press(self, keys: str, command: str = "") -> str | None:
        """Wait for one of some keys and return it, or the command, if it was begun; None for Enter.

        A key ends the waiting at once, a command when Enter sends it.
        """
        from prompt_toolkit import PromptSession  # noqa: PLC0415 - as above
        from prompt_toolkit.key_binding import KeyBindings  # noqa: PLC0415

        bindings = KeyBindings()

        @bindings.add("<any>")
        def _other(event: "KeyPressEvent") -> None:
            """Do nothing for a key that is not the command's next."""
            if command.startswith(event.current_buffer.text + event.data):
                event.current_buffer.insert_text(event.data)

        @bindings.add("enter")
        def _sent(event: "KeyPressEvent") -> None:
            event.app.exit(result=command if event.current_buffer.text else "")

        def _press(event: "KeyPressEvent") -> None:
            event.current_buffer.insert_text(event.data)
            event.app.exit(result=event.data)

        for key in keys:
            bindings.add(key)(_press)
        forget_keys()
        session: PromptSession[str] = PromptSession(key_bindings=bindings)
        return session.prompt(f"{keys[0]}–{keys[-1]}: " if keys else "Enter: ") or None

    def watch(self, status: Callable[[], str], is_over: Callable[[], bool]) -> str:
        """Show a line that changes, until a key is pressed, and return it; empty once it is over.

        Enter is a line end; a key without a character of its own does nothing.
        """
        from prompt_toolkit import Application  # noqa: PLC0415 - as above
        from prompt_toolkit.layout import FormattedTextControl, Layout, Window  # noqa: PLC0415

        def look(app: "Application[str]") -> None:
            if is_over() and not app.is_done:
                app.exit(result="")

        forget_keys()
        app: Application[str] = Application(
            Layout(Window(FormattedTextControl(status), height=1)), key_bindings=_any_key(),
            erase_when_done=True, refresh_interval=LOOK_S, before_render=look,
        )  # fmt: skip
        return app.run()

    def edit(self, text: str) -> str | None:
        """Open `$VISUAL`, `$EDITOR` or what the system has, on a private file."""
        import click  # noqa: PLC0415 - for this alone

        try:
            edited = click.edit(text, extension=".py")
        except click.ClickException as error:
            raise UsageError(
                f"The editor did not open: {error.format_message()}.",
                hint="Set EDITOR to one that does, or paste your code here.",
            ) from error
        return None if edited is None or edited == text else whole(edited)


def _any_key() -> "KeyBindings":
    """Return what ends an application with the key that was pressed."""
    from prompt_toolkit.key_binding import KeyBindings  # noqa: PLC0415 - as above

    bindings = KeyBindings()

    @bindings.add("<any>")
    def _key(event: "KeyPressEvent") -> None:
        if event.data.isprintable():
            event.app.exit(result=event.data)

    @bindings.add("enter")
    def _enter(event: "KeyPressEvent") -> None:
        event.app.exit(result="\n")

    @bindings.add("c-c")
    def _interrupt(event: "KeyPressEvent") -> None:
        event.app.exit(exception=KeyboardInterrupt)

    @bindings.add("c-d")
    def _leave(event: "KeyPressEvent") -> None:
        event.app.exit(exception=EOFError)

    return bindings


def forget_keys() -> None:
    """Drop keys pressed before the prompt: they were no answer to a question not yet seen."""
    if sys.platform != "win32" and sys.stdin.isatty():
        import termios  # noqa: PLC0415 - not on Windows

        termios.tcflush(sys.stdin, termios.TCIFLUSH)


class PipeListener:
    """Paragraphs of standard input, separated by blank lines; code stands in a fence."""

    def __init__(self, stream: TextIO | None = None) -> None:
        stream = stream or sys.stdin
        if isinstance(stream, TextIOWrapper):
            # In the language C the encoding may be ASCII, of which UTF-8 is an extension.
            is_ascii = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if is_ascii else None, errors="replace")
        self._paragraphs = paragraphs(stream)

    def listen(self, before: str = "") -> Answer:
        """Return the next paragraph; nothing can be changed in it."""
        del before
        try:
            return Answer(text=whole(next(self._paragraphs)), given="piped")
        except StopIteration:
            raise EOFError from None

    def rest(self) -> None:
        """Do not rest."""

    def edit(self, text: str) -> str | None:
        """Refuse: nobody is there to edit."""
        del text
        raise UsageError(
            "There is no editor in a pipe.", hint="Put the code between two lines of ```."
        )


def paragraphs(stream: TextIO) -> Iterator[str]:
    """Yield the paragraphs of a text: lines up to a blank one, as soon as they are there.

    Blank lines between two lines of ``` are part of the paragraph.
    """
    lines: list[str] = []
    is_fenced = False
    for line in stream:
        is_fenced ^= line.startswith("```")
        if line.strip() or is_fenced:
            lines.append(line.rstrip("\r\n"))
        elif lines:
            yield "\n".join(lines)
            lines = []
    if lines:
        yield "\n".join(lines)


def whole(text: str) -> str:
    """Return text without halves of characters: no transcript can hold them."""
    return text.encode("utf-8", "replace").decode("utf-8")
