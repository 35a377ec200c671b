"""Writing a session: every event is on the disk before anybody sees its effect."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from interviewer.errors import TranscriptError
from interviewer.paths import make_private_folder
from interviewer.values.events import EVENT, AnyEvent


class SessionLog:
    """An open transcript; only its owner can read the file."""

    def __init__(self, path: Path) -> None:
        make_private_folder(path.parent)
        self.path = path
        try:
            self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise _cannot_write(path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._file)

    def write(self, event: AnyEvent) -> None:
        """Append one event and wait until the disk has it.

        Raises:
            TranscriptError: the disk did not take it.
        """
        line = EVENT.dump_json(event) + b"\n"
        try:
            while line:
                line = line[os.write(self._file, line) :]
            os.fsync(self._file)
        except OSError as error:
            raise _cannot_write(self.path, error) from error


def _cannot_write(path: Path, error: OSError) -> TranscriptError:
    return TranscriptError(
        f"Cannot write the transcript {str(path)!r}: {error.strerror}.",
        hint="Make room or make the folder writable; what was written before is kept.",
    )
