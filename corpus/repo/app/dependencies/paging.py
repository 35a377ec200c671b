"""The paging parameters that all lists share."""

from typing import Annotated

from fastapi import Depends, Query

from app.schemas.base import MAX_KEY
from app.schemas.page import Paging

DEFAULT_LIMIT = 20
MAX_LIMIT = 100


def get_paging(
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    offset: Annotated[int, Query(ge=0, le=MAX_KEY)] = 0,
) -> Paging:
    """Read `limit` and `offset`; the upper bound keeps one request affordable."""
    return Paging(limit=limit, offset=offset)


PagingDep = Annotated[Paging, Depends(get_paging)]
