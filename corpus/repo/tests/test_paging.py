"""Paging, which all lists share; shown with books."""

import pytest
from httpx import AsyncClient
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from app.dependencies.paging import DEFAULT_LIMIT, MAX_LIMIT
from tests.factories import Library

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("limit", "offset", "titles"),
    [
        (2, 0, ["A", "B"]),
        (2, 4, ["E"]),
        (2, 5, []),
        (MAX_LIMIT, 1, ["B", "C", "D", "E"]),
    ],
)
async def test_page_holds_its_part_of_the_list(
    client: AsyncClient, library: Library, limit: int, offset: int, titles: list[str]
) -> None:
    for title in "DBEAC":
        await library.book(title=title)

    response = await client.get("/books", params={"limit": limit, "offset": offset})

    page = response.json()
    assert [book["title"] for book in page.pop("items")] == titles
    assert page == {"total": 5, "limit": limit, "offset": offset}


async def test_empty_list_is_a_page(client: AsyncClient) -> None:
    response = await client.get("/books")

    assert response.json() == {
        "items": [],
        "total": 0,
        "limit": DEFAULT_LIMIT,
        "offset": 0,
    }


@pytest.mark.parametrize(
    "params", [{"limit": 0}, {"limit": MAX_LIMIT + 1}, {"offset": -1}]
)
async def test_paging_out_of_bounds_is_refused(
    client: AsyncClient, params: dict[str, int]
) -> None:
    assert (await client.get("/books", params=params)).status_code == 422


async def test_number_of_queries_does_not_grow_with_the_page(
    client: AsyncClient, library: Library
) -> None:
    for _ in range(6):
        await library.book(authors=["One", "Two"])
    queries: list[str] = []

    def note(_connection: Connection, _cursor: object, sql: str, *_: object) -> None:
        queries.append(sql)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await client.get("/books")
    finally:
        event.remove(Engine, "before_cursor_execute", note)

    assert len(queries) == 3, "the count, the books, their authors"
