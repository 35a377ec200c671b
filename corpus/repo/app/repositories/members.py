"""Queries for members."""

from sqlalchemy import select

from app.models import Member
from app.repositories.base import Repository
from app.schemas.page import Paging


class MemberRepository(Repository[Member]):
    """Members of the library."""

    model = Member
    duplicate = "a member with this e-mail address exists already"

    async def list_page(self, paging: Paging) -> tuple[list[Member], int]:
        """Return one page of the members, in order of name."""
        query = self._query().order_by(Member.name)
        return await self._page(query, paging)

    async def get_locked(self, member_id: int) -> Member:
        """Return the member, locked until the transaction ends.

        Counting a member's loans is only worth something if nobody adds one in
        the meantime. `FOR UPDATE` makes two requests for one member queue on
        databases with row locks. SQLite ignores it and does not need it when
        the caller has written before: it has one write lock for everything.
        """
        return await self._require(select(Member).with_for_update(), member_id)
