"""llama.cpp in this process: the one module that imports xllamacpp."""

import contextlib
import ctypes
import json
import math
import os
import queue
import secrets
import threading
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from interviewer.errors import ModelError, ModelInterrupted, ModelUnavailable
from interviewer.models.chat import Message, Schema, label_probabilities
from interviewer.models.replies import read_reply

CONTEXT_TOKENS = 8192
PROMPT_CACHE_MIB = 512
"""Read prompts kept in memory, so that one conversation does not push out another's prefix."""
TOP_LOGPROBS = 20
_DONE = object()


class LlamaCppModel:
    """A GGUF file run by llama.cpp on this machine's processor.

    Each request runs in a thread of its own, so that Ctrl-C and a closed stream are obeyed at
    once, whatever llama.cpp is doing; a lock lets one request run at a time.
    """

    context_tokens = CONTEXT_TOKENS

    def __init__(self, server: Any, name: str, digest: str) -> None:  # noqa: ANN401 - untyped
        self._server = server
        self._turn = threading.Lock()
        self._closed = threading.Event()
        self.name = name
        self.digest = digest
        self.where = "in this process, on this machine"

    @classmethod
    def load(cls, path: Path, *, name: str, digest: str, threads: int | None = None) -> Self:
        """Load a GGUF file; takes seconds and about its size in memory.

        Raises:
            ModelUnavailable: the file is missing, broken, or does not fit in memory.
        """
        import xllamacpp  # noqa: PLC0415 - 100 MB of library; only for those who need it

        if not path.is_file():
            raise ModelUnavailable(
                f"The weights of {name} are not on disk.",
                hint=f"Download them: `interviewer models pull {name}`.",
            )
        try:
            server = xllamacpp.Server(_parameters(xllamacpp.CommonParams(), path, threads))
        except RuntimeError as error:
            raise ModelUnavailable(
                f"llama.cpp cannot load {str(path)!r}.",
                hint="Free some memory, or fetch the file again: "
                f"`interviewer models remove {name}` and `interviewer models pull {name}`.",
            ) from error
        # Freeing a server can hang for ever (seen once in four tries), so it is never freed.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(server))
        return cls(server, name, digest)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str]:
        """Yield the reply as it comes; closing the iterator stops the model."""
        request = _request(messages, max_tokens, temperature=temperature, seed=seed)
        with contextlib.closing(self._replies(request | {"stream": True})) as replies:
            for reply in replies:
                text = reply["choices"][0]["delta"].get("content") if reply["choices"] else None
                if text:
                    yield text

    def parse(
        self, messages: Sequence[Message], schema: type[Schema], *, max_tokens: int
    ) -> Schema:
        """Return a reply held to a schema, repaired at most once."""
        form = {
            "type": "json_schema",
            "json_schema": {"schema": schema.model_json_schema(), "strict": True},
        }

        def ask(turns: Sequence[Message]) -> str:
            reply = self._whole(_request(turns, max_tokens) | {"response_format": form})
            return str(reply["choices"][0]["message"]["content"] or "")

        return read_reply(ask, messages, schema)

    def choose(self, messages: Sequence[Message], labels: Sequence[str]) -> dict[str, float]:
        """Return the probability of each label as the reply's first word."""
        request = _request(messages, 1) | {"logprobs": True, "top_logprobs": TOP_LOGPROBS}
        first = self._whole(request)["choices"][0]["logprobs"]["content"][0]
        tokens: dict[str, float] = {}
        for option in first["top_logprobs"]:
            tokens[option["token"]] = math.exp(option["logprob"])
        return label_probabilities(tokens, labels)

    def close(self) -> None:
        """Stop whatever runs; the memory is given back when the process ends."""
        self._closed.set()

    def _whole(self, request: dict[str, Any]) -> dict[str, Any]:
        for reply in list(self._replies(request)):
            return reply
        raise ModelInterrupted(
            f"{self.name} ended without a reply.", hint="Try again; `/end` keeps what you have."
        )

    def _replies(self, request: dict[str, Any]) -> Generator[dict[str, Any], None, None]:
        """Yield llama.cpp's replies; ends early when closed, and frees the model for the next."""
        arrived: queue.SimpleQueue[Any] = queue.SimpleQueue()
        stop = threading.Event()
        thread = threading.Thread(target=self._run, args=(request, arrived, stop), name="llama.cpp")
        thread.start()
        try:
            while (item := arrived.get()) is not _DONE:
                if isinstance(item, BaseException):
                    raise item
                yield _checked(json.loads(item), self.name)
        finally:
            stop.set()

    def _run(
        self, request: dict[str, Any], arrived: queue.SimpleQueue[Any], stop: threading.Event
    ) -> None:
        def receive(reply: str | bytes) -> bool:
            arrived.put(reply)
            return stop.is_set() or self._closed.is_set()

        with self._turn:
            if self._closed.is_set() or stop.is_set():
                arrived.put(ModelInterrupted(f"{self.name} is closed.", hint="Start again."))
            else:
                try:
                    self._server.handle_chat_completions(json.dumps(request), receive)
                except RuntimeError as error:
                    arrived.put(ModelError(f"{self.name} failed: {error}.", hint="Try again."))
        arrived.put(_DONE)


def _parameters(parameters: Any, path: Path, threads: int | None) -> Any:  # noqa: ANN401 - untyped
    parameters.model.path = str(path)
    parameters.n_ctx = CONTEXT_TOKENS
    parameters.n_parallel = 1
    parameters.cache_ram_mib = PROMPT_CACHE_MIB
    parameters.n_gpu_layers = 0
    parameters.warmup = False
    parameters.verbosity = -1
    # llama.cpp's server also listens on a loopback port: shut it to everybody else.
    parameters.api_keys = [secrets.token_urlsafe(32)]
    parameters.ui = False
    parameters.endpoint_slots = False
    for group in (parameters.cpuparams, parameters.cpuparams_batch):
        group.n_threads = threads or os.cpu_count() or 1
        # Threads that spin while they wait starve a machine that does anything else.
        group.poll = 0
    return parameters


def _request(
    messages: Sequence[Message], max_tokens: int, *, temperature: float = 0.0, seed: int = 0
) -> dict[str, Any]:
    return {
        "messages": [message.model_dump() for message in messages],
        "max_tokens": max_tokens,
        "temperature": temperature,
        "seed": seed,
        "cache_prompt": True,
    }


def _checked(reply: dict[str, Any], name: str) -> dict[str, Any]:
    error = reply.get("error")
    if error is None:
        return reply
    if error.get("type") == "exceed_context_size_error":
        raise ModelError(
            f"The prompt has {error['n_prompt_tokens']} tokens, {name} reads {error['n_ctx']}.",
            hint="Give a shorter answer, or a guide with shorter notes.",
        )
    raise ModelError(f"{name} failed: {error.get('message')!r}.", hint="Try again.")
