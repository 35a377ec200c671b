"""Markdown as blocks with line numbers: headings, lists, fences and text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    # Imported at run time when first used.
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode


@dataclass(frozen=True)
class Item:
    """A list item: its own text on one line, the items below it, and the lines it stands on."""

    text: str
    line: int
    last_line: int
    items: tuple["Item", ...] = ()


@dataclass(frozen=True)
class Block:
    """A top-level block; lines are 1-based and inclusive."""

    kind: Literal["heading", "list", "fence", "text"]
    first_line: int
    last_line: int
    text: str = ""
    level: int = 0
    """Of a heading: 1 to 6."""
    info: str = ""
    """Of a fence: what stands behind its marks."""
    items: tuple[Item, ...] = ()
    ordered: bool = False


def read_blocks(text: str) -> list[Block]:
    """Return the top-level blocks of a Markdown text, in order."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - loaded when first used
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 - as above

    # What stands in a line is kept as its author wrote it, and so is not taken apart.
    parser = MarkdownIt("commonmark").disable(["inline", "text_join"])
    tokens: list[Token] = parser.parse(text)
    return list(_blocks(SyntaxTreeNode(tokens)))


def trim_blank_end(lines: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """Return a span of lines without the blank ones at its end, which a list counts as its own."""
    while last > first and not lines[last - 1].strip():
        last -= 1
    return first, last


def _blocks(root: "SyntaxTreeNode") -> Iterator[Block]:
    for node in root.children:
        first, end = node.map or (0, 0)
        first_line, last_line = first + 1, end
        if node.type == "heading":
            level = int(node.tag[1])
            yield Block("heading", first_line, last_line, _inline(node), level=level)
        elif node.type in ("bullet_list", "ordered_list"):
            ordered = node.type == "ordered_list"
            yield Block("list", first_line, last_line, items=tuple(_items(node)), ordered=ordered)
        elif node.type in ("fence", "code_block"):
            info = node.info.strip() if node.type == "fence" else ""
            yield Block("fence", first_line, last_line, node.content, info=info)
        else:
            yield Block("text", first_line, last_line, _inline(node))


def _items(node: "SyntaxTreeNode") -> Iterator[Item]:
    for child in node.children:
        text = " ".join(_inline(part) for part in child.children if part.type in _TEXTUAL)
        below = [
            item
            for part in child.children
            if part.type in ("bullet_list", "ordered_list")
            for item in _items(part)
        ]
        first, end = child.map or (0, 0)
        yield Item(" ".join(text.split()), first + 1, end, tuple(below))


_TEXTUAL = ("paragraph", "heading")


def _inline(node: "SyntaxTreeNode") -> str:
    """Return the source of a block's text, as its author wrote it."""
    return "\n".join(child.content for child in node.children if child.type == "inline")
