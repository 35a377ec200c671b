"""Files as text: decoded as Python would, or passed over with the reason."""

import io
import re
import tokenize
from dataclasses import dataclass
from pathlib import Path

from interviewer.knowledge.notebooks import read_cells

MAX_FILE_BYTES = 500_000
MAX_NOTEBOOK_BYTES = 5_000_000
"""A notebook carries its pictures along; only its cells are read."""
MAX_LINE_CHARS = 5_000
"""Nobody wrote a longer line by hand: it is minified, or data."""

_GENERATED = re.compile(
    r"^\W*(?:this (?:file|module|code) (?:is|was|has been) )?(?:auto(?:matically)?[- ]?)?generated "
    r"(?:by|from|with|using)\b|@generated\b|\bdo not edit\b",
    re.IGNORECASE | re.MULTILINE,
)
_GENERATED_LINES = 10
_COMMENT = ("#", "//", "<!--", "..", '"""')
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}")


@dataclass(frozen=True)
class Found:
    """A file that may be read: its path below the root with forward slashes, and its stat."""

    root: Path
    path: str
    size: int
    mtime_ns: int
    inode: int = 0


@dataclass(frozen=True)
class Skip:
    """What was passed over, and why; the path of a folder ends in a slash."""

    path: str
    reason: str


@dataclass(frozen=True)
class Document:
    r"""A text file: its path below its root, with forward slashes, and its text.

    Line ends are `\n`, whatever the file has, so that lines count as Python counts them.
    """

    path: str
    text: str


def read_document(found: Found) -> Document | Skip:
    """Read one file as text (PEP 263 for its encoding), or say why it is passed over."""
    limit = MAX_NOTEBOOK_BYTES if found.path.endswith(".ipynb") else MAX_FILE_BYTES
    try:
        with (found.root / found.path).open("rb") as file:
            content = file.read(limit + 1)
    except OSError:
        return Skip(found.path, "not readable")
    if len(content) > limit:
        return Skip(found.path, f"over {limit:,} bytes")
    text = decode(content)
    if text is None:
        return Skip(found.path, "not readable as text")
    reason = _unwanted(found.path, text)
    return Skip(found.path, reason) if reason else Document(found.path, text)


def decode(content: bytes) -> str | None:
    r"""Return text as Python would read it, its line ends `\n`; None if it is not text."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        text = content.decode(encoding)
    except (SyntaxError, UnicodeError, LookupError):
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def stands_below(root: Path, path: str) -> bool:
    """Tell whether there is something at a path below a folder; links and `..` do not leave it."""
    try:
        return (root / path).resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def _unwanted(path: str, text: str) -> str | None:
    """Return why a text is not the work of an author, or not to be shown; None if it is both."""
    if "\0" in text:
        return "binary"
    if _PRIVATE_KEY.search(text):
        return "secret"
    if path.endswith(".ipynb"):
        return "not a notebook" if read_cells(text) is None else None
    head = text.split("\n", _GENERATED_LINES)[:_GENERATED_LINES]
    if any(line.lstrip().startswith(_COMMENT) and _GENERATED.search(line) for line in head):
        return "generated"
    if any(len(line) > MAX_LINE_CHARS for line in text.split("\n")):
        return "minified, or data"
    return None
