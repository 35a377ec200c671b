"""What a program and its children do to files and the network, as the kernel sees it: strace."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from tests.fakes.guarded import is_allowed, is_local

_CALLS = (
    "connect,sendto,sendmsg,sendmmsg,openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,"
    "unlink,unlinkat,rmdir,link,linkat,symlink,symlinkat,truncate,chmod,fchmodat"
)
_HOST = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
_PORT = re.compile(r"sin6?_port=htons\((\d+)\)")
_OPENED = re.compile(r"^\d+ +(?:openat|open|creat)\(.*\bO_(?:WRONLY|RDWR|CREAT)\b.* = \d+<(.*)>$")
_CHANGED = re.compile(r"^\d+ +(?:mkdir|rename|unlink|rmdir|link|symlink|truncate|f?chmod)\w*\(")
_PATH = re.compile(r'(?:<([^<>]*)>, )?"((?:[^"\\]|\\.)*)"')
DNS = "53"


@cache
def can_trace() -> bool:
    """Tell whether strace is there and may look."""
    if not shutil.which("strace"):
        return False
    tried = [*command(Path(os.devnull)), "true"]
    return subprocess.run(tried, check=False, capture_output=True).returncode == 0


def command(log: Path) -> list[str]:
    """Return what to put before a command to have it traced into a file."""
    # -y names the file behind each descriptor; the filter leaves all other calls at full speed.
    options = ["-f", "--seccomp-bpf", "-qq", "-y", "-s", "4096", "-e", "signal=none"]
    return ["strace", *options, "-e", f"trace={_CALLS}", "-o", str(log)]


def faults(log: Path, folders: Sequence[str], start: Path) -> list[str]:
    """Return the lines that tell of a connection to elsewhere, or of a file changed elsewhere.

    `start` is the folder that the program began in.
    """
    found = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        hosts = [host or other for host, other in _HOST.findall(line)]
        to_dns = DNS in _PORT.findall(line)
        outside = [path for path in _changed(line, start) if not is_allowed(path, folders)]
        if to_dns or outside or not all(map(is_local, hosts)):
            found.append(line)
    return found


def _changed(line: str, start: Path) -> Iterator[str]:
    """Yield the files that a line of the log says were changed."""
    if opened := _OPENED.match(line):
        if opened[1].startswith("/"):
            yield opened[1]
    elif _CHANGED.match(line) and line.endswith(" = 0"):
        for folder, path in _PATH.findall(line):
            yield str(start / folder / path)
