"""A chat model on a server that speaks OpenAI's protocol: llama-server, vLLM, LM Studio."""

import contextlib
import hashlib
import json
import math
import socket
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any, Self

import httpx

from interviewer.errors import ModelInterrupted, ModelUnavailable
from interviewer.models.chat import Message, Schema, label_probabilities
from interviewer.models.context import PromptFitter, last_user_turn
from interviewer.models.ollama import Patience, is_loopback, place
from interviewer.models.openai_faults import broken_off, checked, content, translated
from interviewer.models.replies import choose_by_schema, read_reply
from interviewer.models.thinking import begins_thinking, without_thinking

PREFIX = "openai/"
NO_CHANCES = "The server gives no probabilities: a verdict is the model's bare word."
_CHANCES = {"max_tokens": 1, "logprobs": True, "top_logprobs": 20}
_CONTEXT_TOKENS = 8192


class OpenAIModel:
    """A `ChatModel` behind `/chat/completions`; made with `connect`."""

    def __init__(self, client: httpx.Client, patience: Patience, entry: Mapping[str, Any]) -> None:
        self._client = client
        self._patience = patience
        self._id = str(entry["id"])
        self._turn = threading.Lock()
        self._connection: socket.socket | None = None
        self._gives_chances = True
        trained = (entry.get("meta") or {}).get("n_ctx_train")
        self._fitter = PromptFitter(entry.get("max_model_len") or trained or _CONTEXT_TOKENS)
        self.name = f"{PREFIX}{self._id}"
        said = json.dumps({**entry, "created": None}, sort_keys=True)
        self.digest = f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"
        """Of what the server says of the model: the protocol tells nothing of the weights."""
        self.where = f"on the server at {place(str(client.base_url))}"
        self.notes = self._fitter.notes

    @classmethod
    def connect(
        cls, name: str, *, url: str | None, key: str = "", patience: Patience | None = None
    ) -> Self:
        """Find a model on a server.

        Args:
            name: as the server lists it, with or without `openai/` before it.
            url: up to and with `/v1`.
            key: sent to this server alone.
            patience: how long to wait.

        Raises:
            ModelUnavailable: no server, no such model, or a key that cannot be sent.
        """
        if not url:
            raise ModelUnavailable(
                f"{name!r} needs a server, and none is named.",
                hint="Set INTERVIEWER_OPENAI_URL, such as http://127.0.0.1:8080/v1.",
            )
        if not (key.isascii() and key.isprintable()):
            raise ModelUnavailable(
                "A key is of letters, digits and signs of ASCII; that of the server has others.",
                hint="Copy it anew into INTERVIEWER_OPENAI_KEY: a cut one may end in an ellipsis.",
            )
        patience = patience or Patience()
        with translated(url):
            client = httpx.Client(
                base_url=url,
                headers={"Authorization": f"Bearer {key}"} if key else {},
                timeout=httpx.Timeout(patience.first_token_s, connect=patience.connect_s),
                trust_env=not is_loopback(url),
            )
        with contextlib.ExitStack() as cleanup, translated(url):
            cleanup.callback(client.close)
            # Not kept: the connection that is broken on closing must be one of the model's own.
            answer = client.get("models", headers={"Connection": "close"})
            entries = {str(entry["id"]): entry for entry in checked(answer, url)["data"]}
            if (wanted := name.removeprefix(PREFIX)) not in entries:
                raise ModelUnavailable(
                    f"The server at {place(url)} has no model {wanted!r}.",
                    hint=f"Choose one of: {', '.join(PREFIX + one for one in entries)}.",
                )
            cleanup.pop_all()
            return cls(client, patience, entries[wanted])

    @property
    def context_tokens(self) -> int:
        """How many tokens prompt and reply may have together, as far as is known."""
        return self._fitter.context_tokens

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str]:  # fmt: skip
        """Yield the reply as it comes; closing the iterator stops the model."""
        wish = {"max_tokens": max_tokens, "temperature": temperature, "seed": seed}
        return self._text(messages, wish, last_user_turn(messages))

    def parse(
        self, messages: Sequence[Message], schema: type[Schema], *, max_tokens: int
    ) -> Schema:
        """Return a reply held to a schema, repaired at most once."""
        wish = {"max_tokens": max_tokens, "response_format": _form(schema.model_json_schema())}
        keep_from = last_user_turn(messages)
        return read_reply(lambda m: "".join(self._text(m, wish, keep_from)), messages, schema)

    def choose(self, messages: Sequence[Message], labels: Sequence[str]) -> dict[str, float]:
        """Return the probability of each label; one has all of it where there are no logprobs."""
        if self._gives_chances:
            with contextlib.closing(self._choices(messages, _CHANCES)) as choices:
                found = [c["logprobs"]["content"] for c in choices if c.get("logprobs")]
            chances = _chances(found[0][0]) if found and found[0] else None
            if chances and not begins_thinking(chances):
                return label_probabilities(chances, labels)
            self._gives_chances = False
            self.notes.append(NO_CHANCES)
        return choose_by_schema(
            lambda schema: lambda turns: "".join(
                self._text(turns, {"max_tokens": 32, "response_format": _form(schema)})
            ), messages, labels,
        )  # fmt: skip

    def close(self) -> None:
        """Break the connection, so that a request of another thread ends now."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)
        self._client.close()

    def _text(
        self, messages: Sequence[Message], wish: Mapping[str, Any], keep_from: int = 0
    ) -> Iterator[str]:
        with contextlib.closing(self._choices(messages, wish, keep_from)) as choices:
            yield from without_thinking(choice["delta"].get("content") or "" for choice in choices)

    def _choices(
        self, messages: Sequence[Message], wish: Mapping[str, Any], keep_from: int = 0
    ) -> Generator[dict[str, Any]]:
        with self._turn:
            yield from self._fitter.replies(
                lambda kept: self._replies(kept, wish), messages, wish["max_tokens"], keep_from
            )

    def _replies(
        self, messages: Sequence[Message], wish: Mapping[str, Any]
    ) -> Generator[dict[str, Any]]:
        turns = [message.model_dump() for message in messages]
        body = {"model": self._id, "messages": turns, "stream": True, "temperature": 0.0, **wish}
        url = str(self._client.base_url)
        if self._client.is_closed:
            raise ModelInterrupted(f"{self.name} is closed.", hint="Start again.")
        with (
            translated(url),
            self._client.stream(
                "POST", "chat/completions", json=body, extensions={"trace": self._remember}
            ) as answer,
        ):
            if not answer.is_success:
                answer.read()
                checked(answer, url)
            # Headers come with the first token, or close to it; from here on gaps are short.
            answer.request.extensions["timeout"]["read"] = self._patience.gap_s
            for line in answer.iter_lines():
                field, _, data = line.partition(": ")
                if data == "[DONE]":
                    return
                if field in {"data", "error"}:
                    yield from content(json.loads(data), 0, url)["choices"]
        raise broken_off(url, "it ended without saying that it is complete")

    def _remember(self, event: str, info: Mapping[str, Any]) -> None:
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._connection = info["return_value"].get_extra_info("socket")


def _form(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": "reply", "schema": schema}}


def _chances(token: Mapping[str, Any]) -> dict[str, float]:
    options = token.get("top_logprobs") or [token]
    return {option["token"]: math.exp(option["logprob"]) for option in options}
