"""Python source as passages: whole, each line once, with headers that say what it is."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.errors import KnowledgeError
from interviewer.knowledge.code import (
    code_passages,
    find_symbol,
    read_code,
    without_docstrings,
)
from interviewer.knowledge.documents import Document
from interviewer.knowledge.embedder import MARKS, MAX_TOKENS, count_tokens
from interviewer.knowledge.passages import embedded_text
from interviewer.values.knowledge import Passage
from tests.fakes.guide import write_repo

LONG = "\n".join(f"        line_{n} = {n}" for n in range(90))
SOURCE = f'''"""A module."""

import os

LIMIT = 3


@cache
@retry(
    times=3)
def fetch(url: str, *, timeout_s: float = 2.0) -> bytes:
    return b""


# What follows is small.
class Small:
    def method(self): ...


class Large(Small):
    """Long."""

    size = 1

    def first(self, n):
{LONG}

    @property
    async def second(self, /, *args, **kwargs): ...

    rest = 2


if os.name == "nt":
    def hidden(): ...
'''


def longest(found: list[Passage]) -> int:
    """Return the tokens of the longest passage, as the embedder reads it."""
    return MARKS + max(count_tokens([embedded_text(passage) for passage in found]))


def passages(text: str, path: str = "app/x.py") -> list[Passage]:
    return code_passages(Document(path, text))


def test_functions_classes_and_what_stands_between_them_are_passages() -> None:
    found = [(p.symbol, p.header, p.text.split("\n")[0]) for p in passages(SOURCE)]

    assert found == [
        ("", "app/x.py", '"""A module."""'),
        ("fetch", "app/x.py › fetch(url: str, *, timeout_s: float=2.0)", "@cache"),
        ("Small", "app/x.py › class Small", "# What follows is small."),
        ("Large", "app/x.py › Large", "class Large(Small):"),
        ("Large.first", "app/x.py › Large.first(self, n)", "    def first(self, n):"),
        ("Large.first", "app/x.py › Large.first(self, n)", "        line_46 = 46"),
        ("Large.second", "app/x.py › Large.second(self, /, *args, **kwargs)", "    @property"),
        ("Large", "app/x.py › Large", "    rest = 2"),
        ("", "app/x.py", 'if os.name == "nt":'),
    ]


def test_an_empty_file_has_no_passages() -> None:
    assert passages("") == []
    assert passages("\n \n") == []


def test_a_file_that_does_not_parse_is_cut_at_blank_lines_and_says_so() -> None:
    text = f"print 'one'\n\n\ndef f(a):\n{LONG[:1500]}\n\n    print a\n\n\ndef g(a):\n    print a"

    found = passages(text)

    assert [p.text.split("\n")[0] for p in found] == [
        "print 'one'", "def f(a):", "        line_47 = 47"
    ]  # fmt: skip
    assert all(p.header == "app/x.py (does not parse)" for p in found)


def test_source_too_deep_for_the_parser_is_still_read() -> None:
    text = "x = " + "(" * 5000 + ")" * 5000

    found = passages(text)

    assert "".join(p.text for p in found) == text
    assert found[0].header == "app/x.py (does not parse)"


def test_what_python_warns_of_in_somebodys_source_is_kept_from_the_user() -> None:
    (found,) = passages(r"x = '\d' if 1 is 1else 2")

    assert found.header == "app/x.py"


@pytest.mark.parametrize("long", ["y" * 4_000, "word " * 800, "x=1;" * 900, "語" * 900])
def test_a_line_longer_than_a_passage_is_read_in_parts(long: str) -> None:
    line = f"x = '{long}'"

    found = passages(f"a = 1\n{line}\nb = 2\n")

    assert [found[0].text, found[-1].text] == ["a = 1", "b = 2"]
    assert "".join(p.text for p in found[1:-1]) == line
    assert {(p.first_line, p.last_line) for p in found[1:-1]} == {(2, 2)}
    assert len({p.id for p in found}) == len(found) > 3
    assert longest(found) <= MAX_TOKENS


def test_a_long_body_is_cut_before_its_shallowest_statements() -> None:
    block = "\n".join(f"        line_{n} = {n}" for n in range(30))
    text = "def f():\n" + "\n".join(f"    # {n}\n    if a > {n}:\n{block}" for n in range(4))

    found = passages(text)

    assert [p.text.split("\n")[0] for p in found] == ["def f():", "    # 1", "    # 2", "    # 3"]
    assert {p.header for p in found} == {"app/x.py › f()"}


def test_a_long_signature_keeps_the_names_of_its_parameters_only() -> None:
    (found,) = passages(
        "def f(first: dict[str, tuple[int, int]], /, second: str | None = None, *rest: bytes, "
        "third: Callable[[int], str], **others: frozenset[str]): ..."
    )

    assert found.header == "app/x.py › f(first, second, rest, third, others)"


def test_a_header_too_long_is_shortened_in_its_middle() -> None:
    parameters = ", ".join(f"parameter_{n}" for n in range(60))

    found = passages(f"def f({parameters}): ...")

    assert {p.header for p in found} == {found[0].header}
    assert found[0].header.startswith("app/x.py › f(parameter_0, ")
    assert "…" in found[0].header
    assert found[0].header.endswith("parameter_59)")
    assert longest(found) <= MAX_TOKENS


@pytest.mark.parametrize("long", ["a" * 300, "語" * 300, "가" * 300, "_" * 300])
def test_a_path_however_long_leaves_room_for_the_text(long: str) -> None:
    found = passages("x = 1\n" * 300, f"{long}.py")

    assert longest(found) <= MAX_TOKENS
    assert found[0].path == f"{long}.py"


def test_a_header_is_one_line_whatever_the_file_is_called() -> None:
    (found,) = passages("x = 1", "a\n\x1b[31m.py")

    assert found.header == "a  [31m.py"
    assert found.path == "a\n\x1b[31m.py"


def test_a_default_value_too_deep_to_write_down_is_left_out() -> None:
    (found,) = passages(f"def f(a={'1+' * 800}1): ...")[:1]

    assert found.header == "app/x.py › f(a)"


def test_the_id_of_a_passage_follows_from_where_it_is_and_what_it_says() -> None:
    files = [("x = 1", "a.py"), ("x = 2", "a.py"), ("x = 1", "b.py"), ("\nx = 1", "a.py")]

    ids = {passages(text, path)[0].id for text, path in files}

    assert len(ids) == 4
    assert passages("x = 1", "a.py") == passages("x = 1\n", "a.py")


PIECES = [
    "x = 1", "", "# note", "def f(a, b=2):\n    return a", "@wrap\nasync def g(): ...",
    "class A:\n    x = 1\n\n    def m(self): ...",
    f"class B:\n    y = 2\n\n    def m(self):\n{LONG}",
    f"def long(z):\n{LONG}", "if x:\n    def h(): ...", "\x0c", "text = '''\n\nclass No:\n'''",
    "s = 'one\u2028two'", "def broken(", "   ", "x = (\n1,\n\n2)", "def one(): pass; x = 2",
]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=8))
def test_every_line_of_any_source_is_in_one_passage_and_as_it_stands(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    lines = text.split("\n")

    found = passages(text)

    numbers = [n for p in found for n in range(p.first_line, p.last_line + 1)]
    assert numbers == sorted(set(numbers))
    assert {n for n, line in enumerate(lines, 1) if line.strip()} <= set(numbers)
    assert all(p.text == "\n".join(lines[p.first_line - 1 : p.last_line]) for p in found)
    assert not found or longest(found) <= MAX_TOKENS
    assert len({p.id for p in found}) == len(found)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    root = write_repo(tmp_path / "repo")
    (root / "app" / "x.py").write_text(SOURCE, encoding="utf-8")
    (root / "bom.py").write_text("def f(): ...\n", encoding="utf-8-sig")
    (root / "broken.py").write_text("def f(:\n", encoding="utf-8")
    (tmp_path / "outside.py").write_text("def f(): ...\n", encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("reference", "first_line", "begins", "header"),
    [
        ("app/values.py::countdown", 6, "def countdown(start):", "app/values.py › countdown"),
        ("app/x.py::Large.second", 117, "    @property", "app/x.py › Large.second"),
        ("app/x.py::fetch", 8, "@cache", "app/x.py › fetch"),
        ("app/x.py::Large", 20, "class Large(Small):", "app/x.py › Large"),
        ("app/values.py", 1, '"""Values that come', "app/values.py"),
        ("bom.py::f", 1, "def f(): ...", "bom.py › f"),
        ("broken.py", 1, "def f(:", "broken.py"),
    ],
)  # fmt: skip
def test_a_symbol_is_found_whole_with_its_decorators(
    repo: Path, reference: str, first_line: int, begins: str, header: str
) -> None:
    found = find_symbol(reference, [repo.parent, repo])

    assert found is not None
    assert (found.first_line, found.header) == (first_line, header)
    assert found.text.startswith(begins)
    assert found.symbol == reference.partition("::")[2]


