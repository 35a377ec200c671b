"""Watch files while somebody edits them: the one module that imports watchfiles."""

from collections.abc import Iterator, Sequence
from pathlib import Path

PATIENCE_MS = 1_000


def changed_files(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Yield an empty list as soon as the watch stands, then the files of each change, sorted.

    Folders that no author edits (`.git`, `__pycache__`, environments) are left out. Never ends.

    Raises:
        KeyboardInterrupt: somebody pressed Ctrl-C.
    """
    import watchfiles  # noqa: PLC0415 - only for those who watch

    begun = False
    for changes in watchfiles.watch(*paths, yield_on_timeout=True, rust_timeout=PATIENCE_MS):
        if changes or not begun:
            begun = True
            yield sorted({Path(path) for _, path in changes})
