"""A real Chroma server on a free loopback port, and a gate before it with a token and TLS."""

import contextlib
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

from tests.fakes.ollama_server import free_port

NAME, OTHER = "code-0123456789abcdef", "guide-0123"
"""The collections of tests; all tests share one server."""
PATIENCE_S = 120
_RUN = "import sys; from chromadb.cli.cli import app; sys.argv[0] = 'chroma'; app()"


@contextlib.contextmanager
def chroma_server(folder: Path) -> Iterator[str]:
    """Run `chroma run` over a folder and give its address."""
    port = free_port()
    arguments = ("run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port))
    with subprocess.Popen(
        [sys.executable, "-c", _RUN, *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            yield _answering(f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()


def _answering(url: str, process: "subprocess.Popen[bytes]") -> str:
    for _ in range(PATIENCE_S * 10):
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{url}/api/v2/heartbeat", trust_env=False).is_success:
                return url
        assert process.poll() is None, "chroma run ended by itself"
        time.sleep(0.1)
    raise AssertionError("chroma run does not answer")


@contextlib.contextmanager
def gate(server: str, token: str, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Let through to a server only who brings the token, as a gateway does; it may speak TLS."""

    class Gate(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is declared
            """Say nothing."""

        def _forward(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get("Authorization") != f"Bearer {token}":
                self._answer(401, b'{"error": "Unauthorized", "message": "no such token"}')
                return
            passed = httpx.request(
                self.command, f"{server}{self.path}", content=body, trust_env=False,
                headers={"Content-Type": "application/json"}, timeout=60,
            )  # fmt: skip
            self._answer(passed.status_code, passed.content)

        do_GET = do_POST = do_PUT = do_DELETE = _forward  # noqa: N815 - as they are declared

        def _answer(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if status >= 400:
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(content)

    with ThreadingHTTPServer(("127.0.0.1", 0), Gate) as listening:
        if tls:
            listening.socket = tls.wrap_socket(listening.socket, server_side=True)
        threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http{'s' if tls else ''}://127.0.0.1:{listening.server_port}"
        listening.shutdown()
