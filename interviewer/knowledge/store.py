"""The store: collections of passages with their vectors, one a corpus, in Chroma.

The vectors are always our own, so that nothing is ever downloaded. Two writing processes would lose
vectors without an error, so writing holds a lock.
"""

import contextlib
import hashlib
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

import filelock
import numpy as np

from interviewer.errors import IndexFailed, KnowledgeError
from interviewer.knowledge import chroma
from interviewer.knowledge.chroma import Server
from interviewer.knowledge.embedder import Vectors, storable
from interviewer.paths import make_private_folder
from interviewer.values.knowledge import Passage
from interviewer.values.value import Value

LOCK_TIMEOUT_S = 60
MAX_ROWS = 1_000
"""Rows of one request: below the store's own limit, and a few megabytes."""
_FIELDS = ("path", "first_line", "last_line", "kind", "symbol", "header")
_NO_STAMP = {"embedder": "", "dimension": 0, "passage_format": 0, "roots": ""}
_Result = TypeVar("_Result")
_Row = TypeVar("_Row")


class Stamp(Value):
    """What a collection was made of and with; passages of two stamps must not be mixed."""

    embedder: str
    dimension: int
    passage_format: int
    roots: str

    def differs(self, other: "Stamp") -> str:
        """Say how another stamp differs, by what matters most; empty if it does not."""
        reasons = {
            "embedder": "another embedding model is in use now",
            "passage_format": "this version of interviewer cuts texts in another way",
            "dimension": "the embedding model gives other vectors now",
            "roots": "it was made of other folders",
        }
        changed = (
            text for key, text in reasons.items() if getattr(self, key) != getattr(other, key)
        )
        return next(changed, "")


