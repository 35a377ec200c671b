"""What the pages show is true: their commands run, and those made from the program are fresh."""

import ast
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interviewer import cli
from tests.fakes.chroma_server import chroma_server
from tests.fakes.guide import CHAPTER, write_guide, write_repo
from tests.fakes.ollama_server import FakeOllama
from tests.fakes.ollama_wire import FakeModel
from tests.fakes.openai_server import FakeOpenAI

ROOT = Path(__file__).parent.parent
MADE = ("commands", "licences")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SHOWN = re.compile(
    r"^ {4}((?:[A-Z_]+=\S+ )*(?:python3 run\.py(?! check)|interviewer) .*)$", re.MULTILINE
)
SHELL = re.compile(
    r"^ {4}((?:[A-Z_]+=\S+ )*(?:(?:[\w.]+/)*(?:python3?|mypy|uv|pipx|pip|ollama|chroma|interviewer"
    r"|export|sudo|git|curl|npm|docker)) .*)$",
    re.MULTILINE,
)
ELSEWHERE = {
    r"python3 run\.py check": "../.ci/run",
    r"(uv|pipx|python -m pip) ": "test_wheel.py",
    r"\.venv/bin/mypy --platform": "../docs/installing.md",  # A minute; by hand, with its date.
    r"python docs/images/": "../docs/images",  # By hand: what it draws stands there.
    r"OLLAMA_HOST=0\.0\.0\.0 |ollama pull": "fakes/ollama_server.py",
    r"chroma run|export INTERVIEWER_CHROMA": "fakes/chroma_server.py",
    r"voice test|voice devices|start --voice$": (
        "commands/test_voice.py::test_the_sound_check_plays_records_and_judges_the_level"
    ),
    r"voice say": (
        "commands/test_voice.py::test_a_text_is_said_into_a_file_faster_if_that_is_wished"
    ),
    r"--answers-from|voice hear": (
        "end_to_end/test_voice.py::test_an_interview_by_voice_is_held_without_a_sound_card"
    ),
    r"models pull embedded": "models/test_embedded.py::test_the_publisher_is_asked_first",
    r"models remove embedded": (
        "commands/test_models.py::test_embedded_weights_are_removed_after_a_question"
    ),
    r"models use embedded": (
        "commands/test_models.py::test_a_model_in_use_is_written_beside_the_other_settings"
    ),
    r"models check": (
        "commands/test_models.py::"
        "test_a_check_over_ollama_gives_marks_and_the_speed_that_the_server_counted"
    ),
    r"evaluate .* --model ollama": (
        "commands/test_evaluate.py::test_a_second_run_grades_nothing_again_and_finds_the_same"
    ),
    r"start --resume$": "end_to_end/test_resume.py::test_a_killed_session_goes_on_in_the_same_turn",
    r"--watch": "test_cli.py::test_index_follows_an_edit_until_ctrl_c",
    r"interviewer serve": (
        "commands/test_serve.py::test_it_shows_the_sessions_at_the_address_it_names_until_ctrl_c"
    ),
}
"""Lines that are not run from the page (a sound card, no end, a download), with what runs them."""
SERVERS = re.compile(r"https?://(192\.168\.1\.20:\d+(/v1)?|llm\.example\.org/v1)")
"""Addresses on the pages; a server of the same kind takes their place."""
ANSWERS = "It is lazy.\n\nA single item is held.\n"


def shown(page: Path) -> list[str]:
    lines = SHOWN.findall(page.read_text(encoding="utf-8"))
    return [line.replace("python3 run.py", "interviewer") for line in lines]


