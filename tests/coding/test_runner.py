"""Code of every kind, friendly and not: it is judged, and the rest of the machine is left alone."""

import os
import sys
from pathlib import Path

import pytest

from interviewer.coding.cases import Case, read_case
from interviewer.coding.child import MAX_PRINTED_CHARS
from interviewer.coding.runner import (
    MAX_CODE_CHARS,
    MAX_SHOWN_CHARS,
    call_code,
    run_code,
    task_cases,
)
from interviewer.knowledge.guide import parse_chapter
from interviewer.values.coding import CaseResult, CaseStatus
from tests.fakes.guide import CHAPTER

WRITES = """
import os
def f(x):
    for descriptor in range(3, 9):
        try: os.write(descriptor, {})
        except OSError: pass
    os._exit(0)
"""
"""Code that writes a result of its own wherever it can."""
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="walls of Linux")


def cases(*texts: str) -> list[Case]:
    read = [read_case(text, is_hidden=False) for text in texts]
    return [case for case in read if case]


def only(code: str, text: str = "assert f(3) == 6") -> CaseResult:
    """Return what becomes of the only case."""
    run = run_code(code, cases(text))
    assert run.fault == ""
    return run.results[0]


def test_code_passes_the_cases_that_it_answers_and_fails_the_others() -> None:
    run = run_code(
        "def f(x):\n    print('x is', x)\n    return 10 // x",
        cases("assert f(5) == 2", "assert f(5) == 3", "assert f(0) is None"),
    )

    assert [(r.status, r.call, r.expected, r.got) for r in run.results] == [
        ("passed", "f(5)", "2", ""),
        ("wrong", "f(5)", "3", "2"),
        ("error", "f(0)", "None",
         "line 3: ZeroDivisionError: integer division or modulo by zero"),
    ]  # fmt: skip
    assert (run.passed, run.share, run.printed) == (1, 1 / 3, "x is 5\n")


def test_the_solution_of_a_task_passes_all_its_cases() -> None:
    task = parse_chapter(CHAPTER, "a.md").topics[0].tasks[0]

    run = run_code(task.solution, task_cases(task))

    assert [(r.status, r.is_hidden) for r in run.results] == [("passed", False), ("passed", True)]


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("def f(x) return x", "line 1: SyntaxError: expected ':'"),
        ("import csv\nimport gone", "line 2: ModuleNotFoundError: No module named 'gone'"),
        ("def f():\n    raise SystemExit(3)\nf()", "line 2: SystemExit: 3"),
        ("x = 'a\0b'", "source code string cannot contain null bytes"),
        ("x" * (MAX_CODE_CHARS + 1), "the code is longer than 50,000 characters"),
    ],
)
def test_code_that_cannot_be_loaded_says_so_once(code: str, fault: str) -> None:
    run = run_code(code, cases("assert f(1) == 1", "assert f(2) == 2"))

    assert run.fault.endswith(fault)
    assert (run.results, run.share) == ((), 0.0)


@pytest.mark.parametrize(
    ("body", "status", "got"),
    [
        ("while True: pass", "timeout", "no end in time"),
        ("data = []\n    while True: data.append(bytes(10**6))", "memory", "out of memory"),
        ("return [0] * 10**9", "memory", "out of memory"),
        ("return f(x)", "error", "line 2: RecursionError: maximum recursion depth exceeded"),
        ("import sys; sys.exit()", "error", "line 2: SystemExit"),
        ("import os; os._exit(0)", "error", "ended the process without a result"),
        ("return input()", "error", "line 2: EOFError: EOF when reading a line"),
        ("yield x", "wrong", "<generator object f at"),
        ("return object", "wrong", "<class 'object'>"),
        ("print('x' * 10**8)\n    return 6", "passed", ""),
        ("return 'x' * 10**7", "wrong", "'" + "x" * (MAX_SHOWN_CHARS - 1) + " …"),
        ("return '\\ud800'", "wrong", r"'\ud800'"),
    ],
)  # fmt: skip
def test_code_that_goes_wrong_fails_its_case_and_says_how(
    body: str, status: CaseStatus, got: str
) -> None:
    result = only(f"def f(x):\n    {body}")

    assert result.status == status
    assert result.got.startswith(got)


@pytest.mark.parametrize(
    "code",
    [
        "import collections\ndef f(x): return collections.Counter(a=6)",
        "import enum\nclass E(enum.StrEnum):\n    A = 'a'\ndef f(x): return {E.A: 6}",
    ],
)
def test_a_value_that_equals_the_wanted_one_passes_whatever_its_class(code: str) -> None:
    assert only(code, "assert f(3) == {'a': 6}").status == "passed"


