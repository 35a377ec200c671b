"""What became of a candidate's code: one result a case."""

from typing import Literal

from interviewer.values.value import Value

CaseStatus = Literal["passed", "wrong", "error", "timeout", "memory"]
Wall = Literal["limits", "namespaces", "files"]


class CaseResult(Value):
    """What the code did with one case."""

    call: str
    expected: str
    """The value that was wanted, as Python writes it."""
    is_hidden: bool
    status: CaseStatus
    got: str = ""
    """What came instead: a value as Python writes it, or the last line of the traceback."""


class CodeRun(Value):
    """One run of the code against all cases of its task."""

    results: tuple[CaseResult, ...] = ()
    fault: str = ""
    """Why the code could not even be loaded; then no case passed."""
    printed: str = ""
    """The beginning of what the code printed at the first case that made it print."""
    walls: tuple[Wall, ...] = ()
    """What the system held the code by: limits of CPU time, memory and processes; namespaces of
    its own for processes and the network; no way to the user's files."""

    @property
    def passed(self) -> int:
        """How many cases passed."""
        return sum(result.status == "passed" for result in self.results)

    @property
    def share(self) -> float:
        """The share of the cases that passed, 0 to 1."""
        return self.passed / len(self.results) if self.results else 0.0
