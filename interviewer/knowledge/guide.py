"""Study guides: Markdown files become topics, whether plain lists or chapters with notes."""

import re
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import KnowledgeError
from interviewer.knowledge.findings import Finding
from interviewer.knowledge.markdown import Block, Item, read_blocks, trim_blank_end
from interviewer.knowledge.topic_parts import PART_HEADINGS, TopicParts, read_parts, slashed
from interviewer.values.knowledge import Topic

_SEE = re.compile(r"\(see\s+([^)]+)\)", re.IGNORECASE)
_NUMBER = re.compile(r"^\d+[.)](?!\d)\s*")
MAX_GUIDE_BYTES = 5_000_000


@dataclass(frozen=True)
class Chapter:
    """One file of a guide: where it is, its text, its topics, and what is wrong with it."""

    path: str
    text: str
    topics: tuple[Topic, ...]
    findings: tuple[Finding, ...] = ()


def read_guides(paths: tuple[Path, ...], prefix: str = "") -> list[Chapter]:
    """Read Markdown files, or folders of them, as one guide; topic ids are unique in the result.

    `prefix` stands before the chapters' paths.

    Raises:
        KnowledgeError: a path is not there, is not text, or no file has any topic.
    """
    chapters: list[Chapter] = []
    taken: dict[str, int] = {}
    for root in paths:
        for file in _markdown_files(root):
            name = file.name if root.is_file() else file.relative_to(root).as_posix()
            chapters.append(_read_chapter(file, f"{prefix}{name}", taken, is_folder=root.is_dir()))
    if not any(chapter.topics for chapter in chapters):
        places = ", ".join(repr(str(path)) for path in paths)
        raise KnowledgeError(
            f"No topic found in {places}.",
            hint="Write sections with bullet topics, or headings with notes; "
            "docs/your-own-guide.md shows both.",
        )
    return chapters


def _markdown_files(root: Path) -> list[Path]:
    if root.is_file():
        return [root]
    if not root.is_dir():
        raise KnowledgeError(
            f"There is no guide at {str(root)!r}.",
            hint="Give a Markdown file, or a folder of them, with --guide PATH.",
        )
    files = sorted(path for path in root.rglob("*.md") if path.is_file())
    if not files:
        raise KnowledgeError(
            f"The folder {str(root)!r} has no Markdown file.",
            hint="Give a folder with files that end in .md.",
        )
    return files


def _read_chapter(file: Path, name: str, taken: dict[str, int], *, is_folder: bool) -> Chapter:
    try:
        if file.stat().st_size > MAX_GUIDE_BYTES:
            raise KnowledgeError(
                f"The guide {str(file)!r} is larger than {MAX_GUIDE_BYTES:,} bytes.",
                hint="Split it into a folder of chapters.",
            )
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(
            f"Cannot read the guide {str(file)!r}: {error}.",
            hint="Save it as UTF-8 text that you may read.",
        ) from error
    if is_folder and file.name.lower() == "readme.md":
        return Chapter(name, text, ())
    return parse_chapter(text, name, taken)


