"""Which model holds the interview: the one asked for, else Ollama's, else the embedded one."""

import os
from collections.abc import Mapping
from typing import Literal

from interviewer.errors import ModelUnavailable
from interviewer.models import embedded
from interviewer.values.value import Value

NONE = "none"


class Choice(Value):
    """A model that was chosen, and why, in words for the screen."""

    kind: Literal["ollama", "embedded", "openai", "none"]
    name: str
    why: str


def choose_model(wanted: str | None, environment: Mapping[str, str] | None = None) -> Choice:
    """Return which model to use; asks the Ollama server only if nothing was asked for by name.

    Raises:
        ModelUnavailable: the name asked for is none of ours.
    """
    environment = os.environ if environment is None else environment
    if wanted:
        return _named(wanted)
    # Imported here: the client of a server that may not be used.
    from interviewer.models import ollama  # noqa: PLC0415

    host = ollama.server_address(environment)
    why = "no Ollama server answered"
    if ollama.is_reachable(host):
        if models := ollama.list_chat_models(host):
            name = f"ollama/{models[0].name}"
            return Choice(kind="ollama", name=name, why=f"an Ollama server at {host} has it")
        why = f"the Ollama server at {host} has no chat model"
    return Choice(kind="embedded", name=embedded.MODELS[0].name, why=why)


def _named(wanted: str) -> Choice:
    why = "you asked for it"
    if wanted == NONE:
        return Choice(kind="none", name=NONE, why=why)
    if wanted.startswith("ollama/"):
        return Choice(kind="ollama", name=wanted, why=why)
    if wanted.startswith("openai/"):
        return Choice(kind="openai", name=wanted, why=why)
    if wanted.startswith(embedded.PREFIX):
        return Choice(kind="embedded", name=embedded.find(wanted).name, why=why)
    raise ModelUnavailable(
        f"There is no model {wanted!r}.",
        hint="Name it `ollama/NAME`, `embedded/NAME`, `openai/NAME` or `none`; "
        "`interviewer models list` shows what there is.",
    )
