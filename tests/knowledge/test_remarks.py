import pytest

from interviewer.knowledge.passages import Piece, make_passage
from interviewer.knowledge.remarks import MAX_CHARS, remarks
from interviewer.values.knowledge import PassageKind


def said(text: str, kind: PassageKind = "code", symbol: str = "it") -> list[str]:
    return remarks(make_passage("a.py", kind, Piece(1, 9, symbol, f"a.py › {symbol}"), text))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            '    def go(self):\n        """Go on.\n\n        At once.\n        """\n',
            ["Go on. At once."],
        ),
        ('LIMIT = 3\n"""As many as\nfit."""\n', ["As many as fit."]),
        ("# Two lines\n# of comment.\nx = 1  # noqa\n", ["Two lines of comment."]),
        ('class A:\n    """One."""\n    def b(self):\n        """Two."""', ["One. Two."]),
        ("x = (1,\n", []),
        ("return 1\n", []),
    ],
)
def test_code_says_its_docstrings_and_comments(code: str, words: list[str]) -> None:
    assert said(code) == words


def test_the_name_of_a_test_is_what_it_says() -> None:
    assert said("assert f()\n", symbol="Class.test_it_works_twice") == ["it works twice"]


def test_prose_says_its_paragraphs_without_headings_tables_and_code() -> None:
    text = (
        "## Why\n\n**One\ntransaction.** It is\nso.\n\nSee this:\n\n```py\nx\n\ny\n```\n\n| a |\n"
    )

    assert said(text, "docs") == ["One transaction. It is so."]


def test_what_is_long_is_cut_between_sentences() -> None:
    sentence = f"{'word ' * 40}end."

    pieces = said(" ".join([sentence] * 3), "guide")

    assert pieces == [sentence] * 3
    assert len(sentence) < MAX_CHARS
