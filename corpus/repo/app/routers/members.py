"""HTTP for members."""

from fastapi import APIRouter, status

from app.dependencies.paging import PagingDep
from app.dependencies.services import MembershipDep
from app.schemas.base import Key
from app.schemas.member import MemberCreate, MemberRead
from app.schemas.page import Page, page_of

router = APIRouter(prefix="/members", tags=["members"])


@router.post("", status_code=status.HTTP_201_CREATED)
async def register_member(new: MemberCreate, membership: MembershipDep) -> MemberRead:
    """Register a member."""
    return MemberRead.model_validate(await membership.register(new))


@router.get("")
async def list_members(
    membership: MembershipDep, paging: PagingDep
) -> Page[MemberRead]:
    """List the members by name."""
    members, total = await membership.list_members(paging)
    return page_of(MemberRead, members, total, paging)


@router.get("/{member_id}")
async def get_member(member_id: Key, membership: MembershipDep) -> MemberRead:
    """Show one member."""
    return MemberRead.model_validate(await membership.get_member(member_id))
