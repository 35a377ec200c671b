"""Nothing leaves the machine, and nothing is written but where we say: seen from outside."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from interviewer.models import embedded
from interviewer.paths import Folders, folders
from tests.end_to_end.conftest import SMALL
from tests.fakes import traced
from tests.fakes.guarded import CAUGHT
from tests.fakes.users import unmeasured

ANSWERS = "It runs the clean-up step, whatever happens in the block.\n\nThat is all I know.\n"
CODE = "```\ndef solve(*values):\n    return open('/etc/hostname').read()\n```\n\nIt is linear.\n"
GUIDE = """# Basics

## Lists

A list keeps its order.

### Key points

- `order` (3): A list keeps its items in the order in which they were put there.

### Questions

- mid (order): What does a list keep?
"""
CHILD = """
import subprocess, sys
code = "import socket; socket.socket(2, 2).connect(('203.0.113.1', 9))"
subprocess.run([sys.executable, "-c", code])
"""
ROOT = Path(__file__).parents[2]


@dataclass
class Guard:
    """Runs modules in a folder of its own; outside of it nothing may be changed."""

    folder: Path

    @property
    def home(self) -> Folders:
        return folders({"INTERVIEWER_HOME": str(self.folder / "home")})

    def run(
        self, *arguments: str, typed: str = "", module: str = "interviewer"
    ) -> subprocess.CompletedProcess[str]:
        """Run a module; what the kernel saw is added to its standard error."""
        start, temporary = self.folder / "start", self.folder / "temporary"
        for folder in (start, temporary):
            folder.mkdir(exist_ok=True)
        allowed = [str(self.folder / "home"), str(temporary)]
        log = self.folder / "trace"
        done = subprocess.run(
            [*(traced.command(log) if traced.can_trace() else []), sys.executable, "-m",
             "tests.fakes.guarded", *allowed, "--", module, *arguments],
            env={**unmeasured(), "INTERVIEWER_HOME": str(self.folder / "home"), "HOME": str(start),
                 "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT),
                 # Python's own doing, and none of ours.
                 "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=start, input=typed, capture_output=True, text=True, check=False, timeout=600,
        )  # fmt: skip
        seen = traced.faults(log, allowed, start) if traced.can_trace() else []
        done.stderr += "".join(f"\ntrace: {line}" for line in seen)
        return done

    def check(self, *arguments: str, typed: str = "") -> str:
        """Run the program, assert that it did nothing it should not, return what it printed."""
        done = self.run(*arguments, typed=typed)
        assert (done.returncode, done.stderr) == (0, ""), (arguments, done.stdout)
        return done.stdout


@pytest.fixture
def guard(tmp_path: Path) -> Guard:
    return Guard(tmp_path)


def test_index_interview_review_and_all_the_rest_stay_here_and_are_forgotten(guard: Guard) -> None:
    repo = guard.folder / "repo"
    repo.mkdir()
    (repo / "app.py").write_text("def run(path):\n    return open(path)\n", encoding="utf-8")
    own = ("--guide", str(ROOT / "corpus" / "guide" / "02-python-specific-features.md"))

    guard.check("index", *own, "--repo", str(repo))
    guard.check("profiles", "add", "work", "--repo", str(repo))
    held = guard.check("start", "--model", "none", "--questions", "1", *own, "--kind", "concept",
                       typed=ANSWERS)  # fmt: skip
    coded = guard.check("start", "--model", "none", "--questions", "1", "--kind", "write_code",
                        "--guide", str(ROOT / "corpus/guide/06-common-interview-tasks.md"),
                        typed=CODE)  # fmt: skip
    for shown in (["review"], ["review", "--json"], ["models", "list"]):
        guard.check(*shown)
    # It may find fault with the machine that the tests run on.
    examined = guard.run("doctor", "--json")
    kept = list(guard.home.data.rglob("*.jsonl"))
    guard.check("forget", "--yes")

    assert "of 10" in held
    assert "Question 1 of 1" in coded
    assert examined.stderr == ""
    assert len(kept) == 2
    assert list((guard.folder / "home").iterdir()) == []
    assert list((guard.folder / "start").iterdir()) == []


@pytest.mark.model
def test_the_embedded_model_tells_nobody(guard: Guard) -> None:
    model = embedded.find(SMALL)
    guard.home.models.mkdir(parents=True)
    shared = embedded.weights(model, folders().models)
    embedded.weights(model, guard.home.models).symlink_to(shared)
    guide = guard.folder / "guide.md"
    guide.write_text(GUIDE, encoding="utf-8")

    held = guard.check("start", "--model", SMALL, "--questions", "1", "--guide", str(guide),
                       typed=ANSWERS)  # fmt: skip
    guard.check("review")
    guard.check("forget", "--yes")

    assert "of 10" in held
    assert shared.is_file()
    assert list((guard.folder / "home").iterdir()) == []


@pytest.mark.parametrize(
    ("does", "is_native"),
    [
        ("import socket; socket.create_connection(('203.0.113.1', 80), 0.1)", False),
        ("import socket; socket.getaddrinfo('example.invalid', 80)", False),
        ("import socket; socket.socket(2, 2).sendto(b'x', ('203.0.113.1', 9))", False),
        ("open('elsewhere', 'w')", False),
        ("import os; os.mkdir('/tmp/elsewhere-guard')", False),
        ("import pathlib; pathlib.Path('../start/x').touch()", False),
        ("import subprocess; subprocess.run(['touch', 'elsewhere'])", True),
        ("import subprocess; subprocess.run(['mkdir', 'elsewhere'])", True),
        (CHILD, True),
    ],
)  # fmt: skip
def test_the_guard_sees_what_it_is_to_see(guard: Guard, does: str, *, is_native: bool) -> None:
    if is_native and not traced.can_trace():
        pytest.skip("strace is not here, or may not look")
    (guard.folder / "start").mkdir()
    (guard.folder / "start" / "leak.py").write_text(does, encoding="utf-8")

    done = guard.run(module="leak")

    assert "guard: " in done.stderr or "trace: " in done.stderr
    assert is_native or done.returncode == CAUGHT


def test_chroma_reports_to_nobody(guard: Guard) -> None:
    code = (
        "from pathlib import Path; from interviewer.knowledge.chroma import connect\n"
        "import json; client = connect(Path('index'), None)\n"
        "print(json.dumps(client.get_settings().anonymized_telemetry))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=guard.folder, capture_output=True, text=True, check=True
    )

    assert json.loads(done.stdout) is False
