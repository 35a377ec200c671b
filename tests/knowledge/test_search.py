"""Search: vectors and words together, over a real store."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from interviewer.knowledge.embedder import Vectors
from interviewer.knowledge.search import HINT_BONUS, Search
from interviewer.knowledge.store import Stamp, Store
from interviewer.values.knowledge import Hit, Passage
from tests.fakes.embedder import DIMENSION, FakeEmbedder

NAME = "code-0123456789abcdef"
EMBEDDER = FakeEmbedder()


def passage(name: str, text: str, path: str = "app/x.py", symbol: str = "f") -> Passage:
    return Passage(
        id=name, path=path, first_line=1, last_line=1,
        kind="code", symbol=symbol, header=path, text=text,
    )  # fmt: skip


LENDING = [
    passage("lend", "lend a book to a member with open loans", "app/services/lending.py", "loans"),
    passage(
        "twin", "lend a book to a member with open loans", "old/app/services/lending.py", "loans"
    ),
    passage("mail", "send one mail about open loans", "app/mail.py", "mail"),
    passage("page", "rows of one page", "app/paging.py", "paging"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("search") / "index") as opened:
        put(opened, LENDING)
        yield opened


def put(store: Store, passages: Sequence[Passage], name: str = NAME, build: str = "1") -> None:
    write(store, passages, EMBEDDER.embed([one.text for one in passages]), name, build)


def write(
    store: Store, passages: Sequence[Passage], vectors: Vectors, name: str, build: str = "1"
) -> None:
    stamp = Stamp(embedder="any", dimension=DIMENSION, passage_format=1, roots="/srv/repo")
    store.prepare(name, stamp)
    store.add(name, passages, vectors)
    store.finish(name, stamp, build)


@pytest.fixture
def search(store: Store) -> Search:
    return Search(store, NAME, EMBEDDER)


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.id for hit in hits]


def test_the_best_passage_comes_first_with_the_scores_that_put_it_there(search: Search) -> None:
    found = search.find("members with loans", 9)

    assert ids(found)[:2] == ["lend", "mail"]
    best = found[0]
    assert best.passage == LENDING[0]
    vectors = EMBEDDER.embed(["members with loans", best.passage.text])
    assert best.cosine == pytest.approx(float(vectors[0] @ vectors[1]))
    assert best.score == pytest.approx(1)
    assert best.bm25 > found[1].bm25 > 0


def test_a_copy_of_a_passage_is_not_found_beside_it(search: Search) -> None:
    assert "twin" not in ids(search.find("members with loans", 9))
    assert ids(search.find("members with loans", 9, path="old")) == ["twin"]


def test_no_more_are_found_than_were_asked_for(search: Search) -> None:
    assert ids(search.find("members with loans", 1)) == ["lend"]


def test_a_path_and_a_topic_keep_everything_else_out(search: Search) -> None:
    assert ids(search.find("loans", 9, path="app/mail.py")) == ["mail"]
    assert ids(search.find("loans", 9, topic="paging")) == ["page"]
    assert ids(search.find("loans", 9, path="app", topic="loans")) == ["lend"]
    assert search.find("loans", 9, path="absent") == []


def test_what_the_guide_points_at_is_raised(search: Search) -> None:
    plain = {hit.passage.id: hit.score for hit in search.find("open loans", 9)}

    raised = {hit.passage.id: hit.score for hit in search.find("open loans", 9, hints=["app/mail"])}
    hinted = {
        hit.passage.id: hit.score for hit in search.find("open loans", 9, hints=["app/mail.py"])
    }

    assert raised == plain
    assert hinted["mail"] == pytest.approx(plain["mail"] + HINT_BONUS)
    assert hinted["lend"] == pytest.approx(plain["lend"])


def test_a_hint_is_honoured_however_many_passages_are_nearer(store: Store) -> None:
    crowd = [passage(f"p{n}", f"generators are lazy n{n} m{n} k{n} j{n}") for n in range(60)]
    far = passage("far", "rows of one page", "app/services/page.py")
    put(store, [*crowd, far], "crowd")
    search = Search(store, "crowd", EMBEDDER)

    plain = ids(search.find("lazy generators", 99))
    hinted = ids(search.find("lazy generators", 99, hints=["app/services"]))

    assert "far" not in plain
    assert "far" in hinted


def test_words_find_what_vectors_miss(store: Store) -> None:
    crowd = [passage(f"p{n}", f"text {n}") for n in range(60)]
    named = passage("named", "retry_backoff_s = 3")
    vectors = np.zeros((61, DIMENSION), dtype=np.float32)
    vectors[:60, 0] = vectors[60, 1] = 1
    write(store, [*crowd, named], vectors, "apart")
    search = Search(store, "apart", Ones())

    assert "named" in ids(search.find("what is retry_backoff_s", 60))


class Ones:
    """Every text looks like the first dimension."""

    name = "ones"
    dimension = DIMENSION

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.eye(1, DIMENSION, dtype=np.float32).repeat(len(texts), axis=0)


def test_an_empty_collection_finds_nothing(store: Store) -> None:
    put(store, [], "nothing")

    assert Search(store, "nothing", EMBEDDER).find("loans", 3) == []


def test_what_changed_in_the_collection_is_found_by_a_new_search(store: Store) -> None:
    put(store, LENDING[:1], "changing", "1")
    Search(store, "changing", EMBEDDER).find("loans", 9)
    store.remove("changing", ["lend"])
    put(store, LENDING[2:3], "changing", "2")

    found = Search(store, "changing", EMBEDDER).find("loans", 9)

    assert ids(found) == ["mail"]


def test_passages_that_vanished_meanwhile_are_passed_over(store: Store) -> None:
    put(store, LENDING[:3], "vanishing")
    search = Search(store, "vanishing", EMBEDDER)
    search.find("loans", 9)

    store.remove("vanishing", ["lend"])

    assert "lend" not in ids(search.find("loans", 9))
