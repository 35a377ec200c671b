"""`interviewer evaluate` as a script sees it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.evaluation import row, write_rows
from tests.test_cli import run

ANSWERS = ("A with statement closes it.", "Nothing.", "You call close on it.", "The with does.")


@pytest.fixture
def graded(tmp_path: Path) -> Path:
    rows = [
        row(id=f"{question}-{number}", qid=question, answer=answer, score=score, second_score=score)
        for question in ("a", "b")
        for number, (answer, score) in enumerate(zip(ANSWERS, (5, 0, 3, 4), strict=True))
    ]
    return write_rows(tmp_path / "graded.jsonl", *rows)


def results_of(home: Path) -> list[str]:
    folder = home / "cache" / "evaluations"
    return [line for path in folder.glob("*.jsonl") for line in path.read_text().splitlines()]


def test_a_bad_row_ends_it_before_any_model_is_fetched(tmp_path: Path) -> None:
    home = tmp_path / "home"
    path = write_rows(tmp_path / "bad.jsonl", row(), row(score="x"))

    done = run(home, "evaluate", str(path), OLLAMA_HOST="http://127.0.0.1:9")

    assert done.returncode == 1
    assert f"{path}:2: field score" in done.stderr
    assert "docs/grading.md" in done.stderr
    assert not home.exists()


def test_a_second_run_grades_nothing_again_and_finds_the_same(tmp_path: Path, graded: Path) -> None:
    home = tmp_path / "home"
    command = ("evaluate", str(graded), "--model", "none", "--json")

    first = run(home, *command)
    kept = results_of(home)
    second = run(home, *command)

    found: dict[str, Any] = json.loads(first.stdout)
    assert (found["answers"], found["ungraded"], len(kept)) == (8, 0, 8)
    assert (found["model"], len(found["agreements"])) == ("none", 4)
    assert found["command"].endswith("--model none --json")
    assert found["agreements"][0]["pearson"]["value"] > 0.5
    assert "8 of 8 were graded before" in second.stderr
    assert results_of(home) == kept
    assert {**json.loads(second.stdout), "at": 0} == {**found, "at": 0}


def test_a_sample_is_a_part_and_the_rest_is_graded_later(tmp_path: Path, graded: Path) -> None:
    home = tmp_path / "home"
    page = tmp_path / "page.html"

    part = run(
        home, "evaluate", str(graded), "--model", "none", "--limit", "4", "--sample", "1",
        "--json", "--html", str(page),
    )  # fmt: skip
    whole = run(home, "evaluate", str(graded), "--model", "none", "--fresh")

    compared = json.loads(part.stdout)["compared"]
    assert [answer["id"][0] for answer in compared] == ["a", "a", "b", "b"]
    assert page.read_text().count('class="point"') == 4
    assert "8 answers to 2 questions; ungraded: none" in whole.stdout
    assert "graded before" not in whole.stdout
    assert len(results_of(home)) == 8


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_ctrl_c_keeps_what_was_graded_and_the_same_command_goes_on(tmp_path: Path) -> None:
    home = tmp_path / "home"
    rows = [row(id=n, answer=f"Answer {n}. {ANSWERS[0]}") for n in range(200)]
    path = write_rows(tmp_path / "many.jsonl", *rows)
    command = ["evaluate", str(path), "--model", "none"]
    with subprocess.Popen(
        [sys.executable, "-m", "interviewer", *command],
        env={**os.environ, "INTERVIEWER_HOME": str(home), "NO_COLOR": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        while not results_of(home) and child.poll() is None:
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        said, wrong = child.communicate(timeout=120)

    kept = len(results_of(home))
    again = run(home, *command)

    assert child.returncode == 130, wrong
    assert "goes on from here" in said
    assert 0 < kept < 200
    assert f"{kept} of 200 were graded before" in again.stdout
    assert len(results_of(home)) == 200
