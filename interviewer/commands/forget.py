"""`interviewer forget`: remove all that is kept on this machine."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import filelock
import typer

from interviewer.commands.options import Yes
from interviewer.console.screen import Screen
from interviewer.errors import InterviewerError, UsageError
from interviewer.paths import Folders, folders
from interviewer.transcripts.log import is_open
from interviewer.transcripts.sessions import SUFFIX

UNTOUCHED = (
    "It leaves alone: your guides and repositories, what you exported or had written elsewhere, "
    "the models of an Ollama server, an index at a Chroma server, and the program itself."
)


def forget(
    yes: Yes = False,
) -> None:
    """Remove all that is kept on this machine, after asking."""
    places, screen = folders(), Screen()
    kept = {
        what: there
        for what, paths in places.kept.items()
        if (there := [path for path in paths if path.exists() or path.is_symlink()])
    }
    if not kept:
        screen.say("Nothing of yours is kept here.")
        return
    _refuse_if_in_use(places)
    screen.say("This removes, for good:")
    for what, paths in kept.items():
        size = _in_words(sum(map(_size, paths)))
        screen.parts([(f"{what:<16}", "bold"), (f"{size:>8}  {paths[0]}", "")], indent=2)
    screen.say(UNTOUCHED, style="dim")
    if not yes:
        typer.confirm("Remove it?", abort=True)
    for paths in kept.values():
        _remove(paths)
    screen.say("All of it is removed.")
    for left in _strangers(places):
        screen.say(f"Not ours, so it is left: {left}", style="yellow")


def _refuse_if_in_use(places: Folders) -> None:
    """Raise if a session is held, an index is built or a model is fetched."""
    busy = [path for path in places.sessions.glob(f"*{SUFFIX}") if is_open(path)]
    busy += [
        path
        for path in (places.index.with_suffix(".lock"), *places.models.rglob("*.lock"))
        if path.exists() and _is_locked(path)
    ]
    if busy:
        raise UsageError(
            f"Another interviewer is at work: it uses {str(busy[0])!r}.",
            hint="End it first, then try again.",
        )


def _is_locked(path: Path) -> bool:
    try:
        with filelock.FileLock(path, timeout=0):
            return False
    except filelock.Timeout:
        return True


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            # Of a link, the link: what it leads to is the user's own.
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise InterviewerError(
                f"Cannot remove {str(path)!r}: {error.strerror or error}.",
                hint="Make its folder writable, then run `interviewer forget` again.",
            ) from error


def _strangers(places: Folders) -> list[Path]:
    """Remove our folders, and return what stands in the way."""
    left: list[Path] = []
    # Two of them are the same on a Mac, and one stands in another on Windows: the deepest first.
    ours = {places.config, places.data, places.cache}
    for folder in sorted(ours, key=lambda folder: len(folder.parts), reverse=True):
        if folder.is_dir():
            left += folder.iterdir()
            if not any(folder.iterdir()):
                folder.rmdir()
    return left


def _size(path: Path) -> int:
    """Return how many bytes a file has, or all files below a folder."""
    if path.is_dir() and not path.is_symlink():
        return sum(map(_size, path.iterdir()))
    return path.lstat().st_size


def _in_words(size: int) -> str:
    if size >= 1e9:  # noqa: PLR2004
        return f"{size / 1e9:.2f} GB"
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.1f} kB"  # noqa: PLR2004
