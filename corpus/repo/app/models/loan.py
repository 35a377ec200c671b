"""Who has which book, and since when."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.book import Book
from app.models.member import Member

IS_OPEN = text("returned_at IS NULL")


class Loan(Base):
    """One copy of one book with one member; open until it is returned.

    Loans are closed and never deleted, so the history stays. The partial unique
    index lets a member borrow a title again, but never twice at the same time.
    """

    __tablename__ = "loans"
    __table_args__ = (
        Index(
            "uq_loans_member_id_book_id_open",
            "member_id",
            "book_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
    )

    book_id: Mapped[int] = mapped_column(ForeignKey("books.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    borrowed_at: Mapped[datetime]
    due_at: Mapped[datetime]
    returned_at: Mapped[datetime | None]

    book: Mapped[Book] = relationship(back_populates="loans", lazy="raise")
    member: Mapped[Member] = relationship(back_populates="loans", lazy="raise")
