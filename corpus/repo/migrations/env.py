"""How Alembic reaches the database: through the same async driver as the app."""

import asyncio
from logging.config import fileConfig

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from app.models import Base
from app.settings import Settings


def database_url() -> str:
    """Take the URL a caller has set (the tests do), or that of the service."""
    return context.config.get_main_option("sqlalchemy.url") or Settings().database_url


def run_offline() -> None:
    """Print the SQL instead of running it (`alembic upgrade head --sql`)."""
    context.configure(
        url=database_url(), target_metadata=Base.metadata, literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_online() -> None:
    """Connect, and run the migrations on that connection.

    The engine is not `app.db.create_engine`, because that one enforces foreign
    keys. SQLite changes a table by copying it and dropping the old one, and
    dropping a table counts as deleting its rows: with foreign keys enforced,
    that would fail, or would cascade into the tables that refer to it.
    """
    engine = create_async_engine(database_url(), poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
        await connection.commit()
    await engine.dispose()


def migrate(connection: Connection) -> None:
    """Run the migrations; Alembic itself is synchronous."""
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True
    )
    with context.begin_transaction():
        context.run_migrations()


if context.config.config_file_name is not None:
    fileConfig(context.config.config_file_name, disable_existing_loggers=False)

if context.is_offline_mode():
    run_offline()
else:
    asyncio.run(run_online())
