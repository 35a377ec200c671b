"""Processes that run what ships: the examples of a chapter, and the repository's own tests."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from interviewer.knowledge.guide import Chapter
from interviewer.knowledge.markdown import Block, read_blocks
from tests.corpus import run_topics

Process = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Children:
    """What runs in the background from the first test that asks: both take a while."""

    examples: Mapping[str, Future[dict[str, str]]]
    """What each topic's examples said, empty if all is well; by the chapter's path."""
    repository: Future[Process]


def fences(chapter: Chapter) -> Iterator[tuple[str, bool, Block]]:
    """Yield each fence with its topic's id and whether it is part of a task."""
    ids = {topic.line: topic.id for topic in chapter.topics}
    topic, in_task = "", False
    for block in read_blocks(chapter.text):
        if block.kind == "heading" and block.level <= 3:
            topic = ids.get(block.first_line, topic)
            in_task = block.text.startswith("Task:")
        elif block.kind == "fence":
            yield topic, in_task, block


def on_its_lines(blocks: list[Block]) -> str:
    lines: list[str] = []
    for block in blocks:
        lines += [""] * (block.first_line - len(lines))
        lines += block.text.splitlines()
    return "\n".join([*lines, ""])


def examples(chapter: Chapter, folder: Path) -> Iterator[run_topics.Examples]:
    for topic in chapter.topics:
        blocks = [b for name, in_task, b in fences(chapter) if name == topic.id and not in_task]
        (folder / topic.id).mkdir()
        yield run_topics.Examples(
            topic=topic.id,
            source=on_its_lines([b for b in blocks if b.info == "python"]),
            only_compiled=[b.text for b in blocks if b.info == "python no-run"],
            folder=str(folder / topic.id),
        )


def run_chapter(chapter: Chapter, folder: Path) -> dict[str, str]:
    """Run the examples of one chapter in a process of its own; return what each topic says."""
    given, said = folder / "topics.json", folder / "results.json"
    given.write_text(json.dumps(list(examples(chapter, folder))), encoding="utf-8")
    # Some examples start pytest, which would load every plugin that happens to be installed.
    plain = surroundings() | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", run_topics.__file__, str(given), str(said)],
        cwd=folder, env=plain, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    results: dict[str, str] = json.loads(said.read_text(encoding="utf-8"))
    return results


def run_repository(repo: Path, folder: Path) -> Process:
    """Run the tests of the reference repository in a copy of it."""
    copy = folder / "repo"
    shutil.copytree(repo, copy, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, "--basetemp", str(folder / "base")],
        cwd=copy, env=surroundings(), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def surroundings() -> dict[str, str]:
    """Return the environment of a child: not measured, for that would slow it and leave files."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"}
