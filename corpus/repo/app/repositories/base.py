"""What every repository can do."""

from typing import Any, ClassVar, Generic, TypeVar, cast

from sqlalchemy import CursorResult, Select, Update, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.interfaces import ORMOption

from app.errors import Conflict, NotFound
from app.models.base import Base
from app.schemas.page import Paging

ModelT = TypeVar("ModelT", bound=Base)


class Repository(Generic[ModelT]):
    """Queries for one table, and nothing but queries.

    A repository flushes but never commits: one request may use several of them,
    and only the owner of the session knows when the whole piece of work is done.
    """

    model: type[ModelT]
    options: ClassVar[tuple[ORMOption, ...]] = ()
    duplicate: ClassVar[str] = "such a row exists already"

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, key: int) -> ModelT:
        """Return the row with this key, or raise `NotFound`."""
        return await self._require(self._query(), key)

    async def _require(self, query: Select[ModelT], key: int) -> ModelT:
        """Run a query for one row by its key; no row is an error."""
        row = await self._session.scalar(query.where(self.model.id == key))
        if row is None:
            message = f"{self.model.__name__.lower()} {key} does not exist"
            raise NotFound(message)
        return row

    async def add(self, row: ModelT) -> ModelT:
        """Insert the row now, so that it has its key and has passed constraints.

        The unique constraint decides about duplicates. Asking first and then
        inserting leaves a gap in which somebody else can insert the same.
        """
        self._session.add(row)
        try:
            await self._session.flush()
        except IntegrityError as error:
            raise Conflict(self.duplicate) from error
        return row

    def _query(self) -> Select[ModelT]:
        """Select the rows with all that their schema will read from them."""
        return select(self.model).options(*self.options)

    async def _page(
        self, query: Select[ModelT], paging: Paging
    ) -> tuple[list[ModelT], int]:
        """Return one page of the query's rows, and the number of all of them.

        The key closes the ordering: rows that compare equal have no fixed order
        otherwise, and could turn up on two pages or on none.
        """
        count = select(func.count()).select_from(
            query.with_only_columns(self.model.id).order_by(None).subquery()
        )
        total = await self._session.scalar(count) or 0
        rows = await self._session.scalars(
            query.order_by(self.model.id).limit(paging.limit).offset(paging.offset)
        )
        return list(rows), total

    async def _update_one(self, statement: Update) -> bool:
        """Run a conditional update of one row; say whether its condition held."""
        result = await self._session.execute(statement)
        return cast("CursorResult[Any]", result).rowcount == 1
