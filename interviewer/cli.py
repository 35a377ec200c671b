"""The table of commands, and the one place where errors become messages and exit codes."""

import contextlib
import importlib.metadata
import io
import os
import sys
from typing import Annotated, NoReturn

import typer

from interviewer.errors import InterviewerError

app = typer.Typer(
    help="A spoken-style mock interviewer for Python developers, on your own machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - Typer's callback signature
    if wanted:
        typer.echo(f"interviewer {importlib.metadata.version('interviewer')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[  # noqa: FBT002 - a flag
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Hold the options that come before a command."""


def register(table: typer.Typer) -> None:
    """Put every command on a table; imported here, so that the program costs nothing to look at."""
    from interviewer.commands import (  # noqa: PLC0415
        doctor,
        evaluate,
        index,
        models,
        override,
        profiles,
        regrade,
        review,
        sessions,
        start,
    )

    table.command()(start.start)
    table.command()(index.index)
    table.command()(review.review)
    table.add_typer(sessions.app, name="sessions")
    table.command()(override.override)
    table.command()(regrade.regrade)
    table.add_typer(models.app, name="models")
    table.command()(evaluate.evaluate)
    table.add_typer(profiles.app, name="profiles")
    table.command()(doctor.doctor)


def _show_what_can_be_shown() -> None:
    """Put a question mark for a character that the output's encoding lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def main() -> None:
    """Run the command line; the console script's entry point. Ctrl-C exits with 130."""
    _show_what_can_be_shown()
    register(app)
    try:
        app()
    except InterviewerError as error:
        from interviewer.console.screen import safe  # noqa: PLC0415 - only for errors

        typer.secho(safe(str(error)), err=True, fg=typer.colors.RED)
        typer.echo(safe(error.hint), err=True)
        _leave(error.exit_code)
    except SystemExit as leaving:
        _leave(leaving.code)


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
