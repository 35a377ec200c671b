"""What several commands need before they begin: settings, the model, the library."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewer import settings as settings_module
from interviewer.console.screen import Screen
from interviewer.errors import SettingsError
from interviewer.knowledge.chroma import Server
from interviewer.knowledge.guide import read_guides
from interviewer.models import embedded
from interviewer.models.chat import ChatModel
from interviewer.models.choice import Choice, choose_model
from interviewer.models.late import LateModel
from interviewer.models.machine import available_memory
from interviewer.paths import Folders, bundled, folders
from interviewer.settings import Settings
from interviewer.values.knowledge import Topic

if TYPE_CHECKING:
    # Imported at run time when first used, with all that searches: most commands only show.
    from interviewer.knowledge.embedder import Embedder
    from interviewer.knowledge.indexing import Step
    from interviewer.knowledge.library import Library, Summary

PROMPT_S = 0.5
"""How long it takes at most from a question to the prompt for its answer."""


def load_settings(**flags: Any) -> tuple[Settings, Folders]:  # noqa: ANN401 - options of any type
    """Return the settings in force with these flags, and the folders."""
    places = folders()
    given: Mapping[str, Any] = {name: value for name, value in flags.items() if value is not None}
    return settings_module.load(given, places), places


def guide_and_repo(settings: Settings) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the guides and repositories to use: the user's, else the ones that ship.

    The shipped repository goes with the shipped guide: a user's own guide does not point at it.
    """
    guides = settings.guide or (bundled("corpus") / "guide",)
    repos = settings.repo
    if not settings.guide and not repos:
        repos = (bundled("corpus") / "repo",)
    return guides, repos


def guide_topics(settings: Settings) -> list[Topic]:
    """Return the topics of the guides in use, in their order."""
    chapters = read_guides(guide_and_repo(settings)[0])
    return [topic for chapter in chapters for topic in chapter.topics]


def roots(settings: Settings) -> tuple[Path, ...]:
    """Return the folders that the places of guides and repositories stand below."""
    guides, repos = guide_and_repo(settings)
    return tuple(path.parent if path.is_file() else path for path in (*guides, *repos))


def chroma_server(settings: Settings) -> Server | None:
    """Return the Chroma server of the settings, if there is one."""
    token = settings.chroma_token.get_secret_value() if settings.chroma_token else ""
    return Server(settings.chroma_url, token) if settings.chroma_url else None


def open_library(settings: Settings, places: Folders, screen: Screen) -> "tuple[Library, Summary]":
    """Bring the index up to date, with a progress bar, and open it."""
    from interviewer.knowledge.library import Backing, Library  # noqa: PLC0415 - as above

    guides, repos = guide_and_repo(settings)
    with screen.counting("Reading guide and repository") as bar:

        def show(step: "Step") -> None:
            what = f"Reading guide and repository: {step.files} of {step.total} files, "
            what += f"{step.passages} passages"
            bar.update(bar.task_ids[0], completed=step.files, total=step.total, description=what)

        library, summary = Library.open(
            places.index, guides, repos, show,
            reference=(bundled("corpus") / "guide",) if settings.guide else (),
            backing=Backing(_embedder(settings), chroma_server(settings), settings.python_docs),
        )  # fmt: skip
    if summary.rebuilt:
        screen.say(f"The index was made anew: {summary.rebuilt}.", style="dim")
    return library, summary


def _embedder(settings: Settings) -> "Embedder | None":
    """Return the embedder of the settings; None for the one in this process."""
    if settings.embedder is None:
        return None
    if not settings.embedder.startswith("ollama/"):
        raise SettingsError(
            f"An embedder is named `ollama/NAME`; found {settings.embedder!r}.",
            hint="Correct `embedder`, or leave it out to embed in this process.",
        )
    # Imported here: the client of a server that may not be used.
    from interviewer.models.ollama import OllamaEmbedder, server_address  # noqa: PLC0415

    name = settings.embedder.removeprefix("ollama/")
    return OllamaEmbedder.connect(name, server_address(os.environ))


def fetch_weights(choice: Choice, places: Folders, screen: Screen) -> None:
    """Download the weights of the chosen model if it is an embedded one."""
    if choice.kind == "embedded":
        fetch(embedded.find(choice.name), places, screen)


def fetch(model: embedded.EmbeddedModel, places: Folders, screen: Screen) -> None:
    """Download a model's weights if they are not there, saying what and how large."""
    if embedded.is_downloaded(model, places.models):
        return
    size = f"{model.size / 1e9:.2f} GB"
    what = f"Downloading {model.file} ({size}, {model.licence}) to {places.models}, once."
    with screen.downloading(what, model.size) as bar:
        embedded.download(
            model, places.models, lambda done: bar.update(bar.task_ids[0], completed=done)
        )


def load_model(choice: Choice, settings: Settings, places: Folders) -> ChatModel | None:
    """Return the chosen model, ready to talk; None if the choice is to do without."""
    if choice.kind == "none":
        return None
    if choice.kind == "ollama":
        # Imported here: the client of a server that may not be used.
        from interviewer.models.ollama import OllamaModel, server_address  # noqa: PLC0415

        return OllamaModel.connect(
            choice.name.removeprefix("ollama/"),
            host=server_address(os.environ),
            threads=settings.threads,
        )
    if choice.kind == "openai":
        from interviewer.models.openai_server import OpenAIModel  # noqa: PLC0415 - as above

        key = settings.openai_key.get_secret_value() if settings.openai_key else ""
        return OpenAIModel.connect(choice.name, url=settings.openai_url, key=key)
    from interviewer.models.llamacpp import LlamaCppModel  # noqa: PLC0415 - 100 MB of library

    model = embedded.find(choice.name)
    embedded.require_memory(model, available_memory())
    return LlamaCppModel.load(
        embedded.weights(model, places.models),
        name=model.name, digest=model.digest, threads=settings.threads,
    )  # fmt: skip


def load_model_late(choice: Choice, settings: Settings, places: Folders) -> ChatModel | None:
    """Return the chosen model as `load_model` does, but an embedded one loads when first needed.

    Whether it fits in memory is known before.
    """
    if choice.kind != "embedded":
        return load_model(choice, settings, places)
    from interviewer.models.llamacpp import CONTEXT_TOKENS, WHERE  # noqa: PLC0415 - as above

    model = embedded.find(choice.name)
    embedded.require_memory(model, available_memory())

    def load() -> ChatModel:
        # llama.cpp lets nothing else of this process run while it loads, the prompt for the first
        # answer neither: so that comes first.
        time.sleep(PROMPT_S)
        loaded = load_model(choice, settings, places)
        assert loaded is not None  # noqa: S101 - "none" is not embedded
        return loaded

    return LateModel(
        load, name=model.name, digest=model.digest, where=WHERE, context_tokens=CONTEXT_TOKENS
    )


@contextmanager
def opened_model(settings: Settings, places: Folders, screen: Screen) -> Iterator[ChatModel | None]:
    """Choose a model, fetch it if need be, load it, and close it in the end."""
    choice = choose_model(settings.model)
    screen.say(f"Model: {choice.name} ({choice.why}).", style="dim")
    fetch_weights(choice, places, screen)
    with screen.waiting(f"Loading {choice.name} …"):
        model = load_model(choice, settings, places)
    try:
        yield model
    finally:
        if model:
            model.close()
