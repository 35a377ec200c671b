"""`interviewer serve`: the sessions and their reports in a browser, on this machine alone."""

import secrets
import socket
from typing import Annotated

import typer

from interviewer.commands.session_setup import load_settings
from interviewer.console.screen import Screen
from interviewer.console.site import make_site
from interviewer.errors import InterviewerError

HOST = "127.0.0.1"


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 0,
) -> None:
    """Show all sessions and their reports in a browser, live while one is held."""
    _, places = load_settings()
    token = secrets.token_urlsafe(16)
    try:
        import uvicorn  # noqa: PLC0415 - an extra

        site = make_site(places.sessions, token)
    except ImportError as error:
        raise InterviewerError(
            f"The web server is not installed: {error.name!r} is missing.",
            hint="Install it: pip install starlette uvicorn",
        ) from error
    with _listening(port) as listener:
        url = f"http://{HOST}:{listener.getsockname()[1]}/{token}/"
        screen = Screen()
        screen.say("Open in a browser:")
        screen.address(url)
        screen.say("Only who has this address can read it, on this machine. Ctrl-C ends it.", "dim")
        config = uvicorn.Config(site, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[listener])


def _listening(port: int) -> socket.socket:
    """Return a socket that only this machine reaches.

    Raises:
        InterviewerError: the port is taken, or not ours to take.
    """
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise InterviewerError(
            f"Cannot listen on port {port}: {error.strerror}.",
            hint="Name another port, or leave it out.",
        ) from error
