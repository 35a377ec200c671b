"""`interviewer doctor`: one screen that says what works, and how to mend what does not."""

import json
import os
import platform
import shutil
from collections.abc import Callable
from typing import Annotated, Literal

import typer

from interviewer.commands.session_setup import guide_and_repo, load_settings
from interviewer.console.screen import Screen
from interviewer.errors import InterviewerError
from interviewer.knowledge.guide import read_guides
from interviewer.models import embedded, ollama
from interviewer.models.choice import choose_model
from interviewer.paths import Folders, make_private_folder
from interviewer.settings import Settings
from interviewer.transcripts.sessions import session_ids
from interviewer.values.value import Value

NEEDED_DISK = 3_000_000_000
"""Bytes for the default model, a wheel beside it while it arrives, and the index."""


class Finding(Value):
    """One line of the examination."""

    what: str
    state: Literal["ok", "problem"]
    found: str
    fix: str = ""


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Examine model, folders, guide and terminal; every problem comes with its fix."""
    settings, places = load_settings()
    screen = Screen()
    findings = examine(settings, places, screen)
    if as_json:
        typer.echo(json.dumps([finding.model_dump() for finding in findings]))
    for finding in () if as_json else findings:
        mark, style = ("✓", "green") if finding.state == "ok" else ("✗", "red")
        screen.parts([(f"{mark} {finding.what}: ", style), (finding.found, "")])
        if finding.fix:
            screen.say(finding.fix, indent=2)
    if any(finding.state == "problem" for finding in findings):
        raise typer.Exit(1)


def examine(settings: Settings, places: Folders, screen: Screen) -> list[Finding]:
    """Return what was found, in the order a person would look."""
    checks: list[tuple[str, Callable[[], str]]] = [
        ("Model", lambda: _model(settings, places)),
        ("Ollama", _server),
        ("Guide", lambda: _guide(settings)),
        ("Folders", lambda: _folders(places)),
        ("Disk", lambda: _disk(places)),
        ("Sessions", lambda: f"{len(session_ids(places.sessions))} in {places.sessions}"),
        ("Terminal", lambda: f"{screen.console.width} columns, {screen.console.encoding}"),
        ("Python", lambda: f"{platform.python_version()} on {platform.platform()}"),
    ]
    return [_finding(what, check) for what, check in checks]


def _finding(what: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(what=what, state="ok", found=check())
    except InterviewerError as error:
        return Finding(what=what, state="problem", found=str(error), fix=error.hint)


def _model(settings: Settings, places: Folders) -> str:
    choice = choose_model(settings.model)
    if choice.kind == "embedded":
        model = embedded.find(choice.name)
        there = embedded.is_downloaded(model, places.models)
        state = "on disk" if there else f"to be downloaded ({model.size / 1e9:.2f} GB)"
        return f"{choice.name} ({choice.why}), {state}"
    return f"{choice.name} ({choice.why})"


def _server() -> str:
    host = ollama.server_address(os.environ)
    version = ollama.is_reachable(host)
    return f"version {version} at {host}" if version else f"none answers at {host}; not needed"


def _guide(settings: Settings) -> str:
    guides, repos = guide_and_repo(settings)
    topics = sum(len(chapter.topics) for chapter in read_guides(guides))
    return f"{topics} topics in {', '.join(map(str, guides))}; code in {', '.join(map(str, repos))}"


def _folders(places: Folders) -> str:
    for folder in (places.config, places.data, places.cache):
        make_private_folder(folder)
        if not os.access(folder, os.W_OK):
            raise InterviewerError(
                f"{str(folder)!r} is not writable.", hint="Change its permissions."
            )
    return f"{places.data} and {places.cache} are writable"


def _disk(places: Folders) -> str:
    free = shutil.disk_usage(make_private_folder(places.cache)).free
    if free < NEEDED_DISK:
        raise InterviewerError(
            f"{free / 1e9:.1f} GB are free, {NEEDED_DISK / 1e9:.1f} GB may be needed.",
            hint="Make room, or set INTERVIEWER_HOME to a folder on a larger disk.",
        )
    return f"{free / 1e9:.1f} GB free"
