"""Passages of a chapter's notes, and the identity of a passage."""

import pytest

from interviewer.knowledge.guide import parse_chapter
from interviewer.knowledge.passages import PARAGRAPH_CHARS, Piece, guide_passages, make_passage
from interviewer.values.knowledge import Passage
from tests.fakes.guide import CHAPTER

PARAGRAPH = "word " * 70 + "end."


def spans(text: str) -> list[tuple[int, int]]:
    return [(p.first_line, p.last_line) for p in guide_passages(parse_chapter(text, "a.md"))[0]]


def test_the_notes_of_a_topic_become_passages_that_name_section_and_topic() -> None:
    (passage,), (topic,) = guide_passages(parse_chapter(CHAPTER, "01-features.md"))

    assert (passage.path, passage.kind, passage.symbol) == ("01-features.md", "guide", "generators")
    assert passage.header == "Features › Generators"
    assert passage.text.startswith("A generator function")
    assert "Key points" not in passage.text
    assert topic.passages == (passage.id,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## T\n\nShort.\n\nAlso short.\n", [(3, 5)]),
        (f"## T\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n", [(3, 3), (5, 5)]),
        (f"## T\n\n{PARAGRAPH}\n\n\n{PARAGRAPH}\n", [(3, 3), (6, 6)]),
        (f"## T\n\n```python\n{PARAGRAPH}\n\n{PARAGRAPH}\n```\n\nEnd.\n", [(3, 7), (9, 9)]),
        ("## T\n", [(1, 1)]),
        ("## S\n\n- a\n- b\n", [(3, 3), (4, 4)]),
        ("## S\n\n- a\n  - one\n    more\n  - two\n\n- b\n", [(4, 6), (8, 8)]),
        ("* a\n  * x\n  * y\n\n- b\n  - x\n", [(2, 3), (6, 6)]),
        ("T\n===\n\nT\n", [(4, 4)]),
        ("## T\n\none\u2028two\x0c\n\n## U\n\nthree\n", [(3, 3), (7, 7)]),
    ],
)
def test_notes_are_cut_at_blank_lines_outside_code(
    text: str, expected: list[tuple[int, int]]
) -> None:
    assert spans(text) == expected


def test_paragraphs_are_gathered_until_they_are_a_third_of_the_length() -> None:
    short = "word " * (PARAGRAPH_CHARS // 8)

    assert spans(f"## T\n\n{short}\n\n{short}\n\n{short}\n") == [(3, 5), (7, 7)]


def made(
    path: str = "a.py", text: str = "x", symbol: str = "s", line: int = 1, part: int = 0
) -> Passage:
    return make_passage(path, "code", Piece(line, line, symbol, "h"), text, part)


def test_a_passage_is_known_by_its_path_symbol_line_and_text() -> None:
    others = [
        made(),
        made(path="b.py"),
        made(text="y"),
        made(symbol="t"),
        made(line=2),
        made(part=1),
    ]

    assert made() == others[0]
    assert len({passage.id for passage in others}) == len(others)


@pytest.mark.parametrize("odd", ["\udcff", "\0", "😀"])
def test_odd_text_and_odd_names_have_an_id_too(odd: str) -> None:
    assert made(path=odd, text=odd, symbol=odd).text == odd
