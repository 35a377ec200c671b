"""Questions whose passage is known: from files, from the guide, and from docstrings."""

import ast
import json
import textwrap
from pathlib import Path
from typing import NamedTuple

from interviewer.knowledge.code import read_code, without_docstrings
from interviewer.knowledge.guide import read_guides
from interviewer.knowledge.passages import guide_passages
from interviewer.values.knowledge import Passage

MIN_WORDS = 4
"""Shorter docstrings ("See above.") ask nothing."""


class Questions(NamedTuple):
    """Passages, questions, and for each question the rows of the passages that answer it."""

    name: str
    passages: list[Passage]
    texts: list[str]
    relevant: list[set[int]]


def from_files(corpus: Path, queries: Path) -> Questions:
    """Read passages (`id`, `text`, `title` or none) and questions (`query`, `relevant`)."""
    rows = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    passages = [
        _passage(
            row["id"], " › ".join([*row.get("parents", []), row.get("title", "")]), row["text"]
        )
        for row in rows
    ]
    row_of = {row["id"]: number for number, row in enumerate(rows)}
    asked = [json.loads(line) for line in queries.read_text(encoding="utf-8").splitlines()]
    known = [(q["query"], {row_of[i] for i in q["relevant"] if i in row_of}) for q in asked]
    texts = [text for text, rows in known if rows]
    return Questions(corpus.stem, passages, texts, [rows for _, rows in known if rows])


def from_guide(guide: Path) -> Questions:
    """Return the guide's prepared questions; any passage of its topic answers one."""
    parts = [guide_passages(chapter) for chapter in read_guides((guide,))]
    passages = [passage for own, _ in parts for passage in own]
    row_of = {passage.id: row for row, passage in enumerate(passages)}
    asked = [
        (question.text, {row_of[name] for name in topic.passages})
        for _, topics in parts
        for topic in topics
        for question in topic.questions
        if topic.passages and not question.code
    ]
    return Questions("guide", passages, [t for t, _ in asked], [r for _, r in asked])


def from_docstrings(repo: Path) -> Questions:
    """Ask with the first paragraph of each function's docstring, which its passage then lacks."""
    passages: list[Passage] = []
    asked: list[tuple[str, set[int]]] = []
    for passage in read_code((repo,)):
        if question := docstring(passage.text):
            asked.append((question, {len(passages)}))
        text = "\n".join(line for _, line in without_docstrings(passage))
        passages.append(passage.model_copy(update={"text": text}))
    return Questions(repo.name, passages, [t for t, _ in asked], [r for _, r in asked])


def docstring(source: str) -> str:
    """Return the first paragraph of what a function says of itself, or nothing."""
    try:
        body = ast.parse(textwrap.dedent(source)).body
    except (SyntaxError, ValueError):
        return ""
    if len(body) != 1 or not isinstance(body[0], ast.FunctionDef | ast.AsyncFunctionDef):
        return ""
    text = " ".join((ast.get_docstring(body[0]) or "").split("\n\n")[0].split())
    return text if len(text.split()) >= MIN_WORDS else ""


def _passage(name: str, header: str, text: str) -> Passage:
    return Passage(
        id=name, path="", first_line=1, last_line=1, kind="docs",
        symbol="", header=header.strip(" ›"), text=text,
    )  # fmt: skip
