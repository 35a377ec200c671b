"""Passages of what ships, and of packages somebody else wrote, reproduce their source."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import httpx
import pytest
import rich
import typer

from interviewer.knowledge.code import read_code
from interviewer.knowledge.documents import Document, Found, read_document
from interviewer.knowledge.embedder import MARKS, MAX_TOKENS, count_tokens
from interviewer.knowledge.files import CODE, find_files
from interviewer.knowledge.guide import Chapter
from interviewer.knowledge.passages import embedded_text, guide_passages
from interviewer.values.knowledge import Passage

PACKAGES = {module.__name__: Path(module.__path__[0]) for module in (httpx, rich, typer)}
WHICH = ["repo", *PACKAGES]


@pytest.fixture(scope="module")
def roots(repo_folder: Path) -> dict[str, Path]:
    return PACKAGES | {"repo": repo_folder}


def lines_of(path: Path) -> list[str]:
    """Return a file's lines as an editor counts them."""
    return path.read_text(encoding="utf-8").split("\n")


def quoted(passage: Passage, root: Path) -> str:
    lines = lines_of(root / passage.path)
    return "\n".join(lines[passage.first_line - 1 : passage.last_line])


def covered(passages: Sequence[Passage]) -> Counter[int]:
    return Counter(n for p in passages for n in range(p.first_line, p.last_line + 1))


def too_long(passages: Sequence[Passage]) -> list[str]:
    counts = count_tokens([embedded_text(passage) for passage in passages])
    pairs = zip(passages, counts, strict=True)
    return [p.location for p, count in pairs if count + MARKS > MAX_TOKENS]


def test_the_passages_of_the_guide_are_its_own_lines(
    chapters: list[Chapter], guide_folder: Path
) -> None:
    for chapter in chapters:
        for passage in guide_passages(chapter)[0]:
            assert passage.text == quoted(passage, guide_folder), passage.location


def test_the_passages_of_a_topic_are_its_notes_whole_and_once_and_in_order(
    chapters: list[Chapter],
) -> None:
    for chapter in chapters:
        passages, topics = guide_passages(chapter)
        lines = chapter.text.split("\n")
        known = {passage.id: passage for passage in passages}
        for topic in topics:
            own = [known[name] for name in topic.passages]
            assert topic.note_lines is not None
            first, last = topic.note_lines
            wanted = {n for n in range(first, last + 1) if lines[n - 1].strip()}
            assert {n for n in covered(own) if lines[n - 1].strip()} == wanted
            assert max(covered(own).values()) == 1
            assert own == sorted(own, key=lambda passage: passage.first_line)
            assert all(passage.symbol == topic.id for passage in own)


def test_the_embedder_reads_every_passage_of_the_guide_whole(chapters: list[Chapter]) -> None:
    passages = [passage for chapter in chapters for passage in guide_passages(chapter)[0]]

    assert len(passages) > 100
    assert too_long(passages) == []


@pytest.mark.parametrize("which", WHICH)
def test_the_embedder_reads_every_passage_of_code_whole(
    which: str, roots: dict[str, Path]
) -> None:
    assert too_long(read_code([roots[which]])) == []


@pytest.mark.parametrize("which", WHICH)
def test_the_passages_of_code_are_the_lines_of_their_files_each_once(
    which: str, roots: dict[str, Path]
) -> None:
    root = roots[which]
    by_path = {path: list(own) for path, own in groupby(read_code([root]), lambda p: p.path)}

    read = [read_document(item) for item in find_files(root) if isinstance(item, Found)]
    documents = [d for d in read if isinstance(d, Document) and d.path.endswith(CODE)]
    assert {d.path for d in documents if d.text.strip()} == set(by_path)
    for document in documents:
        lines = lines_of(root / document.path)
        own = by_path.get(document.path, [])
        # Parts of one long line share its number; joined, they are the line.
        for (first, last), parts in groupby(own, lambda p: (p.first_line, p.last_line)):
            assert "".join(p.text for p in parts) == "\n".join(lines[first - 1 : last])
        spans = list(dict.fromkeys((p.first_line, p.last_line) for p in own))
        numbers = [n for first, last in spans for n in range(first, last + 1)]
        assert numbers == sorted(set(numbers))
        assert {n for n, line in enumerate(lines, 1) if line.strip()} <= set(numbers)


@pytest.mark.parametrize("which", WHICH)
def test_a_passage_of_code_says_where_it_is(which: str, roots: dict[str, Path]) -> None:
    passages = read_code([roots[which]])

    shown = [p for p in passages if "…" not in p.header]
    assert len(shown) > 0.8 * len(passages)
    assert all(p.header.startswith(p.path) and p.symbol in p.header for p in shown)
    assert all(p.location == f"{p.path}:{p.first_line}" for p in passages)
    assert len({p.id for p in passages}) == len(passages)
