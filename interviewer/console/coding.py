"""How coding tasks look: what is to be written, what the code did, the versions of it."""

import textwrap
from collections import Counter
from collections.abc import Mapping

from interviewer.coding.runner import task_cases
from interviewer.console.screen import Screen
from interviewer.conversation.state import Exchange
from interviewer.values.coding import CaseResult, CodeRun
from interviewer.values.knowledge import Task

HOW = "/code opens your editor; or paste the code here. It is run against examples and other cases."
OPEN_FILES = (
    "This system cannot wall code off from your files and the network: it stops accidents only."
)
MAX_PRINTED_LINES = 10
_BODY = "    ..."


def show_task(screen: Screen, task: Task) -> None:
    """Show what to write: the signature and the examples."""
    screen.gap()
    screen.code(list(enumerate(_signature(task).splitlines(), 1)), "What to write")
    for case in task_cases(task):
        if not case.is_hidden:
            screen.parts([(case.call, ""), (" gives ", "dim"), (case.expected, "")], 2)


def template(task: Task) -> str:
    """Return what the editor opens with: the task as a comment, and the signature."""
    lines = textwrap.wrap(task.statement, 96)
    lines += [f"{c.call} gives {c.expected}" for c in task_cases(task) if not c.is_hidden]
    comment = "\n".join(f"# {line}" for line in lines)
    return f"{comment}\n\n\n{_signature(task)}\n"


def _signature(task: Task) -> str:
    head = task.signature.rstrip().removesuffix("...").rstrip()
    return f"{head}\n{_BODY}"


def show_run(screen: Screen, run: CodeRun) -> None:
    """Show what the code did: examples in full, of the other cases how many and why not."""
    screen.gap()
    if run.fault:
        screen.parts([("The code does not load: ", "red"), (run.fault, "")])
    else:
        screen.say(f"{run.passed} of {len(run.results)} cases passed.", _style(run))
    for result in run.results:
        if result.status != "passed" and not result.is_hidden:
            _show_failed(screen, result)
    for why, count in hidden_faults(run).items():
        screen.parts([("✗ ", "red"), (f"{_hidden(count)}: {why}", "")], 2)
    if run.printed:
        screen.say("It printed:", style="dim", indent=2)
        for line in run.printed.splitlines()[:MAX_PRINTED_LINES]:
            screen.say(line, indent=4)
    if run.walls and not {"files", "namespaces"} <= set(run.walls):
        screen.say(OPEN_FILES, style="dim")


def hidden_faults(run: CodeRun) -> Mapping[str, int]:
    """Return why cases that are not shown failed, each reason with how often it holds."""
    hidden = (result for result in run.results if result.is_hidden and result.status != "passed")
    return Counter(map(_why, hidden))


def show_versions(screen: Screen, exchange: Exchange) -> None:
    """Show the last version of the code, how many there were, and what it did."""
    if not exchange.codes:
        return
    count = len(exchange.codes)
    last = f"Your code, version {count}" if count > 1 else "Your code"
    screen.code(list(enumerate(exchange.codes[-1].splitlines(), 1)), last)
    if exchange.runs:
        show_run(screen, exchange.runs[-1])


def _show_failed(screen: Screen, result: CaseResult) -> None:
    if result.status == "wrong":
        rest = [(" should give ", "dim"), (result.expected, ""), (", gave ", "dim")]
    else:
        rest = [(": ", "dim")]
    screen.parts([("✗ ", "red"), (result.call, ""), *rest, (result.got, "")], 2)


def _why(result: CaseResult) -> str:
    """Return why a hidden case failed; neither the case nor the value is told."""
    return "wrong result" if result.status == "wrong" else result.got


def _hidden(count: int) -> str:
    return "1 hidden case" if count == 1 else f"{count} hidden cases"


def _style(run: CodeRun) -> str:
    return "green" if run.share == 1 else "yellow"
