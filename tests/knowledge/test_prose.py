"""Prose beside the code: a section each, under the title it has."""

import pytest

from interviewer.knowledge.code import passages_of
from interviewer.knowledge.documents import Document
from interviewer.knowledge.embedder import MARKS, MAX_TOKENS, count_tokens
from interviewer.knowledge.passages import embedded_text


def outline(path: str, text: str) -> list[tuple[str, int, int]]:
    found = passages_of(Document(path, text))
    assert {p.kind for p in found} <= {"docs"}
    return [(p.symbol, p.first_line, p.last_line) for p in found]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.md", "intro\n\n# A\n\none\n\n## B ##\ntwo\n", [("", 1, 1), ("A", 3, 5), ("B", 7, 8)]),
        ("a.md", "# A\n\n## B\n\ntext\n", [("B", 1, 5)]),
        ("a.md", "A\n===\n\none\n\nB\n---\ntwo", [("A", 1, 4), ("B", 6, 8)]),
        ("a.md", "# A\n```\n# no\n\nB\n===\n```\nend", [("A", 1, 8)]),
        ("a.markdown", "x\n```\ny\n```", [("", 1, 4)]),
        ("a.rst", "===\nA\n===\n\none\n\nB\n~~~\n\ntwo", [("A", 1, 5), ("B", 7, 10)]),
        ("a.rst", "A\n=\n\none", [("", 1, 4)]),
        ("a.txt", "# no heading\ntext\n", [("", 1, 2)]),
        ("Makefile", "all:\n\techo\n", [("", 1, 2)]),
        ("a.md", "# Only\n", [("Only", 1, 1)]),
        ("a.md", "\n \n", []),
    ],
)
def test_a_text_is_read_by_its_headings(
    path: str, text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert outline(path, text) == expected


def test_the_header_names_file_and_section() -> None:
    (passage,) = passages_of(Document("docs/a.md", "# How\n\ntext"))

    assert passage.header == "docs/a.md › How"


def test_a_long_section_is_cut_at_blank_lines_and_read_whole() -> None:
    paragraph = "Some words of a paragraph. " * 20
    text = "# A\n\n" + "\n\n".join([paragraph] * 5) + "\n\n" + paragraph * 9

    found = passages_of(Document("a.md", text))

    assert max(count_tokens([embedded_text(p) for p in found])) + MARKS <= MAX_TOKENS
    assert {p.header for p in found} == {"a.md › A"}
    assert [p.first_line for p in found][:2] == [1, 7]
