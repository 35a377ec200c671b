"""Every example of the guide runs, and every task's signature is that of its solution."""

import ast
from pathlib import Path

import pytest

from interviewer.knowledge.guide import read_guides
from interviewer.paths import bundled
from interviewer.values.knowledge import Task
from tests.corpus.children import Children, fences, run_chapter

CHAPTERS = [c for c in read_guides((bundled("corpus") / "guide",)) if c.topics]
TOPICS = [(chapter.path, topic.id) for chapter in CHAPTERS for topic in chapter.topics]
TASKS = [task for chapter in CHAPTERS for topic in chapter.topics for task in topic.tasks]


@pytest.mark.parametrize(("chapter", "topic"), TOPICS)
def test_the_examples_of_a_topic_run_in_order_and_leave_nothing_behind(
    children: Children, chapter: str, topic: str
) -> None:
    assert children.examples[chapter].result()[topic] == ""


def test_every_fence_of_the_guide_is_python_below_a_topic() -> None:
    found = [(topic, block) for chapter in CHAPTERS for topic, _, block in fences(chapter)]

    assert len(found) > 150
    assert all(topic for topic, _ in found)
    assert {block.info for _, block in found} == {"python", "python no-run"}


def test_an_example_that_fails_is_reported_with_the_line_of_the_guide(tmp_path: Path) -> None:
    text = (
        "# A\n\n## T\n\nNotes.\n\n```python\nx = 1\n```\n\nMore.\n\n```python\nassert x == 2\n```\n"
    )
    chapter = next(iter(read_guides((write(tmp_path / "a.md", text),))))

    said = run_chapter(chapter, tmp_path)

    assert "line 14" in said["t"]
    assert "AssertionError" in said["t"]


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("import warnings\nwarnings.warn('old', DeprecationWarning)", "DeprecationWarning: old"),
        ("open('kept.txt', 'w').close()", "left behind: kept.txt"),
        ("f = open('/dev/null')\ndel f", "lost: ResourceWarning"),
        ("raise SystemExit(0)", "SystemExit"),
    ],
)
def test_an_example_may_not_warn_or_litter_or_leave(
    tmp_path: Path, code: str, complaint: str
) -> None:
    guide = write(tmp_path / "a.md", f"# A\n\n## T\n\n```python\n{code}\n```\n")

    said = run_chapter(read_guides((guide,))[0], tmp_path)

    assert complaint in said["t"]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.title)
def test_the_solution_of_a_task_has_the_signature_that_is_shown(task: Task) -> None:
    ((name, shown),) = signatures(task.signature).items()

    assert signatures(task.solution)[name] == shown


def signatures(code: str) -> dict[str, str]:
    """Return parameters and result of each top-level function of a text."""
    found: dict[str, str] = {}
    for node in ast.parse(code).body:
        if isinstance(node, ast.FunctionDef):
            result = ast.unparse(node.returns) if node.returns else ""
            found[node.name] = f"({ast.unparse(node.args)}) -> {result}"
    return found


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
