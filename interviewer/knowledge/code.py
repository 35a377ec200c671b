"""A repository's documents as passages: code by its syntax, notebooks by cell, prose by heading."""

import ast
import textwrap
from collections.abc import Sequence
from pathlib import Path

from interviewer.errors import KnowledgeError
from interviewer.knowledge.cuts import BLANK, after_blanks
from interviewer.knowledge.documents import Document, Found, read_document, stands_below
from interviewer.knowledge.files import CODE, MARKDOWN, NOTEBOOKS, find_files
from interviewer.knowledge.notebooks import Cell, read_cells, without_magics
from interviewer.knowledge.passages import Piece, make_passage, make_passages
from interviewer.knowledge.prose import prose_passages
from interviewer.knowledge.syntax import (
    Definition,
    definitions,
    parsed,
    pieces_of,
    places_in,
    span_of,
)
from interviewer.values.knowledge import Passage


def passages_of(document: Document) -> list[Passage]:
    """Return the passages of one document of a repository, in order; nothing in it is run.

    Code is of kind `code`, prose of kind `docs`.
    """
    if document.path.endswith(CODE):
        return code_passages(document)
    if document.path.endswith(NOTEBOOKS):
        cells = read_cells(document.text) or []
        return [passage for cell in cells for passage in _cell_passages(cell, document.path)]
    markdown = document.path.lower().endswith(MARKDOWN)
    return prose_passages(document, markdown=markdown)


def read_code(roots: Sequence[Path]) -> list[Passage]:
    """Return the passages of kind `code` of several repositories.

    Raises:
        KnowledgeError: a root is not there, or has no code that can be read.
    """
    found = (item for root in roots for item in find_files(root) if isinstance(item, Found))
    documents = (item for item in map(read_document, found) if isinstance(item, Document))
    passages = [p for document in documents for p in passages_of(document) if p.kind == "code"]
    if roots and not passages:
        raise KnowledgeError(
            "The repository has no Python file with anything in it.",
            hint="Give the folder that holds the .py files: --repo PATH.",
        )
    return passages


def code_passages(document: Document) -> list[Passage]:
    """Return the passages of one Python file; one that does not parse is cut at blank lines."""
    path, lines = document.path, document.text.split("\n")
    if tree := parsed(document.text):
        places = places_in(tree, lines)
        return make_passages(path, lines, "code", pieces_of(tree, lines, path), places)
    whole = Piece(1, len(lines), "", f"{path} (does not parse)")
    # What begins at the margin after a blank line is most likely a definition.
    places = {n: BLANK - (lines[n - 1] == lines[n - 1].lstrip()) for n in after_blanks(lines)}
    return make_passages(path, lines, "code", [whole], places)


def _cell_passages(cell: Cell, path: str) -> list[Passage]:
    """Return the passages of a cell; their lines count within it, as Jupyter counts them."""
    path = f"{path}#cell-{cell.number}"
    if cell.kind == "markdown":
        return prose_passages(Document(path, cell.text), markdown=True)
    lines = cell.text.split("\n")
    tree = parsed(without_magics(cell.text))
    places = places_in(tree, lines) if tree else after_blanks(lines)
    return make_passages(path, lines, "code", [Piece(1, len(lines), "", path)], places)


def find_symbol(reference: str, repos: Sequence[Path]) -> Passage | None:
    """Return the whole source of `path::symbol` (or of `path`) below one of the roots, or None."""
    path, _, symbol = reference.partition("::")
    for root in repos:
        if not stands_below(root, path) or not (root / path).is_file():
            continue
        document = read_document(Found(root, path, 0, 0))
        if isinstance(document, Document) and (found := _find_in(document.text, path, symbol)):
            return found
    return None


def _find_in(text: str, path: str, symbol: str) -> Passage | None:
    lines = text.split("\n")
    if not symbol:
        return make_passage(path, "code", Piece(1, len(lines), "", path), text)
    tree = parsed(text)
    for name, node in definitions(tree) if tree else ():
        if name == symbol:
            first, last = span_of(node)
            piece = Piece(first, last, name, f"{path} › {name}")
            return make_passage(path, "code", piece, "\n".join(lines[first - 1 : last]))
    return None


def without_docstrings(passage: Passage) -> list[tuple[int, str]]:
    """Return (line number, line) of a code passage, its docstrings left out.

    With them go the blank lines below. A docstring often says what a question about the code asks.
    Code that does not parse on its own is returned whole.
    """
    lines = list(enumerate(passage.text.split("\n"), passage.first_line))
    tree = parsed(textwrap.dedent(passage.text))
    hidden: set[int] = set()
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, Definition | ast.Module) and ast.get_docstring(node, clean=False):
            first = node.body[0]
            hidden |= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    for offset, (_, line) in enumerate(lines, 1):
        if offset - 1 in hidden and not line.strip():
            hidden.add(offset)
    shown = [line for offset, line in enumerate(lines, 1) if offset not in hidden]
    return shown or lines
