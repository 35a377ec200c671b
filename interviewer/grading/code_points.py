"""Key points of a coding task: whether the code passes its cases, and what is said of its cost."""

from interviewer.grading.score import earning
from interviewer.values.coding import CodeRun
from interviewer.values.grade import Verdict, VerdictName
from interviewer.values.knowledge import KeyPoint, Task

CASES = "passes-its-cases"
COMPLEXITY = "complexity"
FAILS_SHOWN = 0.5
"""The most that code earns which fails an example that its author had before them."""
_SAID = {
    "O(1)": "constant", "O(log n)": "logarithmic", "O(n)": "linear", "O(m)": "linear",
    "O(n log n)": "n log n, like sorting", "O(n²)": "quadratic",
}  # fmt: skip
"""How people say the costs that a guide writes."""


def task_key_points(task: Task) -> tuple[KeyPoint, ...]:
    """Return what an answer to a task is held to."""
    said = ", ".join(
        f"{name} is {words}" for name, words in _SAID.items() if name in task.complexity
    )
    return (
        KeyPoint(
            id=CASES, text="Code that passes every case of the task.", weight=3, line=task.line
        ),
        KeyPoint(
            id=COMPLEXITY, text=f"It takes {task.complexity}.", weight=2, line=task.line,
            covered=said and f"Says so in words: {said}.",
            followup="How do the time and the memory that your code needs grow with its input?",
        ),
    )  # fmt: skip


def worth(run: CodeRun | None) -> float:
    """Return what code earns, 0 to 1: the share of its cases that passed, a fact and no guess."""
    if run is None:
        return 0.0
    shown = all(result.is_hidden or result.status == "passed" for result in run.results)
    return run.share if shown else min(run.share, FAILS_SHOWN)


def judge_cases(run: CodeRun | None) -> Verdict:
    """Return the verdict on the code, with the probability that earns what it is worth."""
    share = worth(run)
    name: VerdictName = "missing"
    if share:
        name = "covered" if share == 1 else "partly"
    return Verdict(key_point=CASES, verdict=name, probability=round(earning(share), 4))
