"""Python source as pieces: functions, classes and what stands between them, read with `ast`."""

import ast
import warnings
from collections.abc import Iterator, Sequence

from interviewer.knowledge.cuts import after_blanks, weights
from interviewer.knowledge.passages import Piece, room, shorten

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
MAX_PARAMETER_CHARS = 120
"""Longer parameter lists leave too little of what the embedder reads for the body."""
_BODIES = ("body", "handlers", "cases", "orelse", "finalbody")


def parsed(text: str) -> ast.Module | None:
    """Return the syntax tree, or None if there is none; what Python warns of is its author's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def definitions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, Definition]]:
    """Yield functions and classes with their qualified names, those inside others too."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Definition):
            name = f"{prefix}{node.name}"
            yield name, node
            yield from definitions(node, f"{name}.")


def span_of(node: Definition) -> tuple[int, int]:
    """Return the first and last line of a definition, its decorators included."""
    return _first_line(node), node.end_lineno or node.lineno


def pieces_of(tree: ast.Module, lines: Sequence[str], path: str) -> Iterator[Piece]:
    """Yield functions, classes that fit whole, methods of others, and what stands between them."""
    yield from _between(tree, (1, len(lines)), "", lines, path)


def signature(name: str, node: Definition) -> str:
    """Return `name(parameters)`, or only their names if they are long, or `class name`."""
    if isinstance(node, ast.ClassDef):
        return f"class {name}"
    try:
        parameters = ast.unparse(node.args)
    except RecursionError:  # A default value of thousands of terms.
        parameters = ""
    if not 0 < len(parameters) <= MAX_PARAMETER_CHARS:
        names = ast.iter_child_nodes(node.args)
        parameters = ", ".join(name.arg for name in names if isinstance(name, ast.arg))
    return f"{name}({parameters})"


def places_in(tree: ast.Module, lines: Sequence[str]) -> dict[int, int]:
    """Return the lines that statements begin on, comments above included, with their depth."""
    found = after_blanks(lines)
    waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        for body in (getattr(node, name, ()) for name in _BODIES):
            above = getattr(node, "lineno", 0)
            for child in body:
                waiting.append((child, depth + 1))
                if isinstance(child, ast.stmt):
                    line = _with_comments(_first_line(child), above, lines)
                    found[line] = min(depth, found.get(line, depth))
                    above = child.end_lineno or child.lineno
    return found


def _between(
    owner: ast.Module | ast.ClassDef,
    span: tuple[int, int],
    name: str,
    lines: Sequence[str],
    path: str,
) -> Iterator[Piece]:
    """Yield the definitions of a body, and what stands between them as the owner's head."""
    start, last = span
    head = f"{path} › {name}" if name else path
    above = start if name else 0
    for node in owner.body:
        end = node.end_lineno or node.lineno
        if isinstance(node, Definition):
            begin = _with_comments(_first_line(node), above, lines)
            if start < begin:
                yield Piece(start, begin - 1, name, head)
            yield from _definition(
                node, (begin, end), f"{name}.{node.name}" if name else node.name, lines, path
            )
            start = end + 1
        above = end
    if start <= last:
        yield Piece(start, last, name, head)


def _definition(
    node: Definition, span: tuple[int, int], name: str, lines: Sequence[str], path: str
) -> Iterator[Piece]:
    header = f"{path} › {signature(name, node)}"
    fits = sum(weights(lines[span[0] - 1 : span[1]])) <= room(shorten(header))
    if isinstance(node, ast.ClassDef) and not fits:
        yield from _between(node, span, name, lines, path)
    else:
        yield Piece(*span, name, header)


def _first_line(node: ast.stmt) -> int:
    decorators = node.decorator_list if isinstance(node, Definition) else []
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _with_comments(line: int, above: int, lines: Sequence[str]) -> int:
    """Return the first of the comment lines right above a line, `above` being another's last."""
    while line - 1 > above and lines[line - 2].lstrip().startswith("#"):
        line -= 1
    return line
