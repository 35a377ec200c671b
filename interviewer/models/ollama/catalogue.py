"""The models on an Ollama server's disk: which there are, fetching and removing them."""

import contextlib
from collections.abc import Iterator

from interviewer.errors import ModelError, ModelUnavailable
from interviewer.models.ollama.server import OllamaServer
from interviewer.models.ollama.values import InstalledModel, Progress


def list_models(host: str) -> list[InstalledModel]:
    """Return every model on a server's disk.

    Raises:
        ModelUnavailable: there is no Ollama server.
    """
    with contextlib.closing(OllamaServer(host)) as server:
        return server.models()


def list_chat_models(host: str) -> list[InstalledModel]:
    """Return the models of a server that can hold a chat without leaving it.

    Raises:
        ModelUnavailable: there is no Ollama server.
    """
    return [model for model in list_models(host) if model.chats]


def pull(host: str, name: str) -> Iterator[Progress]:
    """Fetch a model onto a server, telling how far it is; going on where an earlier pull stopped.

    Raises:
        ModelUnavailable: there is no Ollama server.
        DownloadError: the server could not fetch it.
    """
    with (
        contextlib.closing(OllamaServer(host)) as server,
        contextlib.closing(server.pull(name)) as p,
    ):
        yield from p


def remove(host: str, name: str) -> None:
    """Delete a model from a server's disk.

    Raises:
        ModelUnavailable: there is no Ollama server, or no such model.
    """
    with contextlib.closing(OllamaServer(host)) as server:
        server.remove(name)


def find_chat_model(server: OllamaServer, name: str) -> InstalledModel:
    """Return a model of a server that can chat.

    Raises:
        ModelUnavailable: no server, no such model, or one that runs at ollama.com.
        ModelError: the model cannot chat.
    """
    model = server.find(name)
    if model.runs_elsewhere:
        raise ModelUnavailable(
            f"{model.name!r} runs at ollama.com: what you say would leave this machine.",
            hint="Choose a model that is on the disk: see `interviewer models list`.",
        )
    if not model.chats:
        raise ModelError(
            f"{model.name!r} cannot chat; it can: {', '.join(sorted(model.capabilities))}.",
            hint="Choose a chat model: `interviewer models list` shows which there are.",
        )
    return model
