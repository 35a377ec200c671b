#!/usr/bin/env python3
"""Set everything up in `.venv`, then run `interviewer` with the arguments given.

    python3 run.py start --questions 3    set up, then hold an interview
    python3 run.py start --voice          the same with what a spoken interview needs
    python3 run.py check                  set up, then lint, types, tests and coverage

Needs Python 3.11 and a package index, nothing else. Every package comes from the lock, its hash
checked; a second run finds all in place and starts at once.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
FOLDER = ROOT / ".venv"
BIN = FOLDER / ("Scripts" if os.name == "nt" else "bin")
STAMP = FOLDER / "locked.sha256"
SMALL_MODEL = "embedded/qwen2.5-coder-0.5b"
RECOGNISER = "whisper/tiny.en"
VOICE = {"voice", "--voice"}
CHECKS = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("mypy",),
    ("interviewer", "models", "pull", SMALL_MODEL),
    ("interviewer", "models", "pull", RECOGNISER),
    ("coverage", "erase"),
    ("coverage", "run", "-m", "pytest", "-n", "2", "--dist", "worksteal"),
    ("coverage", "combine", "--quiet"),
    ("coverage", "report"),
)


def main() -> int:
    """Return the exit code of what was run."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this may have any Python
        print(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    arguments = sys.argv[1:]
    is_check = arguments == ["check"]
    kind = "-dev" if is_check else "-voice" if VOICE.intersection(arguments) else ""
    set_up(ROOT / f"requirements{kind}.lock")
    if not is_check:
        return run("interviewer", *arguments)
    os.chdir(ROOT)
    for command in CHECKS:
        print(f"$ {' '.join(command)}", flush=True)
        if code := run(*command):
            return code
    return 0


def set_up(lock: Path) -> None:
    """Create the environment and install the lock, unless that was done before."""
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    done = STAMP.read_text().split() if STAMP.exists() else []
    if wanted in done:
        return
    print(f"Setting up {FOLDER.name} from {lock.name}; this takes a few minutes, once.", flush=True)
    if not (FOLDER / "pyvenv.cfg").exists():
        venv.create(FOLDER, with_pip=True)
    pip = (str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    for arguments in (
        ("--require-hashes", "--requirement", str(lock)),
        ("--no-deps", "--no-build-isolation", "--editable", str(ROOT)),
    ):
        if subprocess.call([*pip, *arguments]):
            sys.exit("The set-up failed: see pip's message above; then run the same command again.")
    STAMP.write_text("\n".join([*done, wanted]))


def run(program: str, *arguments: str) -> int:
    """Run a program of the environment and return its exit code; Ctrl-C is the program's."""
    child = subprocess.Popen([str(BIN / program), *arguments])
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    sys.exit(main())
