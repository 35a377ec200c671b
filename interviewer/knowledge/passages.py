"""Passages: pieces of source text with their lines, small enough to embed whole."""

import hashlib
from collections.abc import Iterator, Sequence

from interviewer.knowledge.guide import Chapter
from interviewer.values.knowledge import Passage, PassageKind, Topic

MAX_PROSE_CHARS = 900
"""About 230 tokens: what the embedder reads of one text, so that nothing is cut in silence."""


def make_passage(
    path: str,
    lines: Sequence[str],
    span: tuple[int, int],
    *,
    kind: PassageKind,
    symbol: str,
    header: str,
) -> Passage:  # fmt: skip
    """Return the passage of a span of lines (1-based, inclusive), its id a hash of what it is."""
    first_line, last_line = span
    text = "\n".join(lines[first_line - 1 : last_line])
    identity = "\0".join((path, symbol, str(first_line), text)).encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(identity).hexdigest()
    return Passage(
        id=f"sha256:{digest}", path=path, first_line=first_line, last_line=last_line,
        kind=kind, symbol=symbol, header=header, text=text,
    )  # fmt: skip


def guide_passages(chapter: Chapter) -> tuple[list[Passage], list[Topic]]:
    """Return the passages of a chapter's notes, and its topics with the ids of theirs."""
    lines = chapter.text.split("\n")
    passages: list[Passage] = []
    topics: list[Topic] = []
    for topic in chapter.topics:
        own = [
            make_passage(
                chapter.path, lines, (first, last),
                kind="guide", symbol=topic.id, header=f"{topic.section} › {topic.title}",
            )
            for first, last in _note_ranges(topic, lines)
        ]  # fmt: skip
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
        if not line.strip() and not fenced and size > MAX_PROSE_CHARS // 3:
            yield start, number - 1
            start, size = number + 1, 0
        else:
            size += len(line) + 1
    if start <= last:
        yield start, last
