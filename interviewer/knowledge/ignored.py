"""What a repository's own `.gitignore` files leave out."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Imported at run time when first used.
    from pathspec import GitIgnoreSpec
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

IGNORE_FILE = ".gitignore"
MAX_IGNORE_BYTES = 100_000
MAX_STARS = 5
MAX_STARS_A_NAME = 2
"""A pattern becomes a regular expression that backtracks: with five stars in one name a single file
can take minutes. `**/build/**/*.so` has five in all and two in a name."""


@dataclass(frozen=True)
class Rules:
    """The patterns in force in a folder: its own `.gitignore`, then those of the folders above."""

    folder: str = ""
    spec: "GitIgnoreSpec | None" = None
    above: "Rules | None" = None

    def below(self, place: Path, folder: str) -> "Rules":
        """Return the rules of a folder at `place`, whose path below the root is `folder`."""
        lines = list(_lines(place / IGNORE_FILE))
        if not lines:
            return self
        from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only where a file asks for it

        return Rules(folder, GitIgnoreSpec(_patterns(lines)), self)

    def ignore(self, path: str) -> bool:
        """Tell whether a path below the root is left out; that of a folder ends in a slash."""
        rules: Rules | None = self
        while rules:
            if rules.spec:
                said = rules.spec.check_file(path.removeprefix(rules.folder)).include
                if said is not None:
                    return said
            rules = rules.above
        return False


def _lines(file: Path) -> Iterator[str]:
    """Yield the lines of an ignore file; one that is a link, too large or unreadable has none."""
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > MAX_IGNORE_BYTES:
            return
        yield from file.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return


def _patterns(lines: list[str]) -> Iterator["GitIgnoreSpecPattern"]:
    """Yield what can be understood, as git does: a pattern that cannot be matches nothing."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - as above

    for line in lines:
        most = max(name.count("*") for name in line.split("/"))
        if most > MAX_STARS_A_NAME or line.count("*") > MAX_STARS:
            continue
        # `[z-a]` gets as far as `re`, whose error is not a ValueError.
        with contextlib.suppress(ValueError, re.error):
            yield from GitIgnoreSpec.from_lines([line]).patterns
