"""The migrations: up, down, with data, and in step with the models.

These tests are synchronous, because Alembic is and starts an event loop itself.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, create_engine, inspect, text

from app.models import Base, Book

ROOT = Path(__file__).parent.parent

SOME_ROWS = """
INSERT INTO books (id, isbn, title, copies_total)
    VALUES (1, '9780306406157', 'Lent', 3), (2, '9781861972712', 'Untouched', 2);
INSERT INTO authors (id, name) VALUES (1, 'Someone');
INSERT INTO book_authors (book_id, author_id) VALUES (1, 1);
INSERT INTO members (id, name, email, joined_at)
    VALUES (1, 'Ada', 'ada@example.org', '2024-01-01 00:00:00');
INSERT INTO loans (book_id, member_id, borrowed_at, due_at, returned_at)
    VALUES (1, 1, '2024-01-01 00:00:00', '2024-01-22 00:00:00', '2024-01-09 00:00:00'),
           (1, 1, '2024-02-01 00:00:00', '2024-02-22 00:00:00', NULL);
"""


@pytest.fixture
def config(database_url: str) -> Config:
    """Point Alembic at the test database."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", database_url)
    return config


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """Look at the same database file through the plain driver."""
    engine = create_engine(database_url.replace("+aiosqlite", ""))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def tables(connection: Connection) -> set[str]:
    """Name the tables, apart from Alembic's own."""
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_up_and_down_again(config: Config, connection: Connection) -> None:
    command.upgrade(config, "head")
    assert tables(connection) == set(Base.metadata.tables)

    command.downgrade(config, "base")
    assert tables(connection) == set()

    command.upgrade(config, "head")
    assert tables(connection) == set(Base.metadata.tables)


def test_models_and_migrations_agree(config: Config, connection: Connection) -> None:
    command.upgrade(config, "head")

    context = MigrationContext.configure(connection)

    assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("way", [["head"], ["head", "0001", "head"]])
def test_check_constraints_survive(
    config: Config, connection: Connection, way: list[str]
) -> None:
    """Alembic does not compare these, and SQLite's table copy could lose them."""
    for target in way:
        move = command.downgrade if target == "0001" else command.upgrade
        move(config, target)

    found = inspect(connection).get_check_constraints("books")

    assert {check["name"] for check in found} == {
        check.name
        for check in Base.metadata.tables[Book.__tablename__].constraints
        if isinstance(check, CheckConstraint)
    }


@pytest.fixture
def old_rows(config: Config, connection: Connection) -> None:
    """Fill the database as it was before the counter."""
    command.upgrade(config, "0001")
    for statement in SOME_ROWS.split(";\n"):
        connection.execute(text(statement))
    connection.commit()


@pytest.mark.usefixtures("old_rows")
def test_counter_is_filled_from_the_open_loans(
    config: Config, connection: Connection
) -> None:
    command.upgrade(config, "head")

    query = text("SELECT title, copies_free FROM books ORDER BY id")
    assert connection.execute(query).all() == [("Lent", 2), ("Untouched", 2)]


@pytest.mark.usefixtures("old_rows")
def test_downgrade_keeps_the_rows(config: Config, connection: Connection) -> None:
    command.upgrade(config, "head")

    command.downgrade(config, "0001")

    counts = [
        connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
        for table in ("books", "book_authors", "loans")
    ]
    assert counts == [2, 1, 2]
    columns = {column["name"] for column in inspect(connection).get_columns("books")}
    assert "copies_free" not in columns