@pytest.mark.parametrize(
    "code",
    [
        "class Any:\n    def __eq__(self, other): return True\ndef f(x): return Any()",
        "import builtins\nbuiltins.repr = lambda value: 'True'\ndef f(x): return 5",
        WRITES.format('b\'{"status": "passed", "text": "1"}\''),
        WRITES.format("b'\\xff' * 10**6"),
    ],
)
def test_code_that_meddles_with_its_judge_gains_nothing(code: str) -> None:
    assert only(code).status in ("wrong", "error")


def test_a_call_knows_neither_the_wanted_value_nor_the_other_cases() -> None:
    code = (
        "import gc, sys\n"
        "def f(x):\n"
        "    frames, frame = [], sys._getframe()\n"
        "    while frame: frames.append(repr(frame.f_locals)); frame = frame.f_back\n"
        "    held = [v for d in gc.get_objects() if isinstance(d, dict) for v in d.values()]\n"
        "    text = ' '.join(frames + [v for v in held if isinstance(v, str)])\n"
        "    return 'sys._getframe()' in text, '73' + '91' in text, '44' + '77' in text\n"
    )

    run = run_code(code, cases("assert f(3) == 7391", "assert f(4) == 4477"))

    assert [result.got for result in run.results] == ["(True, False, False)"] * 2


def test_what_is_printed_is_kept_up_to_a_limit() -> None:
    reply = call_code("def f():\n    for _ in range(9): print('y' * 999)", "f()")

    assert len(reply.printed) == MAX_PRINTED_CHARS


def test_after_two_calls_without_an_end_the_others_are_not_tried(tmp_path: Path) -> None:
    # Names are numbers here, so that what a call does is seen from its case alone.
    run = run_code("def f(x):\n    while x: pass", cases(*["assert f(1) == 1"] * 2, "assert f(0)"))

    assert [result.status for result in run.results] == ["timeout"] * 3
    assert run.results[2].got.startswith("not tried")
    assert list(tmp_path.iterdir()) == []


def behind_walls(code: str) -> str:
    """Return what a call gives where the audit hook has been got round: the walls must hold."""
    # The hook reads this name when it is called; real code would need more than one line for it.
    freed = "import sys\nsys._getframe(2).f_globals['_REFUSED'] = ('none',)\n"
    freed += "sys._getframe(2).f_globals['_WRITING'] = 0\n"
    reply = call_code(f"{freed}{code}", "f()")
    missing = {"namespaces", "files"} - set(reply.walls)
    if missing:
        pytest.skip(f"this system has no {missing}")
    return reply.text


@LINUX
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os\ndef f():\n    while True: os.fork()", "PermissionError: [Errno 1]"),
        ("import threading\ndef f(): threading.Thread(target=f, daemon=True).start()",
         "can't start new thread"),
        ("import socket\ndef f(): socket.create_connection(('127.0.0.1', 9))", "unreachable"),
        (f"import os\ndef f(): os.kill({os.getpid()}, 0)", "ProcessLookupError"),
        ("def f(): open('new.txt', 'w')", "PermissionError: [Errno 13]"),
        (f"def f(): open({__file__!r})", "PermissionError: [Errno 13]"),
        ("import os\ndef f(): os.listdir('/')", "PermissionError: [Errno 13]"),
        (f"def f(): open('/proc/{os.getpid()}/environ')", "PermissionError: [Errno 13]"),
    ],
    ids=["fork bomb", "thread", "network", "signal", "write", "read", "list", "environment"],
)  # fmt: skip
def test_the_walls_hold_also_where_the_guard_has_been_got_round(code: str, said: str) -> None:
    assert said in behind_walls(code)


@LINUX
def test_a_file_of_the_user_is_neither_emptied_nor_removed(tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("kept", encoding="utf-8")

    emptied = behind_walls(f"def f(): open({str(kept)!r}, 'w')")
    removed = behind_walls(f"import os\ndef f(): os.remove({str(kept)!r})")

    assert "PermissionError" in emptied
    assert "PermissionError" in removed
    assert kept.read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    ("code", "refused"),
    [
        ("import os\ndef f(): os.fork()", "os.fork"),
        ("import subprocess\ndef f(): subprocess.run(['true'])", "subprocess.Popen"),
        ("import socket\ndef f(): socket.create_connection(('127.0.0.1', 9))", "socket"),
        ("def f():\n    open('new.txt', 'a')", "opening a file for writing"),
        ("import os\ndef f(): os.remove('old.txt')", "os.remove"),
        ("import shutil\ndef f(): shutil.rmtree('.')", "shutil.rmtree"),
    ],
)
def test_the_guard_says_what_is_not_allowed_on_every_system(code: str, refused: str) -> None:
    assert f"line 2: PermissionError: not allowed here: {refused}" in call_code(code, "f()").text


def test_nothing_of_the_environment_reaches_the_code() -> None:
    assert call_code("import os\ndef f(): return sorted(os.environ)", "f()").text in (
        "[]",
        "['LC_CTYPE']",  # Python's own doing
        "['SYSTEMROOT']",
    )
