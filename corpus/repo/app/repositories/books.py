"""Queries for books and authors."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from app.models import Author, Book
from app.repositories.base import Repository
from app.schemas.page import Paging


class BookRepository(Repository[Book]):
    """Books with their authors.

    `selectinload` fetches the authors of a whole page with one further query. A
    join would repeat each book once for each author, which upsets `LIMIT`.
    """

    model = Book
    options = (selectinload(Book.authors),)
    duplicate = "a book with this ISBN, or one of its authors, was just added"

    async def search(self, text: str | None, paging: Paging) -> tuple[list[Book], int]:
        """Return the books whose title contains the text, in order of title."""
        query = self._query().order_by(Book.title)
        if text is not None:
            query = query.where(Book.title.icontains(text, autoescape=True))
        return await self._page(query, paging)

    async def authors_named(self, names: Sequence[str]) -> list[Author]:
        """Return an author for each name; the missing ones are new objects."""
        known = await self._session.scalars(
            select(Author).where(Author.name.in_(names))
        )
        by_name = {author.name: author for author in known}
        return [by_name.get(name) or Author(name=name) for name in names]

    async def take_copy(self, book_id: int) -> bool:
        """Take a free copy if there is one, and say whether there was.

        Check and change are one statement. "Read the counter, then write it"
        would let two requests both read 1 and both lend the last copy. Here the
        second one waits for the first to commit; the condition is then tested
        against what the first one left behind, and no row is updated.
        """
        return await self._update_one(
            update(Book)
            .where(Book.id == book_id, Book.copies_free > 0)
            .values(copies_free=Book.copies_free - 1)
        )

    async def put_copy_back(self, book_id: int) -> None:
        """Make one copy free again.

        There is no condition to miss quietly: more free copies than the library
        owns would be a bug, and the check constraint turns it into an error.
        """
        await self._session.execute(
            update(Book)
            .where(Book.id == book_id)
            .values(copies_free=Book.copies_free + 1)
        )
