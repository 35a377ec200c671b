"""The library: a guide and repositories, kept in the index, and what they say on a topic."""

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

from interviewer.knowledge.code import find_symbol, read_code
from interviewer.knowledge.embedder import Embedder, MiniLM
from interviewer.knowledge.guide import read_guides
from interviewer.knowledge.passages import embedded_text, guide_passages
from interviewer.knowledge.reference import fill_bare, is_bare
from interviewer.knowledge.store import Store
from interviewer.values.knowledge import Passage, Topic
from interviewer.values.value import Value

BATCH = 32
REFERENCE = "interviewer/"
"""Stands before the paths of the shipped guide when it backs a user's own."""
NEAR = 0.35
"""Lowest cosine of a passage that is about a topic without notes."""
HINT_BONUS = 0.25
"""What a path hint of the guide adds to a passage's cosine similarity."""
MIN_CODE_LINES = 4
"""Shorter pieces (an empty `__init__`, a constant) explain nothing."""
Progress = Callable[[int, int], None]


class Summary(Value):
    """What bringing the index up to date did."""

    topics: int
    guide_passages: int
    code_passages: int
    added: int
    removed: int
    seconds: float


class Library:
    """Topics with their passages, and a search over guide and code."""

    def __init__(
        self, topics: Sequence[Topic], store: Store, embedder: Embedder, repos: Sequence[Path]
    ) -> None:
        self.topics = tuple(topics)
        self.embedder = embedder
        self._store = store
        self._repos = tuple(repos)
        self._guide: dict[str, Passage] = {}
        self._names = {"guide": "guide", "code": "code"}

    @classmethod
    def open(
        cls,
        folder: Path,
        guides: Sequence[Path],
        repos: Sequence[Path],
        progress: Progress = lambda _done, _total: None,
        reference: Sequence[Path] = (),
    ) -> tuple[Self, Summary]:
        """Read guides and repositories, embed what is new, forget what is gone.

        Bullets without notes borrow from the topics of `reference` that they name.

        Raises:
            KnowledgeError: a guide or repository cannot be read, or the index does not work.
        """
        began = time.monotonic()
        embedder = MiniLM()
        passages, topics = _read(guides)
        if reference and any(is_bare(topic) for topic in topics):
            borrowed, known = _read(reference, REFERENCE)
            passages += borrowed
            topics = fill_bare(topics, known, embedder)
        code = read_code(tuple(repos)) if repos else []
        library = cls(topics, Store(folder), embedder, repos)
        library._guide = {passage.id: passage for passage in passages}
        library._names = {"guide": _name("guide", guides), "code": _name("code", repos)}
        added, removed = library._sync({"guide": passages, "code": code}, progress)
        summary = Summary(
            topics=len(topics), guide_passages=len(passages), code_passages=len(code),
            added=added, removed=removed, seconds=time.monotonic() - began,
        )  # fmt: skip
        return library, summary

    def close(self) -> None:
        """Give back the index's files."""
        self._store.close()

    def notes(self, topic: Topic) -> list[Passage]:
        """Return the passages of a topic's notes, in order; if it has none, the nearest."""
        own = [self._guide[name] for name in topic.passages if name in self._guide]
        if not is_bare(topic):
            return own
        near = self.search("guide", f"{topic.section}: {topic.title}", 4)
        return [p for p, likeness in near if likeness >= NEAR and p.id not in topic.passages] + own

    def code_for(self, topic: Topic, count: int = 2) -> list[Passage]:
        """Return code on a topic, the paths it hints at first; empty without a repository."""
        if not self._repos:
            return []
        found = self.search("code", f"{topic.title} {topic.notes[:400]}", count * 8)
        found.sort(key=lambda hit: hit[1] + HINT_BONUS * _hinted(hit[0], topic), reverse=True)
        telling = [
            passage for passage, _ in found if passage.text.count("\n") >= MIN_CODE_LINES - 1
        ]
        return telling[:count]

    def symbol(self, reference: str) -> Passage | None:
        """Return the source of `path::symbol` in the repository, if it is there."""
        return find_symbol(reference, self._repos)

    def search(self, corpus: str, text: str, count: int) -> list[tuple[Passage, float]]:
        """Return passages of `guide` or `code` near a text, with their similarity, best first."""
        vector = self.embedder.embed([text])[0]
        return self._store.nearest(self._names[corpus], self.embedder.name, vector, count)

    def _sync(self, corpora: dict[str, list[Passage]], progress: Progress) -> tuple[int, int]:
        added = removed = 0
        with self._store.writing():
            fresh: list[tuple[str, list[Passage]]] = []
            for corpus, passages in corpora.items():
                name = self._names[corpus]
                there = self._store.ids(name, self.embedder.name)
                wanted = {passage.id: passage for passage in passages}
                fresh.append((name, [p for i, p in wanted.items() if i not in there]))
                gone = sorted(there - set(wanted))
                self._store.remove(name, self.embedder.name, gone)
                removed += len(gone)
            total = sum(len(passages) for _, passages in fresh)
            for name, passages in fresh:
                for start in range(0, len(passages), BATCH):
                    batch = passages[start : start + BATCH]
                    vectors = self.embedder.embed([embedded_text(passage) for passage in batch])
                    self._store.add(name, self.embedder.name, batch, vectors)
                    added += len(batch)
                    progress(added, total)
        return added, removed


def _read(guides: Sequence[Path], prefix: str = "") -> tuple[list[Passage], list[Topic]]:
    passages: list[Passage] = []
    topics: list[Topic] = []
    for chapter in read_guides(tuple(guides), prefix):
        own, read = guide_passages(chapter)
        passages += own
        topics += read
    return passages, topics


def forget_index(folder: Path) -> None:
    """Remove the index from disk; the next use builds it anew."""
    shutil.rmtree(folder, ignore_errors=True)


def _name(corpus: str, roots: Sequence[Path]) -> str:
    places = "\n".join(sorted(str(root.resolve()) for root in roots))
    return f"{corpus}-{hashlib.sha256(os.fsencode(places)).hexdigest()[:16]}"


def _hinted(passage: Passage, topic: Topic) -> bool:
    return any(
        passage.path == hint or passage.path.startswith(f"{hint.rstrip('/')}/")
        for hint in topic.path_hints
    )
