"""The word index: BM25 scores, the rows of a path or topic, and what is kept on disk."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from interviewer.knowledge.word_index import WordIndex
from interviewer.values.knowledge import Passage


def passage(name: str, text: str, path: str = "app/x.py", symbol: str = "f") -> Passage:
    return Passage(
        id=name, path=path, first_line=1, last_line=1,
        kind="code", symbol=symbol, header=f"{path} › {symbol}()", text=text,
    )  # fmt: skip


THREE = [
    passage("lend", "def lend(member): check_open_loans(member)", "app/services/lending.py"),
    passage("mail", "def send(text): line.body(text)", "app/mail.py", "send"),
    passage("page", "def page(number): return rows", "app/services.py", "page"),
]


def ranked(index: WordIndex, text: str) -> list[str]:
    scores = index.scores(text)
    return [index.rows[row].id for row in np.argsort(-scores, kind="stable") if scores[row] > 0]


def unread() -> Sequence[Passage]:
    pytest.fail("the passages were read again")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the loans of members", ["lend"]),
        ("check_open_loans", ["lend"]),
        ("checkOpenLoans", ["lend"]),
        ("sending", ["mail"]),
        ("app/mail.py", ["mail"]),
        ("nothing alike", []),
        ("what is it", []),
        ("", []),
    ],
)
def test_passages_are_found_by_the_words_they_share(text: str, expected: list[str]) -> None:
    index = WordIndex.build(THREE)

    assert ranked(index, text)[: len(expected) or None] == expected


def test_an_identifier_said_whole_outweighs_its_parts() -> None:
    parts = passage("parts", "open loans check open loans check")
    whole = passage("whole", "x = check_open_loans(), 1, 2, 3")

    assert ranked(WordIndex.build([parts, whole]), "check_open_loans")[0] == "whole"


@pytest.mark.parametrize("passages", [[], [passage("a", "...", "", "")]])
def test_without_words_nothing_is_found(passages: list[Passage], tmp_path: Path) -> None:
    index = WordIndex.kept(tmp_path, "1", lambda: passages)
    again = WordIndex.kept(tmp_path, "1", unread)

    assert list(index.scores("loans")) == list(again.scores("loans")) == [0.0] * len(passages)


def test_a_path_is_a_file_or_a_folder_but_no_beginning_of_a_name() -> None:
    index = WordIndex.build(THREE)

    below = {place: list(index.rows_below([place])) for place in ("app", "app/services/", "app/ma")}

    assert below == {"app": [0, 1, 2], "app/services/": [0], "app/ma": []}
    assert list(index.rows_below(["app/services.py", "app/mail.py"])) == [1, 2]
    assert list(index.rows_below([])) == []


def test_rows_are_of_a_path_and_of_a_topic() -> None:
    index = WordIndex.build(THREE)

    assert list(index.rows_of()) == [0, 1, 2]
    assert list(index.rows_of(topic="send")) == [1]
    assert list(index.rows_of("app/services", "send")) == []
    assert list(index.rows_of("app/services")) == [0]


def test_what_was_built_once_is_kept_and_scores_the_same(tmp_path: Path) -> None:
    built = WordIndex.kept(tmp_path, "1", lambda: THREE)

    again = WordIndex.kept(tmp_path, "1", unread)

    assert again.rows == built.rows
    assert list(again.scores("open loans")) == list(built.scores("open loans"))


def test_other_passages_replace_what_was_kept(tmp_path: Path) -> None:
    WordIndex.kept(tmp_path, "1", lambda: THREE)

    other = WordIndex.kept(tmp_path, "2", lambda: THREE[:1])

    assert [row.id for row in other.rows] == ["lend"]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"[[1]]", b"{", b"[[1, 2, 3]]"])
def test_a_damaged_index_is_built_anew(tmp_path: Path, damage: bytes) -> None:
    WordIndex.kept(tmp_path, "1", lambda: THREE)
    for file in [path for path in tmp_path.rglob("*") if path.is_file()]:
        file.write_bytes(damage)

    index = WordIndex.kept(tmp_path, "1", lambda: THREE)

    assert ranked(index, "loans") == ["lend"]


def test_a_disk_that_keeps_nothing_does_not_keep_from_searching(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    index = WordIndex.kept(tmp_path / "file" / "words", "1", lambda: THREE)

    assert ranked(index, "loans") == ["lend"]
