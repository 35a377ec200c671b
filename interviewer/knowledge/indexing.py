"""Bring a collection in step with its files: read what changed, embed it, forget what is gone."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from interviewer.errors import IndexFailed
from interviewer.knowledge import manifest as notes
from interviewer.knowledge.code import passages_of
from interviewer.knowledge.documents import Document, Found, read_document
from interviewer.knowledge.embedder import Embedder
from interviewer.knowledge.manifest import FileState, Manifest
from interviewer.knowledge.passages import embedded_text
from interviewer.knowledge.store import Stamp, Store
from interviewer.values.knowledge import Passage

BATCH = 64
"""Passages that are embedded and written together; what a killed build may have to do again."""


DAMAGED = "it was damaged"
"""Why a local store was thrown away, with all its collections."""


class Source(NamedTuple):
    """A file of a corpus: one that may be read, or one that has been read into passages."""

    key: str
    found: Found | None = None
    passages: tuple[Passage, ...] = ()


class Corpus(NamedTuple):
    """What belongs into one collection."""

    name: str
    stamp: Stamp
    sources: Sequence[Source]


class Step(NamedTuple):
    """How far an index is: files out of how many, and the passages written so far."""

    files: int
    total: int
    passages: int


Progress = Callable[[Step], None]


class Change(NamedTuple):
    """What it took to bring a collection in step."""

    manifest: Manifest
    added: int = 0
    removed: int = 0
    rebuilt: str = ""
    """Why the collection was made anew; empty if it was not."""


def bring_in_step(
    store: Store, corpus: Corpus, embedder: Embedder, progress: Progress = lambda _: None
) -> Change:
    """Make a collection hold the passages of its sources and nothing else.

    If nothing changed, no file is read and the store is not even opened. A local store that does
    not work is thrown away once, for all that it holds can be made again.

    Raises:
        KnowledgeError: another process is writing, or the store does not work.
    """
    known = notes.load(store, corpus.name, corpus.stamp)
    if known and _is_in_step(known, corpus.sources):
        return Change(known)
    with store.writing():
        try:
            return _bring(store, corpus, embedder, progress)
        except IndexFailed:
            if store.server:
                raise
            store.forget([corpus.name])
            change = _bring(store, corpus, embedder, progress)
            return change._replace(rebuilt=DAMAGED)


def _bring(store: Store, corpus: Corpus, embedder: Embedder, progress: Progress) -> Change:
    # Another process may have done it while this one waited for the lock.
    known = notes.load(store, corpus.name, corpus.stamp)
    for manifest in (known, None) if known else (None,):
        build = _Build(store, corpus, embedder, manifest)
        if change := build.run(progress):
            return change
    raise IndexFailed(
        f"The index in {str(store.folder)!r} does not keep what is written to it.",
        hint="Look whether the disk is full or failing, then `interviewer index --rebuild`.",
    )


class _Build:
    """One pass over the sources of a collection; the store is opened when it must change."""

    def __init__(
        self, store: Store, corpus: Corpus, embedder: Embedder, manifest: Manifest | None
    ) -> None:
        self._store = store
        self._corpus = corpus
        self._embedder = embedder
        self._old = manifest.files if manifest else {}
        self._begun = False
        self._rebuilt = ""
        self._waiting: list[Passage] = []
        self._added: set[str] = set()
        if manifest:
            self._there = manifest.ids
        else:
            self._begin()
            there = sorted(store.ids(corpus.name))
            self._there = set(there) - set(store.without_vector(corpus.name, there))

    def run(self, progress: Progress) -> Change | None:
        """Write what is new, then take out what is gone; None if the store did not keep it."""
        files: dict[str, FileState] = {}
        changed = [s for s in self._corpus.sources if not _holds(self._old.get(s.key), s)]
        reading = {source.key for source in changed}
        for source in self._corpus.sources:
            if source.key not in reading:
                files[source.key] = self._old[source.key]
        for number, source in enumerate(changed, 1):
            files[source.key], passages = _read(source, self._old.get(source.key))
            self._put(passages)
            progress(Step(number, len(changed), len(self._added)))
        self._write()
        progress(Step(len(changed), len(changed), len(self._added)))
        order = [source.key for source in self._corpus.sources]
        return self._complete({key: files[key] for key in order})

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            notes.discard(self._store, self._corpus.name)
            self._rebuilt = self._store.prepare(self._corpus.name, self._corpus.stamp)

    def _put(self, passages: Iterable[Passage]) -> None:
        for passage in passages:
            if passage.id not in self._there and passage.id not in self._added:
                self._added.add(passage.id)
                self._waiting.append(passage)
                if len(self._waiting) >= BATCH:
                    self._write()

    def _write(self) -> None:
        if self._waiting:
            self._begin()
            vectors = self._embedder.embed([embedded_text(passage) for passage in self._waiting])
            self._store.add(self._corpus.name, self._waiting, vectors)
            self._waiting.clear()

    def _complete(self, files: dict[str, FileState]) -> Change | None:
        name, stamp = self._corpus.name, self._corpus.stamp
        manifest = Manifest(stamp=stamp, build=secrets.token_hex(8), files=files)
        wanted = manifest.ids
        gone = sorted(self._there - wanted)
        if gone:
            self._begin()
            self._store.remove(name, gone)
        if self._begun:
            self._store.finish(name, stamp, manifest.build)
            lost = self._store.without_vector(name, sorted(self._added))
            if lost or self._store.count(name) != len(wanted):
                return None
        notes.save(self._store, name, manifest)
        return Change(manifest, len(self._added), len(gone), self._rebuilt)


def _is_in_step(known: Manifest, sources: Sequence[Source]) -> bool:
    return len(known.files) == len(sources) and all(
        _holds(known.files.get(source.key), source) for source in sources
    )


def _holds(state: FileState | None, source: Source) -> bool:
    """Tell whether a source is as it was, by what can be told without reading it."""
    if state is None:
        return False
    if source.found is None:
        return state.ids == tuple(passage.id for passage in source.passages)
    return (state.size, state.mtime_ns, state.inode) == _stat(source.found)


def _stat(found: Found) -> tuple[int, int, int]:
    return found.size, found.mtime_ns, found.inode


def _read(source: Source, old: FileState | None) -> tuple[FileState, Sequence[Passage]]:
    """Return the new state of a source and its passages; none if its text is the same as before."""
    if source.found is None:
        passages = source.passages
        return FileState(ids=tuple(passage.id for passage in passages)), passages
    size, mtime_ns, inode = _stat(source.found)
    state = FileState(size=size, mtime_ns=mtime_ns, inode=inode)
    document = read_document(source.found)
    if not isinstance(document, Document):
        return state.model_copy(update={"skipped": document.reason}), ()
    sha256 = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    if old and old.sha256 == sha256:
        return state.model_copy(update={"sha256": sha256, "ids": old.ids}), ()
    read = passages_of(document)
    ids = tuple(passage.id for passage in read)
    return state.model_copy(update={"sha256": sha256, "ids": ids}), read
