"""Whatever is read becomes a value or an error of ours, however it was damaged or made up.

`benchmarks/fuzz.py` searches for longer; what it found stands here as an example.
"""

import json
import re
import tempfile
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interviewer.console.report import report_page
from interviewer.console.review import show_review
from interviewer.conversation.state import replay
from interviewer.conversation.writing import as_code
from interviewer.errors import InterviewerError
from interviewer.grading.delivery import fillers
from interviewer.grading.keypoints import Draft
from interviewer.grading.sentences import split_sentences
from interviewer.grading.settled import settle
from interviewer.knowledge.code import passages_of
from interviewer.knowledge.documents import Document, Found, read_document
from interviewer.knowledge.embedder import MAX_TOKENS, count_tokens
from interviewer.knowledge.guide import parse_chapter, read_guides
from interviewer.knowledge.lint import check_guide
from interviewer.knowledge.passages import embedded_text, guide_passages
from interviewer.models.chat import Message
from interviewer.models.replies import choose_by_schema, read_reply
from interviewer.paths import Folders, bundled
from interviewer.settings import change_settings, load, profiles
from interviewer.transcripts.lines import seal, unseal
from interviewer.transcripts.outcomes import read_outcome
from interviewer.transcripts.overview import survey
from interviewer.transcripts.sessions import read_session
from tests.fakes.events import SESSIONS
from tests.fakes.guide import CHAPTER
from tests.fakes.interview import say, task_question
from tests.fakes.mutated import mutated, mutated_bytes
from tests.fakes.screen import FakeTerminal

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.jsonl"))
UNSEALED = [
    b"\n".join(map(unseal, path.read_bytes().split(b"\n"))).decode("utf-8") for path in GOLDEN
]
GUIDES = [
    CHAPTER,
    "1. **Basics**\n   - Lists (see app/lists.py and app)\n   - Dicts\n2. **More**\n   - Sets\n",
    "# S\n\n## a\n\n> quoted\n\n1. one\n   - two\n\n~~~py\nx\n~~~\n\n| a | b |\n|---|---|\n",
]
CODE = [
    *(path.read_text("utf-8") for path in sorted(bundled("corpus").rglob("repo/**/*.py"))[:12]),
    "# -*- coding: latin-1 -*-\n@a\n@b(\n1)\nasync def f(a, /, *b: int, **c): ...\n",
    "class A:\n  '''doc'''\n  match x:\n    case 1:\n      pass\n  try: ...\n  except* E: ...\n",
]
NOTEBOOK = json.dumps(
    {
        "nbformat": 4,
        "cells": [
            {"cell_type": "markdown", "source": ["# Title\n", "Words."]},
            {"cell_type": "code", "source": "%time\nx = 1\n\n\ndef f():\n    return x\n"},
        ],
    }
)
PROSE = ["Title\n=====\n\nWords.\n\nPart\n----\n\nMore words::\n\n    code\n", GUIDES[2]]
REPLIES = [
    '{"points": [{"followup": "Why?", "point": "It is lazy."}]}',
    '<think>\nlet me see\n</think>\n```json\n{"label": "yes"}\n```',
    '{"label": "no"}',
]
ANSWERS = [
    "It is lazy, like, computed only when asked for; but it can be read once. Um, that is it.",
    "```python\ndef f(x):\n    return x\n```\nIt is linear.",
    "I don't know.",
]
SETTINGS = [
    "# Mine.\nquestions = 3\nlevel = 'mid'\nguide = ['a.md', 'b']\nseed = 5\nself_rating = true\n",
    "profile = 'work'\n[profiles.work]\nguide = ['/w']\n[profiles]\n'a b'.repo = []\n",
]


@contextmanager
def ours_alone() -> Iterator[None]:
    """Let errors pass that are ours and say what to do."""
    try:
        yield
    except InterviewerError as error:
        if not (str(error) and error.hint):
            raise


