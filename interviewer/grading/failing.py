"""Cases that code fails: what their inputs have in common, and the plainest of them."""

import ast
from collections.abc import Iterator
from textwrap import shorten

from interviewer.values.coding import CaseResult, CodeRun

MAX_SHOWN = 120
_PLAIN = {
    "[]": "an empty list", "()": "an empty list", "{}": "an empty dictionary",
    "''": "an empty text", "None": "None", "0": "zero",
}  # fmt: skip


def failed(run: CodeRun) -> list[CaseResult]:
    """Return the cases that failed, the plainest first: one that was shown, then the shortest."""
    found = [result for result in run.results if result.status != "passed"]
    return sorted(found, key=lambda result: (result.is_hidden, len(result.call)))


def kind_of_input(run: CodeRun) -> str:
    """Return what all inputs that fail have and none that passes; empty if nothing is known."""
    fails = [_kinds(result.call) for result in failed(run)]
    works = [_kinds(result.call) for result in run.results if result.status == "passed"]
    known = [kind for kind in fails[0] if all(kind in kinds for kinds in fails)] if fails else []
    return next((kind for kind in known if works and not any(kind in w for w in works)), "")


def what_fails(run: CodeRun | None) -> str:
    """Return which inputs the code fails on, and what one of them gave; empty if none does."""
    if run is None:
        return "Write code, even if it works for the examples alone."
    if run.fault:
        return f"The code does not load: {run.fault.rstrip('.')}."
    cases = failed(run)
    if not cases:
        return ""
    first, kind = cases[0], kind_of_input(run)
    call, got = shortened(first.call), shortened(first.got)
    told = f"It fails {len(cases)} of {len(run.results)} cases{f', with {kind}' if kind else ''}: "
    if first.status == "wrong":
        return f"{told}{call} should give {shortened(first.expected)} and gave {got}."
    return f"{told}{call} ended with “{got}”."


def shortened(text: str) -> str:
    """Return a value as Python writes it, no longer than fits into a sentence."""
    return text if len(text) <= MAX_SHOWN else shorten(text, MAX_SHOWN, placeholder=" …")


def _kinds(call: str) -> list[str]:
    try:
        tree = ast.parse(call, mode="eval").body
    except (SyntaxError, ValueError):
        return []
    return list(dict.fromkeys(_kinds_within(tree)))


def _kinds_within(tree: ast.expr) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.UnaryOp(op=ast.USub()):
                yield "a negative number"
            case ast.List(elts=[_]):
                yield "a single item"
            case ast.List(elts=items) if len(set(map(ast.dump, items))) < len(items):
                yield "equal items"
            case ast.expr() if plain := _PLAIN.get(ast.unparse(node)):
                yield plain
