"""What a passage says in words: the docstrings and comments of code, the sentences of prose."""

import ast
import re
import textwrap
from collections.abc import Iterator

from interviewer.knowledge.syntax import parsed
from interviewer.values.knowledge import Passage

MAX_CHARS = 400
"""Of one remark: what can be said in a breath or two, and holds a docstring that gives a reason."""
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_COMMENT = re.compile(r"^\s*#:?(?!!)(.*)$", re.MULTILINE)
_FENCED = re.compile(r"^(```|~~~).*?(?:^\1|\Z)", re.MULTILINE | re.DOTALL)
_PARAGRAPHS = re.compile(r"\n\s*\n")
_NO_SENTENCE = re.compile(r"^\s*(?:#{1,6}\s|\|)|:\s*\Z")
"""How headings and tables begin, and how ends what only leads up to one or to code."""


def remarks(passage: Passage) -> list[str]:
    """Return what a passage says, in pieces of whole sentences; none for code without words.

    The name of a test is a sentence too.
    """
    if passage.kind != "code":
        paragraphs = _PARAGRAPHS.split(_FENCED.sub("", passage.text).replace("**", ""))
        kept = [text for text in paragraphs if not _NO_SENTENCE.search(text)]
        return [piece for text in kept for piece in _pieces(text)]
    tree = parsed(textwrap.dedent(passage.text))
    words = " ".join([*(_docstrings(tree) if tree else ()), *_COMMENT.findall(passage.text)])
    name = passage.symbol.rpartition(".")[2]
    if not words and name.startswith("test_"):
        words = name.removeprefix("test_").replace("_", " ")
    return _pieces(words)


def _docstrings(tree: ast.Module) -> Iterator[str]:
    """Yield the docstrings of whatever has one, constants too."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield text


def _pieces(text: str) -> list[str]:
    pieces = [""]
    for sentence in SENTENCE_END.split(" ".join(text.split())):
        if pieces[-1] and len(pieces[-1]) + len(sentence) >= MAX_CHARS:
            pieces.append("")
        pieces[-1] = f"{pieces[-1]} {sentence}".strip()
    return [piece for piece in pieces if piece]