@pytest.mark.parametrize(
    "reference",
    [
        "app/values.py::count", "app/none.py::f", "app", "", "::f", "broken.py::f",
        "../outside.py::f", "/etc/passwd", "app/../../outside.py", "x" * 300 + "::f",
    ],
)  # fmt: skip
def test_what_is_not_in_the_repository_is_not_found(repo: Path, reference: str) -> None:
    assert find_symbol(reference, [repo]) is None


def test_passages_of_several_repositories_come_one_after_the_other(repo: Path) -> None:
    other = write_repo(repo.parent / "other")

    found = read_code([repo, other])

    assert len(found) == len(read_code([repo])) + len(read_code([other]))
    assert read_code([]) == []


def test_a_repository_of_empty_files_is_an_error_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_text("", encoding="utf-8")

    with pytest.raises(KnowledgeError, match="no Python file with anything in it") as caught:
        read_code([tmp_path])

    assert "--repo PATH" in caught.value.hint


def shown(text: str) -> str:
    (passage,) = passages(text)
    at = passage.model_copy(update={"first_line": 10})
    numbered = without_docstrings(at)
    assert [text.split("\n")[number - 10] for number, _ in numbered] == [t for _, t in numbered]
    return "\n".join(line for _, line in numbered)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('def f():\n    """Say."""\n    return 1', "def f():\n    return 1"),
        ('def f():\n    """Say\n\n    more.\n    """\n    return 1', "def f():\n    return 1"),
        ('class A:\n    "Say."\n    def m(self):\n        "Say."\n        pass',
         "class A:\n    def m(self):\n        pass"),
        ('async def f():\n    """Say."""\n    return 1', "async def f():\n    return 1"),
        ('class A:\n    "Say."\n\n    x = 1\n\n    y = 2', "class A:\n    x = 1\n\n    y = 2"),
        ("def f():\n    x = '''kept'''", "def f():\n    x = '''kept'''"),
        ('"""Only words."""', '"""Only words."""'),
        ('def f(:\n    """Say."""', 'def f(:\n    """Say."""'),
    ],
)  # fmt: skip
def test_docstrings_are_left_out_and_the_lines_keep_their_numbers(text: str, left: str) -> None:
    assert shown(text) == left


def test_a_method_on_its_own_loses_its_docstring_too() -> None:
    text = textwrap.indent('def m(self):\n    """Say."""\n    return 1', "    ")
    method = passages("x = 1")[0].model_copy(update={"text": text})

    assert [line.strip() for _, line in without_docstrings(method)] == ["def m(self):", "return 1"]
