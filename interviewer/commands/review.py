"""`interviewer review`: a session again, question by question, with grades and evidence."""

import json
from typing import Annotated

import typer

from interviewer.commands.session_setup import load_settings
from interviewer.console import render
from interviewer.console.screen import Screen
from interviewer.conversation.state import replay
from interviewer.transcripts.sessions import find_session, read_session


def review(
    session: Annotated[
        str | None, typer.Argument(help="A session's id or its beginning; the latest if left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show a session: what you said, each key point with its evidence, where to read more."""
    _, places = load_settings()
    found = read_session(find_session(places.sessions, session))
    state = replay(found.events)
    if as_json:
        typer.echo(json.dumps(state.model_dump(mode="json")))
        return
    screen = Screen()
    if found.unreadable:
        lines = ", ".join(map(str, found.unreadable))
        screen.say(f"Set aside, not readable: line {lines} of {found.path}.", style="yellow")
    render.show_review(screen, state)
