"""What the pages show is true: their commands run, and those made from the program are fresh."""

import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interviewer import cli
from tests.fakes.guide import CHAPTER, write_guide, write_repo

ROOT = Path(__file__).parent.parent
MADE = ("commands", "licences")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SHOWN = re.compile(
    r"^ {4}((?:[A-Z_]+=\S+ )*(?:python3 run\.py(?! check)|interviewer) .*)$", re.MULTILINE
)
CANNOT_RUN = re.compile(
    r"https?://|ollama/|openai/"  # a server
    r"|models (pull|use embedded|remove)|--voice|voice (hear|say|test|devices)"  # weights or sound
    r"|--watch|\bserve$"  # no end
)
ANSWERS = "It is lazy.\n\nA single item is held.\n"


def shown(page: Path) -> list[str]:
    lines = SHOWN.findall(page.read_text(encoding="utf-8"))
    return [line.replace("python3 run.py", "interviewer") for line in lines]


@pytest.mark.parametrize("line", sorted({line for page in PAGES for line in shown(page)}))
def test_a_command_that_is_shown_is_understood(line: str) -> None:
    words = shlex.split(line.partition(" < ")[0])

    # Asked for help, a command checks the names of its options and does nothing.
    asked = CliRunner().invoke(cli.app, [*words[words.index("interviewer") + 1 :], "--help"])

    assert asked.exit_code == 0, asked.output


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with the files that the pages speak of, below a home with a session."""
    desk = tmp_path / "desk"
    write_guide(desk, CHAPTER, "bank.md")
    write_repo(desk / "repo")
    for name in ("src/ledger", "src/shop"):
        write_repo(tmp_path / name)
    (desk / "answers.txt").write_text(ANSWERS)
    sessions = tmp_path / "home" / "data" / "sessions"
    sessions.mkdir(parents=True)
    golden = ROOT / "tests" / "golden" / "session-2.jsonl"
    shutil.copy(golden, sessions / "20261123-184700-7e59.jsonl")
    return desk


@pytest.mark.parametrize(
    "page", [p for p in PAGES if any(not CANNOT_RUN.search(line) for line in shown(p))],
    ids=lambda page: str(page.name),
)  # fmt: skip
def test_the_commands_of_a_page_run_one_after_the_other(page: Path, desk: Path) -> None:
    home = desk.parent
    environment = os.environ | {
        "HOME": str(home), "INTERVIEWER_HOME": str(home / "home"), "INTERVIEWER_MODEL": "none",
        "INTERVIEWER_GUIDE": str(desk / "bank.md"), "INTERVIEWER_REPO": str(desk / "repo"),
        "OLLAMA_HOST": "http://127.0.0.1:9",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip

    for line in (line for line in shown(page) if not CANNOT_RUN.search(line)):
        done = subprocess.run(
            ["/bin/bash", "-c", line], cwd=desk, env=environment, check=False, timeout=300,
            input="y\n" if "forget" in line else ANSWERS, capture_output=True, text=True,
        )  # fmt: skip

        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", MADE)
def test_a_page_made_from_the_program_is_fresh(name: str) -> None:
    page = runpy.run_path(str(ROOT / "docs" / f"{name}.py"))["page"]

    made = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")

    assert made == page(), f"Make it anew: python docs/{name}.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_what_a_page_links_to_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)

    assert [link for link in links if not (page.parent / link).exists()] == []
