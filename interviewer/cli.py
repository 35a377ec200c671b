"""The table of commands, and the one place where errors become messages and exit codes."""

import contextlib
import difflib
import importlib
import io
import os
import signal
import sys
from collections.abc import Mapping
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from interviewer.errors import InterviewerError, UsageError

COMMANDS = {
    "start": "Hold an interview: questions, follow-ups, grades with evidence.",
    "index": "Read guide and repository into the index; --check finds mistakes in a guide.",
    "review": "Show a session: what you said, each key point with its evidence, where to read "
    "more.",
    "progress": "Show how topics stand, how scores move, what is due and what to practise next.",
    "serve": "Show all sessions and their reports in a browser, live while one is held.",
    "sessions": "List, search, name, remove, export, import and check sessions.",
    "override": "Give a key point another verdict, with your reason; the grader's own is kept "
    "beside it.",
    "regrade": "Grade every answered question once more and show what moved; both grades are kept.",
    "models": "List, fetch, remove, choose and check models.",
    "evaluate": "Compare our grades with human ones; goes on where an earlier run stopped.",
    "profiles": "Keep named sets of guides and repositories.",
    "voice": "Try the voice and the sound card.",
    "forget": "Remove all that is kept on this machine, after asking.",
    "doctor": "Examine model, folders, guide and terminal; every problem comes with its fix.",
}
"""What each module of `commands` says of itself, known without importing it."""
_CLICKS_USAGE_ERROR: type[Any] = typer.BadParameter.__mro__[1]
"""Newer versions of Typer carry a click of their own, which has no public name."""


class Group(TyperGroup):
    """Commands below a command; what each does is said in full, which click would cut short."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - click's, which Typer hides
        """Find the command that was named; where there is none, say which is near, if one is."""
        known = self.list_commands(ctx)
        if args[0] in known or args[0].startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        near = difflib.get_close_matches(args[0], known, n=1)
        meant = f"Did you mean {near[0]!r}? " if near else ""
        raise UsageError(
            f"There is no command {args[0]!r}.",
            hint=f"{meant}`{ctx.command_path} --help` lists all commands.",
        )

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write them into the help."""
        del ctx
        _write(formatter, {name: below.help or "" for name, below in self.commands.items()})


class Table(Group):
    """The commands; a module is imported when its command is called, and none for the help."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - as above
        """Return the names of all commands."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - as above
        """Return a command, or None if there is none of that name."""
        del ctx
        return load(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write the table into the help."""
        del ctx
        _write(formatter, COMMANDS)


def _write(formatter: Any, commands: Mapping[str, str]) -> None:  # noqa: ANN401 - as above
    with formatter.section("Commands"):
        formatter.write_dl(list(commands.items()))


def load(name: str) -> Any:  # noqa: ANN401 - as above
    """Import a command and return it."""
    module = importlib.import_module(f"interviewer.commands.{name}")
    alone = typer.Typer(rich_markup_mode=None)
    if hasattr(module, "app"):
        alone.add_typer(module.app, name=name, cls=Group)
    else:
        alone.command(name)(getattr(module, name))
    alone.callback()(lambda: None)  # Makes it a group, of one command too.
    return typer.main.get_group(alone).commands[name]


# Help without frames and colours: Rich takes longer to load than the help to write.
app = typer.Typer(
    cls=Table,
    help="A spoken-style mock interviewer for Python developers, on your own machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - Typer's callback signature
    if wanted:
        import importlib.metadata  # noqa: PLC0415 - only for this

        typer.echo(f"interviewer {importlib.metadata.version('interviewer')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[  # noqa: FBT002 - a flag
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Hold the options that come before a command."""


def _open_what_is_closed() -> None:
    """Open standard streams that we were started without: no transcript must take their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _show_what_can_be_shown() -> None:
    """Put a question mark for a character that the output's encoding lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def main() -> None:
    """Run the command line; the console script's entry point. Ctrl-C exits with 130."""
    # ONNX Runtime reports to its maker unless this is set before it loads, for whatever library.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    _open_what_is_closed()
    _show_what_can_be_shown()
    received = _end_in_order()
    try:
        sys.exit(_run())
    except InterviewerError as error:
        from interviewer.values.text import safe  # noqa: PLC0415 - only for errors

        typer.secho(safe(str(error)), err=True, fg=typer.colors.RED)
        typer.echo(safe(error.hint), err=True)
        _leave(error.exit_code)
    except SystemExit as leaving:
        _leave(128 + received[0] if received else leaving.code)


def _run() -> Any:  # noqa: ANN401 - as above
    """Run the command that was called, and return its exit code, None for 0.

    Raises:
        UsageError: an option or an argument is unknown, missing, or not what it may be.
    """
    try:
        return app(standalone_mode=False)
    except typer.Abort:
        typer.echo("Aborted!", err=True)
        return 1
    except _CLICKS_USAGE_ERROR as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # Its message is the help.
            typer.echo(error.format_message(), err=True)
            return error.exit_code
        raise _not_understood(error) from error


def _not_understood(error: Any) -> UsageError:  # noqa: ANN401 - as above
    """Return an error of click's in the form of ours: with what was found, and a next step."""
    message = error.format_message().replace("Value error, ", "").rstrip(".")
    found = ""
    if hasattr(error.__cause__, "errors"):  # Pydantic's, which says what is allowed.
        found = repr(error.__cause__.errors()[0]["input"])
    command = error.ctx.command_path if error.ctx else "interviewer COMMAND"
    return UsageError(
        f"{message}." if found in message else f"{message}, found {found}.",
        hint=f"`{command} --help` says what it takes.",
    )


def _end_in_order() -> list[int]:
    """Take the signals to end for Ctrl-C, and return the list that they are noted in.

    So the session is ended in its transcript, and the terminal is left as it was found.
    """
    received: list[int] = []

    def end(number: int, _frame: object) -> NoReturn:
        received.append(number)
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        # Windows has no SIGHUP; under nohup it is ignored, and stays so.
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)
    return received


def _leave(code: str | int | None) -> NoReturn:
    """Exit; with llama.cpp in the process without tidying up.

    It may be reading a prompt that nobody wants any more, and a call back into an interpreter that
    is shutting down aborts the process. All that is to be kept is on disk by then.
    """
    if "xllamacpp" in sys.modules:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code if isinstance(code, int) else int(code is not None))
    sys.exit(code)
