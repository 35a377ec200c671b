"""Initial schema.

Revision ID: 0001
Revises: none

The tables are spelt out and not taken from `app.models`: a migration describes
the schema of its own day, whatever the models have become since.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create books, authors, members and loans."""
    op.create_table(
        "authors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_authors"),
        sa.UniqueConstraint("name", name="uq_authors_name"),
    )
    op.create_table(
        "books",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("isbn", sa.String(13), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("published_year", sa.Integer(), nullable=True),
        sa.Column("copies_total", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_books"),
        sa.UniqueConstraint("isbn", name="uq_books_isbn"),
        sa.CheckConstraint(
            "copies_total > 0", name=op.f("ck_books_copies_total_positive")
        ),
    )
    op.create_index("ix_books_title", "books", ["title"])
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.UniqueConstraint("email", name="uq_members_email"),
    )
    op.create_table(
        "book_authors",
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("book_id", "author_id", name="pk_book_authors"),
        sa.ForeignKeyConstraint(
            ["book_id"],
            ["books.id"],
            name="fk_book_authors_book_id_books",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["authors.id"], name="fk_book_authors_author_id_authors"
        ),
    )
    op.create_index("ix_book_authors_author_id", "book_authors", ["author_id"])
    op.create_table(
        "loans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("borrowed_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_loans"),
        sa.ForeignKeyConstraint(
            ["book_id"], ["books.id"], name="fk_loans_book_id_books"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_loans_member_id_members"
        ),
    )
    op.create_index("ix_loans_book_id", "loans", ["book_id"])
    op.create_index("ix_loans_member_id", "loans", ["member_id"])
    op.create_index(
        "uq_loans_member_id_book_id_open",
        "loans",
        ["member_id", "book_id"],
        unique=True,
        sqlite_where=sa.text("returned_at IS NULL"),
        postgresql_where=sa.text("returned_at IS NULL"),
    )


def downgrade() -> None:
    """Drop everything, the referring tables first."""
    for table in ("loans", "book_authors", "members", "books", "authors"):
        op.drop_table(table)
