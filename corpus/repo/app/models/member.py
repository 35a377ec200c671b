"""The people who borrow."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base

if TYPE_CHECKING:
    from app.models.loan import Loan


class Member(Base):
    """Someone with a library card."""

    __tablename__ = "members"

    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    joined_at: Mapped[datetime]

    loans: Mapped[list["Loan"]] = relationship(back_populates="member", lazy="raise")
