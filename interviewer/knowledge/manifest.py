"""What the index was last made of: a note beside it, so that an unchanged file is not read again.

The note is taken away before the store is written and put back when the store is complete. So it
never speaks of a store that is half written, and whoever finds none compares everything.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from interviewer.knowledge.store import Stamp, Store
from interviewer.values.value import Value


class FileState(Value):
    """One file as it was read: its stat, the hash of its text, and what became of it."""

    size: int = 0
    mtime_ns: int = 0
    inode: int = 0
    sha256: str = ""
    ids: tuple[str, ...] = ()
    skipped: str = ""
    """Why it was passed over after a look inside; empty if it was not."""


class Manifest(Value):
    """The files of one collection, by their absolute paths."""

    stamp: Stamp
    build: str
    """The name of the build, which the collection carries too."""
    files: Mapping[str, FileState]

    @property
    def ids(self) -> set[str]:
        """The ids of all passages."""
        return {name for state in self.files.values() for name in state.ids}


def load(store: Store, name: str, stamp: Stamp) -> Manifest | None:
    """Return the note on a collection; None if there is none that holds for this stamp."""
    try:
        kept = json.loads(_path(store, name).read_bytes())
        manifest = Manifest.model_validate(kept)
    except (OSError, ValueError, ValidationError):
        return None
    if manifest.stamp != stamp:
        return None
    # Other machines write to a server's collections: then the note is out of date.
    if store.server and store.build(name) != manifest.build:
        return None
    return manifest


def save(store: Store, name: str, manifest: Manifest) -> None:
    """Write the note, whole or not at all."""
    path = _path(store, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    # json and not pydantic's own writer: names of files need not be Unicode.
    new.write_text(json.dumps(manifest.model_dump()), encoding="utf-8")
    with new.open("r+b") as file:  # Windows waits for no file that is only read.
        os.fsync(file.fileno())
    new.replace(path)


def discard(store: Store, name: str) -> None:
    """Take the note away, for the store is about to change."""
    _path(store, name).unlink(missing_ok=True)


def _path(store: Store, name: str) -> Path:
    return store.folder / "manifests" / f"{name}.json"