class Store:
    """Collections of passages with their vectors; opened when first used.

    Args:
        folder: where the index lives; with a server, only what this machine remembers of it.
        server: the Chroma server that keeps the collections, if not the folder.
        patience_s: how long to wait for another writer.
    """

    def __init__(
        self, folder: Path, server: Server | None = None, patience_s: float = LOCK_TIMEOUT_S
    ) -> None:
        if server:
            folder /= f"server-{hashlib.sha256(server.url.encode()).hexdigest()[:16]}"
        self.folder = folder
        self.server = server
        self._guard = threading.RLock()
        self._opened: Any = None
        self._handles: dict[str, Any] = {}
        # Beside the folder: a lock that is removed with it would let two writers in.
        self._lock = filelock.FileLock(f"{folder}.lock", timeout=patience_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back the store's files; what is asked next opens them again."""
        with self._guard:
            self._handles.clear()
            if self._opened is not None:
                chroma.disconnect(self._opened)
                self._opened = None

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store for one writer; another process waits its turn.

        The system lets go of the lock of a process that died.

        Raises:
            KnowledgeError: another process kept writing beyond our patience, or nobody may.
        """
        make_private_folder(self.folder.parent)
        try:
            held = self._lock.acquire()
        except filelock.Timeout as error:
            hint = "Wait for it to finish, or stop it, then try again."
            raise KnowledgeError("Another interviewer is writing the index.", hint=hint) from error
        except OSError as error:
            raise KnowledgeError(
                f"Cannot write the index in {str(self.folder)!r}: {error.strerror}.",
                hint="Make its folder writable, or set INTERVIEWER_HOME to one that is.",
            ) from error
        with held:
            yield

    def prepare(self, name: str, stamp: Stamp) -> str:
        """Make a collection ready to be written, and mark it as unfinished.

        Returns why what was there had to be thrown away; empty if it was not.
        """
        with self._errors():
            there = self._stamped(name)
            reason = there[0].differs(stamp) if there else ""
            if reason:
                self._client.delete_collection(name)
                self._handles.pop(name, None)
            collection = self._client.get_or_create_collection(
                name,
                metadata=stamp.model_dump(),
                configuration={"hnsw": chroma.HNSW},
                embedding_function=None,
            )
            collection.modify(metadata=stamp.model_dump())
            self._handles[name] = collection
        return reason

    def finish(self, name: str, stamp: Stamp, build: str) -> None:
        """Mark a collection as complete, under the name of the build that made it so."""
        with self._errors():
            self._collection(name).modify(metadata=stamp.model_dump() | {"build": build})
        # A store that was open while it was written may not find what is new.
        self.close()

    def build(self, name: str) -> str:
        """Return the name of the build that completed a collection; empty if none did."""
        with self._errors():
            there = self._stamped(name)
        return there[1] if there else ""

    def count(self, name: str) -> int:
        """Return how many passages a collection has."""
        return self._read(lambda: int(self._collection(name).count()))

    def ids(self, name: str) -> set[str]:
        """Return the ids in a collection."""
        return self._read(lambda: set(self._collection(name).get(include=[])["ids"]))

    def passages(self, name: str, ids: Sequence[str]) -> list[Passage]:
        """Return the passages of these ids that are there, in no order to rely on."""

        def read(part: Sequence[str]) -> list[Passage]:
            found = self._collection(name).get(list(part), include=["documents", "metadatas"])
            rows = zip(found["ids"], found["documents"], found["metadatas"], strict=True)
            return [_passage(*row) for row in rows]

        return [p for part in _parts(ids) for p in self._read(partial(read, part))]

    def without_vector(self, name: str, ids: Sequence[str]) -> list[str]:
        """Return those of the ids for which no vector is kept."""
        sound: set[str] = set()
        for part in _parts(ids):
            with self._errors():
                found = self._collection(name).get(list(part), include=["embeddings"])
            rows = zip(found["ids"], found["embeddings"], strict=True)
            sound |= {row for row, vector in rows if vector is not None and np.any(vector)}
        return [row for row in ids if row not in sound]

    def add(self, name: str, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Write passages with their vectors; what is there already is written again."""
        with self._errors():
            for rows in _parts(range(len(passages)), self._most()):
                part = [passages[row] for row in rows]
                self._collection(name).upsert(
                    ids=[passage.id for passage in part],
                    embeddings=np.asarray(vectors)[list(rows)],
                    documents=[storable(passage.text) for passage in part],
                    metadatas=[_metadata(passage) for passage in part],
                )

    def remove(self, name: str, ids: Sequence[str]) -> None:
        """Take passages out."""
        with self._errors():
            for part in _parts(ids, self._most()):
                self._collection(name).delete(ids=list(part))

    def nearest(
        self, name: str, vector: Vectors, count: int, among: Sequence[str] = ()
    ) -> dict[str, float]:
        """Return the ids of up to `count` passages with their cosine similarity, nearest first.

        Only those in `among`, if any is given.
        """

        def read() -> dict[str, float]:
            found = self._collection(name).query(
                query_embeddings=np.asarray([vector]),
                n_results=count,
                ids=list(among) or None,
                include=["distances"],
            )
            rows = zip(found["ids"][0], found["distances"][0], strict=True)
            return {row: 1.0 - distance for row, distance in rows}

        return self._read(read)

    def compare(self, name: str, vector: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """Return those of the ids that are there with their cosine similarity."""

        def read(part: Sequence[str]) -> dict[str, float]:
            found = self._collection(name).get(list(part), include=["embeddings"])
            rows = zip(found["ids"], found["embeddings"], strict=True)
            return {row: float(np.dot(other, vector)) for row, other in rows}

        return {
            row: cosine
            for part in _parts(ids)
            for row, cosine in self._read(partial(read, part)).items()
        }

    def forget(self, names: Sequence[str]) -> None:
        """Throw the index away: the whole folder; at a server only these collections."""
        with self.writing():
            if self.server:
                with self._errors():
                    there = {collection.name for collection in self._client.list_collections()}
                    for name in there & set(names):
                        self._client.delete_collection(name)
            self.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _client(self) -> Any:  # noqa: ANN401 - its type stays here
        with self._guard:
            if self._opened is None:
                self._opened = chroma.connect(self.folder, self.server)
            return self._opened

    def _collection(self, name: str) -> Any:  # noqa: ANN401 - its type stays here
        with self._guard:
            if name not in self._handles:
                self._handles[name] = self._client.get_collection(name, embedding_function=None)
            return self._handles[name]

    def _stamped(self, name: str) -> tuple[Stamp, str] | None:
        """Return stamp and build of a collection as they are now; None if there is none."""
        collections = self._client.list_collections()
        kept = next((dict(c.metadata or {}) for c in collections if c.name == name), None)
        if kept is None:
            return None
        known = {key: kept.get(key, empty) for key, empty in _NO_STAMP.items()}
        return Stamp.model_validate(known), str(kept.get("build", ""))

    def _most(self) -> int:
        return min(MAX_ROWS, int(self._client.get_max_batch_size()))

    def _read(self, read: Callable[[], _Result]) -> _Result:
        """Read; a second time with fresh handles, if another process wrote in between."""
        with contextlib.suppress(IndexFailed), self._errors():
            return read()
        self.close()
        with self._errors():
            return read()

    def _errors(self) -> contextlib.AbstractContextManager[None]:
        return chroma.errors(self.folder, self.server)


def _parts(rows: Sequence[_Row], size: int = MAX_ROWS) -> Iterator[Sequence[_Row]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _metadata(passage: Passage) -> dict[str, str | int]:
    values = passage.model_dump(include=set(_FIELDS))
    return {k: storable(v) if isinstance(v, str) else v for k, v in values.items()}


def _passage(passage_id: str, text: str, metadata: dict[str, Any]) -> Passage:
    return Passage(id=passage_id, text=text, **{name: metadata[name] for name in _FIELDS})
