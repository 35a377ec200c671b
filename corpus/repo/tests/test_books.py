"""The catalogue over HTTP."""

import pytest
from httpx import AsyncClient

from app.schemas.base import MAX_KEY
from tests.factories import Library, book_body

pytestmark = pytest.mark.anyio


async def test_added_book_can_be_read(client: AsyncClient) -> None:
    body = book_body(title=" The Dispossessed ", copies_total=3, published_year=1974)

    created = await client.post("/books", json=body)
    found = await client.get(f"/books/{created.json()['id']}")

    assert created.status_code == 201
    assert found.json() == created.json()
    assert found.json()["title"] == "The Dispossessed"
    assert found.json()["copies_free"] == 3


async def test_books_share_an_author(client: AsyncClient, library: Library) -> None:
    first = await library.book(authors=["Terry Pratchett"])
    second = await library.book(authors=["Neil Gaiman", "Terry Pratchett"])

    found = await client.get(f"/books/{second['id']}")

    names = [author["name"] for author in found.json()["authors"]]
    assert names == ["Neil Gaiman", "Terry Pratchett"]
    assert found.json()["authors"][1] == first["authors"][0]


async def test_author_named_twice_is_kept_once(library: Library) -> None:
    book = await library.book(authors=["Iain Banks", "Iain Banks"])

    assert [author["name"] for author in book["authors"]] == ["Iain Banks"]


async def test_isbn_is_unique_in_any_spelling(
    client: AsyncClient, library: Library
) -> None:
    await library.book(isbn="9780306406157")

    again = await client.post("/books", json=book_body(isbn="978-0-306-40615-7"))

    assert again.status_code == 409
    assert again.json()["code"] == "conflict"


@pytest.mark.parametrize(
    "flaw",
    [
        pytest.param({"isbn": "9780306406158"}, id="wrong check digit"),
        pytest.param({"isbn": "0306406152"}, id="ISBN-10"),
        pytest.param({"isbn": "97803064O6157"}, id="letter in the ISBN"),
        pytest.param({"title": "   "}, id="blank title"),
        pytest.param({"authors": []}, id="no author"),
        pytest.param({"copies_total": 0}, id="no copy"),
        pytest.param({"published_year": 99}, id="year too early"),
        pytest.param({"copies_free": 9}, id="unknown field"),
    ],
)
async def test_flawed_book_is_refused(
    client: AsyncClient, flaw: dict[str, object]
) -> None:
    response = await client.post("/books", json=book_body(**flaw))

    assert response.status_code == 422
    assert (await client.get("/books")).json()["total"] == 0


@pytest.mark.parametrize(
    ("changes", "title", "year"),
    [
        ({"title": "Emma"}, "Emma", 1815),
        ({"published_year": 1816}, "Ema", 1816),
        ({"published_year": None}, "Ema", None),
        ({}, "Ema", 1815),
    ],
)
async def test_correction_changes_only_what_was_sent(
    client: AsyncClient,
    library: Library,
    changes: dict[str, object],
    title: str,
    year: int | None,
) -> None:
    book = await library.book(title="Ema", published_year=1815)

    response = await client.patch(f"/books/{book['id']}", json=changes)
    stored = await client.get(f"/books/{book['id']}")

    assert response.status_code == 200
    assert stored.json() == {**book, "title": title, "published_year": year}


async def test_title_cannot_be_removed(client: AsyncClient, library: Library) -> None:
    book = await library.book()

    response = await client.patch(f"/books/{book['id']}", json={"title": None})

    assert response.status_code == 422


async def test_missing_book_is_not_found(client: AsyncClient) -> None:
    response = await client.get("/books/7")

    assert response.status_code == 404
    assert response.json() == {"code": "not_found", "message": "book 7 does not exist"}


@pytest.mark.parametrize("key", [0, MAX_KEY + 1, "one"])
async def test_impossible_key_is_refused(client: AsyncClient, key: object) -> None:
    assert (await client.get(f"/books/{key}")).status_code == 422


@pytest.mark.parametrize(
    ("part", "titles"),
    [
        ("sea", ["A Wizard of Earthsea", "Sea of Tranquility"]),
        ("100%", ["100% Wool"]),
        ("_", []),
    ],
)
async def test_search_takes_the_text_literally(
    client: AsyncClient, library: Library, part: str, titles: list[str]
) -> None:
    for title in ("Sea of Tranquility", "100% Wool", "A Wizard of Earthsea"):
        await library.book(title=title)

    response = await client.get("/books", params={"title": part})

    assert [book["title"] for book in response.json()["items"]] == titles
