"""The parts below a topic heading: notes, key points, mistakes, questions and coding tasks."""

import re
from dataclasses import dataclass, field
from typing import get_args

from interviewer.knowledge.findings import Finding
from interviewer.knowledge.markdown import Block, Item, trim_blank_end
from interviewer.knowledge.tasks import read_task
from interviewer.values.knowledge import KeyPoint, Level, PreparedQuestion, Task

PART_HEADINGS = ("Key points", "Common mistakes", "Questions")
_KEY_POINT = re.compile(
    r"^(?:`?(?P<id>[a-z0-9][a-z0-9-]*)`?\s*)?\((?P<weight>\d+)\):\s*(?P<text>.+)$"
)
_DETAIL = re.compile(r"^(Covered|Wrong|Follow-up):\s*(.+)$", re.IGNORECASE)
_QUESTION = re.compile(
    r"^(?P<level>\w+)\s*\((?P<ids>[^)]*)\)\s*(?:\[(?P<code>[^\]]+)\])?:\s*(?P<text>.+)$"
)
_SEE_LINE = re.compile(r"^See:\s*(.+)$")


@dataclass
class TopicParts:
    """What was read below one topic heading."""

    path: str
    line: int
    notes: str = ""
    note_lines: tuple[int, int] | None = None
    mistakes: tuple[str, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    questions: tuple[PreparedQuestion, ...] = ()
    tasks: tuple[Task, ...] = ()
    path_hints: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)

    def find(self, line: int, message: str) -> None:
        """Note a mistake on a line."""
        self.findings.append(Finding(path=self.path, line=line, message=message))


def read_parts(path: str, line: int, lines: list[str], body: list[Block]) -> TopicParts:
    """Return the parts of a topic from the blocks below its heading; mistakes become findings."""
    parts = TopicParts(path, line)
    groups = _groups(body)
    parts.notes = _notes(parts, lines, groups[0][1])
    for heading, blocks in groups[1:]:
        if heading is None:
            continue
        _read_part(parts, heading, blocks)
    return parts


def _groups(body: list[Block]) -> list[tuple[Block | None, list[Block]]]:
    """Split a topic's body at its `###` headings."""
    groups: list[tuple[Block | None, list[Block]]] = [(None, [])]
    for block in body:
        if block.kind == "heading" and block.level <= 3:  # noqa: PLR2004 - ### is a part
            groups.append((block, []))
        else:
            groups[-1][1].append(block)
    return groups


def slashed(path: str) -> str:
    """Return a path as the index has it: with forward slashes, also if Windows wrote it."""
    return path.replace("\\", "/")


def _notes(parts: TopicParts, lines: list[str], blocks: list[Block]) -> str:
    if not blocks:
        return ""
    if blocks[0].kind == "text" and (match := _SEE_LINE.match(blocks[0].text)):
        hints = (slashed(hint.strip(" `")) for hint in match.group(1).split(","))
        parts.path_hints = tuple(hint for hint in hints if hint)
        blocks = blocks[1:]
    if not blocks:
        return ""
    first, last = trim_blank_end(lines, blocks[0].first_line, blocks[-1].last_line)
    parts.note_lines = first, last
    return "\n".join(lines[first - 1 : last]).strip()


def _read_part(parts: TopicParts, heading: Block, blocks: list[Block]) -> None:
    title = heading.text.strip()
    items = [item for block in blocks if block.kind == "list" for item in block.items]
    if title == "Key points":
        parts.key_points = tuple(_key_point(parts, item) for item in items)
    elif title == "Common mistakes":
        parts.mistakes = tuple(item.text for item in items)
    elif title == "Questions":
        asked = [_question(parts, item) for item in items]
        parts.questions = tuple(question for question in asked if question)
    elif title.startswith("Task:"):
        task = read_task(title, heading.first_line, blocks, parts.find)
        parts.tasks = (*parts.tasks, task) if task else parts.tasks
    else:
        known = ", ".join((*PART_HEADINGS, "Task: …"))
        parts.find(heading.first_line, f"Unknown heading {title!r}; known here: {known}.")


def _key_point(parts: TopicParts, item: Item) -> KeyPoint:
    match = _KEY_POINT.match(item.text)
    text = match["text"] if match else item.text
    # Python reads no number of thousands of digits; its first ones show that it is out of range.
    weight = int(match["weight"][:9]) if match else 1
    if not 1 <= weight <= 3:  # noqa: PLR2004 - the documented range
        parts.find(item.line, f"The weight of a key point is 1, 2 or 3, found {weight}.")
        weight = min(max(weight, 1), 3)
    details: dict[str, str] = {}
    for child in item.items:
        if detail := _DETAIL.match(child.text):
            details[detail.group(1).lower().replace("-", "")] = detail.group(2)
        else:
            parts.find(child.line, "Expected 'Covered:', 'Wrong:' or 'Follow-up:'.")
    return KeyPoint(
        id=(match and match["id"]) or _slug(text),
        text=text, weight=weight, covered=details.get("covered", ""),
        wrong=details.get("wrong", ""), followup=details.get("followup", ""), line=item.line,
    )  # fmt: skip


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())[:4]) or "point"


def _question(parts: TopicParts, item: Item) -> PreparedQuestion | None:
    match = _QUESTION.match(item.text)
    if not match or match["level"] not in get_args(Level):
        parts.find(item.line, "Expected 'junior|mid|senior (key points): question'.")
        return None
    ids = tuple(part.strip(" `") for part in match["ids"].split(",") if part.strip())
    return PreparedQuestion(
        level=match["level"],
        text=match["text"], key_points=ids, code=slashed(match["code"] or ""), line=item.line,
    )  # fmt: skip
