"""Runs the program under guard: `python -m tests.fakes.guarded FOLDER… -- ARGUMENTS`.

Python tells its audit hooks of what it is about to do (PEP 578). A connection that leaves the
machine, or a file that is changed outside the folders, ends the program at once with code 97 and
a line on standard error. Native code is not heard: `tests.fakes.traced` is for that.
"""

import os
import runpy
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

CAUGHT = 97
LOCAL = ("127.", "::1", "localhost")
DEVICES = ("/dev/null", "/dev/tty", "/dev/pts/")
OWN_IDS = ("uid_map", "gid_map", "setgroups")
"""What a process writes in /proc for a namespace of its own: the wall around a candidate's code."""
_CHANGES = {"os.mkdir": 1, "os.remove": 1, "os.rmdir": 1, "os.rename": 2, "os.link": 2,
            "os.symlink": 2, "os.truncate": 1, "os.chmod": 1}  # fmt: skip
"""Audit events that change files, with how many of their arguments are paths."""
_BESIDE = ("os.mkdir", "os.remove", "os.rmdir")


def is_local(host: str) -> bool:
    return host.startswith(LOCAL)


def is_allowed(path: str, folders: Sequence[str]) -> bool:
    if path.startswith("/proc/") and path.endswith(OWN_IDS):
        return True
    # The folder's name may be reached by a link.
    real = str(Path(path).parent.resolve() / Path(path).name)
    return path.startswith(DEVICES) or any(
        Path(real).is_relative_to(Path(folder).resolve()) for folder in folders
    )


def guard(folders: Sequence[str]) -> Callable[[str, tuple[object, ...]], None]:
    """Return an audit hook."""

    def check(event: str, arguments: tuple[object, ...]) -> None:
        for host in _hosts(event, arguments):
            if not is_local(host):
                _leave(f"{event} {host}")
        for path in _changed(event, arguments):
            if not is_allowed(os.path.abspath(path), folders):  # noqa: PTH100 - touches no disk
                _leave(f"{event} {path!r}")

    return check


def _hosts(event: str, arguments: tuple[object, ...]) -> Iterator[str]:
    match event, arguments:
        case ("socket.connect" | "socket.sendto", (_, (str(host), *_))):
            yield host
        case "socket.getaddrinfo", (str(host), *_):
            yield host


def _changed(event: str, arguments: tuple[object, ...]) -> Iterator[str]:
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            yield from _paths([path])
    # What is named beside an open folder (its number comes last): where that is, the kernel knows.
    elif event in _CHANGES and not (event in _BESIDE and arguments[-1] != -1):
        yield from _paths(arguments[: _CHANGES[event]])


def _paths(arguments: Sequence[object]) -> Iterator[str]:
    yield from (os.fsdecode(path) for path in arguments if isinstance(path, str | bytes))


def _leave(what: str) -> None:
    os.write(2, f"guard: {what}\n".encode())
    os._exit(CAUGHT)


if __name__ == "__main__":
    end = sys.argv.index("--")
    own, rest = sys.argv[1:end], sys.argv[end + 1 :]
    sys.argv[1:] = rest[1:]
    sys.addaudithook(guard(own))
    runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
