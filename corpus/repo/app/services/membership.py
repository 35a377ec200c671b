"""Who may borrow."""

from app.clock import Clock
from app.models import Member
from app.repositories import MemberRepository
from app.schemas.member import MemberCreate
from app.schemas.page import Paging


class MembershipService:
    """Registers and finds members."""

    def __init__(self, members: MemberRepository, clock: Clock) -> None:
        self._members = members
        self._clock = clock

    async def register(self, new: MemberCreate) -> Member:
        """Register a member; an e-mail address can be registered only once."""
        member = Member(name=new.name, email=new.email, joined_at=self._clock())
        return await self._members.add(member)

    async def get_member(self, member_id: int) -> Member:
        """Return one member, or raise `NotFound`."""
        return await self._members.get(member_id)

    async def list_members(self, paging: Paging) -> tuple[list[Member], int]:
        """Return a page of the members."""
        return await self._members.list_page(paging)
