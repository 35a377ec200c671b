"""Coding tasks of a guide: read from Markdown, and checked by running their own solution."""

import re
import subprocess
import sys
from collections.abc import Callable

from interviewer.knowledge.markdown import Block
from interviewer.values.knowledge import Task

TASK_PARTS = ("Signature", "Examples", "Hidden cases", "Solution", "Follow-ups")
_FACT = re.compile(r"^(Level|Complexity):\s*(.+)$", re.MULTILINE)
CHECK_TIMEOUT_S = 10

Find = Callable[[int, str], None]


def read_task(title: str, line: int, blocks: list[Block], find: Find) -> Task | None:
    """Return a task from the blocks below its heading, or None with findings."""
    intro, parts = _split(blocks)
    text = "\n\n".join(block.text for block in intro if block.kind == "text")
    facts = {name.lower(): value.strip() for name, value in _FACT.findall(text)}
    statement = " ".join(_FACT.sub("", text).split())
    missing = [name for name in TASK_PARTS if name not in parts]
    missing += [name for name in ("Level", "Complexity") if name.lower() not in facts]
    missing += [] if statement else ["statement"]
    if facts.get("level", "easy") not in ("easy", "medium"):
        missing.append(f"a Level of easy or medium (found {facts['level']!r})")
    if missing:
        find(line, f"The task lacks: {', '.join(missing)}.")
        return None
    return Task(
        title=title.removeprefix("Task:").strip(),
        level=facts["level"],
        complexity=facts["complexity"], statement=statement,
        signature=_code(parts["Signature"]), solution=_code(parts["Solution"]),
        examples=_cases(parts["Examples"]), hidden_cases=_cases(parts["Hidden cases"]),
        followups=tuple(item.text for block in parts["Follow-ups"] for item in block.items),
        line=line,
    )  # fmt: skip


def failing_cases(task: Task) -> list[str]:
    """Run a task's solution against its cases in a process of its own; return what fails."""
    cases = (*task.examples, *task.hidden_cases)
    program = "\n".join(
        [
            task.solution,
            f"for case in {list(cases)!r}:",
            "    try: exec(case)",
            "    except Exception as error: print(case, '->', repr(error))",
        ]
    )
    try:
        done = subprocess.run(  # noqa: S603 - the guide's author runs their own guide
            [sys.executable, "-I", "-c", program],
            capture_output=True, text=True, timeout=CHECK_TIMEOUT_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return [f"no end after {CHECK_TIMEOUT_S} s"]
    failed = done.stdout.splitlines()
    said = done.stderr.strip().splitlines() or [f"it ended with exit code {done.returncode}"]
    return failed or (said[-1:] if done.returncode else [])


def _split(blocks: list[Block]) -> tuple[list[Block], dict[str, list[Block]]]:
    intro: list[Block] = []
    parts: dict[str, list[Block]] = {}
    current = intro
    for block in blocks:
        if block.kind == "heading":
            current = parts.setdefault(block.text.strip(), [])
        else:
            current.append(block)
    return intro, parts


def _code(blocks: list[Block]) -> str:
    return "\n".join(block.text.rstrip() for block in blocks if block.kind == "fence")


def _cases(blocks: list[Block]) -> tuple[str, ...]:
    return tuple(line for line in _code(blocks).splitlines() if line.strip())
