"""The library: a guide and repositories, kept in the index, and what they say on a topic."""

import hashlib
import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from interviewer.errors import KnowledgeError
from interviewer.knowledge.chroma import Server
from interviewer.knowledge.code import find_symbol
from interviewer.knowledge.digests import Digests, digests_of
from interviewer.knowledge.documents import Found, Skip
from interviewer.knowledge.embedder import Embedder, MiniLM, WordEmbedder, storable
from interviewer.knowledge.files import find_files
from interviewer.knowledge.guide import read_guides
from interviewer.knowledge.indexing import (
    DAMAGED,
    Change,
    Corpus,
    Progress,
    Source,
    bring_in_step,
)
from interviewer.knowledge.passages import PASSAGE_FORMAT, guide_passages
from interviewer.knowledge.pythons_words import PythonsWords
from interviewer.knowledge.reference import fill_bare, is_bare
from interviewer.knowledge.search import Search
from interviewer.knowledge.store import Stamp, Store
from interviewer.values.knowledge import Hit, Passage, Topic
from interviewer.values.value import Value

REFERENCE = "interviewer/"
"""Stands before the paths of the shipped guide when it backs a user's own."""
NEAR = 0.35
"""Lowest cosine of a passage that is about a topic without notes."""
NEAR_IN_PYTHON = 0.5
"""The same among Python's own words, where much is a little like anything ("Binary search" and the
docstring of bin: 0.44)."""
MIN_CODE_LINES = 4
"""Shorter pieces (an empty `__init__`, a constant) explain nothing."""


class Backing(NamedTuple):
    """What stands behind a library; None for what this machine has itself."""

    embedder: Embedder | None = None
    """Makes the index, if not the one in this process."""
    server: Server | None = None
    """Keeps the index, if not the folder."""
    python_docs: Path | None = None
    """Where Python's documentation is, if not where a package puts it."""


HERE = Backing()


class Summary(Value):
    """What bringing the index up to date did."""

    topics: int
    files: int
    """Files of the guide and the repositories with anything in the index."""
    guide_passages: int
    code_passages: int
    added: int
    removed: int
    skipped: dict[str, int]
    """How many files and folders were passed over, by reason."""
    rebuilt: str
    """Why the index was made anew; empty if it was not."""
    seconds: float
    skips: tuple[Skip, ...]
    """Each file and folder that was passed over."""


class Library:
    """Topics with their passages, and a search over guide and code."""

    def __init__(
        self, topics: Sequence[Topic], store: Store, embedder: WordEmbedder,
        repos: Sequence[Path], python: PythonsWords,
    ) -> None:  # fmt: skip
        self.topics = tuple(topics)
        self.embedder = embedder
        """What grades are made with; another one may have made the index."""
        self._index_embedder: Embedder = embedder
        self._store = store
        self._repos = tuple(repos)
        self._guide: dict[str, Passage] = {}
        self._names = {"guide": "guide", "code": "code"}
        self._searches: dict[str, Search] = {}
        self._python = python
        self.digests = Digests(corpus="", index="")

    @classmethod
    def open(
        cls,
        folder: Path,
        guides: Sequence[Path],
        repos: Sequence[Path],
        progress: Progress = lambda _: None,
        reference: Sequence[Path] = (),
        backing: Backing = HERE,
    ) -> tuple[Self, Summary]:
        """Read guides and repositories, embed what is new, forget what is gone.

        Bullets without notes borrow from the topics of `reference` that they name.

        Raises:
            KnowledgeError: a guide or repository cannot be read, or the index does not work.
        """
        began = time.monotonic()
        minilm = MiniLM()
        python = PythonsWords(minilm, backing.python_docs)
        passages, topics = _read(guides)
        if reference and any(is_bare(topic) for topic in topics):
            borrowed, known = _read(reference, REFERENCE)
            passages += borrowed
            topics = fill_bare(topics, known, minilm)
        found = [entry for root in repos for entry in _found_below(root.resolve())]
        library = cls(topics, Store(folder, backing.server), minilm, repos, python)
        library._index_embedder = backing.embedder or minilm
        library._guide = {passage.id: passage for passage in passages}
        library._names = collection_names(guides, repos)
        try:
            changes = library._bring_in_step(
                {"guide": _chapters(passages), "code": _files(found)},
                {"guide": guides, "code": repos},
                progress,
            )
        except BaseException:
            library.close()
            raise
        library.digests = digests_of(library.topics, changes)
        skips = [entry for entry in found if isinstance(entry, Skip)]
        return library, _summary(topics, changes, skips, time.monotonic() - began)

    def close(self) -> None:
        """Give back the index's files."""
        self._store.close()

    def notes(self, topic: Topic) -> list[Passage]:
        """Return the passages of a topic's notes, in order; if it has none, the nearest."""
        own = [self._guide[name] for name in topic.passages if name in self._guide]
        if not is_bare(topic):
            return own
        nearest = [hit.passage for hit in self.near(topic)]
        return (nearest or self._python.about(topic.title, 4, NEAR_IN_PYTHON)) + own

    def near(self, topic: Topic) -> list[Hit]:
        """Return what the guide says near a topic without notes; nothing if it has notes."""
        if not is_bare(topic):
            return []
        found = self.search("guide", f"{topic.section}: {topic.title}", 4)
        return [hit for hit in found if hit.cosine >= NEAR and hit.passage.id not in topic.passages]

    def code_for(self, topic: Topic, count: int = 2) -> list[Hit]:
        """Return code on a topic, the paths it hints at first; empty without a repository."""
        if not self._repos:
            return []
        text = f"{topic.title} {topic.notes[:400]}"
        found = self.search("code", text, count * 8, hints=topic.path_hints)
        return [hit for hit in found if hit.passage.text.count("\n") >= MIN_CODE_LINES - 1][:count]

    def symbol(self, reference: str) -> Passage | None:
        """Return the source of `path::symbol` in the repository, if it is there."""
        return find_symbol(reference, self._repos)

    @property
    def corpora(self) -> tuple[str, ...]:
        """What can be searched."""
        return ("guide", "code") if self._repos else ("guide",)

    def search(
        self, corpus: str, text: str, count: int, *,
        path: str = "", topic: str = "", hints: Sequence[str] = (),
    ) -> list[Hit]:  # fmt: skip
        """Return passages of `guide` or `code` about a text, best first (see `Search.find`)."""
        if corpus not in self._searches:
            self._searches[corpus] = Search(self._store, self._names[corpus], self._index_embedder)
        return self._searches[corpus].find(text, count, path=path, topic=topic, hints=hints)

    def _bring_in_step(
        self,
        sources: Mapping[str, Sequence[Source]],
        roots: Mapping[str, Sequence[Path]],
        progress: Progress,
    ) -> dict[str, Change]:
        embedder = self._index_embedder
        changes: dict[str, Change] = {}
        wanted: dict[str, Corpus] = {}
        for corpus, name in self._names.items():
            stamp = Stamp(
                embedder=embedder.name,
                dimension=embedder.dimension,
                passage_format=PASSAGE_FORMAT,
                roots=storable(_places(roots[corpus])),
            )
            wanted[corpus] = Corpus(name, stamp, sources[corpus])
            changes[corpus] = bring_in_step(self._store, wanted[corpus], embedder, progress)
        if changes["code"].rebuilt == DAMAGED:
            # The store went whole, and the guide with it that had been in order.
            changes["guide"] = bring_in_step(self._store, wanted["guide"], embedder, progress)
        if roots["code"] and not changes["code"].manifest.ids:
            raise KnowledgeError(
                f"Nothing in {_places(roots['code'])!r} can be asked about.",
                hint="Give the folder that holds the .py files: --repo PATH.",
            )
        return changes


