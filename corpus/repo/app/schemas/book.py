"""Books as clients send and see them."""

from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from app.schemas.base import InputModel, OutputModel

ISBN_LENGTH = 13


def normalise_isbn(raw: str) -> str:
    """Drop hyphens and spaces, and check the last digit of an ISBN-13.

    One spelling for each book is what makes the unique constraint mean anything.
    """
    digits = raw.replace("-", "").replace(" ", "")
    if len(digits) != ISBN_LENGTH or not (digits.isascii() and digits.isdigit()):
        message = "an ISBN-13 has thirteen digits"
        raise ValueError(message)
    checksum = sum(
        int(digit) * (3 if position % 2 else 1) for position, digit in enumerate(digits)
    )
    if checksum % 10:
        message = "the check digit of this ISBN-13 is wrong"
        raise ValueError(message)
    return digits


Isbn = Annotated[str, AfterValidator(normalise_isbn)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Year = Annotated[int, Field(ge=1000, le=2999)]
AuthorName = Annotated[str, Field(min_length=1, max_length=120)]


class BookCreate(InputModel):
    """A book to be added to the catalogue."""

    isbn: Isbn
    title: Title
    published_year: Year | None = None
    copies_total: int = Field(default=1, ge=1, le=1000)
    authors: list[AuthorName] = Field(min_length=1, max_length=20)

    @field_validator("authors")
    @classmethod
    def drop_repeats(cls, names: list[str]) -> list[str]:
        """Keep each name once; a book has an author or has not."""
        return list(dict.fromkeys(names))


class BookUpdate(InputModel):
    """A correction; only the fields that were sent are changed.

    `None` as a default means "not sent". The year may also be sent as null, to
    clear it; the title may not, since every book has one.
    """

    title: Title | None = None
    published_year: Year | None = None

    @field_validator("title")
    @classmethod
    def title_is_not_null(cls, title: str | None) -> str:
        """Refuse an explicit null (a default is not validated)."""
        if title is None:
            message = "a book must have a title"
            raise ValueError(message)
        return title


class AuthorRead(OutputModel):
    """An author, as part of a book."""

    id: int
    name: str


class BookRead(OutputModel):
    """A book with its authors and its free copies."""

    id: int
    isbn: str
    title: str
    published_year: int | None
    copies_total: int
    copies_free: int
    authors: list[AuthorRead]
