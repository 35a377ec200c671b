"""The keyboard for somebody who looks through pages: a key at a time, and a line where asked."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING, Protocol, Self

from interviewer.console.listen import forget_keys, whole

if TYPE_CHECKING:
    from prompt_toolkit import Application
    from prompt_toolkit.key_binding import KeyPressEvent


class Keyboard(Protocol):
    """Single keys, for somebody who looks through pages."""

    def key(self, is_stale: Callable[[], bool]) -> str:
        """Return the next key, empty as soon as what is on the screen is stale.

        A key is its character, or a name such as `left`, `pagedown` or `escape`.

        Raises:
            EOFError: the candidate pressed Ctrl-D, or there will be no more keys.
            KeyboardInterrupt: the candidate pressed Ctrl-C.
        """
        ...

    def ask(self, question: str) -> str:
        """Return a line of text; empty if the candidate thinks better of it."""
        ...

    def aside(self) -> AbstractContextManager[None]:
        """Let Ctrl-C interrupt what is done meanwhile; keys pressed then are forgotten."""
        ...


class TerminalKeyboard:
    """The keyboard, which shows no key itself while it is open."""

    def __init__(self) -> None:
        from prompt_toolkit.input import create_input  # noqa: PLC0415 - loaded when first used

        self._input = create_input()
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._open.enter_context(self._input.raw_mode())
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def key(self, is_stale: Callable[[], bool]) -> str:
        """Wait for a key, and look every half second whether it is still wanted."""
        from prompt_toolkit import Application  # noqa: PLC0415 - as above
        from prompt_toolkit.key_binding import KeyBindings  # noqa: PLC0415
        from prompt_toolkit.keys import Keys  # noqa: PLC0415
        from prompt_toolkit.output import DummyOutput  # noqa: PLC0415

        bindings = KeyBindings()

        @bindings.add("<any>")
        def _press(event: "KeyPressEvent") -> None:
            pressed = event.key_sequence[0].key
            event.app.exit(result=pressed.value if isinstance(pressed, Keys) else pressed)

        def _look(app: "Application[str]") -> None:
            if is_stale() and not app.is_done:
                app.exit(result="")

        app: Application[str] = Application(
            key_bindings=bindings, input=self._input, output=DummyOutput(),
            before_render=_look, refresh_interval=0.5,
        )  # fmt: skip
        pressed = app.run()
        if pressed in ("c-c", "<sigint>"):
            raise KeyboardInterrupt
        if pressed == "c-d":
            raise EOFError
        return pressed

    def ask(self, question: str) -> str:
        """Ask in the line of the cursor; Escape, Ctrl-C and Ctrl-D take it back."""
        from prompt_toolkit import PromptSession  # noqa: PLC0415 - as above
        from prompt_toolkit.key_binding import KeyBindings  # noqa: PLC0415

        bindings = KeyBindings()

        @bindings.add("escape")
        def _leave(event: "KeyPressEvent") -> None:
            event.app.exit(result="")

        session: PromptSession[str] = PromptSession(key_bindings=bindings, input=self._input)
        try:
            return whole(session.prompt(question).strip())
        except (EOFError, KeyboardInterrupt):
            return ""

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Give the terminal its usual manners back for a while."""
        with self._input.cooked_mode():
            yield
        forget_keys()
