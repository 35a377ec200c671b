"""The store: real Chroma, in a folder of the test's own and at a real server."""

import signal
import ssl
import stat
import subprocess
import sys
from pathlib import Path

import filelock
import numpy as np
import pytest
import trustme
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.errors import IndexFailed, InterviewerError, KnowledgeError, SettingsError
from interviewer.knowledge.chroma import Server
from interviewer.knowledge.embedder import Vectors
from interviewer.knowledge.store import MAX_ROWS, Stamp, Store
from interviewer.values.knowledge import Passage
from tests.fakes.chroma_server import NAME, OTHER, gate
from tests.fakes.ollama_server import free_port

STAMP = Stamp(embedder="first sha256:1", dimension=2, passage_format=1, roots="/srv/repo")
CUT_OTHERWISE = "this version of interviewer cuts texts in another way"


def passage(name: str, text: str = "x = 1", path: str = "app/x.py") -> Passage:
    return Passage(
        id=name, path=path, first_line=3, last_line=4,
        kind="code", symbol="f", header="app/x.py › f()", text=text,
    )  # fmt: skip


def rows(*values: tuple[float, float]) -> Vectors:
    return np.array(values, dtype=np.float32)


EAST, NORTH, BETWEEN = (1.0, 0.0), (0.0, 1.0), (0.6, 0.8)


@pytest.fixture
def store(store: Store) -> Store:
    """An empty store, its one collection ready to be written."""
    store.prepare(NAME, STAMP)
    return store


def nearest(store: Store, vector: tuple[float, float], count: int = 9) -> list[tuple[str, float]]:
    found = store.nearest(NAME, rows(vector)[0], count)
    return [(one, round(similarity, 4)) for one, similarity in found.items()]


def test_a_new_collection_is_empty(store: Store) -> None:
    assert store.ids(NAME) == set()
    assert store.count(NAME) == 0
    assert nearest(store, EAST) == []


def test_a_store_in_a_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    with Store(tmp_path / "index") as store:
        store.prepare(NAME, STAMP)

    assert stat.S_IMODE((tmp_path / "index").stat().st_mode) == 0o700


def test_a_store_that_nobody_asks_opens_nothing(tmp_path: Path) -> None:
    Store(tmp_path / "index").close()

    assert list(tmp_path.iterdir()) == []


def test_the_nearest_passages_come_first_with_their_cosine_similarity(store: Store) -> None:
    store.add(NAME, [passage("east"), passage("north")], rows(EAST, NORTH))

    assert nearest(store, BETWEEN) == [("north", 0.8), ("east", 0.6)]
    assert nearest(store, BETWEEN, 1) == [("north", 0.8)]


def test_what_is_written_again_replaces_what_was_there(store: Store) -> None:
    store.add(NAME, [passage("a", "old")], rows(EAST))

    store.add(NAME, [passage("a", "new")], rows(NORTH))

    assert store.ids(NAME) == {"a"}
    assert nearest(store, NORTH) == [("a", 1.0)]
    assert [found.text for found in store.passages(NAME, ["a"])] == ["new"]


def test_what_is_removed_is_not_found_again(store: Store) -> None:
    store.add(NAME, [passage("a"), passage("b")], rows(EAST, NORTH))

    store.remove(NAME, ["a", "never there"])

    assert store.ids(NAME) == {"b"}
    assert nearest(store, EAST) == [("b", 0.0)]


def test_writing_or_removing_nothing_is_no_trouble(store: Store) -> None:
    store.add(NAME, [], rows())
    store.remove(NAME, [])

    assert store.ids(NAME) == set()


def test_all_passages_can_be_had_back_as_they_went_in(store: Store) -> None:
    written = [passage("a", "def f(): ..."), passage("b", "", "odd\nname.py")]
    store.add(NAME, written, rows(EAST, NORTH))

    found = store.passages(NAME, ["b", "never there", "a"])

    assert sorted(found, key=lambda one: one.id) == written


def test_a_passage_without_a_vector_is_told(store: Store) -> None:
    store.add(NAME, [passage("a")], rows(EAST))

    assert store.without_vector(NAME, ["a", "never there"]) == ["never there"]


def test_a_store_that_is_opened_again_has_what_was_written(
    store: Store, tmp_path: Path, server: Server | None
) -> None:
    written = passage("a", "def f(): ...")
    store.add(NAME, [written, passage("b")], rows(EAST, NORTH))
    store.close()

    with Store(tmp_path / "index", server) as second:
        found = nearest(second, EAST, 1)
        read = second.passages(NAME, ["a"])
        known = second.ids(NAME)

    assert known == {"a", "b"}
    assert found == [("a", 1.0)]
    assert read == [written]


