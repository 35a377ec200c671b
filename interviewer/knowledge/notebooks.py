"""Cells of a Jupyter notebook, read from its JSON; their output is left out."""

import json
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Cell:
    """A cell with anything in it: its place in the notebook, counted from 1, and its text."""

    number: int
    kind: Literal["code", "markdown"]
    text: str


def read_cells(text: str) -> list[Cell] | None:
    """Return the cells of a notebook (nbformat 4); None if the text is none."""
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        return None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        return None
    read = (_cell(number, cell) for number, cell in enumerate(cells, 1))
    return [cell for cell in read if cell and cell.text.strip()]


def without_magics(text: str) -> str:
    """Return a cell's code with the lines only IPython understands left blank."""
    lines = text.split("\n")
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in lines)


def _cell(number: int, cell: Any) -> Cell | None:  # noqa: ANN401 - whatever the JSON says
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown"):
        return None
    source = cell.get("source")
    parts = source if isinstance(source, list) else [source]
    text = "".join(part for part in parts if isinstance(part, str))
    return Cell(number, cell["cell_type"], text.replace("\r\n", "\n").replace("\r", "\n"))
