"""Lending and returning: the rules that need a transaction."""

from dataclasses import dataclass
from datetime import timedelta

from app.clock import Clock
from app.errors import Conflict, RuleBroken
from app.models import Loan
from app.repositories import BookRepository, LoanRepository, MemberRepository
from app.schemas.loan import LoanFilter
from app.schemas.page import Paging


@dataclass(frozen=True, slots=True)
class LendingRules:
    """The library's policy, apart from where it is configured."""

    loan_limit: int
    loan_period: timedelta


class LendingService:
    """Lends books and takes them back.

    Every method runs inside the transaction of its caller. A raised error must
    end that transaction with a rollback; that is what undoes the steps done
    before the error, so no method here cleans up by hand.
    """

    def __init__(
        self,
        books: BookRepository,
        members: MemberRepository,
        loans: LoanRepository,
        *,
        rules: LendingRules,
        clock: Clock,
    ) -> None:
        self._books = books
        self._members = members
        self._loans = loans
        self._rules = rules
        self._clock = clock

    async def borrow(self, book_id: int, member_id: int) -> Loan:
        """Lend a copy to a member, or raise and leave everything as it was.

        The order matters. Taking the copy is the first statement, and a write:
        it decides the race for the last copy, and on SQLite it also gets the
        write lock, so the count of loans that follows cannot become stale. All
        borrowing locks the book before the member; with one order for everybody
        two requests cannot wait for each other.
        """
        await self._take_copy(book_id)
        member = await self._members.get_locked(member_id)
        if await self._loans.count_open(member_id) >= self._rules.loan_limit:
            limit = self._rules.loan_limit
            message = f"member {member_id} is at the limit of loans, which is {limit}"
            raise RuleBroken(message)
        now = self._clock()
        loan = Loan(
            book=await self._books.get(book_id),
            member=member,
            borrowed_at=now,
            due_at=now + self._rules.loan_period,
        )
        return await self._loans.add(loan)

    async def give_back(self, loan_id: int) -> Loan:
        """Close the loan and free its copy, in one transaction.

        Returning late is not refused: the library wants its book.
        """
        if not await self._loans.close(loan_id, at=self._clock()):
            await self._loans.get(loan_id)
            message = f"loan {loan_id} was returned before"
            raise Conflict(message)
        loan = await self._loans.get(loan_id)
        await self._books.put_copy_back(loan.book_id)
        return loan

    async def list_loans(
        self, wanted: LoanFilter, paging: Paging
    ) -> tuple[list[Loan], int]:
        """Return a page of loans; what is overdue depends on the clock."""
        return await self._loans.list_page(wanted, paging, now=self._clock())

    async def _take_copy(self, book_id: int) -> None:
        """Take a copy, or tell a missing book from one that is lent out."""
        if await self._books.take_copy(book_id):
            return
        await self._books.get(book_id)
        message = f"no copy of book {book_id} is free"
        raise Conflict(message)
