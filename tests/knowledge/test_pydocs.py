"""Python's own words: help topics, docstrings and pages, read and not run."""

import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.errors import KnowledgeError
from interviewer.knowledge.embedder import MARKS, MAX_TOKENS, count_tokens
from interviewer.knowledge.passages import embedded_text
from interviewer.knowledge.pydocs import find_pages, modules_named, read_pages, read_pydocs
from interviewer.values.knowledge import Passage

MODULES = ["heapq", "collections.abc", "concurrent.futures", "itertools", "antigravity", "no.such"]


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    return read_pydocs(MODULES)


def starting(passages: list[Passage], path: str) -> Iterator[Passage]:
    return (passage for passage in passages if passage.path.startswith(path))


def test_help_topics_are_read_by_section(passages: list[Passage]) -> None:
    found = list(starting(passages, "python/help/with"))

    assert found[0].header == 'python/help/with › The "with" statement'
    assert "context manager" in found[0].text


def test_docstrings_have_the_lines_of_the_standard_library(passages: list[Passage]) -> None:
    root = Path(sysconfig.get_path("stdlib"))

    (merge,) = (p for p in starting(passages, "python/heapq.py") if p.symbol == "heapq.merge")

    lines = (root / "heapq.py").read_text(encoding="utf-8").split("\n")
    assert merge.text == "\n".join(lines[merge.first_line - 1 : merge.last_line])
    assert merge.header == "python › heapq.merge(*iterables, key=None, reverse=False)"
    assert "Merge multiple sorted inputs" in merge.text


def test_modules_without_a_source_speak_for_themselves(passages: list[Passage]) -> None:
    symbols = {passage.symbol for passage in passages}

    assert "builtins.zip" in symbols
    assert ("itertools.groupby" in symbols) == ("itertools" in sys.builtin_module_names)


def test_nothing_is_imported_to_read_its_words(passages: list[Passage]) -> None:
    assert list(starting(passages, "python/antigravity.py")) != []
    assert "antigravity" not in sys.modules


def test_python_s_words_are_of_one_kind_and_are_read_whole(passages: list[Passage]) -> None:
    counts = count_tokens([embedded_text(passage) for passage in passages])

    assert {passage.kind for passage in passages} == {"docs"}
    assert len({passage.id for passage in passages}) == len(passages)
    assert max(counts) + MARKS <= MAX_TOKENS


@pytest.mark.parametrize("module", ["interviewer", "httpx", "../heapq", "", "os/../heapq", "xml."])
def test_only_the_standard_library_is_read(module: str) -> None:
    assert len(read_pydocs([module])) == len(read_pydocs([]))


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("import json", ("json",)),
        ("    from os.path import join", ("os",)),
        ("from collections.abc import Set", ("collections", "collections.abc")),
        ("Use `heapq` or `bisect.insort(a, b)`.", ("bisect", "heapq")),
        ("`select(User)` and `queue = 1` and `time is short`", ()),
        ("The random queue was copied; import taxes rose.", ()),
        ("import fastapi", ()),
        ("", ()),
    ],
)
def test_the_modules_a_guide_names_are_those_in_its_code(
    text: str, modules: tuple[str, ...]
) -> None:
    assert modules_named(text) == modules


def write_pages(folder: Path, ending: str) -> Path:
    for name in ("glossary", "faq/design", "tutorial/classes", "howto/sorting", "library/json"):
        page = folder / f"{name}{ending}"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"{name}\n==============\n\nSo it is explained.\n", encoding="utf-8")
    return folder


PAGES = ["glossary", "faq/design", "howto/sorting", "tutorial/classes"]


def test_pages_of_the_documentation_are_found_where_a_package_puts_them(tmp_path: Path) -> None:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    write_pages(tmp_path / version / "html" / "_sources", ".rst.txt")

    found = find_pages(installed=tmp_path)

    assert [page.path for page in found] == [f"{name}.rst.txt" for name in PAGES]
    assert find_pages(installed=tmp_path / "absent") == []


@pytest.mark.parametrize("ending", [".rst.txt", ".rst", ".txt"])
def test_pages_of_a_given_folder_are_read_by_section(tmp_path: Path, ending: str) -> None:
    given = write_pages(tmp_path / "docs", ending)

    passages = read_pages(find_pages(given, installed=tmp_path / "absent"))

    assert [passage.path for passage in passages] == [f"python/{name}{ending}" for name in PAGES]
    assert {passage.kind for passage in passages} == {"docs"}
    assert passages[1].header == f"python/faq/design{ending} › faq/design"


@pytest.mark.parametrize("given", ["absent", "empty"])
def test_a_given_folder_without_pages_is_an_error_with_its_remedy(
    tmp_path: Path, given: str
) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(KnowledgeError, match=given) as caught:
        find_pages(tmp_path / given)

    assert "python_docs" in caught.value.hint
