"""A server on a real socket that speaks OpenAI's protocol, and misbehaves when told to."""

import contextlib
import json
import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.fakes.ollama_wire import ERRORS, PAGE, PAGES, FakeReply, prompt_tokens, too_long

MODEL = "qwen2.5-7b"


@dataclass
class FakeOpenAI:
    """The server; use it as a context manager.

    Args:
        replies: given in order; when they run out the default one is given for ever.
        logprobs: whether it knows token probabilities.
        context_tokens: longer prompts are refused.
        model: the one that it has.
    """

    replies: list[FakeReply] = field(default_factory=list)
    logprobs: bool = True
    context_tokens: int = 8192
    model: str = MODEL
    stranger: bool = False
    chats: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    _released: threading.Event = field(default_factory=threading.Event)
    _server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"fake": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        self._released.set()
        self._server.shutdown()
        self._server.server_close()

    def next_reply(self) -> FakeReply:
        return self.replies.pop(0) if self.replies else FakeReply()

    def wait(self) -> None:
        self._released.wait()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up are part of the play."""


class _Handler(BaseHTTPRequestHandler):
    fake: FakeOpenAI

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is declared
        """Say nothing."""

    def do_GET(self) -> None:
        self.fake.keys.append(self.headers.get("Authorization"))
        if self.fake.stranger:
            self._send(200, PAGE)
        else:
            room = self.fake.context_tokens
            entry = {"id": self.fake.model, "object": "model", "max_model_len": room}
            self._send(200, {"object": "list", "data": [entry]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.fake.chats.append(body)
        reply = self.fake.next_reply()
        tokens = prompt_tokens(body["messages"])
        if tokens > self.fake.context_tokens:
            self._send(400, json.loads(too_long(tokens, self.fake.context_tokens)))
        elif reply.fault in PAGES and reply.fault:
            self._send(PAGES[reply.fault], PAGE)
        elif reply.fault in ERRORS and reply.fault and reply.after == 0:
            status, message = ERRORS[reply.fault]
            self._send(status, {"error": {"message": message, "code": status}})
        elif reply.fault == "list":
            self._send(200, "data: [1, 2]\n\n")
        else:
            with contextlib.suppress(OSError):
                self._stream(reply, self._lines(reply, body))

    def _lines(self, reply: FakeReply, body: dict[str, Any]) -> list[dict[str, Any]]:
        words = reply.text.split(" ")
        words = [word if n == 0 else f" {word}" for n, word in enumerate(words)]
        choices: list[dict[str, Any]] = [
            {"index": 0, "delta": {"content": word}} for word in words[: body["max_tokens"]]
        ]
        if body.get("logprobs") and self.fake.logprobs:
            options = [
                {"token": token, "logprob": math.log(chance)}
                for token, chance in (reply.chances or {words[0]: 0.7, "A": 0.2}).items()
            ]
            choices[0]["logprobs"] = {"content": [{**options[0], "top_logprobs": options}]}
        return [{"choices": [choice]} for choice in choices]

    def _stream(self, reply: FakeReply, lines: Sequence[dict[str, Any]]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for number, line in enumerate(lines):
            if reply.fault and number == reply.after:
                break
            self._say(json.dumps(line))
        if reply.fault == "stall":
            self.fake.wait()
        elif reply.fault == "error line":
            self._say(json.dumps({"error": {"message": "the engine died"}}))
        elif not reply.fault:
            self._say("[DONE]")

    def _say(self, data: str) -> None:
        # A comment, as servers send to keep the connection, and then the line.
        self.wfile.write(f": ping\n\ndata: {data}\n\n".encode())
        self.wfile.flush()

    def _send(self, status: int, content: object) -> None:
        data = (content if isinstance(content, str) else json.dumps(content)).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
