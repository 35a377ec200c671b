"""The two kinds of schema: what comes in and what goes out."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

# The largest integer a 64-bit column holds. Without this bound, a longer number
# would pass validation and fail in the database driver, as an internal error.
MAX_KEY = 2**63 - 1

Key = Annotated[int, Field(ge=1, le=MAX_KEY)]


class InputModel(BaseModel):
    """A request body. An unknown field is an error, not something to ignore."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class OutputModel(BaseModel):
    """A response body, filled from the attributes of a loaded row.

    Separate from the tables: a new column is not published by accident.
    """

    model_config = ConfigDict(frozen=True, from_attributes=True)


class ErrorBody(OutputModel):
    """The body of every domain error."""

    code: str
    message: str
