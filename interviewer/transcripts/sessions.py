"""Reading sessions back: one by its id, the latest, or all of them."""

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from interviewer.errors import TranscriptError, UsageError
from interviewer.values.events import (
    EVENT,
    SCHEMA,
    AnyEvent,
    Resumed,
    SessionEnded,
    SessionStarted,
)
from interviewer.values.value import Value

SUFFIX = ".jsonl"
LAST = "last"


class Session(Value):
    """A transcript as it was read: its events, and the lines that could not be read."""

    id: str
    path: Path
    events: tuple[AnyEvent, ...]
    unreadable: tuple[int, ...] = ()
    """Numbers of lines that hold no event, such as one that was cut off."""


def new_id(moment: datetime) -> str:
    """Return a session id that sorts by time: `20261123-141502-3f9a`."""
    return f"{moment:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def session_ids(folder: Path) -> list[str]:
    """Return the ids of all sessions, the oldest first."""
    return sorted(path.stem for path in folder.glob(f"*{SUFFIX}"))


def find_session(folder: Path, wanted: str | None) -> Path:
    """Return the transcript of an id, of an unambiguous beginning of one, or the latest (`last`).

    Raises:
        UsageError: there is none, or more than one.
    """
    ids = session_ids(folder)
    if not ids:
        raise UsageError("There is no session yet.", hint="Hold one: `interviewer start`.")
    if wanted is None or wanted == LAST:
        return folder / f"{ids[-1]}{SUFFIX}"
    found = [name for name in ids if name.startswith(wanted)]
    if wanted in found:
        found = [wanted]
    if len(found) != 1:
        latest = ", ".join(ids[-3:])
        raise UsageError(
            f"{len(found) or 'No'} sessions begin with {wanted!r}.",
            hint=f"The latest are {latest}.",
        )
    return folder / f"{found[0]}{SUFFIX}"


def read_session(path: Path) -> Session:
    """Read a transcript; lines that hold no event are set aside, by number.

    Raises:
        TranscriptError: the file cannot be read, or a newer version wrote it.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise TranscriptError(
            f"Cannot read the transcript {str(path)!r}: {error.strerror}.",
            hint="Check the file's permissions.",
        ) from error
    events: list[AnyEvent] = []
    unreadable: list[int] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if b'"schema_version"' in line:
            _refuse_newer(line, path)
        try:
            events.append(EVENT.validate_json(line))
        except ValidationError:
            unreadable.append(number)
    return Session(id=path.stem, path=path, events=tuple(events), unreadable=tuple(unreadable))


def is_unfinished(events: Sequence[AnyEvent]) -> bool:
    """Tell whether a session can go on: it was begun, and left before its plan or its time."""
    if not any(isinstance(event, SessionStarted) for event in events):
        return False
    last = [event for event in events if isinstance(event, SessionEnded | Resumed)][-1:]
    return not any(
        isinstance(event, SessionEnded) and event.reason in ("complete", "time") for event in last
    )


def latest_unfinished(folder: Path) -> Session:
    """Return the latest session that can go on.

    Raises:
        UsageError: there is none.
    """
    for name in reversed(session_ids(folder)):
        try:
            session = read_session(folder / f"{name}{SUFFIX}")
        except TranscriptError:
            continue
        if is_unfinished(session.events):
            return session
    raise UsageError(
        "There is no session to go on with: all were held to their end.",
        hint="Begin one: `interviewer start`.",
    )


def sessions_with(folder: Path, text: str) -> Iterator[Session]:
    """Yield the sessions whose transcript holds a text as it stands, the latest first.

    Those that cannot be read are passed over.
    """
    for name in reversed(session_ids(folder)):
        path = folder / f"{name}{SUFFIX}"
        with suppress(OSError, TranscriptError):
            if text.encode() in path.read_bytes():
                yield read_session(path)


def _refuse_newer(line: bytes, path: Path) -> None:
    """Raise if a line is the head of a transcript with a schema that we do not know."""
    try:
        head = json.loads(line)
    except ValueError:
        return
    version = head.get("schema_version") if isinstance(head, dict) else None
    if isinstance(version, int) and version > SCHEMA:
        raise TranscriptError(
            f"{str(path)!r} has schema {version}; this version reads up to {SCHEMA}.",
            hint="Update interviewer to read it.",
        )