def _read(guides: Sequence[Path], prefix: str = "") -> tuple[list[Passage], list[Topic]]:
    passages: list[Passage] = []
    topics: list[Topic] = []
    for chapter in read_guides(tuple(guides), prefix):
        own, read = guide_passages(chapter)
        passages += own
        topics += read
    return passages, topics


def collection_names(guides: Sequence[Path], repos: Sequence[Path]) -> dict[str, str]:
    """Return the collections by corpus; the order of guides and repositories does not matter."""
    named = {"guide": guides, "code": repos}
    return {
        corpus: f"{corpus}-{hashlib.sha256(os.fsencode(_places(roots))).hexdigest()[:16]}"
        for corpus, roots in named.items()
    }


def forget_index(
    folder: Path,
    guides: Sequence[Path] = (),
    repos: Sequence[Path] = (),
    server: Server | None = None,
) -> None:
    """Throw the index away; the next use builds it anew. At a server, only of these folders."""
    with Store(folder, server) as store:
        store.forget(list(collection_names(guides, repos).values()))


def _places(roots: Sequence[Path]) -> str:
    return "\n".join(sorted(str(root.resolve()) for root in roots))


def _chapters(passages: Sequence[Passage]) -> list[Source]:
    chapters: dict[str, list[Passage]] = {}
    for passage in passages:
        chapters.setdefault(passage.path, []).append(passage)
    return [Source(path, passages=tuple(own)) for path, own in chapters.items()]


def _found_below(root: Path) -> Iterator[Found | Skip]:
    """Yield what a root has, what was passed over with its whole path."""
    folder = root.parent if root.is_file() else root
    for entry in find_files(root):
        if isinstance(entry, Skip):
            entry = Skip(f"{folder}/{entry.path}", entry.reason)  # noqa: PLW2901 - the same one
        yield entry


def _files(found: Sequence[Found | Skip]) -> list[Source]:
    # A file below two of the roots is read once.
    files = {str(e.root / e.path): e for e in reversed(found) if isinstance(e, Found)}
    return [Source(path, entry) for path, entry in reversed(files.items())]


def _summary(
    topics: Sequence[Topic], changes: Mapping[str, Change], skips: Sequence[Skip], seconds: float
) -> Summary:
    states = {path: state for c in changes.values() for path, state in c.manifest.files.items()}
    skips = [*skips, *(Skip(path, s.skipped) for path, s in states.items() if s.skipped)]
    return Summary(
        topics=len(topics),
        files=sum(bool(state.ids) for state in states.values()),
        guide_passages=len(changes["guide"].manifest.ids),
        code_passages=len(changes["code"].manifest.ids),
        added=sum(change.added for change in changes.values()),
        removed=sum(change.removed for change in changes.values()),
        skipped=dict(Counter(skip.reason for skip in skips).most_common()),
        rebuilt=next((change.rebuilt for change in changes.values() if change.rebuilt), ""),
        seconds=seconds,
        skips=tuple(skips),
    )
