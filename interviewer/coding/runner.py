"""Runs code against cases: a process a case, its end watched from here, its results judged here."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from threading import Event, Thread

from pydantic import BaseModel, TypeAdapter, ValidationError

from interviewer.coding import child
from interviewer.coding.cases import Case, read_case
from interviewer.values.coding import CaseResult, CaseStatus, CodeRun, Wall
from interviewer.values.knowledge import Task

START_S = 60.0
"""How long a process may take to begin: a busy machine is not the candidate's fault."""
WALL_S = 10.0
"""A call that does not use the CPU ends after this; one that does, after `child.CPU_S`."""
MAX_TIMEOUTS = 2
"""After so many calls without an end the cases left are not tried."""
MAX_CODE_CHARS = 50_000
MAX_SHOWN_CHARS = 300
_MAX_FIRST_BYTES = 200
_MAX_REPLY_BYTES = 4 * child.MAX_RESULT_CHARS
_WALLS: TypeAdapter[tuple[Wall, ...]] = TypeAdapter(tuple[Wall, ...])


class Reply(BaseModel):
    """What a call gave: `fault` is code that cannot be loaded, `silent` a process without reply."""

    status: str = "silent"
    text: str = ""
    printed: str = ""
    walls: tuple[Wall, ...] = ()


def task_cases(task: Task) -> list[Case]:
    """Return the cases of a task, the examples first."""
    shown = [read_case(text, is_hidden=False) for text in task.examples]
    hidden = [read_case(text, is_hidden=True) for text in task.hidden_cases]
    return [case for case in (*shown, *hidden) if case]


def run_code(code: str, cases: Sequence[Case]) -> CodeRun:
    """Run code against cases; nothing the code does is an error here."""
    if len(code) > MAX_CODE_CHARS:
        return CodeRun(fault=f"the code is longer than {MAX_CODE_CHARS:,} characters")
    results: list[CaseResult] = []
    printed, timeouts = "", 0
    walls: tuple[Wall, ...] = ()
    for case in cases:
        if timeouts >= MAX_TIMEOUTS:
            results.append(_result(case, "timeout", "not tried: others before it had no end"))
            continue
        reply = call_code(code, case.call)
        walls = reply.walls or walls
        if reply.status == "fault":
            return CodeRun(fault=reply.text, printed=reply.printed, walls=walls)
        printed = printed or reply.printed
        results.append(_judge(case, reply))
        timeouts += reply.status == "timeout"
    return CodeRun(results=tuple(results), printed=printed, walls=walls)


def call_code(code: str, call: str) -> Reply:
    """Evaluate an expression where the code was run, in a process of its own."""
    job = json.dumps({"code": code, "call": call}).encode()
    with tempfile.TemporaryDirectory(prefix="interviewer-") as folder:
        process = subprocess.Popen(  # noqa: S603 - the candidate's own code, on purpose
            [sys.executable, "-I", "-S", "-B", "-X", "utf8", child.__file__],
            cwd=folder, env=_environment(), start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        with process:
            try:
                said, in_time = _talk(process, job)
            finally:
                _stop(process)
    return _read(said, in_time=in_time, exit_code=process.returncode)


def _environment() -> dict[str, str]:
    # Windows starts no process without it.
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


def _talk(process: subprocess.Popen[bytes], job: bytes) -> tuple[bytes, bool]:
    """Give the job and return what was said, and whether it was said in time."""
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the process has no pipes")
    said: list[bytes] = []
    stdout, has_begun = process.stdout, Event()

    def listen() -> None:
        said.append(stdout.readline(_MAX_FIRST_BYTES))
        has_begun.set()
        said.append(stdout.read(_MAX_REPLY_BYTES))

    reader = Thread(target=listen, daemon=True)
    reader.start()
    with suppress(OSError):  # it may have ended already
        process.stdin.write(job)
        process.stdin.close()
    has_begun.wait(START_S)
    reader.join(WALL_S)
    in_time = not reader.is_alive()
    if in_time:
        with suppress(subprocess.TimeoutExpired):
            process.wait(WALL_S)
    _stop(process)
    reader.join()
    return b"".join(said), in_time


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    if process.poll() is not None:
        return
    process.terminate()  # its watcher ends what is behind walls, then itself
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _read(said: bytes, *, in_time: bool, exit_code: int) -> Reply:
    """Return the reply from what was said; all of it may be the code's own invention."""
    first, _, second = said.partition(b"\n")
    walls: tuple[Wall, ...] = ()
    with suppress(ValidationError):
        walls = _WALLS.validate_json(first)
    if not in_time or exit_code == child.TIMED_OUT:
        return Reply(status="timeout", text="no end in time", walls=walls)
    with suppress(ValidationError):
        return Reply.model_validate_json(second).model_copy(update={"walls": walls})
    text = "ended the process without a result"
    if exit_code > child.SIGNALLED:
        text = f"the process crashed ({signal.strsignal(exit_code - child.SIGNALLED)})"
    return Reply(text=text, walls=walls)


def _judge(case: Case, reply: Reply) -> CaseResult:
    match reply.status:
        case "value":
            return _result(case, "passed" if case.accepts(reply.text) else "wrong", reply.text)
        case "timeout":
            return _result(case, "timeout", reply.text)
        case "memory":
            return _result(case, "memory", "out of memory")
        case _:
            return _result(case, "error", reply.text)


def _result(case: Case, status: CaseStatus, got: str) -> CaseResult:
    text = got if len(got) <= MAX_SHOWN_CHARS else f"{got[:MAX_SHOWN_CHARS]} …"
    return CaseResult(
        call=case.call, expected=case.expected, is_hidden=case.is_hidden, status=status,
        got="" if status == "passed" else text,
    )  # fmt: skip
