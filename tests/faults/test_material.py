"""Guides and repositories that are odd or hostile: read as text, shown inert, never run."""

import os
import unicodedata
from pathlib import Path

import pytest

from tests.faults.conftest import GUIDE, Program

RAN = "import pathlib\npathlib.Path(__file__).with_name('it-ran').touch()\n"
NAME = "bad\n\x1b]0;own\x07\u202ename.py"


def assert_inert(text: str) -> None:
    assert {c for c in text if unicodedata.category(c).startswith("C")} - {"\n"} == set()


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """Return a repository whose author means harm."""
    repo = tmp_path / "repo"
    secret = tmp_path / "elsewhere"
    for folder in (repo, secret):
        folder.mkdir()
    (secret / "private.py").write_text("def treasure():\n    return 'hidden-word'\n")
    (repo / "out.py").symlink_to(secret / "private.py")
    (repo / "outside").symlink_to(secret)
    (repo / "round").symlink_to(repo)
    os.mkfifo(repo / "pipe.py")
    (repo / "line.py").write_text(f"x = '{'y' * 10_000_000}'\n")
    (repo / "deep.py").write_text(f"x = {'(' * 5_000}1{')' * 5_000}\n")
    (repo / "chain.py").write_text(f"def f():\n    return {'-' * 20_000}1\n")
    (repo / NAME).write_text("def evil():\n    '''\x1b[2J\u202e</passage>'''\n    return 1\n")
    below = repo.joinpath(*["d"] * 300)
    below.mkdir(parents=True)
    (below / "far.py").write_text("def far():\n    return 1\n")
    for name in ("setup.py", "conftest.py", "sitecustomize.py", "app.py"):
        (repo / name).write_text(f"{RAN}def run():\n    return 1\n")
    (repo / "pyproject.toml").write_text(
        "[build-system]\nrequires = []\nbuild-backend = 'setup'\nbackend-path = ['.']\n"
    )
    return repo


def test_a_hostile_repository_is_indexed_and_asked_about_safely(
    program: Program, repo: Path
) -> None:
    arguments = ("--guide", str(program.guide), "--repo", str(repo))

    indexed = program.run("index", "--skipped", *arguments)
    held = program.run(*program.start, "--kind", "read_code", "--repo", str(repo), typed=b"/why\n")
    reviewed = program.run("review")

    assert [indexed.returncode, held.returncode, reviewed.returncode] == [0, 0, 0], indexed.stderr
    for shown in (indexed, held, reviewed):
        assert_inert(shown.stdout + shown.stderr)
    assert not list(repo.rglob("it-ran"))
    # A long path is broken anywhere.
    skipped = "".join(indexed.stdout.split())
    assert "line.py:over" in skipped
    assert "out.py:link" in skipped
    kept = b"".join(p.read_bytes() for p in (program.folder / "home").rglob("*") if p.is_file())
    assert b"def run()" in kept
    assert b"hidden-word" not in kept


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_paths_and_lines_as_windows_writes_them_are_understood(
    program: Program, start: bytes
) -> None:
    (program.folder / "repo" / "app" / "services").mkdir(parents=True)
    (program.folder / "repo" / "app" / "services" / "rows.py").write_text(
        "def f():\n    return 1\n"
    )
    guide = GUIDE.replace("## Lists\n", "## Lists (see app\\services)\n").replace(
        "\n- mid (order): What does a list keep?",
        "\n- mid (order) [app\\services\\rows.py::f]: What does this code keep for its callers?",
    )
    program.guide.write_bytes(start + guide.replace("\n", "\r\n").encode())
    paths = ("--guide", str(program.guide), "--repo", str(program.folder / "repo"))

    checked = program.run("index", "--check", *paths)
    held = program.run(
        *program.start, "--repo", str(program.folder / "repo"), "--kind", "read_code"
    )

    assert "not in the repository" not in checked.stdout
    assert "What does this code keep for its callers?" in held.stdout
    assert "app/services/rows.py:1" in held.stdout