def test_more_passages_than_fit_into_one_request_are_all_found(store: Store) -> None:
    count = MAX_ROWS + 250
    angles = np.linspace(0, 3, count)
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    store.add(NAME, [passage(f"p{n}") for n in range(count)], vectors)
    store.close()

    found = [one for n in (0, 99, 100, count - 1) for one in store.nearest(NAME, vectors[n], 1)]

    assert found == ["p0", "p99", "p100", f"p{count - 1}"]
    assert store.without_vector(NAME, sorted(store.ids(NAME))) == []


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"embedder": "second sha256:2", "dimension": 3}, "another embedding model is in use now"),
        ({"dimension": 3, "passage_format": 2, "roots": ""}, CUT_OTHERWISE),
        ({"dimension": 3}, "the embedding model gives other vectors now"),
        ({"roots": "/srv/other"}, "it was made of other folders"),
    ],
)
def test_a_collection_of_another_make_is_made_anew_and_what_matters_most_is_said(
    store: Store, changed: dict[str, str | int], reason: str
) -> None:
    store.add(NAME, [passage("a")], rows(EAST))

    said = store.prepare(NAME, STAMP.model_copy(update=changed))

    assert said == reason
    assert store.ids(NAME) == set()


def test_a_collection_of_the_same_make_is_kept(store: Store) -> None:
    store.add(NAME, [passage("a")], rows(EAST))

    assert store.prepare(NAME, STAMP) == ""
    assert store.ids(NAME) == {"a"}


def test_a_collection_carries_its_build_until_it_is_written_again(store: Store) -> None:
    before = store.build(NAME)
    store.finish(NAME, STAMP, "b1")
    complete = store.build(NAME)
    store.prepare(NAME, STAMP)

    assert (before, complete, store.build(NAME)) == ("", "b1", "")
    assert store.build(OTHER) == ""


def test_collections_know_nothing_of_each_other(store: Store) -> None:
    store.prepare(OTHER, STAMP)
    store.add(NAME, [passage("a")], rows(EAST))
    store.add(OTHER, [passage("b")], rows(EAST))

    store.prepare(OTHER, STAMP.model_copy(update={"roots": "elsewhere"}))

    assert store.ids(NAME) == {"a"}


def test_a_reader_goes_on_while_another_store_writes_removes_and_makes_anew(
    store: Store, tmp_path: Path, server: Server | None
) -> None:
    store.add(NAME, [passage("a"), passage("b")], rows(EAST, NORTH))
    found = [nearest(store, EAST, 1)]

    script = f"""
import numpy as np
from pathlib import Path
from interviewer.knowledge.chroma import Server
from interviewer.knowledge.store import Store
from tests.knowledge.test_store import *
with Store(Path({str(tmp_path / "index")!r}), {server!r}) as writer, writer.writing():
    writer.prepare(NAME, STAMP.model_copy(update={{"passage_format": 2}}))
    writer.add(NAME, [passage("c")], rows(EAST))
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=300)
    found.append(nearest(store, EAST, 1))

    assert found == [[("a", 1.0)], [("c", 1.0)]]


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_comes_back_as_it_went_in(store: Store, text: str) -> None:
    written = passage("a", text, path=f"app/{text}.py")

    store.add(NAME, [written], rows(EAST))

    assert store.passages(NAME, ["a"]) == [written]


@pytest.mark.parametrize("odd", ["\ud800", "a\udcffb", "\ud83d\udc00"])
def test_lone_surrogates_become_question_marks(store: Store, odd: str) -> None:
    store.add(NAME, [passage("a", odd, path=odd)], rows(EAST))

    (found,) = store.passages(NAME, ["a"])
    expected = "".join("?" if "\ud800" <= c <= "\udfff" else c for c in odd)
    assert (found.text, found.path) == (expected, expected)


def test_one_writer_at_a_time_holds_the_store(tmp_path: Path) -> None:
    store, other = Store(tmp_path / "index"), Store(tmp_path / "index", patience_s=0)

    with (
        store.writing(),
        pytest.raises(KnowledgeError, match="Another interviewer is writing") as caught,
        other.writing(),
    ):
        pytest.fail("two writers at once")

    assert "Wait for it to finish" in caught.value.hint
    with other.writing():
        pass


def test_a_writer_that_died_does_not_hold_the_store(tmp_path: Path) -> None:
    script = f"""
