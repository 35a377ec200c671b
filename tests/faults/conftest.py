"""A home with a ready index of a guide of one question, and a way to run the program in it."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from interviewer.paths import Folders, folders
from tests.fakes.users import unmeasured

GUIDE = """# Basics

## Lists

A list keeps its order.

### Key points

- `order` (3): A list keeps its items in the order in which they were put there.
  - Follow-up: In which order do they come back?

### Questions

- mid (order): What does a list keep?
"""
ANSWERS = "It keeps its items in the order in which they were put there.\n\nThe same order.\n"


@dataclass
class Program:
    """The program, its folders, and what stands in the environment."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Folders:
        return folders({"INTERVIEWER_HOME": str(self.folder / "home")})

    @property
    def guide(self) -> Path:
        return self.folder / "guide.md"

    @property
    def start(self) -> list[str]:
        """The arguments of a short interview."""
        return ["start", "--model", "none", "--questions", "1", "--guide", str(self.guide)]

    @property
    def variables(self) -> dict[str, str]:
        settled = {"INTERVIEWER_HOME": str(self.folder / "home"), "OLLAMA_HOST": "127.0.0.1:9"}
        return {**unmeasured(), **settled, "INTERVIEWER_SELF_RATING": "false", **self.environment}

    def run(
        self, *arguments: str, typed: bytes | None = b"", python: Sequence[str] = (sys.executable,),
        before: Callable[[], None] | None = None,
    ) -> subprocess.CompletedProcess[str]:  # fmt: skip
        """Run it to its end; it must never show a traceback."""
        done = subprocess.run(
            [*python, "-m", "interviewer", *arguments], env=self.variables, input=typed,
            capture_output=True, check=False, timeout=300, preexec_fn=before,
            cwd=self.folder,
        )  # fmt: skip
        shown = [" ".join(text.decode(errors="replace").split()) for text in
                 (done.stdout, done.stderr)]  # fmt: skip
        assert "Traceback" not in shown[1], done.stderr.decode(errors="replace")
        return subprocess.CompletedProcess(done.args, done.returncode, *shown)


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a guide, and its index in a home."""
    program = Program(tmp_path_factory.mktemp("ready"))
    program.guide.write_text(GUIDE, encoding="utf-8")
    assert program.run("index", "--guide", str(program.guide)).returncode == 0
    return program.folder


@pytest.fixture
def program(tmp_path: Path, ready: Path) -> Program:
    shutil.copytree(ready / "home", tmp_path / "home")
    shutil.copy(ready / "guide.md", tmp_path / "guide.md")
    return Program(tmp_path)
