"""What is said to an Ollama server and what comes back, in our own words."""

from collections.abc import Mapping
from typing import Any, Literal

from interviewer.models.chat import Cost, Message
from interviewer.values.value import Value


class Patience(Value):
    """How long to wait, in seconds, before something is taken for broken."""

    connect_s: float = 3.0
    first_token_s: float = 600.0
    """Covers loading the weights (the server's own limit is 300 s) and reading a whole context."""
    gap_s: float = 120.0
    """Between two tokens, not for the whole reply."""


PATIENT = Patience()


class InstalledModel(Value):
    """A model that a server has on disk."""

    name: str
    """As the server writes it, with its tag: `qwen3:8b`."""
    digest: str
    """`sha256:` of the manifest, which names the weights by theirs."""
    size_bytes: int
    family: str
    quantisation: str
    parameters: str
    licence: str
    """As the weights declare it; empty if they do not."""
    capabilities: frozenset[str]
    """`completion` (it chats), `embedding`, `thinking`, `tools`, `vision`."""
    context_tokens: int
    """What it was trained with; 0 if the server does not know."""

    @property
    def chats(self) -> bool:
        """Whether it can hold a chat, on this server and not at ollama.com."""
        return "completion" in self.capabilities and not self.runs_elsewhere

    @property
    def runs_elsewhere(self) -> bool:
        """Whether its name stands for a model at ollama.com, to which the server passes all on."""
        return self.name.partition(":")[2].endswith("cloud")


class Wish(Value):
    """How one reply should be, and from which message on the prompt must stay whole."""

    max_tokens: int
    keep_from: int
    temperature: float = 0.0
    seed: int = 0
    format: Mapping[str, Any] | None = None
    """The JSON Schema that holds the reply."""
    top_logprobs: int = 0


class Reply(Value):
    """A whole reply, without what was thought before it."""

    text: str
    chances: Mapping[str, float] | None
    """Token → probability in the place of the first word, if asked for and given."""
    cut_short: bool
    """Whether it ended for want of tokens."""


class ChatRequest(Value):
    """All that one reply depends on."""

    model: str
    messages: tuple[Message, ...]
    options: Mapping[str, float]
    format: Mapping[str, Any] | None = None
    think: Literal[False] | None = None
    """False where the model can think; a model that cannot takes no order about it."""
    top_logprobs: int = 0
    keep_alive: str = "30m"


class Piece(Value):
    """A part of a reply, mostly a token."""

    content: str
    thought: bool
    """Whether the model is thinking; what it thinks is left on the server."""
    chances: Mapping[str, float] | None
    """Token → probability in the place of the piece's first token, if asked for and given."""
    done: str
    """Why the reply ends, with its last piece: `stop`, `length`, `load`; empty before."""
    prompt_tokens: int = 0
    """How much of the prompt the server read; 0 before the last piece."""
    cost: Cost | None = None
    """Of the whole reply, with its last piece."""


class Progress(Value):
    """How far a pull has come."""

    status: str
    completed_bytes: int
    total_bytes: int
    """Of the part that is being fetched; 0 where nothing is."""
