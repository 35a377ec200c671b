"""Python's own words, from the interpreter that runs us: nothing of them is downloaded or run.

Docstrings are read from the source of the standard library with `ast`. Only modules compiled into
the interpreter have no source; they are loaded already or have no effect when they are.
"""

import ast
import importlib
import inspect
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

from interviewer.errors import KnowledgeError
from interviewer.knowledge.cuts import after_blanks
from interviewer.knowledge.documents import Document, Found, read_document
from interviewer.knowledge.files import find_files
from interviewer.knowledge.passages import Piece, make_passages
from interviewer.knowledge.prose import prose_passages
from interviewer.knowledge.syntax import Definition, parsed, signature
from interviewer.values.knowledge import Passage

ROOT = "python"
"""Stands before the paths of Python's own words."""
TELLING_CHARS = 60
"""A shorter docstring says no more than the name does."""
INSTALLED = Path("/usr/share/doc")
"""Where the package python3-doc of Debian and its kin puts the documentation."""
_PAGES = ("glossary.", "faq/", "tutorial/", "howto/")
_NAME = r"([a-z_]\w*(?![\w(])(?:\.[a-z]\w*)?)"
_NAMED = re.compile(rf"^[^\S\n]*(?:import|from)\s+{_NAME}|`{_NAME}[`.(]", re.MULTILINE)


def read_pydocs(modules: Sequence[str]) -> list[Passage]:
    """Return passages of kind `docs`: Python's help topics, and docstrings of standard modules.

    Paths are `python/help/TOPIC` for `help("TOPIC")`, `python/FILE` with the lines of the file in
    the standard library, and `python/MODULE` with the lines of the docstring for built-in modules.
    Names that are no standard module give nothing.
    """
    passages = [passage for document in _topics() for passage in _prose(document)]
    for name in dict.fromkeys(["builtins", *modules]):
        top, *below = name.split(".")
        if top in sys.stdlib_module_names and all(part.isidentifier() for part in below):
            passages += _module(name)
    return passages


def modules_named(text: str) -> tuple[str, ...]:
    """Return the standard modules that a text names, in code or between backticks, sorted."""
    found: set[str] = set()
    for match in _NAMED.finditer(text):
        name = match[1] or match[2]
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names:
            found |= {top, name} if _source(name) else {top}
    return tuple(sorted(found))


def find_pages(given: Path | None = None, installed: Path = INSTALLED) -> list[Found]:
    """Return glossary, FAQ, tutorial and howto pages: in a folder, or where a package puts them.

    Raises:
        KnowledgeError: the folder that was given has none.
    """
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    root = given or installed / version / "html" / "_sources"
    below = find_files(root) if root.is_dir() else ()
    found = [page for page in below if isinstance(page, Found) and page.path.startswith(_PAGES)]
    if given and not found:
        raise KnowledgeError(
            f"Expected Python's documentation as text; found no page of it in {str(given)!r}.",
            hint="Let `python_docs` name the folder with glossary.txt or glossary.rst: `Doc` of "
            "Python's source, `_sources` of the HTML pages, or the download as plain text.",
        )
    return found


def read_pages(pages: Iterable[Found]) -> list[Passage]:
    """Return the passages, of kind `docs`, of pages of Python's documentation."""
    read = (document for page in pages if isinstance(document := read_document(page), Document))
    return [
        passage
        for document in read
        for passage in _prose(Document(f"{ROOT}/{document.path}", document.text))
    ]


def _topics() -> Iterator[Document]:
    try:
        from pydoc_data.topics import topics  # noqa: PLC0415 - half a megabyte of text
    except ImportError:  # Some distributions leave it out.
        return
    for name, text in sorted(topics.items()):
        yield Document(f"{ROOT}/help/{name}", text)


def _prose(document: Document) -> list[Passage]:
    return prose_passages(document, markdown=False)


def _module(name: str) -> list[Passage]:
    if source := _source(name):
        document = read_document(Found(*source, 0, 0))
        return _docstrings(document, name) if isinstance(document, Document) else []
    return _built_in(name) if name in sys.builtin_module_names else []


def _source(name: str) -> tuple[Path, str] | None:
    """Return the standard library's folder, and a module's file below it if it has one."""
    root = Path(sysconfig.get_path("stdlib"))
    path = name.replace(".", "/")
    for file in (f"{path}.py", f"{path}/__init__.py"):
        if (root / file).is_file():
            return root, file
    return None


def _docstrings(document: Document, module: str) -> list[Passage]:
    path, lines = f"{ROOT}/{document.path}", document.text.split("\n")
    tree = parsed(document.text)
    pieces = [
        Piece(first, last, symbol, f"{ROOT} › {header}")
        for symbol, header, node in (_public(tree, module) if tree else ())
        for first, last in _docstring(node)
    ]
    return make_passages(path, lines, "docs", pieces, after_blanks(lines))


def _public(tree: ast.Module, module: str) -> Iterator[tuple[str, str, ast.Module | Definition]]:
    """Yield a module, its functions and classes, with symbol and header; methods are left out."""
    yield module, module, tree
    for node in tree.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            symbol = f"{module}.{node.name}"
            yield symbol, signature(symbol, node), node


def _docstring(node: ast.Module | Definition) -> Iterator[tuple[int, int]]:
    text = ast.get_docstring(node)
    if text and len(text) >= TELLING_CHARS:
        place = node.body[0]
        yield place.lineno, place.end_lineno or place.lineno


def _built_in(name: str) -> list[Passage]:
    module = importlib.import_module(name)
    named = [(name, module), *((f"{name}.{own}", value) for own, value in _own(module))]
    passages: list[Passage] = []
    for symbol, value in named:
        text = inspect.getdoc(value) or ""
        if len(text) >= TELLING_CHARS:
            lines = text.split("\n")
            piece = Piece(1, len(lines), symbol, f"{ROOT} › {symbol}")
            path = f"{ROOT}/{symbol}"
            passages += make_passages(path, lines, "docs", [piece], after_blanks(lines))
    return passages


def _own(module: ModuleType) -> Iterator[tuple[str, object]]:
    for name, value in sorted(vars(module).items()):
        if not name.startswith("_") and callable(value):
            yield name, value
