"""Reading sessions back: one by its id, the latest, or all of them."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from interviewer.errors import TranscriptError, UsageError
from interviewer.transcripts.lines import CUT_OFF, Fault, Newer, read_lines
from interviewer.values.events import (
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
    faults: tuple[Fault, ...] = ()
    """The lines that are not as they were written, such as one that was cut off."""

    @property
    def unreadable(self) -> tuple[int, ...]:
        """The numbers of those lines."""
        return tuple(fault.line for fault in self.faults)

    @property
    def complaint(self) -> str:
        """What the candidate should know of those lines; empty if there are none."""
        if not self.faults:
            return ""
        if [fault.why for fault in self.faults] == [CUT_OFF]:
            return (f"The last line of {self.path} was cut off and is set aside; "
                    "all before it is there.")  # fmt: skip
        lines = ", ".join(map(str, self.unreadable))
        return f"Set aside, not readable: line {lines} of {self.path}."


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
        content = path.read_bytes()
    except OSError as error:
        raise TranscriptError(
            f"Cannot read the transcript {str(path)!r}: {error.strerror}.",
            hint="Check the file's permissions.",
        ) from error
    try:
        events, faults = read_lines(content)
    except Newer as newer:
        raise TranscriptError(
            f"{str(path)!r} has schema {newer.schema}; this version reads up to {SCHEMA}.",
            hint=f"Update interviewer to read it: {newer.program or 'a newer one'!r} wrote it.",
        ) from newer
    return Session(id=path.stem, path=path, events=tuple(events), faults=tuple(faults))


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
