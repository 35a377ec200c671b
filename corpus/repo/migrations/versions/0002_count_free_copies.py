"""Count the free copies of each book.

Revision ID: 0002
Revises: 0001

Until now free copies were worked out from the open loans, and two requests could
lend the same last copy. A stored counter can be guarded by one `UPDATE`.

In three steps, since there are rows already: add the column with a default, fill
it from the loans, and only then demand that it is in range. Should the old race
have lent a copy too many, the last step fails; that book's `copies_total` has to
be put right first, and only a person at the shelf can say what is right.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FILL = """
UPDATE books SET copies_free = copies_total - (
    SELECT count(*) FROM loans
    WHERE loans.book_id = books.id AND loans.returned_at IS NULL
)
"""

CHECK_NAME = "ck_books_copies_free_in_range"
IN_RANGE = "copies_free >= 0 AND copies_free <= copies_total"


def books_with(*extra: SchemaItem) -> sa.Table:
    """Describe `books` as it is here, for SQLite's copy of the table.

    SQLite cannot alter a table in place, so batch mode copies it. Left to read
    the table itself, batch mode would see the check constraints or lose them in
    the copy, depending on the versions installed; spelt out, nothing is left to
    chance. Other databases ignore this and run a plain `ALTER TABLE`.
    """
    return sa.Table(
        "books",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("isbn", sa.String(13), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("published_year", sa.Integer(), nullable=True),
        sa.Column("copies_total", sa.Integer(), nullable=False),
        sa.Column("copies_free", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_books"),
        sa.UniqueConstraint("isbn", name="uq_books_isbn"),
        sa.CheckConstraint("copies_total > 0", name="ck_books_copies_total_positive"),
        sa.Index("ix_books_title", "title"),
        *extra,
    )


def upgrade() -> None:
    """Add the counter, fill it from the open loans, then guard it."""
    op.add_column(
        "books",
        sa.Column("copies_free", sa.Integer(), nullable=False, server_default="0"),
    )
    op.execute(FILL)
    with op.batch_alter_table("books", copy_from=books_with()) as books:
        books.alter_column("copies_free", server_default=None)
        books.create_check_constraint(op.f(CHECK_NAME), IN_RANGE)


def downgrade() -> None:
    """Drop the counter; nothing is lost, the loans still tell."""
    check = sa.CheckConstraint(IN_RANGE, name=CHECK_NAME)
    with op.batch_alter_table("books", copy_from=books_with(check)) as books:
        books.drop_constraint(op.f(CHECK_NAME), type_="check")
        books.drop_column("copies_free")
