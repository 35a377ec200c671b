"""Books, their authors, and the table that joins the two."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base

if TYPE_CHECKING:
    from app.models.loan import Loan

book_authors = Table(
    "book_authors",
    Base.metadata,
    Column("book_id", ForeignKey("books.id", ondelete="CASCADE"), primary_key=True),
    Column("author_id", ForeignKey("authors.id"), primary_key=True, index=True),
)


class Author(Base):
    """Someone who wrote at least one book; known by a unique name."""

    __tablename__ = "authors"

    name: Mapped[str] = mapped_column(String(120), unique=True)

    books: Mapped[list["Book"]] = relationship(
        secondary=book_authors, back_populates="authors", lazy="raise"
    )


class Book(Base):
    """A title and how many copies of it the library owns.

    `copies_free` could be worked out from the open loans. It is stored because
    one row is something a single `UPDATE ... WHERE copies_free > 0` can guard,
    and the check constraint keeps it honest even if code is wrong.

    Relationships are `lazy="raise"`: a forgotten eager load fails loudly in the
    first test rather than as one query per row, or a crash, in production.
    """

    __tablename__ = "books"
    __table_args__ = (
        CheckConstraint("copies_total > 0", name="copies_total_positive"),
        CheckConstraint(
            "copies_free >= 0 AND copies_free <= copies_total",
            name="copies_free_in_range",
        ),
    )

    isbn: Mapped[str] = mapped_column(String(13), unique=True)
    title: Mapped[str] = mapped_column(String(200), index=True)
    published_year: Mapped[int | None]
    copies_total: Mapped[int]
    copies_free: Mapped[int]

    authors: Mapped[list[Author]] = relationship(
        secondary=book_authors,
        back_populates="books",
        lazy="raise",
        order_by=Author.name,
    )
    loans: Mapped[list["Loan"]] = relationship(back_populates="book", lazy="raise")
