"""Puts the application together."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, status
from fastapi.responses import JSONResponse

from app.db import create_engine, create_session_factory
from app.errors import Conflict, LibraryError, NotFound, RuleBroken
from app.routers import books, loans, members
from app.schemas.base import ErrorBody
from app.settings import Settings

STATUS_BY_ERROR: dict[type[LibraryError], int] = {
    NotFound: status.HTTP_404_NOT_FOUND,
    Conflict: status.HTTP_409_CONFLICT,
    RuleBroken: status.HTTP_403_FORBIDDEN,
    LibraryError: status.HTTP_400_BAD_REQUEST,
}

ERROR_RESPONSES: dict[int | str, dict[str, Any]] = {
    code: {"model": ErrorBody} for code in STATUS_BY_ERROR.values()
}


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build an application.

    A factory instead of a module-level `app`: importing this module does nothing
    but define names, and each test gets its own application and database.
    """
    settings = settings or Settings()
    engine = create_engine(settings.database_url, echo=settings.echo_sql)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        # Show the notices in the log; does nothing where logging is set up already.
        logging.basicConfig(level=logging.INFO)
        yield
        await engine.dispose()

    app = FastAPI(title="Lending library", version="1.0.0", lifespan=lifespan)
    app.state.settings = settings
    app.state.session_factory = create_session_factory(engine)
    app.exception_handler(LibraryError)(handle_library_error)
    for router in (books.router, members.router, loans.router):
        app.include_router(router, responses=ERROR_RESPONSES)
    return app


async def handle_library_error(_request: Request, error: LibraryError) -> JSONResponse:
    """Turn a domain error into a response.

    The handler is registered for `LibraryError` and so serves its subclasses; a
    class without a status code of its own takes that of its nearest parent.
    """
    kinds = type(error).__mro__
    code = next(STATUS_BY_ERROR[kind] for kind in kinds if kind in STATUS_BY_ERROR)
    body = ErrorBody(code=error.code, message=error.message)
    return JSONResponse(body.model_dump(), status_code=code)
