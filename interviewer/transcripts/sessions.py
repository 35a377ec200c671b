"""Sessions on disk: found by id or name, read back, checked, and moved into the trash."""

import contextlib
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from interviewer.errors import TranscriptError, UsageError
from interviewer.paths import make_private_folder
from interviewer.transcripts.lines import CUT_OFF, Fault, Newer, read_lines
from interviewer.transcripts.log import SessionLog
from interviewer.values.events import (
    SCHEMA,
    AnyEvent,
    Renamed,
    Resumed,
    SessionEnded,
    SessionStarted,
    Tagged,
)
from interviewer.values.value import Value

SUFFIX = ".jsonl"
AUDIO = ".audio"
"""The folder beside a transcript with what was said aloud, if that was kept."""
LAST = "last"
MAX_NAME = 80
LEFT = (None, "interrupted")
"""How a session ended that was left, and not held to its end or ended on purpose."""


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
    """Return the transcript of an id, an unambiguous beginning of one, a name, or `last`.

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
    how = "begin with"
    if not found and (named := _named(folder, wanted)):
        found, how = named, "are named"
    if len(found) != 1:
        latest = ", ".join(ids[-3:])
        raise UsageError(
            f"{len(found) or 'No'} sessions {how} {wanted!r}.",
            hint=f"The latest are {latest}.",
        )
    return folder / f"{found[0]}{SUFFIX}"


def _named(folder: Path, wanted: str) -> list[str]:
    """Return the sessions of a name; transcripts in which no name was given are not parsed."""
    return [
        session.id
        for session in sessions_with(folder, '"type":"renamed"')
        if name_of(session.events).casefold() == wanted.casefold()
    ]


def check_free(folder: Path, path: Path, name: str) -> None:
    """Raise unless a name can be given to a session: nothing else is found by it.

    Raises:
        UsageError: it is no name, or another session is found by it.
    """
    if len(name) > MAX_NAME or name == LAST or not name.isprintable():
        raise UsageError(
            f"A name has up to {MAX_NAME} printable characters and is not {LAST!r}; "
            f"found {name!r}.",
            hint="Give another name.",
        )
    ids = session_ids(folder)
    taken = [other for other in ids if other.startswith(name)] or _named(folder, name)
    if name and taken not in ([], [path.stem]):
        raise UsageError(
            f"The session {taken[0]!r} is found by {name!r} already.", hint="Give another name."
        )


def throw_away(path: Path, trash: Path) -> Path:
    """Move a transcript, and its sound if that was kept, into the trash; return its new place.

    Nothing in the trash is ever replaced.

    Raises:
        TranscriptError: another process writes it, or it cannot be moved.
    """
    with SessionLog(path, again=True):
        make_private_folder(trash)
    new, number = trash / path.name, 1
    while new.exists():
        number += 1
        new = trash / f"{path.stem}-{number}{SUFFIX}"
    try:
        path.rename(new)
        if (sound := path.with_suffix(AUDIO)).exists():
            sound.rename(new.with_suffix(AUDIO))
    except OSError as error:
        raise TranscriptError(
            f"Cannot move the transcript {str(path)!r}: {error.strerror}.",
            hint="Make its folder writable.",
        ) from error
    return new


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
    return parse_session(content, path)


def parse_session(content: bytes, path: Path) -> Session:
    """Return what the transcript in a file says.

    Raises:
        TranscriptError: a newer version wrote it.
    """
    try:
        events, faults = read_lines(content)
    except Newer as newer:
        raise TranscriptError(
            f"{str(path)!r} has schema {newer.schema}; this version reads up to {SCHEMA}.",
            hint=f"Update interviewer to read it: {newer.program or 'a newer one'!r} wrote it.",
        ) from newer
    return Session(id=path.stem, path=path, events=tuple(events), faults=tuple(faults))


def verify_session(path: Path) -> tuple[Fault, ...]:
    """Return all that is wrong with a transcript."""
    try:
        session = read_session(path)
    except TranscriptError as error:
        return (Fault(line=0, why=str(error)),)
    names = [event.session for event in session.events if isinstance(event, SessionStarted)]
    if names == [path.stem]:
        return session.faults
    found = ", ".join(map(repr, names)) or "none"
    return (*session.faults, Fault(line=0, why=f"a head of {path.stem!r} was expected: {found}"))


def name_of(events: Sequence[AnyEvent]) -> str:
    """Return the name that a session has; empty if it has none."""
    return next((e.name for e in reversed(events) if isinstance(e, Renamed)), "")


def tags_of(events: Sequence[AnyEvent]) -> tuple[str, ...]:
    """Return the tags that a session has."""
    return next((e.tags for e in reversed(events) if isinstance(e, Tagged)), ())


def end_of(events: Sequence[AnyEvent]) -> str | None:
    """Return how a session ended, as `SessionEnded` has it; None if it was broken off."""
    last = [event for event in events if isinstance(event, SessionEnded | Resumed)][-1:]
    return next((event.reason for event in last if isinstance(event, SessionEnded)), None)


def session_to_resume(folder: Path, wanted: str | None) -> Session:
    """Return the session that is named, else the latest that was left and not ended on purpose.

    Raises:
        UsageError: there is none, or that one was held to its end.
        TranscriptError: that one cannot be read.
    """
    if wanted:
        session = read_session(find_session(folder, wanted))
        if end_of(session.events) in ("complete", "time"):
            raise UsageError(
                f"The session {session.id!r} was held to its end.",
                hint="Begin another: `interviewer start`.",
            )
        return session
    for name in reversed(session_ids(folder)):
        with contextlib.suppress(TranscriptError):
            session = read_session(folder / f"{name}{SUFFIX}")
            has_head = any(isinstance(event, SessionStarted) for event in session.events)
            if has_head and end_of(session.events) in LEFT:
                return session
    raise UsageError(
        "There is no session to go on with: all were held to their end, or you ended them.",
        hint="Begin one: `interviewer start`. One that you ended goes on with "
        "`interviewer start --resume ID`; `interviewer sessions` lists their ids.",
    )


def sessions_with(folder: Path, text: str) -> Iterator[Session]:
    """Yield the sessions whose transcript holds a text as it stands, the latest first.

    Those that cannot be read are passed over.
    """
    for name in reversed(session_ids(folder)):
        path = folder / f"{name}{SUFFIX}"
        with contextlib.suppress(OSError, TranscriptError):
            if text.encode() in path.read_bytes():
                yield read_session(path)
