"""Members over HTTP."""

import pytest
from httpx import AsyncClient

from tests.factories import Library, member_body
from tests.fakes import START

pytestmark = pytest.mark.anyio


async def test_registered_member_can_be_read(client: AsyncClient) -> None:
    body = {"name": "Ada", "email": "Ada@Example.org"}

    created = await client.post("/members", json=body)
    found = await client.get(f"/members/{created.json()['id']}")

    assert created.status_code == 201
    assert found.json() == {
        "id": created.json()["id"],
        "name": "Ada",
        "email": "ada@example.org",
        "joined_at": START.isoformat().replace("+00:00", "Z"),
    }


async def test_email_is_unique_in_any_case(
    client: AsyncClient, library: Library
) -> None:
    await library.member(email="ada@example.org")

    again = await client.post("/members", json=member_body(email="ADA@example.org"))

    assert again.status_code == 409


@pytest.mark.parametrize("email", ["", "ada", "ada@home", "a da@example.org"])
async def test_hopeless_email_is_refused(client: AsyncClient, email: str) -> None:
    response = await client.post("/members", json=member_body(email=email))

    assert response.status_code == 422


async def test_members_are_listed_by_name(
    client: AsyncClient, library: Library
) -> None:
    for name in ("Grace", "Ada", "Edsger"):
        await library.member(name=name)

    page = (await client.get("/members", params={"limit": 2})).json()

    assert [member["name"] for member in page["items"]] == ["Ada", "Edsger"]
    assert page["total"] == 3


async def test_missing_member_is_not_found(client: AsyncClient) -> None:
    assert (await client.get("/members/7")).status_code == 404
