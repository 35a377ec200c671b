"""What can go wrong at an Ollama server, each as our own error with its next step."""

import json
import re
from http import HTTPStatus

from interviewer.errors import DownloadError, ModelError, ModelInterrupted, ModelUnavailable
from interviewer.models.context import PromptTooLong
from interviewer.models.ollama.address import is_loopback, is_reachable, place

# The client's status for an error that comes as a line of a reply.
_ERROR_LINE = -1
_TOO_LONG = re.compile(
    r"\((?P<prompt>\d+) tokens\) exceeds the available context size \((?P<context>\d+) tokens\)"
)


class OnlyThought(ModelError):
    """A reply that is all thinking.

    Args:
        model: whose reply it is.
        unfinished: whether there was no room to think to the end.
    """

    def __init__(self, model: str, *, unfinished: bool) -> None:
        super().__init__(
            f"{model!r} thought and then said nothing.",
            hint="Choose a model that answers without thinking: see `interviewer models list`.",
        )
        self.unfinished = unfinished


def nobody(address: str, why: BaseException) -> ModelUnavailable:
    """Return the error for a server that cannot be connected to."""
    if is_loopback(address):
        hint = "Start it with `ollama serve`, or choose a model that needs no server."
    else:
        hint = "Check OLLAMA_HOST, and that `ollama serve` runs there and may be reached."
    reason = str(why) or type(why).__name__
    return ModelUnavailable(f"No Ollama server answers at {place(address)}: {reason}.", hint=hint)


def stranger(address: str) -> ModelUnavailable:
    """Return the error for another program that listens where Ollama should."""
    return ModelUnavailable(
        f"What answers at {place(address)} does not speak as an Ollama server does.",
        hint="Set OLLAMA_HOST to the address of Ollama, or stop the program that has its port.",
    )


def silence(address: str, *, replying: bool) -> ModelError:
    """Return the error for a server that keeps the connection and says nothing."""
    message = f"The Ollama server at {place(address)} has been silent for too long."
    if replying:
        return ModelInterrupted(
            message, hint="Try again when the machine is less busy, or take a smaller model."
        )
    return ModelUnavailable(message, hint="Restart it: stop Ollama, then `ollama serve`.")


def broken_off(address: str, why: str) -> ModelInterrupted:
    """Return the error for a reply that ends before it is complete."""
    return ModelInterrupted(
        f"The reply of the Ollama server at {place(address)} broke off: {why}.",
        hint="Try again; if it happens again, restart the server with `ollama serve`.",
    )


def refusal(status: int, said: str, address: str, model: str) -> ModelError:
    """Return the error for an answer that is an error: its status (-1: a line in a reply)."""
    words = _innermost(said)
    if said.lstrip().startswith("<"):
        return stranger(address)
    if status == _ERROR_LINE:
        return broken_off(address, words)
    if status == HTTPStatus.NOT_FOUND:
        return missing(address, model)
    if found := _TOO_LONG.search(words):
        return PromptTooLong(
            f"The prompt does not fit: {words}.",
            prompt_tokens=int(found["prompt"]),
            context_tokens=int(found["context"]),
        )
    return ModelError(
        f"The Ollama server at {place(address)} refuses: {words}.", hint=_remedy(status, words)
    )


def pull_failed(name: str, why: str) -> DownloadError:
    """Return the error for a model that the server could not fetch."""
    return DownloadError(
        f"{name!r} could not be pulled: {why.rstrip('.')}.",
        hint=f"Check name and network, then repeat `interviewer models pull ollama/{name}`.",
    )


def cut_prompt(model: str, prompt_tokens: int) -> ModelError:
    """Return the error for a prompt of which the server read only a part."""
    return ModelError(
        f"Ollama read only {prompt_tokens} tokens of a longer prompt for {model!r}.",
        hint="Update Ollama, or take a model with a larger context, and try again.",
    )


def missing(address: str, model: str) -> ModelUnavailable:
    """Return the error for a model that the server does not have."""
    # Any web server says 404: only Ollama also tells its version.
    if is_reachable(address) is None:
        return stranger(address)
    return ModelUnavailable(
        f"The Ollama server at {place(address)} has no model {model!r}.",
        hint=f"Pull it with `interviewer models pull ollama/{model}`.",
    )


def _remedy(status: int, words: str) -> str:
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return "Put the key that the server's owner gave you into OLLAMA_API_KEY."
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return "Wait until others have finished, and try again."
    if "memory" in words:
        return "Take a smaller model: `interviewer models list` shows their sizes."
    if "does not support" in words:
        return "Choose another model: `interviewer models list` shows which there are."
    return "Try again; if it happens again, look into the server's log or take another model."


def _innermost(said: str) -> str:
    """Return the message inside errors that are packed into errors."""
    for _ in range(4):
        try:
            inner = json.loads(said)
        except ValueError:
            break
        inner = inner.get("error", inner) if isinstance(inner, dict) else inner
        said = str(inner.get("message", inner) if isinstance(inner, dict) else inner)
    return " ".join(said.split())[:300].rstrip(".")
