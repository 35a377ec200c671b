"""A coding task in talk: which answer is code, what is said to it, what is asked about it."""

import re
from collections.abc import Sequence
from random import Random

from interviewer.coding.runner import task_cases
from interviewer.conversation.followup import MAX_FOLLOWUPS, Move, led
from interviewer.conversation.state import Exchange
from interviewer.grading.code_points import COMPLEXITY
from interviewer.grading.failing import failed, kind_of_input
from interviewer.grading.settled import settle
from interviewer.values.interview import Answer, Question

RUNNING = "Running your code …"
NOW_WRITE = "Now write it: /code opens your editor, or paste it here."
ASKED_BACK = "The statement and the examples are all I can tell. Decide, and say what you assume."
GO_ON = "Go on: /code opens your editor, or paste the code here; /skip leaves the task."
IMPROVE = "Send a better version as often as you like, or say something to talk about this one."
MAX_TALK = 5
"""Whoever says so much before there is any code is not going to write some."""
KEPT = "I have your new version. My question was:"
ABOUT_CODE = "Let's talk about what you wrote."
BY_HAND = "Go through the first example by hand, step by step: what do you do, and in which order?"
UNTRIED = "Which inputs have you not tried? Nothing at all, a single one, equal ones, the largest."
ON_COST = (
    "How often does each line run when the input is twice as long?",
    "Which of your lines costs most: a loop, a sort, a look through a list?",
    "Is it constant, logarithmic, linear, n log n or quadratic?",
)
NO_CODE = "This question asks for words, not for code."
# One without an end matches too, or each line that opens one would be read to the end of the text.
_FENCE = re.compile(r"^```[^\n]*\n(.*?)(?:^(```)[^\S\n]*$|\Z)", re.DOTALL | re.MULTILINE)
_DEFINITION = re.compile(
    r"^[^\S\n]*(?:(?:async\s+)?def\s+\w+\s*\(|class\s+\w+\s*[:(])", re.MULTILINE
)


def as_code(answer: Answer, question: Question) -> Answer:
    """Return an answer to a task marked as code, and nothing but the code, if it is code."""
    if question.task is None or answer.is_code:
        return answer
    fenced = [code for code, end in _FENCE.findall(answer.text) if end]
    if not fenced and not _DEFINITION.search(answer.text):
        return answer
    code = "\n".join(fenced) or answer.text
    return answer.model_copy(update={"text": code, "is_code": True})


def reply(exchange: Exchange, rng: Random, *, is_code: bool, is_real: bool) -> Move | str | None:
    """Return what is said to the last answer: a follow-up, a remark, or None to move on.

    `is_code` tells whether that answer was code. Thinking aloud and asking back before there is any
    is welcome, up to a point.
    """
    if is_code and exchange.followups:
        return f"{KEPT} {exchange.asked_last}"
    if is_code:
        is_done = is_real or exchange.runs[-1].share == 1
        return _followup(exchange, rng) if is_done else IMPROVE
    is_all_talk = not exchange.codes and len(exchange.answers) > MAX_TALK
    if is_all_talk or settle(exchange.answers[-1].text, exchange.question.text):
        return None
    if exchange.codes:
        return _followup(exchange, rng)
    if exchange.answers[-1].text.rstrip().endswith("?"):
        return ASKED_BACK
    return NOW_WRITE if len(exchange.answers) == 1 else GO_ON


def hint(exchange: Exchange) -> str | None:
    """Return a nudge that was not given yet, each telling a little more, or None if all were."""
    return next((text for text in _hints(exchange) if text not in exchange.hints), None)


def _hints(exchange: Exchange) -> Sequence[str]:
    """Return the nudges towards code that passes, or where that is talked about, to its cost."""
    task, run = exchange.question.task, exchange.last_run
    if exchange.followups:
        return ON_COST if exchange.followups[-1].key_point == COMPLEXITY else ()
    hidden = [case.call for case in task_cases(task) if case.is_hidden] if task else []
    line = [f"A solution has this line: “{_telling_line(task.solution)}”"] if task else []
    if run is None or not run.results:
        tried = [f"What should {call} give?" for call in sorted(hidden, key=len)[:1]]
        return [BY_HAND, *tried, *line]
    kind = kind_of_input(run)
    first = f"Think of inputs with {kind}: what should they give?" if kind else UNTRIED
    fails = [f"Follow {case.call} through your code by hand." for case in failed(run)[:1]]
    return [first, *fails, *line]


def _telling_line(solution: str) -> str:
    """Return what says most of how a solution goes about it: its first loop, or how it begins."""
    lines = [line.strip() for line in solution.splitlines()]
    starts = [number for number, line in enumerate(lines, 1) if line.startswith("def ")]
    body = lines[starts[0] :] if starts else lines
    loop = next((line for line in body if line.startswith(("for ", "while "))), "")
    return loop or "".join(body[:1]).partition("(")[0] + " …"


def _followup(exchange: Exchange, rng: Random) -> Move | None:
    """Return the question on cost first, then one of the guide's, which no key point is about."""
    if len(exchange.followups) >= MAX_FOLLOWUPS:
        return None
    points = {point.id: point for point in exchange.question.key_points}
    asked = {event.key_point for event in exchange.followups}
    if COMPLEXITY in points and COMPLEXITY not in asked:
        return led(ABOUT_CODE, points[COMPLEXITY].followup, COMPLEXITY)
    task = exchange.question.task
    if task is None or not task.followups or "" in asked:
        return None
    return Move(key_point="", text=rng.choice(task.followups))
