"""What the library owns."""

from app.models import Book
from app.repositories import BookRepository
from app.schemas.book import BookCreate, BookUpdate
from app.schemas.page import Paging


class CatalogueService:
    """Adds, finds and corrects books."""

    def __init__(self, books: BookRepository) -> None:
        self._books = books

    async def add_book(self, new: BookCreate) -> Book:
        """Add a book with all its copies free; its authors need not exist yet."""
        book = Book(
            isbn=new.isbn,
            title=new.title,
            published_year=new.published_year,
            copies_total=new.copies_total,
            copies_free=new.copies_total,
            authors=await self._books.authors_named(new.authors),
        )
        return await self._books.add(book)

    async def get_book(self, book_id: int) -> Book:
        """Return one book, or raise `NotFound`."""
        return await self._books.get(book_id)

    async def search_books(
        self, text: str | None, paging: Paging
    ) -> tuple[list[Book], int]:
        """Return a page of the books whose title contains the text."""
        return await self._books.search(text, paging)

    async def correct_book(self, book_id: int, changes: BookUpdate) -> Book:
        """Apply the fields that were sent, and leave the others alone.

        `exclude_unset` tells "not sent" from "sent as null". The session notices
        the changed attributes and writes them when it commits.
        """
        book = await self._books.get(book_id)
        for field, value in changes.model_dump(exclude_unset=True).items():
            setattr(book, field, value)
        return book
