"""`interviewer review`: a session again, question by question, with grades and evidence."""

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from interviewer.commands.desk import TranscriptDesk
from interviewer.commands.options import AsJson
from interviewer.commands.session_setup import load_settings, opened_model, roots
from interviewer.console.browse import browse
from interviewer.console.report import write_report
from interviewer.console.review import show_review
from interviewer.console.screen import Screen
from interviewer.conversation.state import State, replay, with_answers
from interviewer.grading.coach import Coach
from interviewer.knowledge.embedder import MiniLM
from interviewer.transcripts.sessions import find_session, read_session


def review(
    session: Annotated[
        str | None, typer.Argument(help="A session's id or its beginning; the latest if left out.")
    ] = None,
    answers: Annotated[
        bool, typer.Option("--answers", help="With a model answer to each question.")
    ] = False,
    model: Annotated[
        str | None,
        typer.Option(help="Writes model answers and grades again; the guide has answers too."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Print it all instead of turning pages.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option(help="Write a report to look at in a browser.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a session: what you said, each key point with its evidence, where to read more."""
    settings, places = load_settings(model=model)
    found = read_session(find_session(places.sessions, session))
    screen = Screen()
    screen.roots = roots(settings)
    if found.faults and not as_json:
        screen.say(found.complaint, style="yellow")
    if (
        not (everything or answers or html or as_json)
        and sys.stdin.isatty()
        and screen.can_be_filled
    ):
        with TranscriptDesk(found.path, settings, places, has_writer=model is not None) as desk:
            browse(desk, screen)
        return
    state = replay(found.events)
    if answers:
        opened = opened_model(settings, places, Screen(to_stderr=True)) if model else nullcontext()
        with opened as chat_model:
            state = with_answers(state, Coach(chat_model, MiniLM()))
    if html:
        write_report(Screen(to_stderr=as_json), html, found.events, state)
    if as_json:
        typer.echo(json.dumps(_as_json(state)))
    elif not html:
        show_review(screen, state)


def _as_json(state: State) -> dict[str, Any]:
    """Return a session as JSON, each question with the grade that counts: after overrides."""
    dumped = state.model_dump(mode="json")
    for row, exchange in zip(dumped["exchanges"], state.exchanges, strict=True):
        row["in_force"] = exchange.in_force and exchange.in_force.model_dump(mode="json")
    return dumped
