"""`interviewer models`: which models there are, and fetching or removing them."""

import json
import os
from typing import Annotated

import typer

from interviewer.commands.session_setup import fetch_weights, load_settings
from interviewer.console.screen import Screen
from interviewer.errors import ModelUnavailable
from interviewer.models import embedded, ollama
from interviewer.models.choice import choose_model
from interviewer.paths import Folders
from interviewer.values.value import Value


class Row(Value):
    """A model as the list shows it."""

    name: str
    size: int
    """Bytes."""
    licence: str
    note: str
    installed: bool


app = typer.Typer(help="List, fetch and remove models.", no_args_is_help=True)


@app.command("list")
def list_models(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the embedded models, and those of the Ollama server if one answers."""
    _, places = load_settings()
    rows = [*_embedded_rows(places), *_ollama_rows()]
    if as_json:
        typer.echo(json.dumps([row.model_dump() for row in rows]))
        return
    screen = Screen()
    for row in rows:
        state = "installed" if row.installed else "not downloaded"
        screen.parts([(row.name, "bold"), (f"  {row.size / 1e9:.2f} GB, {state}", "")])
        screen.say(f"{row.licence}; {row.note}", style="dim", indent=2)


@app.command()
def pull(name: Annotated[str, typer.Argument(help="embedded/NAME or ollama/NAME.")]) -> None:
    """Fetch a model; goes on where an earlier try stopped."""
    _, places = load_settings()
    screen = Screen()
    choice = choose_model(name)
    if choice.kind == "none":
        raise ModelUnavailable("There is nothing to fetch for 'none'.", hint="Name a model.")
    if choice.kind == "embedded":
        fetch_weights(choice, places, screen)
    else:
        _pull_from_ollama(choice.name.removeprefix("ollama/"), screen)
    screen.say(f"{choice.name} is installed.")


@app.command()
def remove(name: Annotated[str, typer.Argument(help="embedded/NAME.")]) -> None:
    """Delete an embedded model's weights from the disk."""
    _, places = load_settings()
    model = embedded.find(name)
    gone = embedded.remove(model, places.models)
    Screen().say(f"{model.name} was {'removed' if gone else 'not on disk'}.")


def _embedded_rows(places: Folders) -> list[Row]:
    return [
        Row(name=model.name, size=model.size, licence=model.licence, note=model.note,
            installed=embedded.is_downloaded(model, places.models))
        for model in embedded.MODELS
    ]  # fmt: skip


def _ollama_rows() -> list[Row]:
    host = ollama.server_address(os.environ)
    if not ollama.is_reachable(host):
        return []
    return [
        Row(name=f"ollama/{model.name}", size=model.size_bytes, licence="see its publisher",
            note=f"on the Ollama server at {host}", installed=True)
        for model in ollama.list_chat_models(host)
    ]  # fmt: skip


def _pull_from_ollama(name: str, screen: Screen) -> None:
    with screen.downloading(f"Ollama pulls {name}.", total=0) as bar:
        for step in ollama.pull(ollama.server_address(os.environ), name):
            bar.update(bar.task_ids[0], completed=step.completed_bytes, total=step.total_bytes)
