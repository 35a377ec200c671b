"""Processes that write a transcript and are killed at a random moment.

    python -m tests.fakes.killed_writer PATH KILLS

prints how many events of each process were acknowledged: written, as far as `SessionLog` says.
"""

import json
import os
import signal
import sys
import time
from itertools import count
from pathlib import Path
from random import Random
from typing import NoReturn

from interviewer.transcripts.log import SessionLog
from interviewer.values.events import Hinted

LARGE = 60_000
MOST = 4
LONGEST_S = 0.004


def text_of(number: int, place: int) -> str:
    """Return what the n-th process writes: every third is large enough to be cut in two."""
    return f"{number} {place} {'x' * LARGE * (place % 3 == 2)}"


def write(path: Path, number: int, pipe: int) -> NoReturn:
    """Write events until killed, and a byte for each that is said to be on the disk."""
    with SessionLog(path, again=path.exists()) as log:
        for place in count():
            log.write(Hinted(text=text_of(number, place)))
            os.write(pipe, b".")
    raise AssertionError


def kill(path: Path, number: int, after: int, after_s: float) -> int:
    """Let a process write so many events, kill it a moment later, and return how many it was told.

    With none it is killed while it opens the transcript, or writes the first.
    """
    reading, writing = os.pipe()
    # Forked and not started anew: two hundred interpreters would take minutes.
    if (child := os.fork()) == 0:
        write(path, number, writing)
    os.close(writing)
    told = b""
    while len(told) < after and (more := os.read(reading, 1)):
        told += more
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it ended before it was killed"
    with os.fdopen(reading, "rb") as pipe:
        return len(told + pipe.read())


if __name__ == "__main__":
    random = Random(1)  # noqa: S311 - variety, not secrecy
    transcript, kills = Path(sys.argv[1]), int(sys.argv[2])
    moments = [(random.randrange(MOST), random.uniform(0, LONGEST_S)) for _ in range(kills)]
    print(json.dumps([kill(transcript, n, *moment) for n, moment in enumerate(moments)]))  # noqa: T201
