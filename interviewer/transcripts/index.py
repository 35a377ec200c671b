"""The index of all transcripts, in SQLite: what a list or a search needs without reading them.

The files stay the truth. Before each question the index is brought in step with them: a file whose
size or time differs is read again. An index that is gone, broken or of another version is made
anew, and one that cannot be written is made in memory.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from interviewer.errors import InterviewerError, TranscriptError
from interviewer.transcripts.index_file import (
    BEGIN,
    END,
    ROOM,
    Step,
    bring_in_step,
    opened,
    outcomes,
    storable,
)
from interviewer.transcripts.outcomes import SessionOutcome
from interviewer.transcripts.overview import Overview
from interviewer.values.value import Value

_WHERE = """
FROM overviews WHERE (:topic = '' OR instr(topics, :topic)) AND (:tag = '' OR instr(tags, :tag))
AND (:since IS NULL OR at >= :since) AND (:until IS NULL OR at < :until)
AND (:min_score IS NULL OR score >= :min_score) AND (:max_score IS NULL OR score <= :max_score)
"""
_LIST = f"SELECT overview {_WHERE} ORDER BY id DESC LIMIT :limit"
_COUNT = f"SELECT count(*) {_WHERE}"
_SEARCH = """
SELECT overview, number, snippet(texts, -1, char(2), char(3), '…', 24)
FROM texts JOIN overviews ON no = texts.rowid / :room WHERE texts MATCH :words
ORDER BY rank, texts.rowid DESC LIMIT :limit
"""
_Answer = TypeVar("_Answer")
_Made = TypeVar("_Made", bound=BaseModel)
_BROKEN = (sqlite3.Error, ValidationError, InterviewerError)
"""What an index shows that is no good, or lies where nothing can be written."""


class Wanted(Value):
    """Which sessions to list; what is not given does not matter."""

    topic: str = ""
    """Part of a topic's id or title."""
    tag: str = ""
    since: float | None = None
    until: float | None = None
    """From when (inclusive) and to when (exclusive), in seconds since 1970."""
    min_score: float | None = None
    max_score: float | None = None
    limit: int = -1
    """At most so many, the latest; -1 for all."""


class Place(Value):
    """A place that a search found."""

    session: Overview
    number: int
    """Of the question; 0 for the closing."""
    text: str
    """What stands there, shortened."""
    marks: tuple[tuple[int, int], ...]
    """Where in it the words stand that were looked for: first character, and the one after."""


class SessionIndex:
    """The transcripts of a folder, by way of an index in a file.

    Args:
        file: where the index is kept.
        folder: where the transcripts are.
        step: is told how many transcripts of how many have been read, while some have to be.
    """

    def __init__(self, file: Path, folder: Path, step: Step = lambda _done, _of: None) -> None:
        self._file = file
        self._folder = folder
        self._step = step

    def overviews(self, wanted: Wanted) -> tuple[list[Overview], int]:
        """Return sessions, the latest first, and how many there are without the limit."""
        named = wanted.model_dump() | {
            "topic": wanted.topic.casefold(), "tag": wanted.tag and f"\n{wanted.tag.casefold()}\n",
        }  # fmt: skip

        def find(database: sqlite3.Connection) -> tuple[list[Overview], int]:
            rows = database.execute(_LIST, named).fetchall()
            (count,) = database.execute(_COUNT, named).fetchone()
            return [Overview.model_validate_json(text) for (text,) in rows], count

        return self._ask(find)

    def search(self, text: str, limit: int) -> list[Place]:
        """Return the questions in which all words of a text stand, or words that begin so."""
        words = " ".join(f'"{word}"*' for word in storable(text).replace('"', " ").split())
        if not words:
            return []
        named = {"words": words, "limit": limit, "room": ROOM}
        rows = self._ask(lambda database: database.execute(_SEARCH, named).fetchall())
        return [_place(*row) for row in rows]

    def made(
        self,
        key: str,
        kind: type[_Made],
        make: Callable[[_Made | None, Iterator[SessionOutcome]], _Made | None],
    ) -> _Made:
        """Return what can be made of all sessions; kept, and added to when there are more.

        Args:
            key: under which it is kept.
            kind: what it is.
            make: gets what was made before and the sessions that are new, the oldest first; if it
                cannot add them (and returns None), or one of before has changed, it gets None and
                all sessions.
        """

        def find(database: sqlite3.Connection) -> _Made:
            with database:
                # Held, so that nothing is taken in between what was made and its generation.
                database.execute("BEGIN IMMEDIATE")
                (generation,) = database.execute("SELECT generation FROM state").fetchone()
                kept = database.execute(
                    "SELECT value, generation FROM made WHERE key = ?", (key,)
                ).fetchone()
                before = kind.model_validate_json(kept[0]) if kept else None
                if before and kept[1] == generation:
                    return before
                made = make(before, outcomes(database, kept[1])) if before else None
                made = made or make(None, outcomes(database)) or kind()
                row = (key, generation, made.model_dump_json())
                database.execute("REPLACE INTO made VALUES (?, ?, ?)", row)
            return made

        return self._ask(find)

    def _ask(self, work: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        """Let some work be done with an index that is in step; if it is broken, with a new one."""
        try:
            return self._ask_at(self._file, work)
        except _BROKEN as error:
            if not _is_busy(error):
                with contextlib.suppress(OSError):
                    self._file.unlink(missing_ok=True)
                with contextlib.suppress(*_BROKEN):
                    return self._ask_at(self._file, work)
        try:
            return self._ask_at(None, work)
        except sqlite3.Error as error:
            raise _cannot_index(error) from error

    def _ask_at(self, place: Path | None, work: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        with contextlib.closing(opened(place)) as database:
            bring_in_step(database, self._folder, self._step)
            return work(database)


def _place(overview: str, number: int, marked: str) -> Place:
    """Return a place from a text in which what was looked for stands between two marks."""
    text, marks = "", []
    for piece in marked.split(BEGIN):
        found, end, rest = piece.rpartition(END)
        if end:
            marks.append((len(text), len(text) + len(found)))
        text += found + rest
    return Place(
        session=Overview.model_validate_json(overview), number=number,
        text=text, marks=tuple(marks),
    )  # fmt: skip


def _is_busy(error: Exception) -> bool:
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY


def _cannot_index(error: Exception) -> TranscriptError:
    return TranscriptError(
        f"The transcripts cannot be indexed: {error}.",
        hint="This Python's SQLite must have FTS5: `python -m sqlite3 :memory: "
        "'CREATE VIRTUAL TABLE t USING fts5(a)'` shows whether it has.",
    )
