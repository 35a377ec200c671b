"""A chat model that says what its script says, and complains when the script runs out."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from interviewer.models.chat import Message, Schema, label_probabilities
from interviewer.models.context import PromptFitter, PromptGauge, last_user_turn, shorten
from interviewer.models.replies import read_reply

Reply = str | Mapping[str, float] | Exception


@dataclass
class ScriptedModel:
    """Gives its replies in order: text for `stream` and `parse`, token chances for `choose`."""

    script: list[Reply] = field(default_factory=list)
    name: str = "scripted/test"
    digest: str = "sha256:0"
    where: str = "in this test"
    context_tokens: int = 4096
    notes: list[str] = field(default_factory=list)
    heard: list[Sequence[Message]] = field(default_factory=list)
    closed: bool = False
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str]:
        del temperature, seed

        def words(kept: Sequence[Message]) -> Iterator[str]:
            for number, word in enumerate(self._text(kept).split(" ")[:max_tokens]):
                yield word if number == 0 else f" {word}"

        fitter = PromptFitter(self.context_tokens)
        yield from fitter.replies(words, messages, max_tokens, last_user_turn(messages))
        self.notes += [note for note in fitter.notes if note not in self.notes]

    def parse(
        self, messages: Sequence[Message], schema: type[Schema], *, max_tokens: int
    ) -> Schema:
        del max_tokens
        return read_reply(self._text, messages, schema)

    def choose(self, messages: Sequence[Message], labels: Sequence[str]) -> dict[str, float]:
        shorten(messages, PromptGauge().costs(messages), self.context_tokens, keep_from=0)
        reply = self._next(messages)
        tokens = json.loads(reply) if isinstance(reply, str) else reply
        return label_probabilities(tokens, labels)

    def close(self) -> None:
        self.closed = True

    def _text(self, messages: Sequence[Message]) -> str:
        reply = self._next(messages)
        assert isinstance(reply, str), "the script has a choice where a text is asked for"
        return reply

    def _next(self, messages: Sequence[Message]) -> str | Mapping[str, float]:
        with self._turn:
            self.heard.append(list(messages))
            if not self.script:
                raise AssertionError("the script has run out")
            reply = self.script.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply
