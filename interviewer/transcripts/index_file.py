"""The file of the index: its tables, and how they are brought in step with the transcripts."""

import contextlib
import importlib.metadata
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import TypeAdapter

from interviewer.paths import make_private_folder
from interviewer.transcripts.outcomes import SessionOutcome, read_outcome
from interviewer.transcripts.overview import survey
from interviewer.transcripts.sessions import SUFFIX

FORMAT = 4
"""To be raised with any change of what is kept here."""
PATIENCE_S = 60.0
"""How long another process is waited for; then the index is made in memory."""
BATCH = 200
"""Transcripts of one transaction: what a process that is killed has to read again."""
ROOM = 1 << 20
"""Row numbers of each session's texts; it stands in the trigger and in searches too."""
BEGIN, END = "\x02", "\x03"
"""Stand around what a search found."""
_TABLES = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS state (stamp TEXT, generation INTEGER);
CREATE TABLE IF NOT EXISTS files (
    no INTEGER PRIMARY KEY, id TEXT UNIQUE, mtime_ns INTEGER, size INTEGER, taken INTEGER);
CREATE TABLE IF NOT EXISTS overviews (
    no INTEGER PRIMARY KEY, id TEXT UNIQUE, at REAL, score REAL, topics TEXT, tags TEXT,
    overview TEXT);
CREATE TABLE IF NOT EXISTS outcomes (no INTEGER PRIMARY KEY, id TEXT UNIQUE, outcome TEXT);
CREATE TABLE IF NOT EXISTS made (key TEXT PRIMARY KEY, generation INTEGER, value TEXT);
CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5(
    asked, said, number UNINDEXED, tokenize = "porter unicode61 remove_diacritics 2");
CREATE TRIGGER IF NOT EXISTS forget AFTER DELETE ON files BEGIN
    DELETE FROM made WHERE generation >= old.taken;
    DELETE FROM overviews WHERE no = old.no;
    DELETE FROM outcomes WHERE no = old.no;
    DELETE FROM texts WHERE rowid BETWEEN old.no << 20 AND (old.no << 20) + 1048575;
END;
"""
_OUTCOME = TypeAdapter(SessionOutcome)
Step = Callable[[int, int], None]


def opened(place: Path | None) -> sqlite3.Connection:
    """Open an index, and make its tables unless they are there; None for one in memory.

    Raises:
        sqlite3.Error: it is broken, of another version, or cannot be written.
        InterviewerError: its folder cannot be made.
    """
    if place is None:
        database = sqlite3.connect(":memory:")
    else:
        make_private_folder(place.parent)
        with contextlib.suppress(OSError):  # SQLite says it better
            os.close(os.open(place, os.O_CREAT, 0o600))
        database = sqlite3.connect(place, timeout=PATIENCE_S)
    stamp = f"{importlib.metadata.version('interviewer')} {FORMAT}"
    try:
        # A cache: what a power cut breaks is made anew.
        database.execute("PRAGMA synchronous = OFF")
        if not database.execute("SELECT 1 FROM sqlite_master").fetchone():
            database.executescript(_TABLES)
            if not database.execute("SELECT 1 FROM state").fetchone():
                database.execute("INSERT INTO state VALUES (?, 0)", (stamp,))
            database.commit()
        _check(database, stamp)
    except BaseException:
        database.close()
        raise
    return database


def _check(database: sqlite3.Connection, stamp: str) -> None:
    if database.execute("SELECT stamp FROM state").fetchall() != [(stamp,)]:
        raise sqlite3.DatabaseError("another version made it")


def bring_in_step(database: sqlite3.Connection, folder: Path, step: Step) -> None:
    """Forget the transcripts that are gone, and read those that are new or changed."""
    there = dict(_states(folder))
    known = {
        name: (mtime_ns, size)
        for name, mtime_ns, size in database.execute("SELECT id, mtime_ns, size FROM files")
    }
    differ = sorted(name for name, state in there.items() if known.get(name) != state)
    gone = known.keys() - there.keys()
    if gone:
        with _changing(database):
            database.executemany("DELETE FROM files WHERE id = ?", [(name,) for name in gone])
    for start in range(0, len(differ), BATCH):
        step(start, len(differ))
        with _changing(database):
            for name in differ[start : start + BATCH]:
                _take_in(database, folder / f"{name}{SUFFIX}", there[name])


@contextlib.contextmanager
def _changing(database: sqlite3.Connection) -> Iterator[None]:
    """Hold the index for writing; what is taken in gets the number of a new generation."""
    with database:
        database.execute("BEGIN IMMEDIATE")
        database.execute("UPDATE state SET generation = generation + 1")
        yield


def _states(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield time and size of each transcript by its id."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name.removesuffix(SUFFIX)
                if name not in (entry.name, "") and name == storable(name) and entry.is_file():
                    stat = entry.stat()
                    yield name, (stat.st_mtime_ns, stat.st_size)
    except FileNotFoundError:
        return


def _take_in(database: sqlite3.Connection, path: Path, state: tuple[int, int]) -> None:
    outcome = read_outcome(path)
    found, texts = survey(path, outcome)
    name = path.stem
    database.execute("DELETE FROM files WHERE id = ?", (name,))
    (no,) = database.execute(
        "INSERT INTO files (id, mtime_ns, size, taken)"
        " SELECT ?, ?, ?, generation FROM state RETURNING no",
        (name, *state),
    ).fetchone()
    at = found.at.timestamp() if found.at else None
    topics = "\n".join(f"{key}\n{title}" for key, title in found.topics.items()).casefold()
    tags = "".join(f"\n{tag.casefold()}\n" for tag in found.tags)
    database.execute(
        "INSERT INTO overviews VALUES (?, ?, ?, ?, ?, ?, ?)",
        (no, name, at, found.score, storable(topics), storable(tags), found.model_dump_json()),
    )
    if outcome:
        row = (no, name, _OUTCOME.dump_json(outcome).decode())
        database.execute("INSERT INTO outcomes VALUES (?, ?, ?)", row)
    database.executemany(
        "INSERT INTO texts (rowid, asked, said, number) VALUES (?, ?, ?, ?)",
        [
            (no * ROOM + place, storable(text.asked), storable(text.said), text.number)
            for place, text in enumerate(texts[:ROOM])
        ],
    )


def outcomes(database: sqlite3.Connection, since: int = -1) -> Iterator[SessionOutcome]:
    """Yield what came of each session that was taken in after a generation, the oldest first."""
    found = database.execute(
        "SELECT outcome FROM outcomes JOIN files USING (no) WHERE taken > ? ORDER BY files.id",
        (since,),
    )
    for (text,) in found:
        yield _OUTCOME.validate_json(text)


def storable(text: str) -> str:
    """Return a text without what SQLite cannot take or our marks are made of."""
    clean = text.encode("utf-8", "replace").decode()
    return clean.replace("\0", " ").replace(BEGIN, " ").replace(END, " ")