import sys, time
from pathlib import Path
from interviewer.knowledge.store import Store
with Store(Path({str(tmp_path / "index")!r})).writing():
    print("held", flush=True)
    time.sleep(600)
"""
    store = Store(tmp_path / "index", patience_s=30)
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "held\n"
        with pytest.raises(KnowledgeError), Store(tmp_path / "index", patience_s=0).writing():
            pytest.fail("two writers at once")
        writer.send_signal(signal.SIGKILL)

    with store.writing():
        pass


def test_an_error_while_writing_gives_the_lock_back(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Store(tmp_path / "index").writing():
        _ = 1 / 0

    with filelock.FileLock(tmp_path / "index.lock", timeout=0) as lock:
        assert lock.is_locked


def test_vectors_of_the_wrong_size_are_an_error_with_its_remedy(store: Store) -> None:
    store.add(NAME, [passage("a")], rows(EAST))

    with pytest.raises(IndexFailed, match=r"dimension of 2, got 3") as caught:
        store.nearest(NAME, np.ones(3, dtype=np.float32), 1)

    assert "interviewer index --rebuild" in caught.value.hint or "CHROMA_URL" in caught.value.hint


def test_a_collection_that_is_not_there_is_an_error_with_its_remedy(store: Store) -> None:
    with pytest.raises(IndexFailed, match=OTHER) as caught:
        store.ids(OTHER)

    assert caught.value.hint


def test_a_damaged_store_is_an_error_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "chroma.sqlite3").write_bytes(b"this is no database" * 100)

    with Store(tmp_path / "index") as store, pytest.raises(IndexFailed) as caught:
        store.ids(NAME)

    assert "does not work" in str(caught.value)
    assert "interviewer index --rebuild" in caught.value.hint


def test_a_folder_that_cannot_be_made_is_an_error_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with (
        pytest.raises(InterviewerError, match="Cannot create the folder"),
        Store(tmp_path / "file" / "index").writing(),
    ):
        pytest.fail("a folder in a file")


def test_a_server_that_asks_for_a_token_gets_the_one_of_the_settings(
    tmp_path: Path, chroma_url: str
) -> None:
    with gate(chroma_url, "sesame") as url:
        with Store(tmp_path, Server(url, "sesame")) as store:
            store.forget([OTHER])
            store.prepare(OTHER, STAMP)
            count = store.count(OTHER)
        with Store(tmp_path, Server(url, "wrong")) as stranger, pytest.raises(IndexFailed) as no:
            stranger.count(OTHER)

    assert count == 0
    assert "INTERVIEWER_CHROMA_TOKEN" in no.value.hint
    assert "sesame" not in str(no.value)


def test_a_server_that_is_not_there_is_an_error_with_its_remedy(tmp_path: Path) -> None:
    server = Server(f"http://127.0.0.1:{free_port()}")

    with Store(tmp_path, server) as store, pytest.raises(IndexFailed) as caught:
        store.ids(NAME)

    assert server.url in str(caught.value)
    assert "INTERVIEWER_CHROMA_URL" in caught.value.hint


def test_over_https_the_server_must_speak_tls(tmp_path: Path, chroma_url: str) -> None:
    server = Server(chroma_url.replace("http:", "https:"))

    with Store(tmp_path, server) as store, pytest.raises(IndexFailed, match=r"(?i)ssl|connect"):
        store.ids(NAME)


def test_over_https_an_authority_of_ones_own_is_trusted_where_it_is_named(
    tmp_path: Path, chroma_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, tls = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")

    with gate(chroma_url, "sesame", tls) as url:
        server = Server(url, "sesame")
        with Store(tmp_path, server) as stranger, pytest.raises(IndexFailed) as refused:
            stranger.count(OTHER)
        # Trust is read from the environment by what connects, once for each connection.
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        with Store(tmp_path, server) as store:
            store.forget([OTHER])
            store.prepare(OTHER, STAMP)
            store.add(OTHER, [passage("a")], rows(EAST))
            found = store.ids(OTHER)

    assert found == {"a"}
    assert "CERTIFICATE_VERIFY_FAILED" in str(refused.value)
    assert "SSL_CERT_FILE" in refused.value.hint


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://host", "http://", "http://host:x", ""])
def test_an_address_that_is_none_is_named(tmp_path: Path, url: str) -> None:
    with Store(tmp_path, Server(url)) as store, pytest.raises(SettingsError) as caught:
        store.ids(NAME)

    assert repr(url) in str(caught.value)
