"""`start` in a pipe, as a script sees it."""

import os
import subprocess
import sys
from pathlib import Path

from interviewer.models import embedded
from interviewer.paths import folders
from tests.test_cli import run

SMALL = embedded.find("embedded/qwen2.5-coder-0.5b")


def test_a_prepared_question_is_asked_before_the_embedded_model_has_loaded(tmp_path: Path) -> None:
    environment = {"INTERVIEWER_HOME": str(tmp_path)}
    weights = embedded.weights(SMALL, folders(environment).models)
    weights.parent.mkdir(parents=True)
    with weights.open("wb") as broken:
        broken.truncate(SMALL.size)
    guide = tmp_path / "guide.md"
    guide.write_text(GUIDE, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "interviewer", "start", "--model", SMALL.name, "--questions", "1",
         "--guide", str(guide)],
        env={**os.environ, **environment}, input="It keeps its order.\n\nThat is all I know.\n",
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    words = " ".join(done.stdout.split())
    question, failure = words.find("What does a list keep?"), words.find("llama.cpp cannot load")
    assert 0 <= question < failure
    assert f"interviewer models pull {SMALL.name}" in words
    assert "Traceback" not in done.stderr
    assert done.returncode == 0


def test_a_session_ended_on_purpose_is_not_offered_to_go_on_and_does_if_it_is_named(
    tmp_path: Path,
) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text(GUIDE, encoding="utf-8")
    held = ("start", "--model", "none", "--questions", "1", "--guide", str(guide))

    ended = run(tmp_path, *held, typed="/end\n")
    unnamed = run(tmp_path, "start", "--model", "none", "--resume")
    named = run(tmp_path, "start", "--model", "none", "--resume", "last", typed="Its order.\n")

    assert "Review it: interviewer review" in ended.stdout
    assert "--resume" not in ended.stdout
    assert unnamed.returncode == 2
    assert "interviewer start --resume ID" in unnamed.stderr
    assert named.returncode == 0
    assert "What does a list keep?" in named.stdout


GUIDE = """# Basics

## Lists

A list keeps its order.

### Key points

- `order` (3): A list keeps its items in the order in which they were put there.

### Questions

- mid (order): What does a list keep?
"""
