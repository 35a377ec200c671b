"""The process in which one call of a candidate's code is made: a script, started by `runner`.

It imports the standard library alone, puts up what walls the system offers, and writes two lines
of JSON: the walls that stand, and what the call gave. It knows the code and the call, never the
value that is wanted. Code that takes over this process can therefore write any result, and gains
nothing over returning it.

What stands where:

- Linux: own namespaces for users, processes, network and IPC, if the system lets users have them;
  Landlock, if the kernel has it: nothing is written, nothing read but what Python needs.
- Linux and macOS: limits of CPU time, memory, file size (nothing), open files and processes (none;
  on Linux no threads either). macOS does not hold to the limit of memory, nor root to that of
  processes, for which Linux has a filter of system calls as well.
- Everywhere: an audit hook refuses files for writing, processes, sockets and signals. It guards
  against accidents; code that is out to get round it can.
"""

import contextlib
import ctypes
import importlib
import io
import json
import os
import signal
import struct
import sys
import traceback
from typing import Any, NoReturn

CPU_S = 3
MEMORY_BYTES = 512 << 20
OPEN_FILES = 32
MAX_RESULT_CHARS = 200_000
MAX_PRINTED_CHARS = 2_000
FILE_NAME = "<your code>"
TIMED_OUT = 3
"""Exit code of a call that used up its CPU time."""
SIGNALLED = 128
"""Added to the number of the signal that ended the call."""

_NAMESPACES = 0x10000000 | 0x20000000 | 0x40000000 | 0x08000000  # user, pid, net, ipc
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many rights each version of Landlock knows; later ones 16 (linux/landlock.h)."""
_EXECUTE, _READ_FILE, _READ_DIR = 1, 4, 8
_STARTING = {"x86_64": (0xC000003E, (56, 57, 58, 435)), "aarch64": (0xC00000B7, (220, 435))}
"""Name of a machine → its number in linux/audit.h, its calls that start a process or a thread."""
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # linux/bpf_common.h
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # linux/seccomp.h; the latter with EPERM
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    "socket.", "subprocess.", "shutil.", "ctypes.", "os.system", "os.exec", "os.posix_spawn",
    "os.spawn", "os.startfile", "os.fork", "os.kill", "os.remove", "os.rename", "os.rmdir",
    "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.chflags",
)  # fmt: skip


class Printed(io.TextIOBase):
    """Keeps the beginning of what is printed and forgets the rest."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str, /) -> int:
        """Keep what there is room for."""
        self.text += str(text)[: MAX_PRINTED_CHARS - len(self.text)]
        return len(text)


def main() -> NoReturn:
    """Read a job from standard input, do it behind walls, write what came of it, and leave."""
    job = json.load(sys.stdin.buffer)
    results = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    walls = confine() if sys.platform != "win32" else []
    os.write(results, f"{json.dumps(walls)}\n".encode())
    sys.addaudithook(_refuse)
    # As text in ASCII, whatever halves of characters a value may hold.
    os.write(results, json.dumps(run(job["code"], job["call"])).encode())
    os._exit(0)


def run(code: str, call: str) -> dict[str, str]:
    """Return what a call of the code gives: a value, an error, or no more memory."""
    sys.stdout = printed = Printed()
    spare = bytearray(4 << 20)
    given = {"status": "fault"}
    try:
        names: dict[str, Any] = {"__name__": "answer"}
        exec(compile(code, FILE_NAME, "exec", dont_inherit=True), names)  # noqa: S102
        given["status"] = "error"
        text = repr(plain(eval(call, names)))  # noqa: S307 - the very purpose
        given |= {"status": "value", "text": text[:MAX_RESULT_CHARS]}
    except MemoryError as error:
        # Whoever holds the frames holds what filled the memory.
        error.__traceback__ = None
        del spare
        given["status"] = "memory"
    except BaseException as error:  # noqa: BLE001 - SystemExit too: whatever the code raises
        given["text"] = _last_line(error)
    return given | {"printed": printed.text}


def plain(value: object) -> object:
    """Return a value with its containers as the built-in ones, which have literals."""
    match value:
        case dict():
            return {plain(key): plain(item) for key, item in value.items()}
        case list():
            return [plain(item) for item in value]
        case tuple():
            return tuple(plain(item) for item in value)
        case set() | frozenset():
            return {plain(item) for item in value}
        case str() if type(value) is not str:
            return str.__str__(value)
        case _:
            return value


