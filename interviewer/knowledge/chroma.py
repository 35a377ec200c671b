"""Chroma, in a folder or at a server: the one module that imports chromadb."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from interviewer.errors import IndexFailed, SettingsError
from interviewer.paths import make_private_folder

PORTS = {"http": 8000, "https": 443}
HNSW = {
    "space": "cosine", "sync_threshold": 100, "batch_size": 100, "ef_search": 400,
    "max_neighbors": 32, "ef_construction": 200,
}  # fmt: skip
"""What a collection is made with; it counts only then.

A smaller collection than `sync_threshold` would never be written as an index. With twice Chroma's
own neighbours fewer texts that are nearly alike hide one another: of 5,200 crowded vectors 192
cannot be found by themselves, with Chroma's own 717.
"""


class Server(NamedTuple):
    """A Chroma server that keeps the index instead of a folder."""

    url: str
    token: str = ""


def connect(folder: Path, server: Server | None) -> Any:  # noqa: ANN401 - its type stays here
    """Open a folder's Chroma, or reach a server's, and return the client.

    Raises:
        SettingsError: the server's address is none.
    """
    import chromadb  # noqa: PLC0415 - 1.5 CPU seconds; only for those who search
    from chromadb.api.shared_system_client import SharedSystemClient  # noqa: PLC0415
    from chromadb.config import Settings  # noqa: PLC0415

    settings = Settings(anonymized_telemetry=False)
    if server is None:
        make_private_folder(folder)
        try:
            return chromadb.PersistentClient(str(folder), settings=settings)
        except BaseException:
            # What failed to open is kept for the folder, and would fail for what replaces it.
            SharedSystemClient._identifier_to_system.pop(str(folder), None)  # noqa: SLF001
            raise
    scheme, host, port = _address(server.url)
    # Chroma's own cloud reads the one, most gateways the other.
    headers = {"X-Chroma-Token": server.token, "Authorization": f"Bearer {server.token}"}
    return chromadb.HttpClient(
        host=host,
        port=port,
        ssl=scheme == "https",
        headers=headers if server.token else None,
        settings=settings,
    )


def disconnect(client: Any) -> None:  # noqa: ANN401 - its type stays here
    """Give back what a client holds."""
    client.close()
    # Closing leaves connections to a server open: its own, and those of the client inside it.
    for one in (client, client._admin_client):  # noqa: SLF001 - there is no other way
        if session := getattr(one._server, "_session", None):  # noqa: SLF001
            session.close()


@contextlib.contextmanager
def errors(folder: Path, server: Server | None) -> Iterator[None]:
    """Turn what Chroma raises into our error, with the way out."""
    try:
        yield
    except SettingsError:
        raise
    except Exception as error:
        said = _said(error)
        if server:
            remedy = "Check INTERVIEWER_CHROMA_URL and INTERVIEWER_CHROMA_TOKEN, and that it runs"
            if "CERTIFICATE_VERIFY_FAILED" in said:
                remedy = "Name the file of your own authority's certificate in SSL_CERT_FILE"
            raise IndexFailed(
                f"The Chroma server at {server.url} does not do what it should: {said}.",
                hint=f"{remedy}; without a server the index is kept on this machine.",
            ) from error
        raise IndexFailed(
            f"The index in {str(folder)!r} does not work: {said}.",
            hint="Build it anew with `interviewer index --rebuild`; check the disk is not full.",
        ) from error


def _said(error: BaseException) -> str:
    """Return what an error says; where the network is to blame, what that says too."""
    first = error
    while first.__context__:
        first = first.__context__
    # "Could not connect" is all that Chroma says of a certificate that is not trusted.
    why = f" ({first})" if isinstance(first, OSError) and first is not error else ""
    return f"{type(error).__name__}: {' '.join(f'{error}{why}'.split())[:300]}"


def _address(url: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(url)
        if parts.scheme in PORTS and parts.hostname and parts.path.strip("/") == "":
            return parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme]
    except ValueError:
        pass
    raise SettingsError(
        f"The address of a Chroma server is such as http://127.0.0.1:8000; found {url!r}.",
        hint="Correct `chroma_url`, or leave it out to keep the index on this machine.",
    )
