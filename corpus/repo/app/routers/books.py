"""HTTP for the catalogue."""

from typing import Annotated

from fastapi import APIRouter, Query, status

from app.dependencies.paging import PagingDep
from app.dependencies.services import CatalogueDep
from app.schemas.base import Key
from app.schemas.book import BookCreate, BookRead, BookUpdate
from app.schemas.page import Page, page_of

router = APIRouter(prefix="/books", tags=["books"])

TitlePart = Annotated[str | None, Query(min_length=1, max_length=200)]


@router.post("", status_code=status.HTTP_201_CREATED)
async def add_book(new: BookCreate, catalogue: CatalogueDep) -> BookRead:
    """Add a book to the catalogue."""
    return BookRead.model_validate(await catalogue.add_book(new))


@router.get("")
async def list_books(
    catalogue: CatalogueDep, paging: PagingDep, title: TitlePart = None
) -> Page[BookRead]:
    """List books by title, or those whose title contains some text."""
    books, total = await catalogue.search_books(title, paging)
    return page_of(BookRead, books, total, paging)


@router.get("/{book_id}")
async def get_book(book_id: Key, catalogue: CatalogueDep) -> BookRead:
    """Show one book."""
    return BookRead.model_validate(await catalogue.get_book(book_id))


@router.patch("/{book_id}")
async def correct_book(
    book_id: Key, changes: BookUpdate, catalogue: CatalogueDep
) -> BookRead:
    """Correct a book; fields that are not sent stay as they are."""
    return BookRead.model_validate(await catalogue.correct_book(book_id, changes))
