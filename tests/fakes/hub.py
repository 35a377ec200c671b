"""A publisher's hub on a real socket: files by name, ranges honoured."""

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


class Hub:
    """Serves files; remembers which ranges were asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.ranges: list[str] = []
        ranges = self.ranges

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content = files.get(self.path.lstrip("/"), b"")
                wanted = self.headers.get("Range", "")
                start = 0
                if wanted:
                    ranges.append(wanted)
                    start = int(wanted.removeprefix("bytes=").rstrip("-"))
                self.send_response(206 if wanted else 200 if content else 404)
                self.send_header("Content-Length", str(len(content) - start))
                self.end_headers()
                self.wfile.write(content[start:])

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
