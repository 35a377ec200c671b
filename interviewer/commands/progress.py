"""`interviewer progress`: do I get better, and what do I practise next."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from interviewer import pages
from interviewer.commands.options import AsJson, Guide, ProfileName
from interviewer.commands.session_setup import guide_topics, load_settings, roots
from interviewer.console.progress import show_progress
from interviewer.console.progress_page import progress_page
from interviewer.console.screen import Screen
from interviewer.transcripts.index import SessionIndex
from interviewer.transcripts.progress import progress_of
from interviewer.transcripts.record import read_record
from interviewer.values.events import now


def progress(
    guide: Guide = None,
    profile: ProfileName = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with charts here.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show how topics stand, how scores move, what is due and what to practise next."""
    settings, places = load_settings(guide=guide, profile=profile)
    screen = Screen()
    screen.roots = roots(settings)
    topics = guide_topics(settings)
    with screen.waiting("Reading your sessions …"):
        record = read_record(SessionIndex(places.session_index, places.sessions))
    found = progress_of(record, topics, now(), _start(guide, profile))
    if html:
        pages.write(html, progress_page(found))
    if as_json:
        typer.echo(found.model_dump_json())
    elif html:
        screen.say(f"Written to {html.absolute()}; open it in a browser.")
    elif found.sessions:
        show_progress(screen, found)
    else:
        screen.say("There is no session yet, so there is nothing to tell.")
        screen.say("Hold one: interviewer start --questions 3")


def _start(guide: list[Path] | None, profile: str | None) -> str:
    """Return the command that asks about the same guide as this one looks at."""
    named = [part for path in guide or () for part in ("--guide", str(path))]
    named += ["--profile", profile] if profile else []
    return shlex.join(["interviewer", "start", *named])
