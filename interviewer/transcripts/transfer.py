"""Sessions that leave and come back: one JSON document each, with or without what was said."""

import contextlib
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import JsonValue, TypeAdapter, ValidationError

from interviewer.errors import TranscriptError
from interviewer.paths import BINARY, make_private_folder
from interviewer.transcripts.lines import seal
from interviewer.transcripts.sessions import SUFFIX, Session, parse_session
from interviewer.values.events import (
    EVENT,
    Answered,
    AnyEvent,
    ClosingAsked,
    CodeRan,
    Corrected,
    FeedbackGiven,
    FollowedUp,
    Graded,
    NoteTaken,
    Overridden,
    SessionStarted,
)
from interviewer.values.grade import Grade

ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{4}")
_JSON: TypeAdapter[JsonValue] = TypeAdapter(JsonValue)
QUOTED = re.compile("“[^”]*”")
"""How the interviewer says the candidate's words back."""
_SHOWN = 3
"""Bad lines that an error names."""


def as_document(session: Session) -> dict[str, Any]:
    """Return a session as a JSON document that can be imported."""
    events = [EVENT.dump_python(event, mode="json") for event in session.events]
    return {"session": session.id, "events": events}


def without_answers(events: Sequence[AnyEvent]) -> tuple[AnyEvent, ...]:
    """Return events with nothing in them that the candidate said or wrote."""
    return tuple(_silenced(event) for event in events)


def _silenced(event: AnyEvent) -> AnyEvent:
    changed: dict[str, object] = {}
    match event:
        case Answered() | Corrected():
            unsaid = {"text": "", "raw": "", "delivery": None}
            changed = {"answer": event.answer.model_copy(update=unsaid)}
        case CodeRan():
            results = tuple(r.model_copy(update={"got": ""}) for r in event.run.results)
            silent = {"results": results, "printed": "", "fault": ""}
            changed = {"run": event.run.model_copy(update=silent)}
        case Graded(grade=Grade() as grade):
            verdicts = tuple(v.model_copy(update={"evidence": None}) for v in grade.verdicts)
            changed = {"grade": grade.model_copy(update={"verdicts": verdicts})}
        case Overridden():
            changed = {"why": ""}
        case ClosingAsked() | NoteTaken():
            changed = {"text": ""}
        case FollowedUp() | FeedbackGiven():
            changed = {"text": QUOTED.sub("“…”", event.text)}
    return event.model_copy(update=changed)


def take_in(file: Path, folder: Path) -> Session:
    """Put a session from a file, an export in JSON or a transcript, among those of a folder.

    Raises:
        TranscriptError: the file cannot be read or is not whole, or its session is there already.
    """
    try:
        content = _as_lines(file.read_bytes())
    except OSError as error:
        raise TranscriptError(
            f"Cannot read {str(file)!r}: {error.strerror}.",
            hint="Name a file that `interviewer sessions export ID --format json` wrote.",
        ) from error
    session = parse_session(content, file)
    _check(session)
    name = next(e.session for e in session.events if isinstance(e, SessionStarted))
    path = make_private_folder(folder) / f"{name}{SUFFIX}"
    _write_new(path, content)
    return session.model_copy(update={"id": name, "path": path})


def _as_lines(content: bytes) -> bytes:
    """Return a document as the lines of a transcript; other content as it is."""
    try:
        document = _JSON.validate_json(content)
    except ValidationError:
        return content
    events = document.get("events") if isinstance(document, dict) else None
    if not isinstance(events, list):
        return content
    # Each is checked like a line, and upgraded if it is of an older schema.
    raw = "".join(f"{json.dumps(event)}\n" for event in events).encode()
    with contextlib.suppress(TranscriptError):
        session = parse_session(raw, Path())
        if not session.faults:
            return b"".join(seal(event) + b"\n" for event in _current(session.events))
    return raw


def _current(events: Sequence[AnyEvent]) -> list[AnyEvent]:
    """Return events whose head says the schema that they are written in now."""
    fresh = SessionStarted.model_fields["schema_version"].default
    return [
        e.model_copy(update={"schema_version": fresh}) if isinstance(e, SessionStarted) else e
        for e in events
    ]


def _check(session: Session) -> None:
    if session.faults:
        some = "; ".join(f"line {f.line}: {f.why}" for f in session.faults[:_SHOWN])
        raise TranscriptError(
            f"{str(session.path)!r} is not as it was written ({some}).",
            hint="Export it once more, or take the file from a backup.",
        )
    heads = [event for event in session.events if isinstance(event, SessionStarted)]
    if len(heads) != 1 or not ID.fullmatch(heads[0].session):
        raise TranscriptError(
            f"{str(session.path)!r} is no session: it needs one head, with an id "
            "such as 20260102-030405-abcd.",
            hint="Import a file that `interviewer sessions export ID --format json` wrote.",
        )


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that is there as a whole or not at all, and replaces none."""
    new = path.with_suffix(f".{os.getpid()}.new")
    try:
        descriptor = os.open(new, BINARY | os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(new, path)
    except FileExistsError as error:
        raise TranscriptError(
            f"The session {path.stem!r} is there already.",
            hint=f"To put this one in its place, first: interviewer sessions delete {path.stem}",
        ) from error
    except OSError as error:
        raise TranscriptError(
            f"Cannot write the transcript {str(path)!r}: {error.strerror}.",
            hint="Make room or make the folder writable.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
