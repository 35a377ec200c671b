"""What the index on disk holds, read from Chroma's own database without building or opening it."""

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from interviewer.errors import KnowledgeError
from interviewer.values.value import Value

PATIENCE_S = 5.0
"""How long a writer is waited for."""
_PASSAGES = "SELECT COUNT(*), MAX(created_at) FROM embeddings"


class IndexState(Value):
    """How much is in the index."""

    passages: int
    written: datetime | None
    """When the newest passage came in (UTC); None if there is none."""


def index_state(folder: Path) -> IndexState | None:
    """Return what the index in a folder holds; None if there is no index.

    Chroma itself is not asked: importing it costs 1.5 CPU seconds, and it would make what is not
    there.

    Raises:
        KnowledgeError: it cannot be read.
    """
    path = folder / "chroma.sqlite3"
    if not path.exists():
        return None
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE_S)) as database:
            passages, newest = database.execute(_PASSAGES).fetchone()
    except sqlite3.Error as error:
        raise KnowledgeError(
            f"The index in {str(folder)!r} cannot be read: {error}.",
            hint="Build it anew with `interviewer index --rebuild`.",
        ) from error
    written = datetime.fromisoformat(newest).replace(tzinfo=UTC) if newest else None
    return IndexState(passages=passages, written=written)