@contextmanager
def file_with(content: bytes, name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


@given(content=mutated_bytes(GUIDES))
@example(content=b"## T\n\n### Key points\n\n- `k` (" + b"9" * 5_000 + b"): x\n")
def guide(content: bytes) -> None:
    with file_with(content, "a.md") as path, ours_alone():
        (chapter,) = read_guides((path,))

        passages, topics = guide_passages(chapter)
        # Without its tasks, whose solutions would be run.
        bare = tuple(topic.model_copy(update={"tasks": ()}) for topic in topics)
        findings = check_guide([replace(chapter, topics=bare)], [path.parent])

        lines = chapter.text.split("\n")
        assert all(1 <= finding.line <= len(lines) for finding in findings)
        assert len({topic.id for topic in topics}) == len(topics)
        assert len({passage.id for passage in passages}) == len(passages)
        assert [i for topic in topics for i in topic.passages] == [p.id for p in passages]
        assert parse_chapter(chapter.text, "a.md") == chapter


@given(
    name=st.sampled_from(["a.py", "a.ipynb", "a.md", "a.rst", "a.txt"]),
    content=mutated_bytes(CODE) | mutated_bytes([NOTEBOOK]) | mutated_bytes(PROSE),
)
@example(name="a.md", content=b"# a" + b" " * 4_900 + b"x\n")  # its time went with the cube
def source(name: str, content: bytes) -> None:
    with file_with(content, name) as path:
        document = read_document(Found(path.parent, name, len(content), 0))
    if not isinstance(document, Document):
        assert document.reason
        return

    passages = passages_of(document)

    assert len({passage.id for passage in passages}) == len(passages)
    assert all(n <= MAX_TOKENS for n in count_tokens([embedded_text(p) for p in passages]))
    if name != "a.ipynb":
        lines = document.text.split("\n")
        shown = {n for p in passages for n in range(p.first_line, p.last_line + 1)}
        assert shown <= set(range(1, len(lines) + 1))
        assert name != "a.py" or {n for n, line in enumerate(lines, 1) if line.strip()} <= shown


@given(text=mutated(ANSWERS))
@example(text="a" + " " * 100_000 + "b")  # its time went with the square, like the next ones'
@example(text="\n" * 100_000 + "x")
@example(text="```a\n" * 20_000)
@example(text="mm:mm:000")  # two fillers and no space between
def answer(text: str) -> None:
    spans = split_sentences(text)
    kept = as_code(say(text), task_question())
    settled = settle(text, "What does a generator do?")

    assert all(text[span.start : span.end] == span.text == span.text.strip() for span in spans)
    assert bool(spans) == bool(text.strip())
    assert kept.is_code or kept.text == text
    assert settled in (None, "empty", "dont_know", "copied")
    assert len(fillers(text)) <= len(re.findall(r"\w+", text))


@st.composite
def transcripts(draw: st.DrawFn) -> bytes:
    """Draw a transcript that was damaged, or forged with every seal right."""
    if draw(st.booleans()):
        return b"\n".join(map(seal, draw(SESSIONS))) + b"\n"
    lines = draw(mutated(UNSEALED)).encode("utf-8", "surrogatepass").split(b"\n")
    if draw(st.booleans()):
        lines = draw(st.permutations(lines))
    return b"\n".join(lines)


@example(content=b'{"at":"2026-01-02T03:04:05Z",' * 20_000)  # its time went with the square
@given(content=transcripts() | mutated_bytes([path.read_text("utf-8") for path in GOLDEN]))
def transcript(content: bytes) -> None:
    with file_with(content, "20260102-030405-abcd.jsonl") as path:
        survey(path, read_outcome(path))
        with ours_alone():
            session = read_session(path)
            terminal = FakeTerminal()

            state = replay(session.events)
            show_review(terminal.screen, state)

            assert "\x1b" not in terminal.text
            assert json.dumps(state.model_dump(mode="json"))
            assert report_page(session.events, state)


@given(reply=mutated(REPLIES))
@example(reply="```" + "\n" * 4_000 + "x")  # its time went with the cube
def model_reply(reply: str) -> None:
    def ask(_messages: object) -> str:
        return reply

    message = Message(role="user", content="Well?")

    with ours_alone():
        assert len(read_reply(ask, [message], Draft).points) <= 4
    with ours_alone():
        assert sum(choose_by_schema(lambda _: ask, [message], ["yes", "no"]).values()) == 1.0


def set_level(document: MutableMapping[str, Any]) -> None:
    document["level"] = "senior"


@given(content=mutated_bytes(SETTINGS))
@example(content=b"guide = " + b"[" * 3_000)
@example(content=b"seed = " + b"9" * 5_000)
@example(content=b"a" + b".a" * 3_000 + b" = 1")
def settings_file(content: bytes) -> None:
    with file_with(content, "settings.toml") as path:
        folders = Folders(path.parent, path.parent, path.parent)
        with ours_alone():
            load({}, folders, {})
        with ours_alone():
            profiles(folders)
        with ours_alone():
            change_settings(folders, set_level)
            assert profiles(folders)
            assert b"senior" in path.read_bytes()


READERS: tuple[Callable[[], None], ...] = (
    guide, source, answer, transcript, model_reply, settings_file,
)  # fmt: skip


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.__name__))
def test_what_is_read_becomes_a_value_or_an_error_with_a_hint(reader: Callable[[], None]) -> None:
    settings(max_examples=60, deadline=None)(reader)()
