"""HTTP for lending and returning."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, status

from app.background import borrowed_notice, returned_notice, send_notice
from app.dependencies.paging import PagingDep
from app.dependencies.services import LendingDep, NotifierDep
from app.schemas.base import Key
from app.schemas.loan import LoanCreate, LoanFilter, LoanRead
from app.schemas.page import Page, page_of

router = APIRouter(prefix="/loans", tags=["loans"])


@router.post("", status_code=status.HTTP_201_CREATED)
async def borrow(
    wish: LoanCreate,
    lending: LendingDep,
    notifier: NotifierDep,
    background: BackgroundTasks,
) -> LoanRead:
    """Borrow a copy of a book."""
    loan = await lending.borrow(wish.book_id, wish.member_id)
    background.add_task(send_notice, notifier, borrowed_notice(loan))
    return LoanRead.model_validate(loan)


@router.post("/{loan_id}/return")
async def give_back(
    loan_id: Key,
    lending: LendingDep,
    notifier: NotifierDep,
    background: BackgroundTasks,
) -> LoanRead:
    """Give a borrowed book back."""
    loan = await lending.give_back(loan_id)
    background.add_task(send_notice, notifier, returned_notice(loan))
    return LoanRead.model_validate(loan)


@router.get("")
async def list_loans(
    lending: LendingDep,
    paging: PagingDep,
    wanted: Annotated[LoanFilter, Depends()],
) -> Page[LoanRead]:
    """List loans, the first due first."""
    loans, total = await lending.list_loans(wanted, paging)
    return page_of(LoanRead, loans, total, paging)
