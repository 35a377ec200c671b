"""Cases of a task: what is called, which goes to the code, and what is wanted, which stays here."""

import ast
from typing import Any

from interviewer.values.value import Value

_UNREADABLE = (ValueError, TypeError, SyntaxError, MemoryError, RecursionError)


class Case(Value):
    """One `assert`, split in two."""

    call: str
    """The expression that the code is asked for."""
    expected: str
    """A Python literal."""
    is_same: bool
    """Whether the value must be the literal itself (`is`) and not merely equal to it."""
    is_hidden: bool = False

    def accepts(self, text: str) -> bool:
        """Tell whether a value, as Python writes it, is the one that is wanted."""
        try:
            got = ast.literal_eval(text)
        except _UNREADABLE:
            return False
        wanted: Any = ast.literal_eval(self.expected)
        return got is wanted if self.is_same else bool(got == wanted)


def read_case(text: str, *, is_hidden: bool) -> Case | None:
    """Return a case from its `assert`, or None if it is not one.

    A comparison with a literal is split, so that the wanted value never meets the code; of any
    other assertion the code is asked whether it holds.
    """
    try:
        (statement,) = ast.parse(text).body
    except _UNREADABLE:
        return None
    match statement:
        case ast.Assert(ast.Compare(left, [ast.Eq() | ast.Is() as how], [right])) if _is_plain(
            right
        ):
            call = ast.get_source_segment(text, left) or ast.unparse(left)
            return Case(
                call=call, expected=ast.unparse(right),
                is_same=isinstance(how, ast.Is), is_hidden=is_hidden,
            )  # fmt: skip
        case ast.Assert(test):
            call = f"bool({ast.unparse(test)})"
            return Case(call=call, expected="True", is_same=True, is_hidden=is_hidden)
        case _:
            return None


def _is_plain(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except _UNREADABLE:
        return False
    return True
