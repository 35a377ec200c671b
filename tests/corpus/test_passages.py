"""Passages of what ships, and of a package somebody else wrote, reproduce their source."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest

from interviewer.knowledge.code import MAX_CODE_CHARS, read_code
from interviewer.knowledge.documents import read_repository
from interviewer.knowledge.guide import Chapter
from interviewer.knowledge.passages import guide_passages
from interviewer.values.knowledge import Passage

HTTPX = Path(httpx.__file__).parent


def lines_of(path: Path) -> list[str]:
    """Return a file's lines as an editor counts them."""
    return path.read_text(encoding="utf-8").split("\n")


def quoted(passage: Passage, root: Path) -> str:
    lines = lines_of(root / passage.path)
    return "\n".join(lines[passage.first_line - 1 : passage.last_line])


def covered(passages: Sequence[Passage]) -> Counter[int]:
    return Counter(n for p in passages for n in range(p.first_line, p.last_line + 1))


def test_the_passages_of_the_guide_are_its_own_lines(
    chapters: list[Chapter], guide_folder: Path
) -> None:
    for chapter in chapters:
        for passage in guide_passages(chapter)[0]:
            assert passage.text == quoted(passage, guide_folder), passage.location


def test_the_passages_of_a_topic_are_its_notes_whole_and_once(chapters: list[Chapter]) -> None:
    for chapter in chapters:
        passages, topics = guide_passages(chapter)
        lines = chapter.text.split("\n")
        for topic in topics:
            own = [passage for passage in passages if passage.id in topic.passages]
            assert topic.note_lines is not None
            first, last = topic.note_lines
            wanted = {n for n in range(first, last + 1) if lines[n - 1].strip()}
            assert {n for n in covered(own) if lines[n - 1].strip()} == wanted
            assert max(covered(own).values()) == 1
            assert all(passage.symbol == topic.id for passage in own)


@pytest.mark.parametrize("which", ["repo", "httpx"])
def test_the_passages_of_code_are_the_lines_of_their_files_each_once(
    which: str, repo_folder: Path
) -> None:
    root = {"repo": repo_folder, "httpx": HTTPX}[which]
    passages = read_code([root])

    for document in read_repository(root).documents:
        own = [passage for passage in passages if passage.path == document.path]
        lines = lines_of(root / document.path)
        assert all(passage.text == quoted(passage, root) for passage in own)
        assert {n for n, line in enumerate(lines, 1) if line.strip()} <= set(covered(own))
        assert all(count == 1 for count in covered(own).values())


@pytest.mark.parametrize("which", ["repo", "httpx"])
def test_a_passage_of_code_is_short_or_one_line_and_says_where_it_is(
    which: str, repo_folder: Path
) -> None:
    passages = read_code([{"repo": repo_folder, "httpx": HTTPX}[which]])

    assert all(len(p.text) <= MAX_CODE_CHARS or p.first_line == p.last_line for p in passages)
    assert all(p.header.startswith(p.path) and p.symbol in p.header for p in passages)
    assert all(p.location == f"{p.path}:{p.first_line}" for p in passages)
    assert len({p.id for p in passages}) == len(passages)