def run_here(page: Path) -> list[str]:
    return [line for line in shown(page) if not any(re.search(k, line) for k in ELSEWHERE)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_every_line_for_a_shell_is_run_here_or_by_a_test_that_is_named(page: Path) -> None:
    lines = SHELL.findall(page.read_text(encoding="utf-8"))

    here = [line.replace("interviewer", "python3 run.py") for line in run_here(page)]
    left = [line for line in lines if line.replace("interviewer", "python3 run.py") not in here]

    assert [line for line in left if not any(re.search(k, line) for k in ELSEWHERE)] == []


@pytest.mark.parametrize("named", sorted(set(ELSEWHERE.values())))
def test_what_runs_a_line_elsewhere_is_there(named: str) -> None:
    file, _, name = named.partition("::")
    path = ROOT / "tests" / file

    assert path.exists()
    if name:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


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


@pytest.fixture
def servers(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """Start what the lines of the page speak to; returns the address for each variable."""
    page: Path = request.node.callspec.params["page"]
    text = "\n".join(run_here(page))
    with ExitStack() as open_:
        models = (FakeModel("qwen2.5-coder:7b"),)
        addresses = {"OLLAMA_HOST": open_.enter_context(FakeOllama(models=models)).host}
        if "OPENAI_URL" in text:
            server = open_.enter_context(FakeOpenAI(model="qwen2.5-coder-7b"))
            addresses["INTERVIEWER_OPENAI_URL"] = server.url
        if "CHROMA_URL" in text:
            address = open_.enter_context(chroma_server(tmp_path / "chroma"))
            addresses["INTERVIEWER_CHROMA_URL"] = address
        yield addresses


@pytest.mark.parametrize("page", [p for p in PAGES if run_here(p)], ids=lambda p: str(p.name))
def test_the_commands_of_a_page_run_one_after_the_other(
    page: Path, desk: Path, servers: dict[str, str]
) -> None:
    home = desk.parent
    environment = os.environ | {
        "HOME": str(home), "INTERVIEWER_HOME": str(home / "home"), "INTERVIEWER_MODEL": "none",
        "INTERVIEWER_GUIDE": str(desk / "bank.md"), "INTERVIEWER_REPO": str(desk / "repo"),
        "OLLAMA_HOST": servers["OLLAMA_HOST"],
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip

    for shown_line in run_here(page):
        line = re.sub(
            rf"([A-Z_]+)={SERVERS.pattern}", lambda m: f"{m[1]}={servers[m[1]]}", shown_line
        )
        done = subprocess.run(
            ["/bin/bash", "-c", line], cwd=desk, env=environment, check=False, timeout=300,
            input="y\n" if "forget" in line else ANSWERS, capture_output=True, text=True,
        )  # fmt: skip

        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr


def test_the_benchmarks_that_are_shown_take_the_options_that_are_shown() -> None:
    page = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8").replace("\\\n", " ")

    lines = re.findall(r"^ {4}\S*python (benchmarks/\S+\.py)(.*)$", page, re.MULTILINE)
    unknown = [
        (file, option)
        for file, arguments in lines
        for option in re.findall(r"--[\w-]+", arguments)
        if f'"{option}"' not in (ROOT / file).read_text(encoding="utf-8")
    ]

    assert len(lines) > 10
    assert unknown == []


@pytest.mark.parametrize("name", MADE)
def test_a_page_made_from_the_program_is_fresh(name: str) -> None:
    page = runpy.run_path(str(ROOT / "docs" / f"{name}.py"))["page"]

    made = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")

    assert made == page(), f"Make it anew: python docs/{name}.py"


def test_the_readme_says_of_every_command_what_its_help_says() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    table = re.search(r"\| command \|.*\n\| --- .*\n((?:\|.*\n)+)", text)

    assert table
    rows = [f"| `{name}` | {said} |" for name, said in cli.COMMANDS.items()]
    assert table[1].splitlines() == rows


def anchors(page: Path) -> set[str]:
    """Return what links may name in a page, as GitHub makes it of headings."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_what_a_page_links_to_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    links = re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", text)
    to = [(page.parent / path if path else page, anchor) for path, anchor in links]

    assert [path for path, _ in to if not path.exists()] == []
    assert [anchor for path, anchor in to if anchor and anchor not in anchors(path)] == []
