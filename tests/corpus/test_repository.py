"""The reference repository: its own tests pass as they are, in a copy."""

import re
from pathlib import Path

from tests.corpus.children import Children


def test_the_tests_of_the_reference_repository_pass(children: Children) -> None:
    done = children.repository.result()

    passed = re.search(r"(\d+) passed", done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert passed is not None
    assert int(passed.group(1)) >= 81


def test_the_reference_repository_carries_no_litter(repo_folder: Path) -> None:
    kinds = {path.suffix for path in repo_folder.rglob("*") if path.is_file()}

    assert kinds - {".pyc"} <= {".py", ".md", ".toml", ".ini", ".mako", ""}
