"""Notebooks are read by cell: source only, whatever else their JSON holds."""

import json

import pytest

from interviewer.knowledge.code import passages_of
from interviewer.knowledge.documents import Document
from interviewer.knowledge.notebooks import Cell, read_cells


def notebook(*cells: object) -> str:
    return json.dumps({"cells": list(cells), "nbformat": 4})


def cell(kind: str, source: object) -> dict[str, object]:
    return {"cell_type": kind, "source": source, "outputs": [{"text": "secret output"}]}


def test_cells_keep_their_place_and_what_is_empty_is_left_out() -> None:
    text = notebook(
        cell("markdown", ["# One\n", "words"]), cell("code", ""), cell("raw", "x"),
        cell("code", "a = 1\r\nb = 2"), "nonsense", cell("code", [1, "c = 3"]), cell("code", None),
    )  # fmt: skip

    assert read_cells(text) == [
        Cell(1, "markdown", "# One\nwords"), Cell(4, "code", "a = 1\nb = 2"),
        Cell(6, "code", "c = 3"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "[]", "1", "{}", '{"cells": {}}', "[" * 200_000, "\ud800"])
def test_what_is_no_notebook_has_no_cells(text: str) -> None:
    assert read_cells(text) is None


def test_each_cell_is_a_passage_that_says_which_it_is() -> None:
    text = notebook(cell("markdown", "## Load\n\nThe data."), cell("code", "%matplotlib\nx = 1"))

    prose, code = passages_of(Document("nb/a.ipynb", text))

    assert (prose.kind, prose.location) == ("docs", "nb/a.ipynb#cell-1:1")
    assert prose.header == "nb/a.ipynb#cell-1 › Load"
    assert (code.kind, code.location, code.text) == (
        "code", "nb/a.ipynb#cell-2:1", "%matplotlib\nx = 1",
    )  # fmt: skip


def test_a_long_cell_is_cut_at_its_statements_although_it_has_magics() -> None:
    block = "\n".join(f"    line_{n} = {n}" for n in range(30))
    text = "%time\n!ls\n" + "\n".join(f"def f{n}():\n{block}" for n in range(3))

    found = passages_of(Document("a.ipynb", notebook(cell("code", text))))

    assert [p.text.split("\n")[0] for p in found] == ["%time", "def f1():", "def f2():"]
