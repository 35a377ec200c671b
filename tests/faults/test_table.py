"""The tables of tests/README.md name tests and benchmarks that are there."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
NAMED = re.findall(r"`([\w/]+\.py)::(\w+)` \|\n", (TESTS / "README.md").read_text("utf-8"))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_that_the_table_names_is_there(file: str, name: str) -> None:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))

    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_a_benchmark_that_the_table_names_is_there() -> None:
    named = re.findall(r"`(benchmarks/[\w/]+\.py)` \|\n", (TESTS / "README.md").read_text("utf-8"))

    assert named
    assert [path for path in named if not (TESTS.parent / path).is_file()] == []


def test_every_test_of_a_fault_stands_in_the_table() -> None:
    here = {
        (f"faults/{path.name}", node.name)
        for path in Path(__file__).parent.glob("test_*.py")
        if path != Path(__file__)
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }

    assert here <= set(NAMED)
