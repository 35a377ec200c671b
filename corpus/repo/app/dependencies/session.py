"""One session, and one transaction, for each request."""

from collections.abc import AsyncIterator
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker


async def get_session(request: Request) -> AsyncIterator[AsyncSession]:
    """Open the request's transaction: commit at the end, roll back on an error.

    This is the unit of work and the only place that commits. All services and
    repositories of a request share the session, since FastAPI calls a dependency
    once per request, so what they do succeeds or fails together.
    """
    factory = cast(
        "async_sessionmaker[AsyncSession]", request.app.state.session_factory
    )
    async with factory.begin() as session:
        yield session


# The scope makes the commit happen when the endpoint has returned and before the
# response is sent. By default (scope "request") it would happen afterwards: a
# client could be told 201 for something a failing commit then throws away, and a
# background task could run ahead of the data it is about.
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]
