"""Writing a session: every event is on the disk before anybody sees its effect."""

import os
from pathlib import Path
from typing import Self

from interviewer.errors import TranscriptError
from interviewer.paths import BINARY, make_private_folder
from interviewer.transcripts.lines import is_event, seal
from interviewer.values.events import AnyEvent


class SessionLog:
    """An open transcript, which nobody else can write; only its owner can read the file.

    A new one, or with `again` one that is there, to write behind what it has. A last line that was
    cut off is moved aside into `torn` when the first event is written.

    Raises:
        TranscriptError: it is there (or, with `again`, is not), or another process writes it.
    """

    def __init__(self, path: Path, *, again: bool = False) -> None:
        import filelock  # noqa: PLC0415 - only for those who write

        make_private_folder(path.parent)
        self.path = path
        self.torn = path.with_suffix(".torn")
        """Where lines that were cut off are kept."""
        flags = BINARY | os.O_RDWR | os.O_APPEND | (0 if again else os.O_CREAT | os.O_EXCL)
        try:
            self._file = os.open(path, flags, 0o600)
            is_mine = filelock.lock_descriptor(self._file, blocking=False)
            self._is_torn = _is_torn(self._file)
        except OSError as error:
            raise _cannot_write(path, error) from error
        if not is_mine:
            os.close(self._file)
            raise TranscriptError(
                f"Another interviewer is writing the transcript {str(path)!r}.",
                hint="End that interview first, then try again.",
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    def write(self, event: AnyEvent) -> None:
        """Append one event and wait until the disk has it.

        Raises:
            TranscriptError: the disk did not take it.
        """
        try:
            if self._is_torn:
                self._mend()
            size = os.fstat(self._file).st_size
            self._is_torn = True
            try:
                _append(self._file, seal(event) + b"\n")
            except OSError:
                # Half of it takes room from what may yet be written, and nobody was told of it.
                os.ftruncate(self._file, size)
                self._is_torn = False
                raise
            self._is_torn = False
        except OSError as error:
            raise _cannot_write(self.path, error) from error

    def _mend(self) -> None:
        """Move a last line that was cut off aside; end it if only its newline is missing."""
        content = self.path.read_bytes()
        kept = content.rfind(b"\n") + 1
        if is_event(content[kept:]):
            _append(self._file, b"\n")
            return
        aside = os.open(self.torn, BINARY | os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            _append(aside, content[kept:] + b"\n")
        finally:
            os.close(aside)
        os.ftruncate(self._file, kept)


def _append(file: int, line: bytes) -> None:
    """Write all of a line, and wait until the disk has it."""
    while line:
        line = line[os.write(file, line) :]
    os.fsync(file)


def is_open(path: Path) -> bool:
    """Tell whether another process writes a transcript."""
    import filelock  # noqa: PLC0415 - as above

    file = os.open(path, os.O_RDWR)
    try:
        return not filelock.lock_descriptor(file, blocking=False)
    finally:
        os.close(file)


def _is_torn(file: int) -> bool:
    """Tell whether the last line of a file was cut off."""
    size = os.lseek(file, 0, os.SEEK_END)
    os.lseek(file, max(0, size - 1), os.SEEK_SET)
    return os.read(file, 1) not in (b"", b"\n")


def _cannot_write(path: Path, error: OSError) -> TranscriptError:
    return TranscriptError(
        f"Cannot write the transcript {str(path)!r}: {error.strerror}.",
        hint="Make room or make the folder writable; what was written before is kept.",
    )
