"""Members as clients send and see them."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from app.schemas.base import InputModel, OutputModel

EMAIL_PATTERN = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"

Email = Annotated[
    str, Field(max_length=254, pattern=EMAIL_PATTERN), AfterValidator(str.lower)
]


class MemberCreate(InputModel):
    """A person who wants a library card.

    The address gets only a rough check: whether it works is known once a
    message has arrived, whatever a cleverer pattern may say.
    """

    name: str = Field(min_length=1, max_length=120)
    email: Email


class MemberRead(OutputModel):
    """A member of the library."""

    id: int
    name: str
    email: str
    joined_at: datetime
