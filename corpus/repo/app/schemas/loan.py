"""Loans as clients send and see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.schemas.base import InputModel, Key, OutputModel


class LoanState(StrEnum):
    """The states a list of loans can be narrowed to."""

    OPEN = "open"
    OVERDUE = "overdue"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class LoanFilter:
    """Which loans a list shall hold; nothing set means all of them."""

    member_id: Key | None = None
    state: LoanState | None = None


class LoanCreate(InputModel):
    """A wish to borrow."""

    book_id: Key
    member_id: Key


class LoanedBook(OutputModel):
    """As much of the book as a list of loans needs."""

    id: int
    title: str


class LoanRead(OutputModel):
    """A loan, open or returned."""

    id: int
    book: LoanedBook
    member_id: int
    borrowed_at: datetime
    due_at: datetime
    returned_at: datetime | None
