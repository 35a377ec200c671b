"""`interviewer models`: which models there are, what they are good for, and which one to use."""

import json
import os
from typing import Annotated

import typer

from interviewer.commands.options import AsJson, Yes
from interviewer.commands.session_setup import fetch, fetch_weights, load_model, load_settings
from interviewer.console.screen import Screen
from interviewer.errors import InterviewerError, ModelUnavailable
from interviewer.grading.exam import examine
from interviewer.grading.exam_result import ExamResult
from interviewer.models import catalogue, embedded, ollama, whisper
from interviewer.models.choice import Choice, choose_model
from interviewer.paths import Folders
from interviewer.settings import Settings, change_settings
from interviewer.values.text import safe

AUTO = "auto"
VARIABLE = "INTERVIEWER_MODEL"

app = typer.Typer(help="List, fetch, remove, choose and check models.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="embedded/NAME or ollama/NAME.")]


@app.command("list")
def list_models(as_json: AsJson = False) -> None:
    """Show the embedded models, and those of the Ollama server if one answers."""
    settings, places = load_settings()
    used = _used(settings)
    found = catalogue.entries(places.models, ollama.server_address(os.environ))
    marked = [(entry, catalogue.is_same(entry.name, used)) for entry in found]
    if as_json:
        rows = [entry.model_dump() | {"in_use": in_use} for entry, in_use in marked]
        typer.echo(json.dumps(rows))
        return
    screen = Screen()
    screen.table(
        ("  model", "size", "format", "context", "licence", "can"),
        [_cells(entry, in_use=in_use) for entry, in_use in marked],
    )
    screen.gap()
    screen.say("● in use   ✓ on disk   · to be fetched: `interviewer models pull NAME`", "dim")
    for entry in found:
        if entry.note:
            screen.say(f"{entry.name}: {entry.note}.", "dim")


@app.command()
def pull(name: Name) -> None:
    """Fetch a model; goes on where an earlier try stopped."""
    _, places = load_settings()
    screen = Screen()
    if name.startswith(whisper.PREFIX):
        fetch(whisper.find(name), places, screen)
        screen.say(f"{name} is ready. Use it always: `interviewer models use {name}`.")
        return
    choice = choose_model(name)
    if choice.kind == "embedded":
        fetch_weights(choice, places, screen)
    elif choice.kind == "ollama":
        _pull_from_ollama(choice.name.removeprefix(catalogue.OLLAMA), screen)
    else:
        raise ModelUnavailable(
            f"There is nothing to fetch for {choice.name!r}.",
            hint="Name a model as `interviewer models list` does, or any that Ollama offers.",
        )
    screen.say(f"{choice.name} is ready. Use it always: `interviewer models use {choice.name}`.")


@app.command()
def remove(
    name: Name,
    yes: Yes = False,
) -> None:
    """Delete a model from the disk, or from the disk of the Ollama server; asks before."""
    settings, places = load_settings()
    screen = Screen()
    host = ollama.server_address(os.environ)
    entry = catalogue.find(name, places.models, host)
    if not (yes or not entry.installed):
        size = f"{entry.size / 1e9:.2f} GB"
        typer.confirm(safe(f"Delete {entry.name} ({size}) {entry.where}?"), abort=True)
    if entry.name.startswith(catalogue.OLLAMA):
        ollama.remove(host, entry.name.removeprefix(catalogue.OLLAMA))
        gone = True
    else:
        # Also what is left of a broken download.
        gone = embedded.remove(catalogue.in_process(entry.name), places.models)
    screen.say(f"{entry.name} was {'removed' if gone else 'not on disk'}.")
    if settings.model and catalogue.is_same(settings.model, entry.name):
        screen.say(f"Your settings name it still: `interviewer models use {AUTO}` forgets it.")


@app.command()
def use(name: Annotated[str, typer.Argument(help="A model's name, none, or auto.")]) -> None:
    """Hold all interviews with this model; auto goes back to choosing at each start."""
    settings, places = load_settings()
    screen = Screen()
    if name == AUTO:
        change_settings(places, lambda document: document.pop("model", None))
        screen.say(f"Each interview takes what there is: now {choose_model(None).name}.")
    elif name.startswith(whisper.PREFIX):
        model = whisper.find(name)
        change_settings(places, lambda document: document.update(hearing=model.name))
        screen.say(
            f"Spoken answers are understood by {model.name}, as {places.settings_file} says."
        )
        return
    else:
        choice = choose_model(name)
        _check_there(choice, settings, places)
        change_settings(places, lambda document: document.update(model=choice.name))
        screen.say(f"Interviews are held with {choice.name}, as {places.settings_file} says.")
    if wins := os.environ.get(VARIABLE):
        screen.say(f"But {VARIABLE} is {wins!r}, and a variable wins.", style="yellow")


@app.command()
def check(name: Name, as_json: AsJson = False) -> None:
    """Hold a short exam: what the model can be trusted with, how fast it is. Takes minutes."""
    settings, places = load_settings()
    screen = Screen()
    choice = choose_model(name)
    with screen.waiting(f"Loading {choice.name} …"):
        model = load_model(choice, settings, places)
    if model is None:
        raise ModelUnavailable(
            "There is nothing to check in 'none'.",
            hint="Name a model; `interviewer models list` shows what there is.",
        )
    try:
        with screen.counting(f"Checking {model.name}") as bar:
            result = examine(
                model, lambda done, total: bar.update(bar.task_ids[0], completed=done, total=total)
            )
    finally:
        model.close()
    if as_json:
        typer.echo(result.model_dump_json())
    else:
        _show(result, model.where, screen)


def _show(result: ExamResult, where: str, screen: Screen) -> None:
    screen.parts([(result.model, "bold"), (f" {where}, {result.digest[:19]}…", "dim")])
    for finding in result.findings:
        mark, style = ("✓", "green") if finding.good else ("✗", "red")
        screen.parts([(f"{mark} {finding.what}: ", style), (finding.found, "")])
    screen.gap()
    screen.say(
        "Ten pairs tell little of long answers. How well its grades agree with people's is for "
        f"`interviewer evaluate FILE.jsonl --model {result.model}`, on answers that people graded.",
        style="dim",
    )


def _cells(entry: catalogue.Entry, *, in_use: bool) -> tuple[str, ...]:
    mark = "●" if in_use else "✓" if entry.installed else "·"
    return (
        f"{mark} {entry.name}", f"{entry.size / 1e9:.2f} GB", entry.quantisation,
        f"{entry.context_tokens:,}" if entry.context_tokens else "?",
        entry.licence or "not stated", ", ".join(entry.can) or "–",
    )  # fmt: skip


def _used(settings: Settings) -> str:
    try:
        return choose_model(settings.model).name
    except InterviewerError:
        # A setting that names nothing is no reason not to show what there is.
        return ""


def _check_there(choice: Choice, settings: Settings, places: Folders) -> None:
    if choice.kind != "embedded":
        # Connecting finds the model, and loads nothing yet.
        if model := load_model(choice, settings, places):
            model.close()
    elif not embedded.is_downloaded(embedded.find(choice.name), places.models):
        raise ModelUnavailable(
            f"The weights of {choice.name} are not on disk.",
            hint=f"Download them: `interviewer models pull {choice.name}`.",
        )


def _pull_from_ollama(name: str, screen: Screen) -> None:
    with screen.downloading(f"Ollama pulls {name}.", total=0) as bar:
        for step in ollama.pull(ollama.server_address(os.environ), name):
            bar.update(bar.task_ids[0], completed=step.completed_bytes, total=step.total_bytes)
