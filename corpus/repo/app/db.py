"""The engine and the session factory."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)


def create_engine(url: str, *, echo: bool = False) -> AsyncEngine:
    """Build the engine; no connection is opened before the first query.

    On SQLite the driver's own transaction mode is kept on purpose: a `SELECT`
    outside a transaction holds no lock, and `BEGIN` is sent just before the
    first write, which then waits its turn for the write lock. Reads that come
    before the first write are hints only, as they are under READ COMMITTED on
    other databases, so anything that must hold is decided by a conditional
    write (see `BookRepository.take_copy`).
    """
    engine = create_async_engine(url, echo=echo)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _enforce_foreign_keys)
    return engine


def create_session_factory(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Build the factory that gives every request a session of its own.

    `expire_on_commit=False`: an expired attribute would be loaded again on its
    next use, and asynchronous code has no place to wait for that hidden query.
    """
    return async_sessionmaker(engine, expire_on_commit=False)


def _enforce_foreign_keys(connection: Any, _record: object) -> None:  # noqa: ANN401
    """Switch on foreign keys, which SQLite ignores on each new connection."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
