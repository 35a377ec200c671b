"""CPU time of `--help` and `--version` beside that of an empty Typer program, in one run.

    python benchmarks/startup.py --runs 20

A line for each: median CPU time (user and system) of the process in milliseconds, and its ratio to
that of the empty program with plain help, as ours is; Typer's framed help loads Rich besides. The
runs alternate, so that a busy machine slows all of them alike.
"""

import argparse
import os
import statistics
import subprocess
import sys

EMPTY = """
import typer

app = typer.Typer({})

@app.command()
def hello() -> None:
    pass

app()
"""
PROGRAMS = {
    "empty program, plain help": ["-c", EMPTY.format("rich_markup_mode=None"), "--help"],
    "empty program, framed help": ["-c", EMPTY.format(""), "--help"],
    "interviewer --help": ["-m", "interviewer", "--help"],
    "interviewer --version": ["-m", "interviewer", "--version"],
}


def cpu_s(arguments: list[str]) -> float:
    """Return the CPU seconds of one run."""
    before = os.times()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    after = os.times()
    return after[2] + after[3] - before[2] - before[3]


def main() -> None:
    """Run all of them in turn and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    taken: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(runs):
        for name, arguments in PROGRAMS.items():
            taken[name].append(cpu_s(arguments))
    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    empty = next(iter(medians.values()))
    for name, seconds in medians.items():
        print(f"{name:<28} {seconds * 1000:6.0f} ms  {seconds / empty:.2f}")


if __name__ == "__main__":
    main()
