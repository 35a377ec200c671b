"""Lending and returning over HTTP: the rules, and that they hold under a race."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from httpx import AsyncClient, Response

from tests.conftest import LOAN_LIMIT
from tests.factories import Library
from tests.fakes import START, FakeClock

pytestmark = pytest.mark.anyio


async def borrow(client: AsyncClient, book_id: int, member_id: int) -> Response:
    """Ask for a book."""
    body = {"book_id": book_id, "member_id": member_id}
    return await client.post("/loans", json=body)


async def copies_free(client: AsyncClient, book_id: int) -> Any:  # noqa: ANN401
    """Look up how many copies can be borrowed."""
    return (await client.get(f"/books/{book_id}")).json()["copies_free"]


async def test_loan_takes_a_copy_and_says_when_it_is_due(
    client: AsyncClient, library: Library
) -> None:
    book = await library.book(copies_total=2)
    member = await library.member()

    response = await borrow(client, book["id"], member["id"])

    loan = response.json()
    assert response.status_code == 201
    assert loan["book"] == {"id": book["id"], "title": book["title"]}
    assert loan["member_id"] == member["id"]
    assert loan["returned_at"] is None
    assert datetime.fromisoformat(loan["borrowed_at"]) == START
    assert datetime.fromisoformat(loan["due_at"]) == START + timedelta(days=21)
    assert await copies_free(client, book["id"]) == 1


async def test_last_copy_is_lent_once(client: AsyncClient, library: Library) -> None:
    loan = await library.loan()
    member = await library.member()

    response = await borrow(client, loan["book"]["id"], member["id"])

    assert response.status_code == 409
    assert response.json()["code"] == "conflict"


async def test_race_for_the_last_copy_has_one_winner(
    client: AsyncClient, library: Library
) -> None:
    book = await library.book(copies_total=1)
    members = [await library.member() for _ in range(4)]

    responses = await asyncio.gather(
        *(borrow(client, book["id"], member["id"]) for member in members)
    )

    assert sorted(response.status_code for response in responses) == [201] + [409] * 3
    assert await copies_free(client, book["id"]) == 0


async def test_race_of_one_member_stops_at_the_limit(
    client: AsyncClient, library: Library
) -> None:
    member = await library.member()
    books = [await library.book() for _ in range(LOAN_LIMIT + 2)]

    responses = await asyncio.gather(
        *(borrow(client, book["id"], member["id"]) for book in books)
    )

    statuses = sorted(response.status_code for response in responses)
    assert statuses == [201] * LOAN_LIMIT + [403] * 2


async def test_refused_loan_leaves_the_copy_free(
    client: AsyncClient, library: Library
) -> None:
    """The copy is taken before the limit is checked, so this shows the rollback."""
    member = await library.member()
    for _ in range(LOAN_LIMIT):
        await library.loan(member_id=member["id"])
    book = await library.book()

    response = await borrow(client, book["id"], member["id"])

    assert response.status_code == 403
    assert response.json()["code"] == "rule_broken"
    assert await copies_free(client, book["id"]) == 1


async def test_member_cannot_have_a_book_twice(
    client: AsyncClient, library: Library
) -> None:
    book = await library.book(copies_total=2)
    loan = await library.loan(book_id=book["id"])

    response = await borrow(client, book["id"], loan["member_id"])

    assert response.status_code == 409
    assert await copies_free(client, book["id"]) == 1


@pytest.mark.parametrize("missing", ["book", "member"])
async def test_both_sides_of_a_loan_must_exist(
    client: AsyncClient, library: Library, missing: str
) -> None:
    ids = {
        "book": (await library.book())["id"],
        "member": (await library.member())["id"],
        missing: 99,
    }

    response = await borrow(client, ids["book"], ids["member"])

    assert response.status_code == 404
    assert response.json()["message"] == f"{missing} 99 does not exist"


async def test_returned_book_can_be_borrowed_again(
    client: AsyncClient, library: Library, clock: FakeClock
) -> None:
    loan = await library.loan()
    clock.advance(days=3)

    response = await client.post(f"/loans/{loan['id']}/return")
    again = await borrow(client, loan["book"]["id"], loan["member_id"])

    assert response.status_code == 200
    assert datetime.fromisoformat(response.json()["returned_at"]) == clock.now
    assert again.status_code == 201


async def test_book_is_returned_once(client: AsyncClient, library: Library) -> None:
    book = await library.book(copies_total=2)
    loan = await library.loan(book_id=book["id"])
    path = f"/loans/{loan['id']}/return"

    responses = await asyncio.gather(client.post(path), client.post(path))

    assert sorted(response.status_code for response in responses) == [200, 409]
    assert await copies_free(client, book["id"]) == 2


async def test_missing_loan_cannot_be_returned(client: AsyncClient) -> None:
    assert (await client.post("/loans/7/return")).status_code == 404


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (None, ["returned", "late", "fresh"]),
        ("open", ["late", "fresh"]),
        ("overdue", ["late"]),
        ("returned", ["returned"]),
    ],
)
async def test_loans_are_listed_by_state(
    client: AsyncClient,
    library: Library,
    clock: FakeClock,
    state: str | None,
    expected: list[str],
) -> None:
    loans = {"returned": await library.loan(), "late": await library.loan()}
    await client.post(f"/loans/{loans['returned']['id']}/return")
    clock.advance(days=21, seconds=1)
    loans["fresh"] = await library.loan()

    response = await client.get("/loans", params={"state": state} if state else {})

    found = [loan["id"] for loan in response.json()["items"]]
    assert found == [loans[name]["id"] for name in expected]
    assert response.json()["total"] == len(expected)


async def test_loans_are_listed_by_member(
    client: AsyncClient, library: Library
) -> None:
    loan = await library.loan()
    await library.loan()

    response = await client.get("/loans", params={"member_id": loan["member_id"]})

    assert response.json()["items"] == [loan]
