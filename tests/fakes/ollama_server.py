"""An Ollama server on a real socket that behaves as recorded, and misbehaves when told to.

What it sends is held to recordings of a real server by tests/models/ollama/test_fake.py.
"""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.fakes.ollama_wire import (
    ERRORS,
    JSON,
    MODELS,
    PAGE,
    PAGES,
    RUNNER_KILLED,
    FakeModel,
    FakeReply,
    Fault,
    chat_line,
    chat_lines,
    compact,
    description,
    embedding,
    joined,
    layers,
    packed_error,
    prompt_tokens,
    running,
    tag,
    too_long,
)


@dataclass
class FakeOllama:
    """The server; use it as a context manager.

    Args:
        replies: given in order, one that is about something to the first prompt with it; when they
            run out the default one is given for ever.
        models: on its disk.
        logprobs: whether it knows token probabilities; older servers ignore the wish.
        truncates: whether it drops what does not fit in silence, as servers do that do not know
            `truncate`.
        memory_tokens: the largest context it loads, whatever is asked for.
        stranger: answer everything as another program would.
    """

    replies: list[FakeReply] = field(default_factory=list)
    models: Sequence[FakeModel] = MODELS
    logprobs: bool = True
    truncates: bool = False
    memory_tokens: int = 1 << 20
    stranger: Fault | None = None
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    loaded: dict[str, int] = field(default_factory=dict)
    broken_off: threading.Event = field(default_factory=threading.Event)
    running: int = 0
    most_running: int = 0
    port: int = 0
    _released: threading.Event = field(default_factory=threading.Event)
    _connections: list[socket.socket] = field(default_factory=list)
    _server: ThreadingHTTPServer | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def host(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def chats(self) -> list[dict[str, Any]]:
        """The bodies of the chats that were asked for, unloading left out."""
        bodies = [body for path, body in self.requests if path == "/api/chat"]
        return [body for body in bodies if body.get("keep_alive") != 0]

    def start(self) -> Self:
        """Listen; on the same port as before, if there was one."""
        self._released.clear()
        handler = type("Handler", (_Handler,), {"fake": self})
        self._server = _Server(("127.0.0.1", self.port), handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Break off every connection, as a killed server does, and stop listening."""
        self._released.set()
        if self._server is not None:
            self._server.shutdown()
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def next_reply(self, messages: Sequence[dict[str, str]]) -> FakeReply:
        said = "\n".join(message["content"] for message in messages)
        with self._lock:
            fitting = (n for n, reply in enumerate(self.replies) if reply.about in said)
            place = next(fitting, None)
            return FakeReply() if place is None else self.replies.pop(place)

    def connected(self, connection: socket.socket) -> None:
        self._connections.append(connection)

    def model(self, name: str) -> FakeModel | None:
        full = name if ":" in name else f"{name}:latest"
        return next((model for model in self.models if model.full_name == full), None)

    def wait(self, seconds: float | None = None) -> None:
        self._released.wait(seconds)

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        with self._lock:
            self.running += 1
            self.most_running = max(self.most_running, self.running)
        try:
            yield
        finally:
            with self._lock:
                self.running -= 1


@contextlib.contextmanager
def deaf_port() -> Iterator[str]:
    """Give the address of a port whose queue is full, so that connecting takes for ever (Linux)."""
    with contextlib.ExitStack() as stack:
        listening = stack.enter_context(socket.socket())
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.settimeout(0)
            with contextlib.suppress(BlockingIOError):
                waiting.connect(listening.getsockname())
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def free_port() -> int:
    """Return a port at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up are part of the play."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    fake: FakeOllama

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is declared
        """Say nothing."""

    def setup(self) -> None:
        super().setup()
        self.fake.connected(self.connection)

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length) or b"{}")
        self._answer(body)

    def do_DELETE(self) -> None:
        self.do_POST()

    def _answer(self, body: dict[str, Any]) -> None:
        self.fake.requests.append((self.path, body))
        try:
            if self.fake.stranger is not None:
                self._misbehave(self.fake.stranger)
            else:
                self._route(body)
        except OSError:
            self.close_connection = True
            self.fake.broken_off.set()

    def _route(self, body: dict[str, Any]) -> None:
        routes = {
            "/api/version": self._version,
            "/api/tags": self._tags,
            "/api/show": self._show,
            "/api/ps": self._ps,
            "/api/chat": self._chat,
            "/api/embed": self._embed,
            "/api/pull": self._pull,
            "/api/delete": self._delete,
        }
        if self.path == "/":
            self._send(200, "Ollama is running", "text/plain; charset=utf-8")
        elif self.path in routes:
            routes[self.path](body)
        else:
            self._send(404, "404 page not found", "text/plain")

    def _version(self, _: dict[str, Any]) -> None:
        self._send(200, {"version": "0.32.15"})

    def _tags(self, _: dict[str, Any]) -> None:
        self._chunked([{"models": [tag(model) for model in self.fake.models]}], JSON)

    def _show(self, body: dict[str, Any]) -> None:
        model = self.fake.model(body["model"])
        if model is None:
            self._error(404, f"model '{body['model']}:latest' not found")
        elif model.broken:
            self._error(500, "open /models/blobs/sha256-941f309b54ca: no such file or directory")
        else:
            self._chunked([description(model)], JSON)

    def _ps(self, _: dict[str, Any]) -> None:
        models = [m for m in self.fake.models if m.full_name in self.fake.loaded]
        entries = [running(model, self.fake.loaded[model.full_name]) for model in models]
        self._send(200, {"models": entries})

    def _delete(self, body: dict[str, Any]) -> None:
        model = self.fake.model(body["model"])
        if model is None:
            self._error(404, f"model '{body['model']}' not found")
        else:
            self.fake.models = [m for m in self.fake.models if m is not model]
            self._send(200, "", "text/plain")

    def _pull(self, body: dict[str, Any]) -> None:
        lines: list[dict[str, Any]] = [{"status": "pulling manifest"}]
        if "absent" in body["model"]:
            lines.append({"error": "pull model manifest: file does not exist"})
        else:
            lines += layers()
        if "half" in body["model"]:
            lines = lines[:3]
        self._chunked(lines)

    def _chat(self, body: dict[str, Any]) -> None:
        model = self.fake.model(body["model"])
        if model is None:
            self._error(404, f"model '{body['model']}' not found")
        elif "completion" not in model.capabilities:
            self._error(400, f'"{body["model"]}" does not support chat')
        elif body.get("think") and "thinking" not in model.capabilities:
            self._error(400, f'"{body["model"]}" does not support thinking')
        elif (body.get("format") or {}).get("type") == "nonsense":
            self._error(
                400, packed_error(400, "JSON schema conversion failed", "invalid_request_error")
            )
        elif not body["messages"]:
            self._load(model, body)
        else:
            with self.fake.at_work():
                self._reply(model, body)

    def _embed(self, body: dict[str, Any]) -> None:
        model = self.fake.model(body["model"])
        if model is None:
            self._error(404, f'model "{body["model"]}" not found, try pulling it first')
        elif "embedding" not in model.capabilities:
            self._error(
                501, "This server does not support embeddings. Start it with `--embeddings`"
            )
        elif any(len(text.split()) > model.context_tokens for text in body["input"]):
            self._error(400, "the input length exceeds the context length")
        else:
            vectors = [embedding(text) for text in body["input"]]
            self._send(200, {"model": body["model"], "embeddings": vectors})

    def _load(self, model: FakeModel, body: dict[str, Any]) -> None:
        unload = body.get("keep_alive") == 0
        if unload:
            self.fake.loaded.pop(model.full_name, None)
        else:
            self._take_in(model, body)
        line = chat_line(body, "") | {"done": True, "done_reason": "unload" if unload else "load"}
        self._send(200, line)

    def _take_in(self, model: FakeModel, body: dict[str, Any]) -> int:
        wanted = int(body.get("options", {}).get("num_ctx", 4096))
        context = min(wanted, model.context_tokens, self.fake.memory_tokens)
        self.fake.loaded[model.full_name] = context
        return context

    def _reply(self, model: FakeModel, body: dict[str, Any]) -> None:
        reply = self.fake.next_reply(body["messages"])
        context = self._take_in(model, body)
        tokens = prompt_tokens(body["messages"])
        if tokens > context and body.get("truncate") is False and not self.fake.truncates:
            self._error(400, too_long(tokens, context))
            return
        if reply.fault is not None and reply.after == 0:
            self._misbehave(reply.fault)
            return
        lines = chat_lines(reply, body, with_chances=self.fake.logprobs)
        lines[-1] |= {
            "prompt_eval_count": min(tokens, context // 2 if tokens > context else tokens)
        }
        lines[-1] |= {"prompt_eval_duration": 16863000, "eval_count": len(lines) - 1}
        lines[-1] |= {"eval_duration": 375275000}
        if body.get("stream", True):
            self._stream(lines, reply)
        else:
            self._send(200, joined(lines))

    def _stream(self, lines: Sequence[dict[str, Any]], reply: FakeReply) -> None:
        self._begin("application/x-ndjson")
        for number, line in enumerate(lines):
            if reply.fault is not None and number == reply.after:
                self._break_off(reply.fault)
                return
            self._chunk(line)
            if reply.delay_s:
                time.sleep(reply.delay_s)
        self._end()

    def _break_off(self, fault: Fault) -> None:
        if fault == "stall":
            self.fake.wait()
        elif fault == "no done":
            self._end()
        elif fault == "error line":
            self._chunk({"error": RUNNER_KILLED})
            self._end()
        self.close_connection = True

    def _misbehave(self, fault: Fault) -> None:
        if fault == "stall":
            self.fake.wait()
            self.close_connection = True
        elif fault == "cut":
            self.close_connection = True
        elif fault in PAGES:
            self._send(PAGES[fault], PAGE, "text/html")
        elif fault == "list":
            self._send(200, [1, 2, 3])
        elif fault == "redirect for ever":
            self.send_response(307)
            self.send_header("Location", self.path)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._error(*ERRORS[fault])

    def _error(self, status: int, message: str) -> None:
        self._send(status, {"error": message})

    def _send(self, status: int, content: object, kind: str = JSON) -> None:
        data = content.encode() if isinstance(content, str) else compact(content)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _chunked(self, lines: Sequence[dict[str, Any]], kind: str = "application/x-ndjson") -> None:
        self._begin(kind)
        for line in lines:
            self._chunk(line)
        self._end()

    def _begin(self, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _chunk(self, line: dict[str, Any]) -> None:
        data = compact(line) + b"\n"
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _end(self) -> None:
        self.wfile.write(b"0\r\n\r\n")
