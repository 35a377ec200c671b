"""The Chroma store: real Chroma, in a folder of the test's own."""

import stat
from collections.abc import Iterator
from pathlib import Path

import filelock
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.errors import InterviewerError, KnowledgeError
from interviewer.knowledge import store as store_module
from interviewer.knowledge.embedder import Vectors
from interviewer.knowledge.store import Store
from interviewer.values.knowledge import Passage

NAME, EMBEDDER = "code-0123456789abcdef", "first sha256:1"


def passage(name: str, text: str = "x = 1", path: str = "app/x.py") -> Passage:
    return Passage(
        id=name, path=path, first_line=3, last_line=4,
        kind="code", symbol="f", header="app/x.py › f()", text=text,
    )  # fmt: skip


def rows(*values: tuple[float, float]) -> Vectors:
    return np.array(values, dtype=np.float32)


EAST, NORTH, BETWEEN = (1.0, 0.0), (0.0, 1.0), (0.6, 0.8)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "index") as opened:
        yield opened


def nearest(store: Store, vector: tuple[float, float], count: int = 9) -> list[tuple[str, float]]:
    found = store.nearest(NAME, EMBEDDER, rows(vector)[0], count)
    return [(hit.id, round(similarity, 4)) for hit, similarity in found]


def test_a_new_store_is_empty_and_for_its_owner_only(store: Store, tmp_path: Path) -> None:
    assert store.ids(NAME, EMBEDDER) == set()
    assert nearest(store, EAST) == []
    assert stat.S_IMODE((tmp_path / "index").stat().st_mode) == 0o700


def test_the_nearest_passages_come_first_with_their_cosine_similarity(store: Store) -> None:
    store.add(NAME, EMBEDDER, [passage("east"), passage("north")], rows(EAST, NORTH))

    assert nearest(store, BETWEEN) == [("north", 0.8), ("east", 0.6)]
    assert nearest(store, BETWEEN, 1) == [("north", 0.8)]


def test_what_is_written_again_replaces_what_was_there(store: Store) -> None:
    store.add(NAME, EMBEDDER, [passage("a", "old")], rows(EAST))

    store.add(NAME, EMBEDDER, [passage("a", "new")], rows(NORTH))

    assert store.ids(NAME, EMBEDDER) == {"a"}
    ((found, similarity),) = store.nearest(NAME, EMBEDDER, rows(NORTH)[0], 3)
    assert (found.text, round(similarity, 4)) == ("new", 1.0)


def test_what_is_removed_is_not_found_again(store: Store) -> None:
    store.add(NAME, EMBEDDER, [passage("a"), passage("b")], rows(EAST, NORTH))

    store.remove(NAME, EMBEDDER, ["a", "never there"])

    assert store.ids(NAME, EMBEDDER) == {"b"}
    assert nearest(store, EAST) == [("b", 0.0)]


def test_writing_or_removing_nothing_is_no_trouble(store: Store) -> None:
    store.add(NAME, EMBEDDER, [], rows())
    store.remove(NAME, EMBEDDER, [])

    assert store.ids(NAME, EMBEDDER) == set()


def test_a_store_that_is_opened_again_has_what_was_written(tmp_path: Path) -> None:
    written = passage("a", "def f(): ...")
    with Store(tmp_path / "index") as first:
        first.add(NAME, EMBEDDER, [written, passage("b")], rows(EAST, NORTH))

    with Store(tmp_path / "index") as second:
        found = second.nearest(NAME, EMBEDDER, rows(EAST)[0], 1)
        known = second.ids(NAME, EMBEDDER)

    assert known == {"a", "b"}
    assert found[0][0] == written


def test_more_passages_than_the_index_gathers_before_it_writes_are_all_found(
    tmp_path: Path,
) -> None:
    angles = np.linspace(0, 3, 250)
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    with Store(tmp_path / "index") as first:
        first.add(NAME, EMBEDDER, [passage(f"p{n}") for n in range(250)], vectors)

    with Store(tmp_path / "index") as second:
        found = [second.nearest(NAME, EMBEDDER, vectors[n], 1)[0][0].id for n in (0, 99, 100, 249)]

    assert found == ["p0", "p99", "p100", "p249"]


