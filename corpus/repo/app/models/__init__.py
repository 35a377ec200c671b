"""The tables. Importing this package registers every one with `Base`."""

from app.models.base import Base
from app.models.book import Author, Book, book_authors
from app.models.loan import Loan
from app.models.member import Member

__all__ = ["Author", "Base", "Book", "Loan", "Member", "book_authors"]
