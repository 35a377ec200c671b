"""Queries for loans."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import joinedload

from app.models import Loan
from app.repositories.base import Repository
from app.schemas.loan import LoanFilter, LoanState
from app.schemas.page import Paging


class LoanRepository(Repository[Loan]):
    """Loans with their book and member.

    Each loan has exactly one of both, so a join adds no rows and saves the
    further queries that `selectinload` would make.
    """

    model = Loan
    options = (
        joinedload(Loan.book, innerjoin=True),
        joinedload(Loan.member, innerjoin=True),
    )
    duplicate = "this member has this book already"

    async def count_open(self, member_id: int) -> int:
        """Return how many books the member has at the moment."""
        query = select(func.count()).where(
            Loan.member_id == member_id, Loan.returned_at.is_(None)
        )
        return await self._session.scalar(query) or 0

    async def close(self, loan_id: int, *, at: datetime) -> bool:
        """Mark an open loan as returned, and say whether it was still open.

        Conditional for the same reason as `BookRepository.take_copy`: a return
        that is sent twice must give only one copy back.
        """
        return await self._update_one(
            update(Loan)
            .where(Loan.id == loan_id, Loan.returned_at.is_(None))
            .values(returned_at=at)
        )

    async def list_page(
        self, wanted: LoanFilter, paging: Paging, *, now: datetime
    ) -> tuple[list[Loan], int]:
        """Return one page of the wanted loans, the first due first."""
        query = self._query().order_by(Loan.due_at)
        if wanted.member_id is not None:
            query = query.where(Loan.member_id == wanted.member_id)
        if wanted.state is not None:
            query = query.where(_in_state(wanted.state, now))
        return await self._page(query, paging)


def _in_state(state: LoanState, now: datetime) -> ColumnElement[bool]:
    """Translate a state into the condition its rows fulfil."""
    is_open = Loan.returned_at.is_(None)
    match state:
        case LoanState.OPEN:
            return is_open
        case LoanState.OVERDUE:
            return is_open & (Loan.due_at < now)
        case LoanState.RETURNED:
            return ~is_open
