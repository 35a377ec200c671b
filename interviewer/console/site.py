"""The sessions and their reports as a small site, for whoever holds its token."""

import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer import pages
from interviewer.console.feedback import points
from interviewer.console.report import report_page
from interviewer.conversation.state import State, replay
from interviewer.errors import InterviewerError
from interviewer.transcripts.sessions import SUFFIX, find_session, read_session, session_ids
from interviewer.values.grade import Grade
from interviewer.values.value import Value

if TYPE_CHECKING:
    from starlette.applications import Starlette

HOSTS = ("127.0.0.1", "localhost")
"""Names a browser may call us by: a page elsewhere whose name leads here is turned away."""
MAX_LISTED = 50
FRESH_S = 600
"""A session that was written to as lately as this may go on; its page reads itself again."""
AGAIN_S = 5
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Listed(Value):
    """A session in the list."""

    id: str
    state: State
    score: str
    """Out of ten; empty without a grade."""


def make_site(folder: Path, token: str) -> "Starlette":
    """Return an application that shows the sessions of a folder below `/TOKEN/`.

    Raises:
        ImportError: Starlette is not installed.
    """
    from starlette.applications import Starlette  # noqa: PLC0415 - an extra
    from starlette.exceptions import HTTPException  # noqa: PLC0415
    from starlette.middleware import Middleware  # noqa: PLC0415
    from starlette.middleware.trustedhost import TrustedHostMiddleware  # noqa: PLC0415
    from starlette.requests import Request  # noqa: PLC0415
    from starlette.responses import HTMLResponse  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    def show(request: Request) -> HTMLResponse:
        if not secrets.compare_digest(request.path_params["token"].encode(), token.encode()):
            raise HTTPException(404)
        try:
            page, may_go_on = _page(folder, request.path_params.get("session"))
        except InterviewerError as error:
            raise HTTPException(404, str(error)) from error
        live = {"Refresh": str(AGAIN_S)} if may_go_on else {}
        return HTMLResponse(page, headers=HEADERS | live)

    routes = [Route("/{token}/", show), Route("/{token}/{session}", show)]
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)
    return Starlette(routes=routes, middleware=[hosts])


def _page(folder: Path, session: str | None) -> tuple[str, bool]:
    """Return the list, or the report of a session, and whether it may change by itself."""
    if session is None:
        listed = [_listed(folder, name) for name in reversed(session_ids(folder)[-MAX_LISTED:])]
        rows = [row for row in listed if row]
        return pages.render("sessions.html", rows=rows, most=MAX_LISTED), True
    path = find_session(folder, session)
    events = read_session(path).events
    state = replay(events)
    is_fresh = time.time() - path.stat().st_mtime < FRESH_S
    return report_page(events, state), is_fresh and state.ended is None


def _listed(folder: Path, name: str) -> Listed | None:
    """Return a session for the list; None if it cannot be read."""
    try:
        state = replay(read_session(folder / f"{name}{SUFFIX}").events)
    except InterviewerError:
        return None
    grades = [exchange.in_force for exchange in state.exchanges]
    scores = [grade.score for grade in grades if isinstance(grade, Grade)]
    return Listed(id=name, state=state, score=points(sum(scores) / len(scores)) if scores else "")
