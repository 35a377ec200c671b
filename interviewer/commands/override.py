"""`interviewer override`: dispute a verdict; the grader's own stays beside it."""

import json
from typing import Annotated

import typer

from interviewer.commands.options import AsJson
from interviewer.commands.session_setup import load_settings
from interviewer.console.feedback import show_change
from interviewer.console.screen import Screen
from interviewer.conversation.dispute import grade_change
from interviewer.conversation.dispute import override as dispute
from interviewer.conversation.state import replay
from interviewer.transcripts.log import SessionLog
from interviewer.transcripts.sessions import find_session, read_session
from interviewer.values.grade import VerdictName


def override(
    session: Annotated[str, typer.Argument(help="A session's id, its beginning, or last.")],
    point: Annotated[str, typer.Argument(help="As review numbers it: 2.3; or its id.")],
    verdict: Annotated[VerdictName, typer.Argument(help="What you hold it to be.")],
    why: Annotated[str, typer.Option(help="Your reason; review shows it.")],
    as_json: AsJson = False,
) -> None:
    """Give a key point another verdict, with your reason; the grader's own is kept beside it."""
    _, places = load_settings()
    path = find_session(places.sessions, session)
    with SessionLog(path, again=True) as log:
        found = read_session(path)
        if found.faults:
            Screen(to_stderr=True).say(found.complaint, style="yellow")
        exchange, event = dispute(replay(found.events), point, verdict, why)
        log.write(event)
    change = grade_change(exchange, event)
    if as_json:
        typer.echo(json.dumps({"session": path.stem, "why": event.why} | change.model_dump()))
    else:
        show_change(Screen(), change)
