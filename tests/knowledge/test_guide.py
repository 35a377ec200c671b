"""Guides become topics, whether plain lists or chapters with notes."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.errors import KnowledgeError
from interviewer.knowledge.guide import (
    MAX_GUIDE_BYTES,
    parse_chapter,
    read_guides,
    slugify,
    split_hints,
)
from interviewer.knowledge.passages import guide_passages
from tests.fakes.guide import CHAPTER, write_guide


def outline(text: str) -> list[tuple[str, str]]:
    return [(topic.section, topic.title) for topic in parse_chapter(text, "02-notes.md").topics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n- b\n", [("02-notes", "a"), ("02-notes", "b")]),
        ("# S\n\n- a\n- b\n", [("S", "a"), ("S", "b")]),
        ("## S\n\n- a\n\n## T\n- b\n", [("S", "a"), ("T", "b")]),
        ("1. **S**\n   - a\n2. **T**\n   - b\n", [("S", "a"), ("T", "b")]),
        ("# My guide\n\n1. S\n   - a\n2. T\n   - b\n", [("S", "a"), ("T", "b")]),
        ("- **S**\n  - a\n- **T**\n  - b\n", [("S", "a"), ("T", "b")]),
        ("1. S\n\n- a\n- b\n\n2. T\n\n- c\n", [("S", "a"), ("S", "b"), ("T", "c")]),
        ("1. a\n2. b\n", [("02-notes", "a"), ("02-notes", "b")]),
        ("# 1. S\n\n## 2) a\n\nnotes\n", [("S", "a")]),
        ("# S\n\n## 3.11 and after\n\nnotes\n", [("S", "3.11 and after")]),
        ("# S\n\n## a\n\nnotes\n\n## b\n", [("S", "a"), ("S", "b")]),
        ("# S\n\n## a\n\nnotes\n\n### b\n\nmore\n", [("S", "a")]),
        ("# S\n\n## Part\n\n### a\n\nnotes\n\n### b\n", [("S", "a"), ("S", "b")]),
        ("# a\n\nOnly notes.\n", [("02-notes", "a")]),
        ("# S\n\nAn introduction.\n\n## a\n\nnotes\n", [("S", "a")]),
        ("Words without a heading.\n", []),
        ("## **The** `len` *function*:\n\nnotes\n", [("02-notes", "The `len` *function")]),
        ("", []),
    ],
)
def test_sections_and_topics_are_found_as_people_write_them(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert outline(text) == expected


def test_bullets_below_a_topic_of_a_plain_list_are_its_notes() -> None:
    (topic,) = parse_chapter("## S\n- a\n  - one\n  - two\n", "a.md").topics

    assert topic.notes == "- one\n- two"
    assert (topic.line, topic.note_lines) == (2, (3, 4))


def test_only_line_ends_end_a_line() -> None:
    chapter = parse_chapter("# S\n\n## a\n\none\u2028two\x0c\n\n## b\n\nthree\n", "a.md")

    assert [topic.notes for topic in chapter.topics] == ["one\u2028two", "three"]
    assert [topic.line for topic in chapter.topics] == [3, 7]


def test_parts_may_follow_a_topic_that_has_no_notes() -> None:
    (topic,) = parse_chapter("# S\n\n## a\n\n### Key points\n\n- `k` (2): c.\n", "a.md").topics

    assert [point.id for point in topic.key_points] == ["k"]
    assert (topic.notes, topic.note_lines) == ("", None)


def test_a_topic_has_everything_that_stands_below_it() -> None:
    (topic,) = parse_chapter(CHAPTER, "01-features.md").topics

    assert (topic.id, topic.section, topic.line) == ("generators", "Features", 3)
    assert topic.path_hints == ("app/values.py", "app")
    assert topic.notes.startswith("A generator function")
    assert topic.notes.endswith("```")
    assert [point.weight for point in topic.key_points] == [3, 2, 1]
    assert [question.level for question in topic.questions] == ["junior", "mid", "senior"]
    assert topic.mistakes == ("Asking for its length.",)
    assert [task.title for task in topic.tasks] == ["First character that stands alone"]


@pytest.mark.parametrize(
    ("title", "plain", "hints"),
    [
        ("Service layer", "Service layer", ()),
        ("Service layer (see app/services)", "Service layer", ("app/services",)),
        ("Layers (See `app/a.py`, app/b and app/c)", "Layers", ("app/a.py", "app/b", "app/c")),
        ("Data (int, str)", "Data (int, str)", ()),
        ("(see app) Layers (see lib)", "Layers", ("app", "lib")),
    ],
)
def test_path_hints_are_taken_out_of_a_title(
    title: str, plain: str, hints: tuple[str, ...]
) -> None:
    assert split_hints(title) == (plain, hints)


@pytest.mark.parametrize(
    "line", ["## Layers (see app/db.py)\n\nnotes\n", "- Layers (see app/db.py)"]
)
def test_a_hint_in_a_heading_or_bullet_is_the_topics(line: str) -> None:
    (topic,) = parse_chapter(line, "a.md").topics

    assert (topic.title, topic.path_hints) == ("Layers", ("app/db.py",))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The GIL", "the-gil"),
        ("Functions: *args, **kwargs!", "functions-args-kwargs"),
        ("one two three four five six seven eight nine", "one-two-three-four-five-six-seven-eight"),
        ("Größe", "größe"),
        ("???", "topic"),
        ("snake_case", "snake-case"),
    ],
)
def test_an_id_is_words_joined_by_hyphens(title: str, slug: str) -> None:
    assert slugify(title) == slug


@settings(max_examples=80, deadline=None)
@given(titles=st.lists(st.sampled_from(["a", "A", "a 2", "a-2", "a 2 2", "?", "topic", "b"])))
def test_no_two_topics_share_an_id_whatever_their_titles(titles: list[str]) -> None:
    topics = parse_chapter("\n".join(f"- x{title}" for title in titles), "a.md").topics

    assert len({topic.id for topic in topics}) == len(titles)


def test_ids_are_unique_across_the_files_of_a_guide(tmp_path: Path) -> None:
    write_guide(tmp_path, "- Sets\n", "a.md")
    write_guide(tmp_path / "more", "- Sets\n- Lists\n", "b.md")

    chapters = read_guides((tmp_path,))

    assert [chapter.path for chapter in chapters] == ["a.md", "more/b.md"]
    assert [t.id for chapter in chapters for t in chapter.topics] == ["sets", "sets-2", "lists"]


PIECES = [
    "# S", "## T", "### Key points", "### Odd", "- a", "* b", "  - c", "  * c", "1. d", "notes",
    "", "```", "See: app", "- `k` (1): claim", "- junior (k): Why?", "###", "Title\n===", "\x0c",
    "one\u2028two", "### Task: t", "#### Solution", "> q", "\ttab", "-", "- - e",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_any_text_is_read_and_its_passages_are_its_own_lines(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    lines = text.split("\n")

    chapter = parse_chapter(text, "a.md")
    passages, topics = guide_passages(chapter)

    for passage in passages:
        assert 1 <= passage.first_line <= passage.last_line <= len(lines)
        assert passage.text == "\n".join(lines[passage.first_line - 1 : passage.last_line])
    assert [i for topic in topics for i in topic.passages] == [p.id for p in passages]
    assert len({passage.id for passage in passages}) == len(passages)
    assert all(1 <= finding.line <= len(lines) for finding in chapter.findings)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_change_nothing(tmp_path: Path, end: str) -> None:
    (tmp_path / "a.md").write_bytes(CHAPTER.replace("\n", end).encode())

    (read,) = read_guides((tmp_path / "a.md",))

    assert read == parse_chapter(CHAPTER, "a.md")
    assert parse_chapter(CHAPTER.replace("\n", end), "a.md") == read


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CHAPTER, encoding="utf-8-sig")

    assert read_guides((tmp_path,))[0].text == CHAPTER


def test_the_readme_of_a_folder_is_background_and_alone_it_is_a_guide(tmp_path: Path) -> None:
    write_guide(tmp_path, "- Sets\n", "README.md")
    write_guide(tmp_path, "- Lists\n", "a.md")

    folder = read_guides((tmp_path,))
    alone = read_guides((tmp_path / "README.md",))

    assert [[t.title for t in chapter.topics] for chapter in folder] == [[], ["Lists"]]
    assert [t.title for t in alone[0].topics] == ["Sets"]


@pytest.mark.parametrize(
    ("name", "content", "message", "hint"),
    [
        ("absent.md", None, "There is no guide at", "Markdown file"),
        ("blank.md", b"\n", "No topic found in", "your-own-guide"),
        ("latin.md", b"- caf\xe9\n", "Cannot read the guide", "UTF-8"),
        ("large.md", b"-" * (MAX_GUIDE_BYTES + 1), "larger than 5,000,000 bytes", "Split it"),
    ],
)
def test_what_is_no_guide_is_an_error_with_its_remedy(
    tmp_path: Path, name: str, content: bytes | None, message: str, hint: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(KnowledgeError, match=message) as caught:
        read_guides((tmp_path / name,))

    assert name in str(caught.value)
    assert hint in caught.value.hint


def test_a_folder_without_markdown_is_an_error_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="has no Markdown file") as caught:
        read_guides((tmp_path,))

    assert ".md" in caught.value.hint
