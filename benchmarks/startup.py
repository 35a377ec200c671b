"""How soon it is there: help, commands that only look, and the first question of an interview.

    python benchmarks/startup.py --runs 20
    python benchmarks/startup.py --runs 5 --model embedded/qwen2.5-coder-0.5b

The first compares with an empty Typer program, in one run. A line for each: median CPU time (user
and system) of the process in milliseconds, and its ratio to that of the empty program with plain
help, as ours is; Typer's framed help loads Rich besides. The runs alternate, so that a busy machine
slows all of them alike.

The second tells the median seconds from the command to the first question, with a warm index, with
this model and with none: both should be the same.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

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
    "interviewer sessions": ["-m", "interviewer", "sessions"],
    "interviewer progress": ["-m", "interviewer", "progress"],
    "interviewer models list": ["-m", "interviewer", "models", "list"],
}


def cpu_s(arguments: list[str]) -> float:
    """Return the CPU seconds of one run."""
    before = os.times()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    after = os.times()
    return after[2] + after[3] - before[2] - before[3]


def until_question_s(model: str) -> float:
    """Return the seconds from the command to the first question."""
    command = [sys.executable, "-m", "interviewer", "start", "--model", model, "--seed", "3"]
    began = time.monotonic()
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        if not any(line.startswith("Question 1 ") for line in process.stdout or ()):
            raise SystemExit(f"{model} asked nothing")
        taken = time.monotonic() - began
        process.kill()
    return taken


def compare_first_questions(model: str, runs: int) -> None:
    """Print the medians with a model and without."""
    taken: dict[str, list[float]] = {model: [], "none": []}
    until_question_s("none")  # Brings the index up to date.
    for _ in range(runs):
        for name, seconds in taken.items():
            seconds.append(until_question_s(name))
    for name, seconds in taken.items():
        print(f"{name:<28} {statistics.median(seconds):6.2f} s")


def compare_help(runs: int) -> None:
    """Print the medians of CPU time and their ratios, in an empty home without a server."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"INTERVIEWER_HOME": home, "OLLAMA_HOST": "http://127.0.0.1:9"}
        _compare(runs)


def _compare(runs: int) -> None:
    taken: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(runs):
        for name, arguments in PROGRAMS.items():
            taken[name].append(cpu_s(arguments))
    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    empty = next(iter(medians.values()))
    for name, seconds in medians.items():
        print(f"{name:<28} {seconds * 1000:6.0f} ms  {seconds / empty:.2f}")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--model", help="until the first question, with this model and with none")
    options = parser.parse_args()
    if options.model:
        compare_first_questions(options.model, options.runs)
    else:
        compare_help(options.runs)


if __name__ == "__main__":
    main()
