"""What the tables guarantee on their own, whatever the services do."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError, InvalidRequestError, StatementError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.clock import utc_now
from app.models import Book, Loan, Member

pytestmark = pytest.mark.anyio

SessionFactory = async_sessionmaker[AsyncSession]


async def test_moments_come_back_aware_and_in_utc(
    session_factory: SessionFactory,
) -> None:
    summer = timezone(timedelta(hours=2))
    joined_at = datetime(2024, 7, 1, 1, 0, tzinfo=summer)
    async with session_factory.begin() as session:
        session.add(Member(name="Ada", email="a@example.org", joined_at=joined_at))

    async with session_factory() as session:
        member = await session.get_one(Member, 1)

    assert member.joined_at == joined_at
    assert member.joined_at.tzinfo is UTC


async def test_naive_moment_is_refused(session_factory: SessionFactory) -> None:
    naive = utc_now().replace(tzinfo=None)

    async with session_factory() as session:
        session.add(Member(name="Ada", email="a@example.org", joined_at=naive))
        with pytest.raises(StatementError, match="naive datetime refused"):
            await session.flush()


@pytest.mark.parametrize(("total", "free"), [(1, 2), (1, -1), (0, 0)])
async def test_impossible_numbers_of_copies_are_refused(
    session_factory: SessionFactory, total: int, free: int
) -> None:
    book = Book(isbn="9780306406157", title="A", copies_total=total, copies_free=free)

    async with session_factory() as session:
        session.add(book)
        with pytest.raises(IntegrityError, match="CHECK"):
            await session.flush()


async def test_loan_needs_its_book_and_member(session_factory: SessionFactory) -> None:
    now = utc_now()

    async with session_factory() as session:
        session.add(Loan(book_id=1, member_id=1, borrowed_at=now, due_at=now))
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            await session.flush()


async def test_forgotten_eager_load_fails_loudly(
    session_factory: SessionFactory,
) -> None:
    async with session_factory.begin() as session:
        session.add(
            Book(isbn="9780306406157", title="A", copies_total=1, copies_free=1)
        )

    async with session_factory() as session:
        book = await session.get_one(Book, 1)
        with pytest.raises(InvalidRequestError, match="lazy='raise'"):
            _ = book.authors
