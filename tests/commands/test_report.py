"""`interviewer review --html` as a person and as a script see it."""

import json
from pathlib import Path

import pytest

from interviewer.values.events import EVENT
from tests.fakes.held import held_session
from tests.test_cli import run

ID = "20260102-030405-abcd"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    sessions = folder / "data" / "sessions"
    sessions.mkdir(parents=True)
    lines = [EVENT.dump_json(event) + b"\n" for event in held_session()]
    (sessions / f"{ID}.jsonl").write_bytes(b"".join(lines))
    return folder


def test_a_report_is_written_and_one_is_told_how_to_open_it(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "my report.html"

    done = run(home, "review", "--html", str(path), COLUMNS="20")

    assert done.returncode == 0, done.stderr
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert path.as_uri() in done.stdout
    assert "Question 1" not in done.stdout


def test_a_script_gets_its_json_and_nothing_else(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"

    done = run(home, "review", ID, "--html", str(path), "--json")

    assert json.loads(done.stdout)["started"]["session"] == ID
    assert path.exists()


def test_a_report_has_the_model_answers_if_they_are_asked_for(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"

    run(home, "review", "--html", str(path), "--answers")

    assert path.read_text(encoding="utf-8").count("A strong answer") == 4


def test_a_report_that_cannot_be_written_is_an_error_with_a_next_step(
    home: Path, tmp_path: Path
) -> None:
    done = run(home, "review", "--html", str(tmp_path / "no" / "report.html"))

    assert done.returncode == 1
    assert "Cannot write the page" in done.stderr
    assert "folder" in done.stderr
