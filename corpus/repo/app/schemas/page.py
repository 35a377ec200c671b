"""One page of a longer list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.schemas.base import OutputModel

ItemT = TypeVar("ItemT", bound=OutputModel)


@dataclass(frozen=True, slots=True)
class Paging:
    """How many items to return, and how many to skip before them."""

    limit: int
    offset: int


class Page(OutputModel, Generic[ItemT]):
    """Some items, how many there are in all, and where these items start."""

    items: list[ItemT]
    total: int
    limit: int
    offset: int


def page_of(
    schema: type[ItemT], rows: Iterable[object], total: int, paging: Paging
) -> Page[ItemT]:
    """Shape loaded rows into a page; done while the session is still open."""
    return Page(
        items=[schema.model_validate(row) for row in rows],
        total=total,
        limit=paging.limit,
        offset=paging.offset,
    )