def _last_line(error: BaseException) -> str:
    """Return the last line of a traceback, with the line of the code where it happened."""
    line = error.lineno if isinstance(error, SyntaxError) else None
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == FILE_NAME]
    line = frames[-1].lineno if frames else line
    text = "".join(traceback.format_exception_only(error)).strip().splitlines()[-1]
    return f"line {line}: {text[:500]}" if line else text[:500]


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and arguments[2] & _WRITING
    if writes or event.startswith(_REFUSED):
        name = "opening a file for writing" if writes else event
        raise PermissionError(f"not allowed here: {name}")


def confine() -> list[str]:
    """Become a process behind walls and return which stand.

    The process before stays behind, outside, and tells by its exit code how this one ended.
    """
    walls = ["limits"]
    call = _libc()
    if call and call.unshare(_NAMESPACES) == 0:
        walls.append("namespaces")
    _die_with_parent(call)
    if child := os.fork():
        _wait_for(child)
    _die_with_parent(call)
    if call:
        call.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        walls += ["files"] if _shut_files(call) else []
        _forbid_starting(call)
    _set_limits()
    return walls


def _wait_for(child: int) -> NoReturn:
    """Wait until the process behind walls has ended; when told to stop, end it."""
    signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGKILL))
    _, status, usage = os.wait4(child, 0)
    out_of_time = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
    # Code may ignore that signal; what then kills it looks like any other end.
    if out_of_time or usage.ru_utime + usage.ru_stime >= CPU_S:
        os._exit(TIMED_OUT)
    os._exit(SIGNALLED + os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0)


def _set_limits() -> None:
    resource = importlib.import_module("resource")  # not on Windows
    # The first limit on time sends SIGXCPU, the second kills: by its own count of the time, which
    # on a busy machine may run ahead of the one that `wait4` tells.
    for name, soft, hard in (
        ("CPU", CPU_S, CPU_S + 1), ("AS", MEMORY_BYTES, MEMORY_BYTES), ("FSIZE", 0, 0),
        ("NOFILE", OPEN_FILES, OPEN_FILES), ("NPROC", 0, 0), ("CORE", 0, 0),
    ):  # fmt: skip
        # A system may not know a limit, or hold us to a lower one.
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (soft, hard))


def _libc() -> Any:  # noqa: ANN401 - ctypes has no better type
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _die_with_parent(libc: Any) -> None:  # noqa: ANN401
    if libc:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _shut_files(libc: Any) -> bool:  # noqa: ANN401
    """Leave nothing to be written and only Python's own to be read; tell whether that worked."""
    version = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    rights = struct.pack("=Q", (1 << _LANDLOCK_RIGHTS.get(version, 16)) - 1)
    rules = libc.syscall(_LANDLOCK_CREATE, rights, len(rights), 0)
    library = os.path.dirname(os.__file__)  # noqa: PTH120 - no more imports than needed
    for path in (library, "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/zoneinfo"):
        with contextlib.suppress(OSError):
            place = os.open(path, os.O_PATH | os.O_DIRECTORY)
            rule = struct.pack("=Qi", _EXECUTE | _READ_FILE | _READ_DIR, place)
            libc.syscall(_LANDLOCK_ADD, rules, 1, rule, 0)
            os.close(place)
    is_shut = libc.syscall(_LANDLOCK_RESTRICT, rules, 0) == 0
    os.close(rules)
    return bool(is_shut)


def _forbid_starting(libc: Any) -> None:  # noqa: ANN401
    """Let no process or thread be started: the limit of processes does not hold for root."""
    machine, calls = _STARTING.get(os.uname().machine, (0, ()))
    if not calls:
        return
    # Each jump goes to the last line, which refuses; calls from 2³⁰ on are those of another ABI.
    checks = [(_IF_AT_LEAST, 0x40000000), *((_IF_EQUAL, number) for number in calls)]
    lines = [(_LOAD, 0, 0, 4), (_IF_EQUAL, 0, len(checks) + 2, machine), (_LOAD, 0, 0, 0)]
    lines += [(how, len(checks) - n, 0, number) for n, (how, number) in enumerate(checks)]
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
    head = struct.pack("@HP", len(lines), ctypes.addressof(program))
    libc.prctl(_PR_SET_SECCOMP, 2, head)


if __name__ == "__main__":
    main()
