"""The benchmarks of grading and of sessions still run (what they find: benchmarks/README.md)."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def run(script: str, *arguments: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, BENCHMARKS / script, *arguments],
        check=False, timeout=300, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("mode", ["real", "practice"])
def test_a_simulated_candidate_is_asked_what_is_new_and_followed_up(mode: str) -> None:
    given = f"--sessions 2 --questions 2 --wpm 0 --model none --mode {mode} --seed 2"

    said = run("conversation/sessions.py", *given.split())

    assert "topics covered: 4 of" in said
    assert "asked again within 10 sessions: 0\n" in said
    assert re.search(r"follow-ups: [1-9]", said)
    assert "gave an open point away: 0\n" in said


def test_attacks_and_idle_talk_are_tried() -> None:
    said = run("grading/attacks.py", "--questions", "2", "--attacks", "20")

    mean = re.search(r"14 attacks: mean lift ([+-][\d.]+)", said)
    assert mean
    assert abs(float(mean[1])) < 0.1
    assert "idle talk after a strong answer: mean |change| 0.0000" in said


def test_coefficients_are_fitted_on_what_was_collected(tmp_path: Path) -> None:
    answers = {
        "It always cleans up, however the block ends.": 5,
        "It opens a file.": 1,
        "Speed.": 0,
    }
    graded = tmp_path / "graded.jsonl"
    graded.write_text("".join(
        json.dumps({
            "id": f"{number}/{score}", "qid": f"q{number}", "score": score, "max_score": 5,
            "question": f"What does a with statement promise, in the {number}. place?",
            "reference": "Clean-up runs however the block ends.", "answer": answer,
        }) + "\n"
        for number in range(5) for answer, score in answers.items()
    ))  # fmt: skip
    signals = tmp_path / "signals.jsonl"

    run("grading/collect.py", signals, graded)
    said = run("grading/fit.py", signals, signals)

    assert "graded: r 0.9" in said
    assert json.loads(said.splitlines()[-1])["weights"]["recall"] > 0
