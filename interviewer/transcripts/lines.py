"""The lines of a transcript: an event each, sealed, so that no changed byte goes unseen.

A line ends with `,"crc32":"…"}`, the CRC-32 of the same line without it: eight digits that any
change of up to 32 neighbouring bits makes wrong. Transcripts of schema 1 have no seals; in them
only what breaks a line is seen.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json, to_json

from interviewer.values.events import EVENT, SCHEMA, AnyEvent
from interviewer.values.value import Value

_SEAL = re.compile(rb',"crc32":"([0-9a-f]{8})"\}\Z')
_ANY_SEAL = re.compile(rb',"crc32":"[0-9a-f]{8}"\}')
"""The end of a whole event, wherever it stands. Quotes within texts are escaped, so none looks like
a seal, nor like the beginning of an event."""
_BEGIN = b'{"at"'
CUT_OFF = "cut off"
Raw = dict[str, Any]


class Fault(Value):
    """A line that is not as it was written."""

    line: int
    """Its number; 0 if it is about the whole file."""
    why: str


class Newer(Exception):
    """A newer version wrote the transcript."""

    def __init__(self, schema: int, program: str) -> None:
        super().__init__(schema, program)
        self.schema, self.program = schema, program


class _Changed(ValueError):
    """A line is not what its checksum says it was."""


class _Head(BaseModel):
    schema_version: int
    program: str = ""


def _split_paths(event: Raw) -> Raw:
    """Return a head with lists of paths, which were one text each."""
    paths = {key: event[key] for key in ("guide", "repo") if isinstance(event.get(key), str)}
    return event | {key: [path for path in text.split(", ") if path] for key, text in paths.items()}


UPGRADES: Mapping[int, Callable[[Raw], Raw]] = {1: _split_paths}
"""What makes an event of a schema one of the next. Later versions may have written further events
into an old transcript, so each leaves alone what is in its new form."""


def seal(event: AnyEvent) -> bytes:
    """Return an event as a line, its newline left out."""
    body = EVENT.dump_json(event)
    return body[:-1] + b',"crc32":"%08x"}' % zlib.crc32(body)


def unseal(line: bytes) -> bytes:
    """Return the event of a line as JSON; a line of schema 1 is one as it stands.

    Raises:
        ValueError: the line was changed.
    """
    found = _SEAL.search(line)
    if found is None:
        return line
    body = line[: found.start()] + b"}"
    if (written := int(found[1], 16)) != (counted := zlib.crc32(body)):
        raise _Changed(f"changed: its checksum is {written:08x}, its text makes {counted:08x}")
    return body


def read_lines(content: bytes) -> tuple[list[AnyEvent], list[Fault]]:
    """Return the events of a transcript, and the lines that are not as they were written.

    Raises:
        Newer: a newer version wrote it.
    """
    events: list[AnyEvent] = []
    faults: list[Fault] = []
    schema = SCHEMA
    lines = content.split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            body = unseal(line)
            schema = _schema(body, schema)
            events.append(_event(body, schema))
        except ValueError as error:
            kept = list(_whole_events(line, schema))
            events += kept
            is_torn = number == len(lines) and not kept
            faults.append(Fault(line=number, why=_why(error, len(kept), is_torn=is_torn)))
    return events, faults


def is_event(line: bytes) -> bool:
    """Tell whether a line without its newline holds a whole event."""
    try:
        return bool(read_lines(line)[0])
    except Newer:
        return True


def _schema(body: bytes, known: int) -> int:
    """Return the schema of a transcript, from its head if this is the head."""
    if b'"schema_version"' not in body:
        return known
    try:
        head = _Head.model_validate_json(body)
    except ValidationError:
        return known  # the words of a text, or a line that is no event
    if head.schema_version > SCHEMA:
        raise Newer(head.schema_version, head.program)
    return head.schema_version if head.schema_version in UPGRADES else known


def _event(body: bytes, schema: int) -> AnyEvent:
    if schema == SCHEMA:
        return EVENT.validate_json(body)
    raw = from_json(body)
    for version in range(schema, SCHEMA):
        raw = UPGRADES[version](raw) if isinstance(raw, dict) else raw
    return EVENT.validate_json(to_json(raw))


def _whole_events(line: bytes, schema: int) -> Iterator[AnyEvent]:
    """Yield the events that stand unharmed in a line, as when a newline was lost."""
    # One pass: a pattern of both ends would look for the end from every beginning anew.
    start = 0
    for found in _ANY_SEAL.finditer(line):
        begin = line.find(_BEGIN, start, found.end())
        start = found.end()
        try:
            if begin >= 0:
                yield _event(unseal(line[begin:start]), schema)
        except ValueError:
            continue


def _why(error: ValueError, kept: int, *, is_torn: bool) -> str:
    if is_torn:
        return CUT_OFF
    if kept:
        return f"something stands beside {kept} whole event{'' if kept == 1 else 's'}"
    if isinstance(error, ValidationError):
        return f"no event: {error.errors(include_url=False)[0]['msg']}"
    return str(error)
