"""Factories: a test names the values it is about, the rest is made up."""

from itertools import count
from typing import Any

from httpx import AsyncClient

_numbers = count(1)


def make_isbn(number: int) -> str:
    """Build a valid ISBN-13 out of a number."""
    digits = f"978{number:09d}"
    weighted = sum(
        int(digit) * (3 if position % 2 else 1) for position, digit in enumerate(digits)
    )
    return f"{digits}{-weighted % 10}"


def book_body(**given: object) -> dict[str, object]:
    """Build the body of a request that adds a book."""
    number = next(_numbers)
    return {
        "isbn": make_isbn(number),
        "title": f"Book {number}",
        "authors": [f"Author {number}"],
        **given,
    }


def member_body(**given: object) -> dict[str, object]:
    """Build the body of a request that registers a member."""
    number = next(_numbers)
    return {"name": f"Member {number}", "email": f"member{number}@example.org", **given}


class Library:
    """Puts a test into its starting position, through the public API.

    Rows written straight into the tables could be ones the service would never
    produce; going through the API keeps the tests free of the schema as well.
    """

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def book(self, **given: object) -> dict[str, Any]:
        """Add a book."""
        return await self._create("/books", book_body(**given))

    async def member(self, **given: object) -> dict[str, Any]:
        """Register a member."""
        return await self._create("/members", member_body(**given))

    async def loan(
        self, *, book_id: int | None = None, member_id: int | None = None
    ) -> dict[str, Any]:
        """Lend a book; a book or member that is not given is created."""
        if book_id is None:
            book_id = (await self.book())["id"]
        if member_id is None:
            member_id = (await self.member())["id"]
        return await self._create(
            "/loans", {"book_id": book_id, "member_id": member_id}
        )

    async def _create(self, path: str, body: dict[str, object]) -> dict[str, Any]:
        response = await self._client.post(path, json=body)
        assert response.status_code == 201, response.text
        created: dict[str, Any] = response.json()
        return created