def parse_chapter(text: str, name: str, taken: dict[str, int] | None = None) -> Chapter:
    """Return the topics of one Markdown text; `taken` counts the ids in use across files."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = _Reader(text, name, {} if taken is None else taken)
    return Chapter(name, text, tuple(reader.topics()), tuple(reader.findings))


class _Reader:
    """Walks the blocks of one file and collects topics and findings."""

    def __init__(self, text: str, name: str, taken: dict[str, int]) -> None:
        self.lines = text.split("\n")
        self.blocks = read_blocks(text)
        self.name = name
        self.taken = taken
        self.findings: list[Finding] = []

    def topics(self) -> list[Topic]:
        found: list[Topic] = []
        section = Path(self.name).stem
        for heading, body in self._outline():
            if heading is None or _is_plain_list(body):
                # A list at the very top may name its sections itself.
                found += self._listed(heading, body, section)
            elif self._is_topic(heading, body):
                found.append(self._written(heading, body, section))
            if heading is not None and heading.level == 1:
                section = _clean(heading.text)
        return found

    def _outline(self) -> list[tuple[Block | None, list[Block]]]:
        """Pair each heading with what follows it; parts of a topic stay inside its body."""
        outline: list[tuple[Block | None, list[Block]]] = [(None, [])]
        for block in self.blocks:
            if block.kind == "heading" and not _is_part(block, outline[-1]):
                outline.append((block, []))
            else:
                outline[-1][1].append(block)
        return outline

    def _is_topic(self, heading: Block, body: list[Block]) -> bool:
        if heading.level == 1:
            return not any(b.kind == "heading" and b.level == 2 for b in self.blocks) and bool(body)  # noqa: PLR2004
        return bool(body) or not any(
            b.kind == "heading" and b.level > heading.level and b.first_line > heading.first_line
            for b in self.blocks
        )

    def _listed(self, heading: Block | None, body: list[Block], section: str) -> list[Topic]:
        """Return the bullets below a heading; numbered or bold ones with bullets are sections."""
        current = _clean(heading.text) if heading else section
        may_have_sections = heading is None or heading.level == 1
        topics: list[Topic] = []
        for number, block in enumerate(body):
            before_bullets = _is_list(body[number + 1 : number + 2], ordered=False)
            for item in block.items:
                marked = may_have_sections and (block.ordered or item.text.startswith("**"))
                if marked and item.items:
                    topics += [self._bullet(below, _clean(item.text)) for below in item.items]
                elif marked and block.ordered and before_bullets and item is block.items[-1]:
                    current = _clean(item.text)
                else:
                    topics.append(self._bullet(item, current))
        return topics

    def _bullet(self, item: Item, section: str) -> Topic:
        title, hints = split_hints(_clean(item.text))
        below = "\n".join(f"- {child.text}" for child in item.items)
        span = None
        if item.items:
            span = trim_blank_end(self.lines, item.items[0].line, item.items[-1].last_line)
        return Topic(
            id=self._id(title), section=section, title=title, path=self.name, line=item.line,
            notes=below, note_lines=span, path_hints=hints,
        )  # fmt: skip

    def _written(self, heading: Block, body: list[Block], section: str) -> Topic:
        title, hints = split_hints(_clean(heading.text))
        parts = read_parts(self.name, heading.first_line, self.lines, body)
        self.findings += parts.findings
        return _topic(parts, self._id(title), section, title, hints)

    def _id(self, title: str) -> str:
        slug = name = slugify(title)
        while name in self.taken:
            self.taken[slug] += 1
            name = f"{slug}-{self.taken[slug]}"
        self.taken[name] = 1
        return name


def _topic(
    parts: TopicParts, topic_id: str, section: str, title: str, hints: tuple[str, ...]
) -> Topic:
    return Topic(
        id=topic_id, section=section, title=title, path=parts.path, line=parts.line,
        notes=parts.notes, note_lines=parts.note_lines, mistakes=parts.mistakes,
        key_points=parts.key_points, questions=parts.questions, tasks=parts.tasks,
        path_hints=(*hints, *parts.path_hints),
    )  # fmt: skip


def _is_part(block: Block, entry: tuple[Block | None, list[Block]]) -> bool:
    """Tell whether a heading belongs to the topic before it rather than being one."""
    heading, body = entry
    if heading is None or heading.level == 1 or block.level <= 2:  # noqa: PLR2004 - ### is a part
        return False
    named = block.text in PART_HEADINGS or block.text.startswith("Task:")
    return named or (bool(body) and block.level > heading.level)


def _is_plain_list(body: list[Block]) -> bool:
    return bool(body) and all(block.kind == "list" for block in body)


def _is_list(blocks: list[Block], *, ordered: bool) -> bool:
    return bool(blocks) and blocks[0].kind == "list" and blocks[0].ordered == ordered


def _clean(text: str) -> str:
    """Return a heading or bullet without its number and marks of emphasis."""
    return _NUMBER.sub("", " ".join(text.split())).replace("**", "").strip(" *`#:")


def split_hints(title: str) -> tuple[str, tuple[str, ...]]:
    """Return a title without its `(see path, path)`, and the paths."""
    hints = [
        slashed(hint.strip(" `"))
        for group in _SEE.findall(title)
        for hint in re.split(r",| and ", group)
    ]
    return _SEE.sub("", title).strip(" ,"), tuple(hint for hint in hints if hint)


def slugify(title: str) -> str:
    """Return lower-case words joined by hyphens, at most eight of them."""
    words = re.findall(r"[^\W_]+", title.lower())
    return "-".join(words[:8]) or "topic"
