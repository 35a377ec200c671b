"""Fixtures, from the database up to the client."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.db import create_engine, create_session_factory
from app.dependencies.services import get_clock, get_notifier
from app.main import create_app
from app.models import Base
from app.settings import Settings
from tests.factories import Library
from tests.fakes import FakeClock, FakeNotifier

LOAN_LIMIT = 2


@pytest.fixture
def anyio_backend() -> str:
    """Run the async tests on asyncio only, as uvicorn does."""
    return "asyncio"


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """Name a database of the test's own.

    A file and not `:memory:`: that would be one connection for everybody, and
    two requests could never compete for the last copy.
    """
    return f"sqlite+aiosqlite:///{tmp_path / 'library.db'}"


@pytest.fixture
async def session_factory(
    database_url: str,
) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    """Create the tables, and sessions that see what requests have committed."""
    engine = create_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield create_session_factory(engine)
    await engine.dispose()


@pytest.fixture
def clock() -> FakeClock:
    """Stand in for the clock of the service."""
    return FakeClock()


@pytest.fixture
def notifier() -> FakeNotifier:
    """Stand in for the channel to the members."""
    return FakeNotifier()


@pytest.fixture
async def app(
    database_url: str,
    session_factory: async_sessionmaker[AsyncSession],
    clock: FakeClock,
    notifier: FakeNotifier,
) -> AsyncIterator[FastAPI]:
    """Build the service on the test database, with the seams replaced."""
    del session_factory  # asked for so that the tables exist
    app = create_app(Settings(database_url=database_url, loan_limit=LOAN_LIMIT))
    app.dependency_overrides[get_clock] = lambda: clock
    app.dependency_overrides[get_notifier] = lambda: notifier
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[AsyncClient]:
    """Speak HTTP to the service, without a network."""
    transport = ASGITransport(app=app)
    async with AsyncClient(transport=transport, base_url="http://library") as client:
        yield client


@pytest.fixture
def library(client: AsyncClient) -> Library:
    """Prepare books, members and loans."""
    return Library(client)
