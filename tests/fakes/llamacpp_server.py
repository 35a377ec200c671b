"""llama.cpp's server as the model sees it: one call a request, that calls back with every piece."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

BATCH_NEWS = {"prompt_progress": {"total": 9, "cache": 0, "processed": 3, "time_ms": 1}}


def piece(text: str | None, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {"choices": [{"finish_reason": None, "index": 0, "delta": {"content": text}}], **more}


def counted(tokens: int) -> dict[str, Any]:
    return {"choices": [], "usage": {"prompt_tokens": tokens}}


def too_long(tokens: int, context: int) -> dict[str, Any]:
    error = {"type": "exceed_context_size_error", "n_prompt_tokens": tokens, "n_ctx": context}
    return {"error": {"code": 400, "message": "too long", **error}}


@dataclass
class FakeLlamaCpp:
    """Reads a prompt batch by batch, each when `batch` allows, then says its words.

    Args:
        words: of every reply.
        batches: of every prompt.
        context_tokens: longer prompts are refused; a token is four characters.
    """

    words: tuple[str, ...] = ("Hello", " there", ".")
    batches: int = 1
    context_tokens: int = 1 << 20
    batch: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(1000))
    reading: threading.Event = field(default_factory=threading.Event)
    requests: list[dict[str, Any]] = field(default_factory=list)
    batches_read: int = 0
    said: int = 0

    def handle_chat_completions(self, body: str, receive: Callable[[str], bool]) -> None:
        request = json.loads(body)
        self.requests.append(request)
        tokens = sum(len(message["content"]) // 4 for message in request["messages"])
        if tokens >= self.context_tokens:
            receive(json.dumps(too_long(tokens, self.context_tokens)))
            return
        for _ in range(self.batches):
            self.reading.set()
            assert self.batch.acquire(timeout=300), "nobody let the next batch be read"
            self.batches_read += 1
            if receive(json.dumps(piece(None, **BATCH_NEWS))):
                return
        for word in self.words[: request["max_tokens"]]:
            self.said += 1
            if receive(json.dumps(piece(word))):
                return
        receive(json.dumps(counted(tokens)))
