"""Bringing a collection in step: what is read, what is written, and when nothing is done at all."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.errors import IndexFailed
from interviewer.knowledge.chroma import Server
from interviewer.knowledge.documents import Found
from interviewer.knowledge.files import find_files
from interviewer.knowledge.indexing import Change, Corpus, Source, bring_in_step
from interviewer.knowledge.store import Stamp, Store
from tests.fakes.chroma_server import NAME
from tests.fakes.embedder import CountingEmbedder, FakeEmbedder

STAMP = Stamp(embedder=FakeEmbedder.name, dimension=FakeEmbedder.dimension,
              passage_format=1, roots="repo")  # fmt: skip


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    root = tmp_path / "repo"
    root.mkdir()
    for name in ("a", "b", "c"):
        (root / f"{name}.py").write_text(f"def {name}():\n    return {name!r}\n", encoding="utf-8")
    return root


@pytest.fixture
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


@pytest.fixture
def bring(store: Store, repo: Path, embedder: CountingEmbedder) -> Callable[[], Change]:
    def run() -> Change:
        return bring_in_step(store, corpus_of(repo), embedder)

    return run


def corpus_of(repo: Path) -> Corpus:
    files = [found for found in find_files(repo) if isinstance(found, Found)]
    return Corpus(NAME, STAMP, [Source(found.path, found) for found in files])


def rewrite(path: Path, text: str) -> None:
    """Write a file, certainly at another time than before."""
    path.write_text(text, encoding="utf-8")
    later = path.stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(later, later))


def symbols(store: Store) -> list[str]:
    return sorted(p.symbol for p in store.passages(NAME, sorted(store.ids(NAME))))


def test_what_is_new_is_embedded_once(
    bring: Callable[[], Change], store: Store, embedder: CountingEmbedder
) -> None:
    first, second = bring(), bring()

    assert (first.added, second.added, second.removed) == (3, 0, 0)
    assert len(embedder.texts) == 3
    assert symbols(store) == ["a", "b", "c"]


def test_only_the_changed_file_is_embedded_and_what_it_had_is_gone(
    bring: Callable[[], Change], store: Store, repo: Path, embedder: CountingEmbedder
) -> None:
    bring()
    embedder.texts.clear()
    rewrite(repo / "b.py", "def other():\n    return 2\n")

    change = bring()

    assert (change.added, change.removed) == (1, 1)
    assert len(embedder.texts) == 1
    assert symbols(store) == ["a", "c", "other"]


def test_a_removed_file_takes_its_passages_along(
    bring: Callable[[], Change], store: Store, repo: Path
) -> None:
    bring()
    (repo / "a.py").unlink()

    assert bring().removed == 1
    assert symbols(store) == ["b", "c"]


def test_a_file_that_was_touched_but_not_changed_is_not_embedded_again(
    bring: Callable[[], Change], repo: Path, embedder: CountingEmbedder
) -> None:
    bring()
    rewrite(repo / "a.py", (repo / "a.py").read_text(encoding="utf-8"))

    assert bring().added == 0
    assert len(embedder.texts) == 3


def test_a_start_with_nothing_changed_reads_no_file(
    bring: Callable[[], Change], repo: Path, store: Store
) -> None:
    bring()
    status = (repo / "a.py").stat()
    # Another text of the same length, its time put back: whoever read it would see it.
    with (repo / "a.py").open("r+b") as file:
        file.write(b"def z")
    os.utime(repo / "a.py", ns=(status.st_atime_ns, status.st_mtime_ns))

    assert bring().added == 0
    assert "z" not in symbols(store)


def test_a_start_with_nothing_changed_does_not_open_a_local_store(
    tmp_path: Path, repo: Path
) -> None:
    corpus = corpus_of(repo)
    with Store(tmp_path / "index") as first:
        bring_in_step(first, corpus, FakeEmbedder())
    (tmp_path / "index" / "chroma.sqlite3").write_bytes(b"no database")

    with Store(tmp_path / "index") as second:
        change = bring_in_step(second, corpus, FakeEmbedder())

    assert change.added == 0


def test_without_the_note_everything_is_compared_and_nothing_embedded_again(
    bring: Callable[[], Change], store: Store, embedder: CountingEmbedder
) -> None:
    bring()
    (store.folder / "manifests" / f"{NAME}.json").write_text("{broken", encoding="utf-8")

    change = bring()

    assert (change.added, change.removed) == (0, 0)
    assert len(embedder.texts) == 3


def test_passages_that_were_lost_are_made_again(
    bring: Callable[[], Change], store: Store, repo: Path
) -> None:
    bring()
    store.remove(NAME, sorted(store.ids(NAME))[:1])
    rewrite(repo / "c.py", "def changed():\n    return 3\n")

    bring()

    assert symbols(store) == ["a", "b", "changed"]


def test_a_collection_of_another_make_is_made_anew_and_the_reason_told(
    bring: Callable[[], Change], store: Store, repo: Path, embedder: CountingEmbedder
) -> None:
    bring()
    other = corpus_of(repo)._replace(stamp=STAMP.model_copy(update={"passage_format": 2}))

    change = bring_in_step(store, other, embedder)

    assert change.added == 3
    assert change.rebuilt == "this version of interviewer cuts texts in another way"


def test_a_servers_collection_that_another_machine_wrote_is_compared_again(
    chroma_url: str, tmp_path: Path, repo: Path
) -> None:
    server = Server(chroma_url)
    corpus = corpus_of(repo)
    with Store(tmp_path / "mine", server) as mine, Store(tmp_path / "other", server) as other:
        mine.forget([NAME])
        bring_in_step(mine, corpus, FakeEmbedder())
        bring_in_step(other, corpus._replace(sources=corpus.sources[:1]), FakeEmbedder())

        change = bring_in_step(mine, corpus, FakeEmbedder())

        assert change.added == 2
        assert symbols(mine) == ["a", "b", "c"]


def test_a_damaged_local_store_is_thrown_away_once_and_made_anew(
    tmp_path: Path, repo: Path
) -> None:
    corpus = corpus_of(repo)
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "chroma.sqlite3").write_bytes(b"this is no database" * 100)

    with Store(tmp_path / "index") as store:
        change = bring_in_step(store, corpus, FakeEmbedder())

        assert (change.added, change.rebuilt) == (3, "it was damaged")
        assert symbols(store) == ["a", "b", "c"]


def test_a_store_that_keeps_nothing_is_an_error_with_its_remedy(tmp_path: Path, repo: Path) -> None:
    class Forgetful(Store):
        def count(self, name: str) -> int:
            return super().count(name) - 1

    corpus = corpus_of(repo)

    with Forgetful(tmp_path / "index") as store, pytest.raises(IndexFailed) as caught:
        bring_in_step(store, corpus, FakeEmbedder())

    assert "does not keep" in str(caught.value)
    assert "disk" in caught.value.hint
