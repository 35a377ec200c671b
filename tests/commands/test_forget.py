import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest
import typer
from typer.testing import CliRunner, Result

from interviewer.commands import forget
from interviewer.errors import UsageError
from interviewer.paths import Folders, folders
from interviewer.transcripts.log import SessionLog
from tests.fakes.interview import session_head
from tests.fakes.users import python_without_rights

app = typer.Typer()
app.command()(forget.forget)


def run(home: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(
        app, arguments, input=typed, env={"INTERVIEWER_HOME": str(home), "COLUMNS": "100"}
    )


@pytest.fixture
def places(tmp_path: Path) -> Folders:
    """Return folders with a little of everything that is ever kept."""
    places = folders({"INTERVIEWER_HOME": str(tmp_path / "home")})
    for paths in places.kept.values():
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix or path == places.history:
                path.write_text("something", encoding="utf-8")
            else:
                path.mkdir()
    (places.models / "a.gguf").write_bytes(b"0" * 2_500_000)
    with SessionLog(places.sessions / "20260102-030405-abcd.jsonl") as log:
        log.write(session_head())
    return places


def left(places: Folders) -> list[str]:
    return sorted(p.name for p in places.data.parent.rglob("*"))


def test_all_that_is_kept_is_named_with_its_size_and_removed_when_confirmed(
    places: Folders, tmp_path: Path
) -> None:
    done = run(tmp_path / "home", typed="y\n")

    assert done.exit_code == 0
    for what in places.kept:
        assert what in done.output
    assert "models            2.5 MB" in done.output
    assert "Ollama" in done.output
    assert left(places) == []


@pytest.mark.parametrize("typed", ["n\n", "\n", ""])
def test_without_a_yes_nothing_is_removed(places: Folders, tmp_path: Path, typed: str) -> None:
    before = left(places)

    done = run(tmp_path / "home", typed=typed)

    assert done.exit_code == 1
    assert left(places) == before


def test_asked_not_to_ask_it_does_not(places: Folders, tmp_path: Path) -> None:
    run(tmp_path / "home", "--yes")

    again = run(tmp_path / "home")

    assert left(places) == []
    assert again.exit_code == 0
    assert "Nothing of yours" in again.output


def test_what_is_not_ours_and_what_a_link_leads_to_stays(places: Folders, tmp_path: Path) -> None:
    mine = tmp_path / "dotfiles.toml"
    mine.write_text("questions = 3\n", encoding="utf-8")
    places.settings_file.unlink()
    places.settings_file.symlink_to(mine)
    (places.data / "thesis.txt").write_text("mine", encoding="utf-8")

    done = run(tmp_path / "home", "--yes")

    assert left(places) == ["data", "thesis.txt"]
    assert "thesis.txt" in "".join(done.output.split())
    assert mine.exists()


@pytest.fixture
def another_interview(places: Folders) -> Iterator[Path]:
    path = places.sessions / "20260103-030405-abcd.jsonl"
    code = (
        "import sys; from pathlib import Path; from interviewer.transcripts.log import SessionLog\n"
        "with SessionLog(Path(sys.argv[1])): print(flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield path
        process.communicate(b"\n")


def test_while_a_session_runs_nothing_is_removed(
    places: Folders, tmp_path: Path, another_interview: Path
) -> None:
    before = left(places)

    done = run(tmp_path / "home", "--yes")

    assert isinstance(done.exception, UsageError)
    assert str(another_interview) in str(done.exception)
    assert left(places) == before


def test_while_an_index_is_built_nothing_is_removed(places: Folders, tmp_path: Path) -> None:
    before = left(places)

    with filelock.FileLock(places.index.with_suffix(".lock")):
        done = run(tmp_path / "home", "--yes")

    assert isinstance(done.exception, UsageError)
    assert left(places) == before


def test_what_cannot_be_removed_is_named_with_a_next_step(places: Folders, tmp_path: Path) -> None:
    for path in tmp_path.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o644)

    done = subprocess.run(
        [*python_without_rights(), "-m", "interviewer", "forget", "--yes"],
        env={**os.environ, "INTERVIEWER_HOME": str(tmp_path / "home")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    for path in tmp_path.rglob("*"):
        path.chmod(0o755)

    assert done.returncode == 1
    assert "Permission denied" in done.stderr
    assert "run `interviewer forget` again" in done.stderr
    assert "Traceback" not in done.stderr
    assert places.models.is_dir()
