"""The files of a repository that may be read: its own ignore rules kept, secrets left alone."""

import fnmatch
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from interviewer.errors import KnowledgeError
from interviewer.knowledge.documents import Found, Skip
from interviewer.knowledge.ignored import Rules

CODE = (".py", ".pyi")
NOTEBOOKS = (".ipynb",)
MARKDOWN = (".md", ".markdown")
PROSE = (*MARKDOWN, ".rst", ".txt")
PASSED_OVER = frozenset(
    ["__pycache__", "node_modules", "site-packages", "dist", "build", "venv", "env", "htmlcov"]
)
_SECRET = (
    ".env", ".env.*", "*.env", "*.pem", "*.key", "*.p12", "*.pfx", "*.jks", "*.kdbx", "id_rsa*",
    "id_dsa*", "id_ecdsa*", "id_ed25519*", ".netrc", ".pypirc", ".npmrc", ".htpasswd",
    "*credential*", "*secret*", "password.*", "passwords.*",
)  # fmt: skip
_GENERATED = ("*.min.*", "*.lock", "*-lock.*", "requirements*.txt", "constraints*.txt")

_Folder = tuple[str, Rules]
"""A folder's path below the root, empty or with a slash at its end, and the rules in it."""


def find_files(root: Path) -> Iterator[Found | Skip]:
    """Yield what stands below a folder, in a fixed order: what may be read, and what may not.

    A file is its own root, and is read whatever its name ends in. Nothing is opened but
    `.gitignore` files.

    Raises:
        KnowledgeError: there is nothing at `root`.
    """
    if root.is_file():
        yield _named(root)
        return
    if not root.is_dir():
        raise KnowledgeError(
            f"There is no repository at {str(root)!r}.",
            hint="Give a folder with Python files, or a text file: --repo PATH.",
        )
    # A stack and not recursion: a tree may be deeper than Python's own stack.
    waiting: list[_Folder] = [("", Rules().below(root, ""))]
    while waiting:
        below: list[_Folder] = []
        for item in _listed(root, *waiting.pop()):
            if isinstance(item, tuple):
                below.append(item)
            else:
                yield item
        waiting += reversed(below)


def _named(file: Path) -> Found | Skip:
    if _is_secret(file.name):
        return Skip(file.name, "secret")
    status = file.stat()
    return Found(file.parent, file.name, status.st_size, status.st_mtime_ns, status.st_ino)


def _listed(root: Path, folder: str, rules: Rules) -> Iterator[Found | Skip | _Folder]:
    """Yield what stands in a folder by name; folders to go into as path and rules."""
    try:
        with os.scandir(root / folder) as scanned:
            entries = sorted(scanned, key=lambda entry: entry.name)
    except OSError:
        yield Skip(folder or "./", "not readable")
        return
    for entry in entries:
        path = f"{folder}{entry.name}"
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            yield Skip(path, "not readable")
            continue
        if not stat.S_ISDIR(status.st_mode):
            reason = _file_reason(entry.name, path, status.st_mode, rules)
            found = Found(root, path, status.st_size, status.st_mtime_ns, status.st_ino)
            yield Skip(path, reason) if reason else found
        elif reason := _folder_reason(entry.name, f"{path}/", rules):
            yield Skip(f"{path}/", reason)
        else:
            yield f"{path}/", rules.below(Path(entry.path), f"{path}/")


def _folder_reason(name: str, path: str, rules: Rules) -> str | None:
    if name.startswith("."):
        return "hidden"
    if name in PASSED_OVER:
        return "not the author's own"
    return "ignored by .gitignore" if rules.ignore(path) else None


def _file_reason(name: str, path: str, mode: int, rules: Rules) -> str | None:
    """Return why a file is passed over without a look inside, or None."""
    reasons = {
        # What a link points to is read where it stands, if that is below the root.
        "link": stat.S_ISLNK(mode),
        "no regular file": not stat.S_ISLNK(mode) and not stat.S_ISREG(mode),
        "secret": _is_secret(name),
        "neither Python nor text": not name.endswith((*CODE, *NOTEBOOKS, *PROSE)),
        "generated": any(fnmatch.fnmatchcase(name.lower(), pattern) for pattern in _GENERATED),
    }
    for reason, holds in reasons.items():
        if holds:
            return reason
    return "ignored by .gitignore" if rules.ignore(path) else None


def _is_secret(name: str) -> bool:
    """Tell whether a name is one that keys go by; a Python module of that name is code."""
    if name.endswith(CODE):
        return False
    return any(fnmatch.fnmatchcase(name.lower(), pattern) for pattern in _SECRET)
