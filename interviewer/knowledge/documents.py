"""Files of a repository as text: which are read, which are passed over, and why."""

import io
import os
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from interviewer.errors import KnowledgeError

MAX_FILE_BYTES = 500_000
PASSED_OVER = frozenset(
    ["__pycache__", "node_modules", "site-packages", "dist", "build", "venv", "env", "htmlcov"]
)


@dataclass(frozen=True)
class Document:
    """A text file: its path below its root, with forward slashes, and its text."""

    path: str
    text: str


@dataclass
class Repository:
    """The Python files of a folder, and how many files were passed over for which reason."""

    root: Path
    documents: list[Document] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


def read_repository(root: Path) -> Repository:
    """Read every Python file below a folder; nothing in it is imported or run.

    Raises:
        KnowledgeError: the folder is not there, or has no Python file.
    """
    if not root.is_dir():
        raise KnowledgeError(
            f"There is no repository at {str(root)!r}.",
            hint="Give a folder with Python files: --repo PATH.",
        )
    repository = Repository(root)
    for path in _python_files(root, repository.skipped):
        text = _read(path, repository.skipped)
        if text is not None:
            name = path.relative_to(root).as_posix()
            repository.documents.append(Document(name, text))
    if not repository.documents:
        raise KnowledgeError(
            f"The repository {str(root)!r} has no Python file that can be read.",
            hint="Give the folder that holds the .py files: --repo PATH.",
        )
    return repository


def stands_below(root: Path, path: str) -> bool:
    """Tell whether there is something at a path below a folder; links and `..` do not leave it."""
    try:
        return (root / path).resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def _python_files(root: Path, skipped: Counter[str]) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in PASSED_OVER
        )
        for name in sorted(files):
            if name.endswith((".py", ".pyi")):
                yield Path(folder, name)
            else:
                skipped["not Python"] += 1


def _read(path: Path, skipped: Counter[str]) -> str | None:
    """Return a file's text as Python would read it (PEP 263), or None with the reason counted."""
    try:
        if path.is_symlink():
            skipped["link"] += 1
            return None
        if path.stat().st_size > MAX_FILE_BYTES:
            skipped[f"over {MAX_FILE_BYTES:,} bytes"] += 1
            return None
        content = path.read_bytes()
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        text = content.decode(encoding)
    except (OSError, SyntaxError, UnicodeError, LookupError):
        skipped["not readable"] += 1
        return None
    if "\0" in text:
        skipped["binary"] += 1
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
