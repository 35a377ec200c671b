"""The application as a whole: documentation, settings, errors."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from pydantic import ValidationError

from app.errors import LibraryError, NotFound
from app.settings import Settings


@pytest.mark.anyio
async def test_openapi_lists_every_endpoint(client: AsyncClient) -> None:
    response = await client.get("/openapi.json")

    assert response.status_code == 200
    assert {
        (method, path)
        for path, methods in response.json()["paths"].items()
        for method in methods
    } == {
        ("get", "/books"),
        ("post", "/books"),
        ("get", "/books/{book_id}"),
        ("patch", "/books/{book_id}"),
        ("get", "/members"),
        ("post", "/members"),
        ("get", "/members/{member_id}"),
        ("get", "/loans"),
        ("post", "/loans"),
        ("post", "/loans/{loan_id}/return"),
    }


@pytest.mark.anyio
async def test_documentation_page_answers(client: AsyncClient) -> None:
    response = await client.get("/docs")

    assert response.status_code == 200
    assert "swagger" in response.text.lower()


class LostCopy(NotFound):
    """A kind of error nobody has given a status code."""


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("error", "status"),
    [(LostCopy("copy 3 is lost"), 404), (LibraryError("something else"), 400)],
)
async def test_unmapped_error_takes_the_status_of_its_parent(
    app: FastAPI, client: AsyncClient, error: LibraryError, status: int
) -> None:
    @app.get("/raise")
    async def fail() -> None:
        raise error

    response = await client.get("/raise")

    assert response.status_code == status
    assert response.json() == {"code": error.code, "message": error.message}


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIBRARY_LOAN_DAYS", "7")

    assert Settings().loan_period == timedelta(days=7)


def test_impossible_settings_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIBRARY_LOAN_LIMIT", "0")

    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        Settings()
