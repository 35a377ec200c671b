"""Python source as passages: functions, classes and module heads, with their lines."""

import ast
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import KnowledgeError
from interviewer.knowledge.documents import Document, Found, read_document, stands_below
from interviewer.knowledge.files import CODE, find_files
from interviewer.knowledge.passages import make_passage
from interviewer.values.knowledge import Passage

MAX_CODE_CHARS = 1_600
"""Longer pieces are split at lines; larger limits found the right passage less often."""

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Definition = _Function | ast.ClassDef


@dataclass(frozen=True)
class Piece:
    """A stretch of a file: first and last line (1-based, inclusive), what it is, its header."""

    first_line: int
    last_line: int
    symbol: str
    header: str


def code_passages(document: Document) -> list[Passage]:
    """Return the passages of one Python file; one that does not parse is split at blank lines."""
    lines = document.text.split("\n")
    if tree := _parsed(document.text):
        pieces = list(_module_pieces(tree, lines, document.path))
    else:
        pieces = list(_unparsed_pieces(lines, document.path))
    return [
        make_passage(
            document.path, lines, (part.first_line, part.last_line),
            kind="code", symbol=part.symbol, header=part.header,
        )
        for piece in pieces
        for part in _split_long(piece, lines)
    ]  # fmt: skip


def find_symbol(reference: str, repos: Sequence[Path]) -> Passage | None:
    """Return the whole source of `path::symbol` (or of `path`) below one of the roots, or None."""
    path, _, symbol = reference.partition("::")
    for root in repos:
        file = root / path
        if not stands_below(root, path) or not file.is_file():
            continue
        text = file.read_text(encoding="utf-8-sig", errors="replace")
        lines = text.split("\n")
        if not symbol:
            return make_passage(path, lines, (1, len(lines)), kind="code", symbol="", header=path)
        tree = _parsed(text)
        for name, node in _definitions(tree, "") if tree else ():
            if name == symbol:
                span = (_first_line(node), node.end_lineno or node.lineno)
                header = f"{path} › {name}"
                return make_passage(path, lines, span, kind="code", symbol=name, header=header)
    return None


def passages_of(document: Document) -> list[Passage]:
    """Return the passages of one document of a repository, in order; nothing in it is run."""
    return code_passages(document) if document.path.endswith(CODE) else []


def read_code(roots: Sequence[Path]) -> list[Passage]:
    """Return the passages of several repositories.

    Raises:
        KnowledgeError: a root is not there, or has nothing that can be read.
    """
    documents = (
        document
        for root in roots
        for found in find_files(root)
        if isinstance(found, Found) and isinstance(document := read_document(found), Document)
    )
    passages = [passage for document in documents for passage in passages_of(document)]
    if roots and not passages:
        raise KnowledgeError(
            "The repository has no Python file with anything in it.",
            hint="Give the folder that holds the .py files: --repo PATH.",
        )
    return passages


def _parsed(text: str) -> ast.Module | None:
    """Return the syntax tree, or None if there is none; what Python warns of is its author's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _definitions(tree: ast.AST, prefix: str) -> Iterator[tuple[str, _Definition]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, _Definition):
            name = f"{prefix}{node.name}"
            yield name, node
            yield from _definitions(node, f"{name}.")


def _module_pieces(tree: ast.Module, lines: list[str], path: str) -> Iterator[Piece]:
    yield from _between(tree.body, 1, len(lines), "", path, lines)


def _between(
    body: Sequence[ast.stmt], first: int, last: int, owner: str, path: str, lines: list[str]
) -> Iterator[Piece]:
    """Yield the definitions of a body, and what stands between them as the owner's head."""
    start = first
    for node in body:
        if not isinstance(node, _Definition):
            continue
        begin, end = _first_line(node), node.end_lineno or node.lineno
        yield from _head(start, begin - 1, owner, path, lines)
        name = f"{owner}.{node.name}" if owner else node.name
        if isinstance(node, ast.ClassDef) and _chars(lines, begin, end) > MAX_CODE_CHARS:
            yield from _between(node.body, begin, end, name, path, lines)
        else:
            yield Piece(begin, end, name, f"{path} › {_signature(name, node)}")
        start = end + 1
    yield from _head(start, last, owner, path, lines)


def _head(first: int, last: int, owner: str, path: str, lines: list[str]) -> Iterator[Piece]:
    while first <= last and not lines[first - 1].strip():
        first += 1
    while last >= first and not lines[last - 1].strip():
        last -= 1
    if first <= last:
        yield Piece(first, last, owner, f"{path} › {owner}" if owner else path)


def _signature(name: str, node: _Definition) -> str:
    if isinstance(node, ast.ClassDef):
        return f"class {name}"
    return f"{name}({ast.unparse(node.args)})"


def _first_line(node: _Definition) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def _chars(lines: list[str], first: int, last: int) -> int:
    return sum(len(line) + 1 for line in lines[first - 1 : last])


def _unparsed_pieces(lines: list[str], path: str) -> Iterator[Piece]:
    start = 1
    for number, line in enumerate([*lines, ""], 1):
        if not line.strip():
            yield from _head(start, min(number, len(lines)), "", f"{path} (does not parse)", lines)
            start = number + 1


def _split_long(piece: Piece, lines: list[str]) -> Iterator[Piece]:
    """Split a piece at lines so that each part has at most MAX_CODE_CHARS, or is one line."""
    first, size = piece.first_line, 0
    for number in range(piece.first_line, piece.last_line + 1):
        length = len(lines[number - 1]) + 1
        if size and size + length > MAX_CODE_CHARS:
            yield Piece(first, number - 1, piece.symbol, piece.header)
            first, size = number, 0
        size += length
    yield Piece(first, piece.last_line, piece.symbol, piece.header)


def without_docstrings(passage: Passage) -> list[tuple[int, str]]:
    """Return (line number, line) of a code passage, its docstrings left out.

    A docstring often says what a question about the code asks. Code that does not parse on its
    own is returned whole.
    """
    lines = list(enumerate(passage.text.split("\n"), passage.first_line))
    tree = _parsed(textwrap.dedent(passage.text))
    hidden: set[int] = set()
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, _Definition | ast.Module) and ast.get_docstring(node, clean=False):
            first = node.body[0]
            hidden |= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    shown = [line for offset, line in enumerate(lines, 1) if offset not in hidden]
    return shown or lines
