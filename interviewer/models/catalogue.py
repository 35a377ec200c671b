"""All models that can be had: the embedded ones, and those of the Ollama server if one answers."""

from pathlib import Path

from interviewer.errors import ModelUnavailable
from interviewer.models import embedded, ollama, whisper
from interviewer.values.value import Value

OLLAMA = "ollama/"
ABILITIES = {"completion": "chat", "embedding": "embed", "thinking": "think"}
"""What Ollama calls what a model can do, and what we call it; the rest is of no use here."""


class Entry(Value):
    """A model as the catalogue has it."""

    name: str
    size: int
    """Bytes."""
    quantisation: str
    context_tokens: int
    """What it was trained with; 0 if nobody knows."""
    licence: str
    """Short; empty if the weights do not say."""
    can: tuple[str, ...]
    """`chat`, `embed`, `think`, `hear`."""
    where: str
    """The place of its weights, in words for the screen."""
    note: str = ""
    installed: bool


def entries(folder: Path, host: str) -> list[Entry]:
    """Return the embedded models, on disk in `folder` or not, and what the server at `host` has."""
    found = [_embedded(model, folder) for model in (*embedded.MODELS, *whisper.MODELS)]
    if ollama.is_reachable(host):
        found += [_on_ollama(model, host) for model in ollama.list_models(host)]
    return found


def find(name: str, folder: Path, host: str) -> Entry:
    """Return the entry of a name, with or without `embedded/` or the tag `latest`.

    Raises:
        ModelUnavailable: there is no such model.
    """
    if not name.startswith(OLLAMA):
        return _embedded(in_process(name), folder)
    for model in ollama.list_models(host):
        if is_same(f"{OLLAMA}{model.name}", name):
            return _on_ollama(model, host)
    raise ModelUnavailable(
        f"The Ollama server at {host} has no model {name.removeprefix(OLLAMA)!r}.",
        hint="`interviewer models list` shows which it has.",
    )


def in_process(name: str) -> embedded.EmbeddedModel:
    """Return the model of a name that runs in this process, to talk or to listen.

    Raises:
        ModelUnavailable: there is no such model.
    """
    return whisper.find(name) if name.startswith(whisper.PREFIX) else embedded.find(name)


def is_same(one: str, other: str) -> bool:
    """Tell whether two names mean one model: Ollama's tag `latest` may be left out."""
    return one.lower().removesuffix(":latest") == other.lower().removesuffix(":latest")


def _embedded(model: embedded.EmbeddedModel, folder: Path) -> Entry:
    return Entry(
        name=model.name, size=model.size, quantisation=model.quantisation,
        context_tokens=model.context_tokens, licence=model.licence, can=(model.can,),
        where=f"in {folder}", note=model.note, installed=embedded.is_downloaded(model, folder),
    )  # fmt: skip


def _on_ollama(model: ollama.InstalledModel, host: str) -> Entry:
    can = tuple(ours for theirs, ours in ABILITIES.items() if theirs in model.capabilities)
    return Entry(
        name=f"{OLLAMA}{model.name}", size=model.size_bytes, quantisation=model.quantisation,
        context_tokens=model.context_tokens, licence=model.licence,
        # What a candidate says to a model at ollama.com would leave the machine.
        can=() if model.runs_elsewhere else can,
        where=f"on the Ollama server at {host}",
        note="runs at ollama.com: not used" if model.runs_elsewhere else "", installed=True,
    )  # fmt: skip
