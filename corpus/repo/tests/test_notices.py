"""Notices: that they are sent, and when."""

import logging

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.background import LoggingNotifier, Notice
from app.dependencies.services import get_notifier
from app.models import Loan
from tests.factories import Library
from tests.fakes import FakeNotifier

pytestmark = pytest.mark.anyio


async def test_borrowing_and_returning_send_notices(
    client: AsyncClient, library: Library, notifier: FakeNotifier
) -> None:
    book = await library.book(title="Middlemarch")
    member = await library.member(email="dorothea@example.org")

    loan = await library.loan(book_id=book["id"], member_id=member["id"])
    await client.post(f"/loans/{loan['id']}/return")

    assert notifier.sent == [
        Notice(
            recipient="dorothea@example.org",
            text="You borrowed “Middlemarch”. It is due on 22 March 2024.",
        ),
        Notice(
            recipient="dorothea@example.org",
            text="Thank you for returning “Middlemarch”.",
        ),
    ]


async def test_refused_loan_sends_nothing(
    client: AsyncClient, library: Library, notifier: FakeNotifier
) -> None:
    loan = await library.loan()
    notifier.sent.clear()

    await client.post(
        "/loans", json={"book_id": loan["book"]["id"], "member_id": loan["member_id"]}
    )

    assert notifier.sent == []


async def test_loan_is_committed_before_its_notice(
    library: Library,
    notifier: FakeNotifier,
    session_factory: async_sessionmaker[AsyncSession],
) -> None:
    """The session's scope decides this, see `app.dependencies.session`."""
    seen: list[int | None] = []

    async def look_from_outside() -> None:
        async with session_factory() as session:
            seen.append(await session.scalar(select(func.count(Loan.id))))

    notifier.before_send = look_from_outside
    await library.loan()

    assert seen == [1]


async def test_failing_notifier_does_not_undo_the_loan(
    library: Library, notifier: FakeNotifier, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail() -> None:
        message = "no route to host"
        raise OSError(message)

    notifier.before_send = fail
    await library.loan()

    assert "was not sent" in caplog.text


async def test_default_notifier_writes_to_the_log(
    app: FastAPI, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    del app.dependency_overrides[get_notifier]

    with caplog.at_level(logging.INFO, logger="app.background"):
        await library.loan()

    assert isinstance(get_notifier(), LoggingNotifier)
    assert "You borrowed" in caplog.text
