"""Passages: pieces of source text with their lines, small enough to embed whole."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviewer.knowledge.cuts import after_blanks, cut, cut_line, weight
from interviewer.knowledge.embedder import MARKS, MAX_TOKENS
from interviewer.knowledge.guide import Chapter
from interviewer.values.knowledge import Passage, PassageKind, Topic

PARAGRAPH_CHARS = 300
"""Paragraphs of a guide are gathered until they have so many."""
MAX_HEADER_TOKENS = 96
"""A header leaves room for the text below it."""
PASSAGE_FORMAT = 1
"""Raise it when the same file becomes other passages or headers: then indexes are made anew."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a file: first and last line (1-based, inclusive), what it is, its header."""

    first_line: int
    last_line: int
    symbol: str
    header: str


def embedded_text(passage: Passage) -> str:
    """Return what the embedder is to read of a passage: never more than its MAX_TOKENS."""
    return f"{passage.header}\n{passage.text}"


def make_passages(
    path: str,
    lines: Sequence[str],
    kind: PassageKind,
    pieces: Iterable[Piece],
    places: Mapping[int, int],
) -> list[Passage]:
    """Return the passages of pieces of a file, in order; long ones are cut, at `places` if may be.

    A line that is too long by itself is cut too: its parts share its number.
    """
    passages: list[Passage] = []
    for piece in pieces:
        header = shorten(piece.header)
        budget = room(header)
        for first, last in cut((piece.first_line, piece.last_line), lines, places, budget):
            text = "\n".join(lines[first - 1 : last])
            own = Piece(first, last, piece.symbol, header)
            parts = cut_line(text, budget) if first == last else [text]
            passages += [make_passage(path, kind, own, part, n) for n, part in enumerate(parts)]
    return passages


def room(header: str) -> int:
    """Return how many tokens the embedder has left for the text below a header."""
    return MAX_TOKENS - MARKS - weight(header)


def make_passage(path: str, kind: PassageKind, piece: Piece, text: str, part: int = 0) -> Passage:
    """Return the passage of a piece, its id a hash of what it is and where."""
    place = f"{piece.first_line}.{part}" if part else str(piece.first_line)
    words = f"{path}\0{piece.symbol}\0{place}\0{text}".encode("utf-8", "surrogatepass")
    return Passage(
        id=f"sha256:{hashlib.sha256(words).hexdigest()}", path=path, kind=kind, text=text,
        first_line=piece.first_line, last_line=piece.last_line,
        symbol=piece.symbol, header=piece.header,
    )  # fmt: skip


def shorten(header: str) -> str:
    """Return a header on one line, its middle left out where it weighs over MAX_HEADER_TOKENS."""
    header = whole = "".join(char if char.isprintable() else " " for char in header)
    half = len(header) // 2
    while weight(header) > MAX_HEADER_TOKENS:
        half = half * 3 // 4
        header = f"{whole[:half]}…{whole[-half:]}"
    return header


def guide_passages(chapter: Chapter) -> tuple[list[Passage], list[Topic]]:
    """Return the passages of a chapter's notes, and its topics with the ids of theirs."""
    lines = chapter.text.split("\n")
    places = after_blanks(lines)
    passages: list[Passage] = []
    topics: list[Topic] = []
    for topic in chapter.topics:
        header = f"{topic.section} › {topic.title}"
        pieces = [Piece(*span, topic.id, header) for span in _note_ranges(topic, lines)]
        own = make_passages(chapter.path, lines, "guide", pieces, places)
        passages += own
        topics.append(topic.model_copy(update={"passages": tuple(p.id for p in own)}))
    return passages, topics


def _note_ranges(topic: Topic, lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield line ranges of a topic's notes, cut at blank lines outside fences."""
    first, last = topic.note_lines or (topic.line, topic.line)
    start, size, fenced = first, 0, False
    for number in range(first, last + 1):
        line = lines[number - 1]
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if not line.strip() and not fenced and size > PARAGRAPH_CHARS:
            yield start, number - 1
            start, size = number + 1, 0
        else:
            size += len(line) + 1
    if start <= last:
        yield start, last
