"""The command line as a script sees it: exit codes, messages on standard error, JSON."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from interviewer import cli, commands
from interviewer.transcripts.log import SessionLog
from interviewer.values.events import EVENT, Answered, QuestionAsked, SessionStarted, now
from tests.fakes.interview import sample_question, say, session_head

SESSION = "20260102-030405-abcd"


def run(
    home: Path, *arguments: str, typed: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "interviewer", *arguments],
        env={**os.environ, "INTERVIEWER_HOME": str(home), "NO_COLOR": "1", **environment},
        input=typed, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def write_answered_session(home: Path, said: str) -> Path:
    path = home / "data" / "sessions" / f"{SESSION}.jsonl"
    with SessionLog(path) as log:
        log.write(session_head())
        log.write(QuestionAsked(number=1, question=sample_question()))
        log.write(Answered(answer=say(said)))
    return path


def test_help_and_version_answer(tmp_path: Path) -> None:
    asked = run(tmp_path, "--help")
    version = run(tmp_path, "--version")

    assert asked.returncode == version.returncode == 0
    for command in ("start", "index", "review", "models", "profiles", "doctor"):
        assert command in asked.stdout
    assert version.stdout.startswith("interviewer ")
    assert list(tmp_path.iterdir()) == []


def loaded_by(home: Path, *arguments: str) -> set[str]:
    """Return the modules that a whole run of the program had imported in the end."""
    code = (
        "import sys; from interviewer import cli\n"
        "try: cli.main()\n"
        "finally: print('loaded:', *sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], stdin=subprocess.DEVNULL,
        env={**os.environ, "INTERVIEWER_HOME": str(home), "OLLAMA_HOST": "http://127.0.0.1:9"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return set(done.stderr.rpartition("loaded:")[2].split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_what_needs_no_command_loads_none_and_no_library(
    tmp_path: Path, arguments: list[str]
) -> None:
    loaded = loaded_by(tmp_path, *arguments)

    assert "typer" in loaded
    assert loaded & {
        "chromadb", "onnxruntime", "xllamacpp", "prompt_toolkit", "rich", "pydantic", "numpy",
        "httpx", "ollama", "markdown_it", "tokenizers",
    } == set()  # fmt: skip
    assert "interviewer.commands" not in loaded


@pytest.mark.parametrize(
    "arguments",
    [["sessions"], ["sessions", "search", "generator"], ["sessions", "show", "last"], ["progress"],
     ["review"]],
    ids=" ".join,
)  # fmt: skip
def test_what_shows_sessions_loads_nothing_that_embeds_searches_or_talks(
    tmp_path: Path, arguments: list[str]
) -> None:
    write_answered_session(tmp_path, "A generator is lazy.")

    loaded = loaded_by(tmp_path, *arguments)

    assert "rich" in loaded
    assert loaded & {
        "chromadb", "onnxruntime", "xllamacpp", "prompt_toolkit", "numpy", "httpx", "ollama",
        "tokenizers", "bm25s", "pathspec", "psutil", "filelock", "jinja2",
    } == set()  # fmt: skip
    assert "markdown_it" not in loaded or arguments == ["progress"]  # Which names the topics.


@pytest.mark.parametrize("arguments", [["models", "list"], ["doctor"]], ids=" ".join)
def test_what_asks_no_model_loads_none_and_no_client_of_one(
    tmp_path: Path, arguments: list[str]
) -> None:
    loaded = loaded_by(tmp_path, *arguments)

    assert f"interviewer.commands.{arguments[0]}" in loaded
    assert loaded & {
        "chromadb", "onnxruntime", "xllamacpp", "prompt_toolkit", "ollama", "tokenizers", "bm25s",
        "snowballstemmer", "jinja2", "tomlkit",
    } == set()  # fmt: skip


def test_the_table_says_of_every_command_what_it_says_itself() -> None:
    modules = {
        path.stem
        for path in Path(commands.__file__).parent.glob("*.py")
        if "import typer" in path.read_text(encoding="utf-8")
    }

    said = {
        name: " ".join(command.help.split("\n\n")[0].split())
        for name in cli.COMMANDS
        if (command := cli.load(name))
    }

    assert said == cli.COMMANDS
    # The one stands below `voice`, the other is shared by many.
    assert set(cli.COMMANDS) == modules - {"hear", "options"}


def test_a_command_below_a_command_says_in_full_what_it_does(tmp_path: Path) -> None:
    done = run(tmp_path, "models", "--help", COLUMNS="80")

    assert "remove Delete a model from the disk, or from the disk of the Ollama server; asks " in (
        " ".join(done.stdout.split())
    )


@pytest.mark.parametrize(
    ("arguments", "code", "message", "hint"),
    [
        (("start", "--model", "gpt-9"), 1, "There is no model 'gpt-9'", "models list"),
        (("start", "--model", "embedded/huge"), 1, "no embedded model", "qwen2.5-coder-1.5b"),
        (("start", "--model", "none", "--guide", "/no/guide"), 1, "no guide at", "--guide PATH"),
        (("start", "--model", "none", "--repo", "/no/repo"), 1, "no repository at", "--repo PATH"),
        (("start", "--model", "gpt-9", "--topic", "gil"), 2, "no topic 'gil'", "'the-gil'"),
        (("start", "--model", "gpt-9", "--section", "9"), 2, "no section '9'", "Did you mean"),
        (("start", "20261123"), 2, "Found '20261123'", "interviewer start --resume 20261123`"),
        (("start", "--level", "guru"), 2, "'guru'", "Correct 'level'"),
        (("start", "--questions", "0"), 2, "'questions'", "Correct 'questions'"),
        (("index", "--profile", "work"), 2, "no profile 'work'", "profiles add work"),
        (("review",), 2, "no session yet", "interviewer start"),
        (("models", "pull", "none"), 1, "nothing to fetch", "models list"),
        (("strat",), 2, "no command 'strat'", "Did you mean 'start'?"),
        (("sessions", "drop"), 2, "no command 'drop'", "sessions --help` lists all"),
        (("start", "--qestions", "3"), 2, "No such option: --qestions", "--questions"),
        (("start", "--minutes", "abc"), 2, "integer, found 'abc'.", "start --help` says what it"),
        (("sessions", "list", "--min-score", "20"), 2, "10, found '20'.", "sessions list --help`"),
        (("sessions", "export", "x", "--format", "pdf"), 2, ": 'pdf' is not one of", "t --help`"),
        (("override", "last"), 2, "Missing argument 'point'.", "override --help`"),
        (("start", "--minutes"), 2, "'--minutes' requires an argument.", "COMMAND --help`"),
        (("--foo",), 2, "No such option: --foo.", "--help`"),
    ],
)
def test_a_failure_has_its_exit_code_its_message_and_a_next_step(
    tmp_path: Path, arguments: tuple[str, ...], code: int, message: str, hint: str
) -> None:
    done = run(tmp_path, *arguments)

    assert done.returncode == code
    assert message in done.stderr
    assert hint in done.stderr
    assert "Traceback" not in done.stderr


def test_a_group_without_a_command_shows_its_help_and_a_no_aborts(tmp_path: Path) -> None:
    write_answered_session(tmp_path, "A generator is lazy.")

    bare = run(tmp_path, "models")
    declined = run(tmp_path, "sessions", "delete", "last", typed="n\n")

    assert bare.returncode == 2
    assert "pull" in bare.stderr
    assert (declined.returncode, declined.stderr) == (1, "Aborted!\n")


def test_an_unknown_environment_setting_is_named(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor", INTERVIEWER_QUESTION="3")

    assert done.returncode == 2
    assert "'questions'" in done.stderr


def test_doctor_examines_and_prints_json(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor", "--json", OLLAMA_HOST="http://127.0.0.1:9")

    rows = {row["what"]: row for row in json.loads(done.stdout)}
    assert rows["Model"]["found"].startswith("embedded/qwen2.5-coder-1.5b")
    assert "45 topics" in rows["Guide"]["found"]
    assert rows["Ollama"]["state"] == "ok"


def test_an_output_that_lacks_a_character_shows_another(tmp_path: Path) -> None:
    done = run(
        tmp_path, "doctor", OLLAMA_HOST="http://127.0.0.1:9", PYTHONIOENCODING="ascii",
        PYTHONUTF8="0",
    )  # fmt: skip

    assert done.returncode == 1
    assert "? Terminal: Its encoding is 'ascii'" in done.stdout
    assert "PYTHONUTF8=1" in done.stdout
    assert "Traceback" not in done.stderr


def test_models_are_listed_with_size_and_licence(tmp_path: Path) -> None:
    done = run(tmp_path, "models", "list", "--json", OLLAMA_HOST="http://127.0.0.1:9")

    rows = json.loads(done.stdout)
    assert [row["name"] for row in rows] == [
        "embedded/qwen2.5-coder-1.5b",
        "embedded/qwen2.5-coder-0.5b",
        "whisper/tiny.en",
        "whisper/base",
    ]
    licences = {"embedded": "Apache-2.0", "whisper": "MIT"}
    assert all(row["licence"] == licences[row["name"].split("/")[0]] for row in rows)
    assert not any(row["installed"] for row in rows)


def test_removing_a_model_that_is_not_there_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "models", "remove", "embedded/qwen2.5-coder-0.5b")

    assert "not on disk" in done.stdout


def test_index_check_names_file_and_line_and_fails(tmp_path: Path) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text("# S\n\n## T\n\nNotes.\n\n### Key pionts\n\n- x\n")

    done = run(tmp_path, "index", "--check", "--guide", str(guide))
    as_json = run(tmp_path, "index", "--check", "--json", "--guide", str(guide))

    assert done.returncode == as_json.returncode == 1
    assert "guide.md:7: Unknown heading 'Key pionts'" in done.stdout
    assert json.loads(as_json.stdout)[0]["line"] == 7


def test_index_says_what_it_read(tmp_path: Path) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text("1. **Basics**\n   - Lists\n   - Dicts\n")

    done = run(tmp_path, "index", "--json", "--guide", str(guide))
    again = run(tmp_path, "index", "--guide", str(guide))
    anew = run(tmp_path, "index", "--rebuild", "--guide", str(guide))

    summary = json.loads(done.stdout)
    assert [topic["title"] for topic in summary["topics"]] == ["Lists", "Dicts"]
    assert summary["added"] > 0
    assert "0 added and 0 removed" in " ".join(again.stdout.split())
    assert f"{summary['added']} added" in " ".join(anew.stdout.split())


def test_index_lists_what_it_passed_over_and_why(tmp_path: Path) -> None:
    guide, repo = tmp_path / "guide.md", tmp_path / "repo"
    guide.write_text(NOTES, encoding="utf-8")
    repo.mkdir()
    (repo / "app.py").write_text("def run():\n    return 1\n", encoding="utf-8")
    (repo / "made\x1b[31m.py").write_text("# @generated\n", encoding="utf-8")

    done = run(tmp_path, "index", "--skipped", "--guide", str(guide), "--repo", str(repo))
    as_json = run(
        tmp_path, "index", "--skipped", "--json", "--guide", str(guide), "--repo", str(repo)
    )

    assert "Passed over: 1 generated." in done.stdout
    assert "made\\u001b[31m.py:generated" in "".join(done.stdout.split())
    assert "\x1b" not in done.stdout
    summary = json.loads(as_json.stdout)
    assert summary["skipped"] == {"generated": 1}
    assert summary["skips"][0]["reason"] == "generated"


def test_profiles_are_kept_used_and_forgotten(tmp_path: Path) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text(NOTES, encoding="utf-8")

    added = run(tmp_path, "profiles", "add", "work", "--guide", str(guide))
    used = run(tmp_path, "profiles", "use", "work")
    listed = json.loads(run(tmp_path, "profiles", "list", "--json").stdout)
    shown = run(tmp_path, "profiles", "list")
    indexed = json.loads(run(tmp_path, "index", "--json").stdout)
    removed = run(tmp_path, "profiles", "remove", "work")
    after = json.loads(run(tmp_path, "profiles", "list", "--json").stdout)

    assert (added.returncode, used.returncode, removed.returncode) == (0, 0, 0)
    assert listed == {"used": "work", "profiles": {"work": {"guide": [str(guide)], "repo": []}}}
    assert "work  in use" in shown.stdout
    assert [topic["title"] for topic in indexed["topics"]] == ["Lists"]
    assert after == {"used": "none", "profiles": {}}


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (("add", "none", "--guide", "."), "found 'none'", "another name"),
        (("add", "a b", "--guide", "."), "found 'a b'", "another name"),
        (("add", "work"), "needs a guide or a repository", "--guide PATH"),
        (("add", "work", "--repo", "/no/repo"), "nothing at '/no/repo'", "Correct"),
        (("remove", "work"), "no profile 'work'", "profiles add work --guide PATH"),
        (("use", "work"), "no profile 'work'", "profiles add work --guide PATH"),
    ],
)
def test_a_profile_that_cannot_be_is_refused_with_a_next_step(
    tmp_path: Path, arguments: tuple[str, ...], message: str, hint: str
) -> None:
    done = run(tmp_path, "profiles", *arguments)

    assert done.returncode == 2
    assert message in done.stderr
    assert hint in done.stderr


def test_index_follows_an_edit_until_ctrl_c(tmp_path: Path) -> None:
    guide = tmp_path / "guides" / "guide.md"
    guide.parent.mkdir()
    guide.write_text(NOTES, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "interviewer", "index", "--watch", "--json", "--guide",
         str(guide.parent)],
        env={**os.environ, "INTERVIEWER_HOME": str(tmp_path / "home")},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        guide.write_text("# Section\n\n## Sets\n\nNo order.\n\n### Key pionts\n", encoding="utf-8")
        second = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=120)

    assert (first["changed"], first["added"]) == ([], 1)
    assert second["changed"] == [str(guide)]
    assert second["removed"] == 1
    assert "Unknown heading 'Key pionts'" in str(second["findings"])
    assert (process.returncode, errors) == (0, "")


def test_an_interview_in_a_pipe_without_a_model_is_graded_and_reviewed(tmp_path: Path) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text(GUIDE)
    answers = "It always runs the clean-up step.\n\nAlso when\nan exception leaves it.\n\n/why\n"

    held = run(
        tmp_path, "start", "--model", "none", "--questions", "1", "--guide", str(guide),
        "--seed", "1", typed=answers,
    )  # fmt: skip
    reviewed = run(tmp_path, "review")
    events = json.loads(run(tmp_path, "review", "--json").stdout)

    assert held.returncode == 0, held.stderr
    assert "What does a with statement promise" in held.stdout
    assert "of 10" in held.stdout
    assert "Transcript: " in held.stdout
    assert "clean-up step runs" in reviewed.stdout
    assert "guide.md:" in reviewed.stdout
    assert events["ended"] == "complete" or events["exchanges"][0]["grade"]
    head = events["started"]
    assert head["guide"] == [str(guide)]
    assert {"python", "chromadb", "xllamacpp"} <= head["versions"].keys()
    assert head["corpus_digest"].startswith("sha256:")
    assert head["index_digest"].startswith("sha256:")


def test_a_session_is_disputed_graded_again_and_reviewed_with_all_of_it(tmp_path: Path) -> None:
    path = write_answered_session(
        tmp_path, "A generator computes each value only when somebody asks, one at a time."
    )

    early = run(tmp_path, "override", "last", "1.1", "wrong", "--why", "No.")
    regraded = run(tmp_path, "regrade", "2026", "--model", "none", "--json")
    overridden = run(tmp_path, "override", "last", "once", "covered", "--why", "So.", "--json")
    reviewed = run(tmp_path, "review", "--answers")
    state = json.loads(run(tmp_path, "review", "--json", "--answers").stdout)

    assert early.returncode == 2
    assert "Grade it first" in early.stderr
    graded = json.loads(regraded.stdout)
    assert (graded["session"], graded["model"]) == (path.stem, "none")
    assert graded["questions"][0]["before"] is None
    assert {v["key_point"]: v["after"] for v in graded["questions"][0]["verdicts"]}[
        "lazy"
    ] == "covered"
    moved = json.loads(overridden.stdout)
    assert moved["after"] > moved["before"] == graded["questions"][0]["after"]
    assert (moved["why"], moved["verdicts"][0]["after"]) == ("So.", "covered")
    assert "1.3 ✓ covered: " in reviewed.stdout
    assert "with covered: “So.”" in reviewed.stdout
    assert "A strong answer: " in reviewed.stdout
    exchange = state["exchanges"][0]
    assert exchange["in_force"]["score"] == moved["after"]
    assert exchange["grade"]["score"] == moved["before"]
    assert exchange["model_answer"]
    assert len(path.read_text().splitlines()) == 5


def test_a_review_in_a_pipe_prints_all_with_notes_and_they_are_in_its_json(tmp_path: Path) -> None:
    noted = Path(__file__).parent / "golden" / "session-1-noted.jsonl"
    folder = tmp_path / "data" / "sessions"
    folder.mkdir(parents=True)
    shutil.copy(noted, folder / "20261123-190000-7e59.jsonl")

    printed = run(tmp_path, "review")
    whole = run(tmp_path, "review", "--all")
    state = json.loads(run(tmp_path, "review", "--json").stdout)

    assert "Question 2 of 2" in printed.stdout
    assert "Never skip this one." in printed.stdout
    assert "\x1b" not in printed.stdout
    assert printed.stdout == whole.stdout
    assert [[note["text"] for note in x["notes"]] for x in state["exchanges"]] == [
        ["Read “lazy” again, naïvely.", "Read."],
        ["Never skip this one."],
    ]


def test_an_override_takes_one_of_four_verdicts_and_a_reason(tmp_path: Path) -> None:
    assert run(tmp_path, "override", "last", "1.1", "great", "--why", "So.").returncode == 2
    assert run(tmp_path, "override", "last", "1.1", "covered").returncode == 2


def test_a_transcript_of_a_newer_version_is_refused_with_what_is_needed(tmp_path: Path) -> None:
    head = SessionStarted(
        at=now(), session="s", program="p", model="m", model_digest="", where="", mode="real",
        level="mid", questions=1, seed=1, guide=(), repo=(),
    )  # fmt: skip
    line = EVENT.dump_json(head).replace(b'"schema_version":2', b'"schema_version":99')
    folder = tmp_path / "data" / "sessions"
    folder.mkdir(parents=True)
    (folder / "20260101-000000-abcd.jsonl").write_bytes(
        line.replace(b'"seed"', b'"new":1,"seed"') + b"\n"
    )

    done = run(tmp_path, "review")

    assert done.returncode == 1
    assert "schema 99" in done.stderr
    assert "Update interviewer" in done.stderr


NOTES = "# Basics\n\n## Lists\n\nA list keeps its order.\n"
GUIDE = """# Fundamentals

## Context managers

A context manager pairs a set-up step with a clean-up step.

### Key points

- `exit-always` (3): The clean-up step runs however the block ends, also when it raises.
  - Covered: says that leaving by an exception still cleans up.
  - Wrong: says that clean-up is skipped when the block fails.
  - Follow-up: Suppose the third line of that block fails, what happens then?

### Questions

- mid (exit-always): What does a with statement promise you?
"""
