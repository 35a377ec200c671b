"""Install the built wheel under other versions of Python, and hold an interview with it.

    python benchmarks/install.py python3.12 python3.13 python3.14

A line for each interpreter: what it is, and how the program ended that was installed into an empty
environment away from the sources: `index --check`, an interview without a model, its review.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ANSWERS = "It is lazy.\n\nA single item is held.\n"
STEPS = (
    ("index", "--check"), ("start", "--questions", "1", "--model", "none"), ("review", "last"),
)  # fmt: skip


def main() -> int:
    """Return 1 if any step failed under any interpreter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pythons", nargs="+", help="interpreters, by name or path")
    parser.add_argument("--wheel", type=Path, help="one that was built before")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wheel = asked.wheel or build(Path(folder))
        ends = [try_out(python, wheel.resolve(), Path(folder)) for python in asked.pythons]
    return int(any(code for codes in ends for code in codes))


def build(folder: Path) -> Path:
    """Return the wheel, built without leaving what is installed."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return next(folder.glob("*.whl"))


def try_out(python: str, wheel: Path, folder: Path) -> Sequence[int]:
    """Install and use the wheel, print how each step ended, and return the exit codes."""
    home = Path(tempfile.mkdtemp(dir=folder))
    programs = home / "env" / ("Scripts" if os.name == "nt" else "bin")
    for command in (
        [python, "-m", "venv", str(home / "env")],
        [str(programs / "python"), "-m", "pip", "install", "--quiet", str(wheel)],
    ):
        subprocess.run(command, check=True, cwd=home)  # noqa: S603
    say = "import platform; print('Python', platform.python_version(), platform.system())"
    named = subprocess.run(  # noqa: S603
        [str(programs / "python"), "-c", say], capture_output=True, text=True, check=True
    )
    codes = [
        subprocess.run(  # noqa: S603
            [str(programs / "interviewer"), *step], cwd=home, input=ANSWERS, text=True,
            env={**os.environ, "INTERVIEWER_HOME": str(home / "kept"), "PYTHONPATH": ""},
            stdout=subprocess.DEVNULL, check=False,
        ).returncode
        for step in STEPS
    ]  # fmt: skip
    ends = ", ".join(f"{step[0]} {code}" for step, code in zip(STEPS, codes, strict=True))
    print(f"{named.stdout.strip()}: exit codes {ends}", flush=True)
    return codes


if __name__ == "__main__":
    sys.exit(main())
