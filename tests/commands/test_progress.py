"""`interviewer progress` as a script sees it."""

import json
import shutil
from pathlib import Path

from tests.test_cli import run

GOLDEN = Path(__file__).parent.parent / "golden" / "session-1.jsonl"
GUIDE = "# Features\n\n## Generators\n\nNotes.\n\n## Hashing\n\nNotes.\n"


def held(home: Path) -> Path:
    folder = home / "data" / "sessions"
    folder.mkdir(parents=True)
    shutil.copy(GOLDEN, folder / "20260714-091500-7e57.jsonl")
    return home


def test_without_a_session_there_is_a_sentence_and_a_next_step(tmp_path: Path) -> None:
    done = run(tmp_path, "progress")
    as_json = run(tmp_path, "progress", "--json")

    assert done.returncode == as_json.returncode == 0
    assert "There is no session yet" in done.stdout
    assert "interviewer start" in done.stdout
    assert json.loads(as_json.stdout)["sessions"] == 0


def test_a_pipe_gets_words_and_json_every_figure(tmp_path: Path) -> None:
    home = held(tmp_path / "home")
    guide = tmp_path / "my guide.md"
    guide.write_text(GUIDE, encoding="utf-8")

    done = run(home, "progress", "--guide", str(guide))
    as_json = run(home, "progress", "--json", "--guide", str(guide))

    found = json.loads(as_json.stdout)
    assert "1 session, 4 questions: 2 graded, 1 left out, 1 without a grade." in done.stdout
    assert (found["graded"], found["left_out"], found["ungraded"]) == (2, 1, 1)
    assert found["sections"][0]["topics"][0]["mastery"] is not None
    assert found["steps"][0]["command"].startswith(f"interviewer start --guide '{guide}' --topic ")
    assert "\x1b" not in done.stdout


def test_a_page_is_written_and_said_where(tmp_path: Path) -> None:
    page = tmp_path / "progress.html"

    done = run(held(tmp_path / "home"), "progress", "--html", str(page))
    nowhere = run(tmp_path / "home", "progress", "--html", str(tmp_path / "no" / "page.html"))

    assert page.name in "".join(done.stdout.split())
    assert "How you are getting on" in page.read_text(encoding="utf-8")
    assert nowhere.returncode == 1
    assert "folder that is there" in nowhere.stderr