def test_vectors_of_another_embedder_are_dropped_and_made_anew(tmp_path: Path) -> None:
    with Store(tmp_path / "index") as store:
        store.add(NAME, EMBEDDER, [passage("a")], rows(EAST))

        assert store.ids(NAME, "second sha256:2") == set()

        wider = np.eye(3, dtype=np.float32)[:1]
        store.add(NAME, "second sha256:2", [passage("b")], wider)
        found = store.nearest(NAME, "second sha256:2", wider[0], 3)
    with Store(tmp_path / "index") as again:
        assert again.ids(NAME, "second sha256:2") == {"b"}
    assert [hit.id for hit, _ in found] == ["b"]


def test_collections_know_nothing_of_each_other(store: Store) -> None:
    store.add(NAME, EMBEDDER, [passage("a")], rows(EAST))
    store.add("guide-0123", EMBEDDER, [passage("b")], rows(EAST))

    store.ids("guide-0123", "second sha256:2")

    assert store.ids(NAME, EMBEDDER) == {"a"}


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_comes_back_as_it_went_in(store: Store, text: str) -> None:
    written = passage("a", text, path=f"app/{text}.py")

    store.add(NAME, EMBEDDER, [written], rows(EAST))

    ((found, _),) = store.nearest(NAME, EMBEDDER, rows(EAST)[0], 1)
    assert found == written


@pytest.mark.parametrize("odd", ["\ud800", "a\udcffb", "\ud83d\udc00"])
def test_lone_surrogates_become_question_marks(store: Store, odd: str) -> None:
    store.add(NAME, EMBEDDER, [passage("a", odd, path=odd)], rows(EAST))

    ((found, _),) = store.nearest(NAME, EMBEDDER, rows(EAST)[0], 1)
    expected = "".join("?" if "\ud800" <= c <= "\udfff" else c for c in odd)
    assert (found.text, found.path) == (expected, expected)


def test_one_writer_at_a_time_holds_the_store(store: Store, tmp_path: Path) -> None:
    other = filelock.FileLock(str(tmp_path / "index" / "write.lock"), timeout=0)

    with store.writing(), pytest.raises(filelock.Timeout):
        other.acquire()

    with other:
        assert other.is_locked


def test_a_writer_that_waited_too_long_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "LOCK_TIMEOUT_S", 0)
    with (
        Store(tmp_path / "index") as store,
        filelock.FileLock(str(tmp_path / "index" / "write.lock")),
        pytest.raises(KnowledgeError, match="Another interviewer is writing") as caught,
        store.writing(),
    ):
        pytest.fail("two writers at once")

    assert "Wait for it to finish" in caught.value.hint


def test_an_error_while_writing_gives_the_lock_back(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), store.writing():
        _ = 1 / 0

    with filelock.FileLock(str(tmp_path / "index" / "write.lock"), timeout=0) as lock:
        assert lock.is_locked


def test_vectors_of_the_wrong_size_are_an_error_with_its_remedy(store: Store) -> None:
    store.add(NAME, EMBEDDER, [passage("a")], rows(EAST))

    with pytest.raises(KnowledgeError, match=r"does not work: .*dimension of 2, got 3") as caught:
        store.nearest(NAME, EMBEDDER, np.ones(3, dtype=np.float32), 1)

    assert "interviewer index --rebuild" in caught.value.hint


def test_a_damaged_store_is_an_error_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "chroma.sqlite3").write_bytes(b"this is no database" * 100)

    with pytest.raises(KnowledgeError, match="does not work") as caught:
        Store(tmp_path / "index")

    assert "interviewer index --rebuild" in caught.value.hint


def test_a_folder_that_cannot_be_made_is_an_error_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(InterviewerError, match="Cannot create the folder"):
        Store(tmp_path / "file" / "index")
