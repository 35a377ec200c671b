"""llama.cpp in this process: the one module that imports xllamacpp."""

import contextlib
import ctypes
import json
import math
import queue
import secrets
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from interviewer.errors import ModelError, ModelInterrupted, ModelUnavailable
from interviewer.models.chat import Cost, Message, Schema, label_probabilities
from interviewer.models.context import PromptFitter, PromptTooLong, last_user_turn
from interviewer.models.machine import physical_cores
from interviewer.models.replies import read_reply

CONTEXT_TOKENS = 8192
WHERE = "in this process, on this machine"
PROMPT_CACHE_MIB = 512
"""Read prompts kept in memory, so that one conversation does not push out another's prefix."""
BATCH_TOKENS = 128
"""llama.cpp looks up from a prompt after so many tokens, to see whether it is still wanted. To read
277 tokens took 5.53 CPU seconds in batches of 512, 5.55 in batches of 128, 5.77 in ones of 64."""
TOP_LOGPROBS = 20
THREAD_NAME = "llama.cpp"
WAIT_S = 0.05
_DONE = object()


class LlamaCppModel:
    """A GGUF file run by llama.cpp on this machine's processor.

    Each request runs in a thread of its own, so that Ctrl-C and a closed stream are obeyed at
    once, whatever llama.cpp is doing; a lock lets one request run at a time. One that is not
    wanted any more ends within a token, or within `BATCH_TOKENS` while its prompt is read.
    """

    def __init__(
        self,
        server: Any,  # noqa: ANN401 - untyped
        name: str,
        digest: str,
        context_tokens: int = CONTEXT_TOKENS,
    ) -> None:
        self._server = server
        self._turn = threading.Lock()
        self._closed = threading.Event()
        self._waiting: set[queue.SimpleQueue[Any]] = set()
        self._fitter = PromptFitter(context_tokens)
        self.name = name
        self.digest = digest
        self.where = WHERE
        self.notes = self._fitter.notes
        self.last_cost: Cost | None = None

    @classmethod
    def load(
        cls,
        path: Path,
        *,
        name: str,
        digest: str,
        threads: int | None = None,
        context_tokens: int = CONTEXT_TOKENS,
    ) -> Self:
        """Load a GGUF file; takes seconds, and up to two and a half times its size in memory.

        Args:
            path: the file.
            name: what the user calls it.
            digest: `sha256:` of the file.
            threads: None means one for each physical core.
            context_tokens: for prompt and reply together.

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
            parameters = _parameters(xllamacpp.CommonParams(), path, threads, context_tokens)
            server = xllamacpp.Server(parameters)
        except RuntimeError as error:
            raise ModelUnavailable(
                f"llama.cpp cannot load {str(path)!r}.",
                hint="Free some memory, or fetch the file again: "
                f"`interviewer models remove {name}` and `interviewer models pull {name}`.",
            ) from error
        # Freeing a server can hang for ever (seen once in four tries), so it is never freed.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(server))
        return cls(server, name, digest, context_tokens)

    @property
    def context_tokens(self) -> int:
        """How many tokens prompt and reply may have together."""
        return self._fitter.context_tokens

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str]:
        """Yield the reply as it comes; closing the iterator stops the model.

        The oldest turns are left out when all would not fit.
        """
        wish = {"max_tokens": max_tokens, "temperature": temperature, "seed": seed}
        return self._text(messages, wish)

    def parse(
        self, messages: Sequence[Message], schema: type[Schema], *, max_tokens: int
    ) -> Schema:
        """Return a reply held to a schema, repaired at most once."""
        form = {
            "type": "json_schema",
            "json_schema": {"schema": schema.model_json_schema(), "strict": True},
        }
        wish = {"max_tokens": max_tokens, "response_format": form}
        keep_from = last_user_turn(messages)
        return read_reply(
            lambda turns: "".join(self._text(turns, wish, keep_from)), messages, schema
        )

    def choose(self, messages: Sequence[Message], labels: Sequence[str]) -> dict[str, float]:
        """Return the probability of each label as the reply's first word.

        Nothing of the prompt is ever left out: it may hold the answer that is being graded.
        """
        wish = {"max_tokens": 1, "logprobs": True, "top_logprobs": TOP_LOGPROBS}
        # Only a stream can be stopped, and it leaves out a first token that is no text.
        for streamed in (True, False):
            with contextlib.closing(
                self._choices(messages, wish | {"stream": streamed})
            ) as choices:
                # To the end, where llama.cpp says what it cost.
                found = [choice["logprobs"] for choice in choices if choice.get("logprobs")]
            if found and found[0]["content"]:
                return label_probabilities(_chances(found[0]["content"][0]), labels)
        raise ModelInterrupted(
            f"{self.name} ended without a reply.", hint="Try again; `/end` keeps what you have."
        )

    def close(self) -> None:
        """Stop whatever runs, also in another thread; the memory stays until the process ends."""
        self._closed.set()
        for arrived in tuple(self._waiting):
            arrived.put(self._is_closed())

    def _text(
        self, messages: Sequence[Message], wish: Mapping[str, Any], keep_from: int | None = None
    ) -> Generator[str]:
        keep_from = last_user_turn(messages) if keep_from is None else keep_from
        with contextlib.closing(self._choices(messages, wish, keep_from)) as choices:
            for choice in choices:
                if text := choice["delta"].get("content"):
                    yield text

    def _choices(
        self, messages: Sequence[Message], wish: Mapping[str, Any], keep_from: int = 0
    ) -> Generator[dict[str, Any]]:
        return self._fitter.replies(
            lambda kept: self._replies(kept, wish), messages, wish["max_tokens"], keep_from
        )

    def _replies(
        self, messages: Sequence[Message], wish: Mapping[str, Any]
    ) -> Generator[dict[str, Any]]:
        """Yield what llama.cpp says; ends early when closed, and frees the model for the next."""
        arrived: queue.SimpleQueue[Any] = queue.SimpleQueue()
        stop = threading.Event()
        self._waiting.add(arrived)
        # A daemon: the end of the process does not wait until a prompt has been read.
        threading.Thread(
            target=self._run,
            args=(_request(messages, wish), arrived, stop),
            name=THREAD_NAME,
            daemon=True,
        ).start()
        try:
            while (item := _next(arrived)) is not _DONE:
                if isinstance(item, BaseException):
                    raise item
                reply = _checked(json.loads(item), self.name)
                if usage := reply.get("usage"):
                    self._fitter.learn(messages, usage["prompt_tokens"])
                if timings := reply.get("timings"):
                    self.last_cost = _cost(timings)
                yield from reply["choices"]
        finally:
            stop.set()
            self._waiting.discard(arrived)

    def _run(
        self, request: dict[str, Any], arrived: queue.SimpleQueue[Any], stop: threading.Event
    ) -> None:
        def receive(reply: str | bytes) -> bool:
            arrived.put(reply)
            return stop.is_set() or self._closed.is_set()

        with self._turn:
            if self._closed.is_set() or stop.is_set():
                arrived.put(self._is_closed())
            else:
                try:
                    self._server.handle_chat_completions(json.dumps(request), receive)
                except RuntimeError as error:
                    arrived.put(ModelError(f"{self.name} failed: {error}.", hint="Try again."))
        arrived.put(_DONE)

    def _is_closed(self) -> ModelInterrupted:
        return ModelInterrupted(f"{self.name} is closed.", hint="Start again.")


def _next(arrived: queue.SimpleQueue[Any]) -> Any:  # noqa: ANN401 - JSON, an exception or _DONE
    # A Ctrl-C just before a wait begins does not end it, so no wait is long.
    while True:
        with contextlib.suppress(queue.Empty):
            return arrived.get(timeout=WAIT_S)


def _parameters(
    parameters: Any,  # noqa: ANN401 - untyped
    path: Path,
    threads: int | None,
    context_tokens: int,
) -> Any:  # noqa: ANN401 - untyped
    parameters.model.path = str(path)
    parameters.n_ctx = context_tokens
    parameters.n_batch = parameters.n_ubatch = BATCH_TOKENS
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
        group.n_threads = threads or physical_cores()
        # Threads that spin while they wait starve a machine that does anything else.
        group.poll = 0
    return parameters


def _request(messages: Sequence[Message], wish: Mapping[str, Any]) -> dict[str, Any]:
    streamed = {"stream": True, "stream_options": {"include_usage": True}}
    return {
        "messages": [message.model_dump() for message in messages],
        "temperature": 0.0,
        "seed": 0,
        "cache_prompt": True,
        # News of every batch that was read: the only time that llama.cpp can be stopped.
        "return_progress": True,
        **streamed,
        **wish,
    }


def _chances(token: Mapping[str, Any]) -> dict[str, float]:
    options = token["top_logprobs"]
    return {option["token"]: math.exp(option["logprob"]) for option in options}


def _cost(timings: Mapping[str, Any]) -> Cost:
    return Cost(
        read_tokens=timings["prompt_n"],
        read_s=timings["prompt_ms"] / 1000,
        written_tokens=timings["predicted_n"],
        written_s=timings["predicted_ms"] / 1000,
    )


def _checked(reply: dict[str, Any], name: str) -> dict[str, Any]:
    error = reply.get("error")
    if error is None:
        return reply
    if error.get("type") == "exceed_context_size_error":
        raise PromptTooLong(
            f"The prompt has {error['n_prompt_tokens']} tokens, {name} reads {error['n_ctx']}.",
            prompt_tokens=error["n_prompt_tokens"],
            context_tokens=error["n_ctx"],
        )
    raise ModelError(f"{name} failed: {error.get('message')!r}.", hint="Try again.")
