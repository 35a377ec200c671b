"""The seam to a chat model: three ways to ask, whatever answers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, Protocol, TypeVar, runtime_checkable

from pydantic import BaseModel

from interviewer.errors import Unparsable
from interviewer.values.value import Value

Schema = TypeVar("Schema", bound=BaseModel)


class Message(Value):
    """One turn of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


class Cost(Value):
    """What one reply took, as the engine itself counted it."""

    read_tokens: int
    """Of the prompt. A prefix that was read before is left out by llama.cpp, not by Ollama."""
    read_s: float
    written_tokens: int
    written_s: float


@runtime_checkable
class Counting(Protocol):
    """A chat model whose engine tells what a reply took."""

    last_cost: Cost | None
    """Of the last reply that came to its end; None before, or where nothing was told."""


class ChatModel(Protocol):
    """A local model that answers chats; one request at a time, further ones wait their turn.

    All calls are deterministic at temperature 0, and raise `ModelError` for any failure.
    Prompts that grow only at their end are cheap: the part read before is not read again.
    """

    @property
    def name(self) -> str:
        """The name a user would give: `embedded/…` or `ollama/…`."""
        ...

    @property
    def digest(self) -> str:
        """`sha256:` of the weights."""
        ...

    @property
    def where(self) -> str:
        """Where it runs, in words for the screen."""
        ...

    @property
    def context_tokens(self) -> int:
        """How many tokens prompt and reply may have together."""
        ...

    @property
    def notes(self) -> Sequence[str]:
        """What the user should know about how it answered, each thing once."""
        ...

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str]:
        """Yield the reply as it comes; closing the iterator stops the model."""
        ...

    def parse(
        self, messages: Sequence[Message], schema: type[Schema], *, max_tokens: int
    ) -> Schema:
        """Return a reply held to a schema.

        Raises:
            Unparsable: the reply does not fit, also after one repair.
        """
        ...

    def choose(self, messages: Sequence[Message], labels: Sequence[str]) -> dict[str, float]:
        """Return the probability of each label as the reply's first word; they sum to 1.

        Labels are single lower-case words, no two with the same first letter.

        Raises:
            Unparsable: the model gives none of the labels a chance.
        """
        ...

    def close(self) -> None:
        """Stop whatever runs, and give back the memory as far as the implementation can."""
        ...


def label_probabilities(tokens: Mapping[str, float], labels: Sequence[str]) -> dict[str, float]:
    """Return label → probability from first token → probability, summing to 1.

    A token counts for the label that it begins (`Part` for `partly`), in any case and with or
    without a space before it. What goes to no label is left out of the sum.

    Raises:
        Unparsable: no token begins any label.
    """
    mass = dict.fromkeys(labels, 0.0)
    for token, probability in tokens.items():
        word = token.strip().lower()
        owners = [label for label in labels if word and label.startswith(word)]
        if len(owners) == 1:
            mass[owners[0]] += probability
    total = sum(mass.values())
    if total <= 0:
        raise Unparsable(
            f"The model's reply begins with none of {', '.join(labels)}.",
            hint="Try another model: `interviewer start --model NAME`.",
        )
    return {label: value / total for label, value in mass.items()}
