"""Prose beside the code: Markdown, reStructuredText and plain text, by heading."""

import re
from collections.abc import Iterator, Sequence

from interviewer.knowledge.cuts import after_blanks
from interviewer.knowledge.documents import Document
from interviewer.knowledge.passages import Piece, make_passages
from interviewer.values.knowledge import Passage

_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_UNDERLINE = re.compile(r"([=\-~^\"'*+#:._])\1{2,}\s*$")


def prose_passages(document: Document, *, markdown: bool) -> list[Passage]:
    """Return the passages of a text: a section each, long ones cut at blank lines."""
    lines = document.text.split("\n")
    pieces = sections(lines, document.path, markdown=markdown)
    return make_passages(document.path, lines, "docs", pieces, after_blanks(lines))


def sections(lines: Sequence[str], path: str, *, markdown: bool) -> Iterator[Piece]:
    """Yield the sections of a text; a heading with nothing below it goes with the next."""
    start, title, has_text = 1, "", False
    headings = dict(_headings(lines, markdown=markdown))
    for number, line in enumerate(lines, 1):
        if number in headings:
            if has_text:
                yield _section(start, number - 1, title, path)
                start, has_text = number, False
            title = headings[number]
        elif line.strip() and not _UNDERLINE.match(line) and line.strip() != title:
            has_text = True
    yield _section(start, len(lines), title, path)


def _section(first: int, last: int, title: str, path: str) -> Piece:
    return Piece(first, last, title, f"{path} › {title}" if title else path)


def _headings(lines: Sequence[str], *, markdown: bool) -> Iterator[tuple[int, str]]:
    """Yield the lines that sections begin on, with their titles."""
    fenced = False
    for number, line in enumerate(lines, 1):
        fenced ^= markdown and line.lstrip().startswith(("```", "~~~"))
        if fenced:
            continue
        below = lines[number] if number < len(lines) else ""
        if markdown and (match := _HEADING.match(line)):
            yield number, _without_closing(line[match.end() :].rstrip())
        elif _is_title(line, below):
            overlined = number > 1 and lines[number - 2].rstrip() == below.rstrip()
            yield (number - 1 if overlined else number), line.strip()


def _without_closing(title: str) -> str:
    """Return a title without the hashes that may close it."""
    return title.rstrip("#").rstrip() or title[0]


def _is_title(line: str, below: str) -> bool:
    """Tell whether a line is a title by the line drawn below it."""
    stands_out = bool(line.strip()) and not _UNDERLINE.match(line)
    return (
        stands_out and bool(_UNDERLINE.match(below)) and len(below.rstrip()) >= len(line.rstrip())
    )
