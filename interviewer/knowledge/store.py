"""The Chroma store on disk: the one module that imports chromadb.

One collection a corpus; the vectors are always our own, so that nothing is ever downloaded. Two
writing processes would lose vectors without an error, so writing holds a lock.
"""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import filelock
import numpy as np

from interviewer.errors import KnowledgeError
from interviewer.knowledge.embedder import Vectors, storable
from interviewer.paths import make_private_folder
from interviewer.values.knowledge import Passage

LOCK_TIMEOUT_S = 60
_FIELDS = ("path", "first_line", "last_line", "kind", "symbol", "header")


class Store:
    """Collections of passages with their vectors, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = make_private_folder(folder)
        self._lock = filelock.FileLock(str(folder / "write.lock"), timeout=LOCK_TIMEOUT_S)
        with _chroma_errors(folder):
            import chromadb  # noqa: PLC0415 - 1.5 CPU seconds; only for those who search
            from chromadb.config import Settings  # noqa: PLC0415

            self._client: Any = chromadb.PersistentClient(
                str(folder), settings=Settings(anonymized_telemetry=False)
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the store's files."""
        self._client.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store for one writer; another process waits its turn.

        Raises:
            KnowledgeError: another process kept writing for LOCK_TIMEOUT_S.
        """
        try:
            with self._lock:
                yield
        except filelock.Timeout as error:
            raise KnowledgeError(
                "Another interviewer is writing the index.",
                hint="Wait for it to finish, or stop it, then try again.",
            ) from error

    def ids(self, name: str, embedder: str) -> set[str]:
        """Return the ids in a collection; one made by another embedder is dropped first."""
        with _chroma_errors(self._folder):
            collection = self._collection(name, embedder)
            if (collection.metadata or {}).get("embedder") != embedder:
                self._client.delete_collection(name)
                collection = self._collection(name, embedder)
            return set(collection.get(include=[])["ids"])

    def add(self, name: str, embedder: str, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Write passages with their vectors; what is there already is written again."""
        if not passages:
            return
        with _chroma_errors(self._folder):
            self._collection(name, embedder).upsert(
                ids=[passage.id for passage in passages],
                embeddings=np.asarray(vectors),
                documents=[storable(passage.text) for passage in passages],
                metadatas=[_metadata(passage) for passage in passages],
            )

    def remove(self, name: str, embedder: str, ids: Sequence[str]) -> None:
        """Take passages out."""
        if ids:
            with _chroma_errors(self._folder):
                self._collection(name, embedder).delete(ids=list(ids))

    def nearest(
        self, name: str, embedder: str, vector: Vectors, count: int
    ) -> list[tuple[Passage, float]]:
        """Return up to `count` passages with their cosine similarity, nearest first."""
        with _chroma_errors(self._folder):
            found = self._collection(name, embedder).query(
                query_embeddings=np.asarray([vector]),
                n_results=count,
                include=["documents", "metadatas", "distances"],
            )
        rows = zip(
            found["ids"][0],
            (found["documents"] or [[]])[0],
            (found["metadatas"] or [[]])[0],
            (found["distances"] or [[]])[0],
            strict=True,
        )
        return [(_passage(i, text, dict(meta)), 1.0 - distance) for i, text, meta, distance in rows]

    def _collection(self, name: str, embedder: str) -> Any:  # noqa: ANN401 - its type stays here
        # `space` and metadata count only when the collection is made; sync_threshold is lowered
        # because smaller collections would never be written as an index.
        return self._client.get_or_create_collection(
            name,
            metadata={"embedder": embedder},
            configuration={"hnsw": {"space": "cosine", "sync_threshold": 100, "ef_search": 400}},
            embedding_function=None,
        )


def _metadata(passage: Passage) -> dict[str, str | int]:
    values = passage.model_dump(include=set(_FIELDS))
    return {k: storable(v) if isinstance(v, str) else v for k, v in values.items()}


def _passage(passage_id: str, text: str, metadata: dict[str, Any]) -> Passage:
    return Passage(id=passage_id, text=text, **{name: metadata[name] for name in _FIELDS})


@contextlib.contextmanager
def _chroma_errors(folder: Path) -> Iterator[None]:
    """Turn what Chroma raises into our error, with the way to a fresh index."""
    try:
        yield
    except KnowledgeError:
        raise
    except Exception as error:
        raise KnowledgeError(
            f"The index in {str(folder)!r} does not work: {type(error).__name__}: {error}.",
            hint="Build it anew with `interviewer index --rebuild`; check the disk is not full.",
        ) from error
