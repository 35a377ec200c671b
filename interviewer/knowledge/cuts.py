"""Where a text is cut so that the embedder reads every piece of it whole."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from interviewer.knowledge.embedder import count_tokens

CHARS_A_TOKEN = 6
"""A word of more than 100 characters is one token to the embedder; here it weighs what it is."""
SMALLEST = 3
"""A cut leaves no piece under this part of the budget behind, if there is another place."""
BLANK = 100
"""How good a place a blank line is for a cut: worse than any statement, better than none."""


def weights(lines: Sequence[str]) -> list[int]:
    """Return what each line takes of a budget in tokens."""
    return [weight(line) for line in lines]


# A line is weighed with its class, then with its method, and many are alike.
@lru_cache(maxsize=4_096)
def weight(line: str) -> int:
    """Return what one line takes of a budget in tokens."""
    return max(count_tokens([line])[0], -(-len(line) // CHARS_A_TOKEN))


def after_blanks(lines: Sequence[str]) -> dict[int, int]:
    """Return the lines (1-based) that follow a blank one, as places for a cut."""
    pairs = itertools.pairwise(lines)
    return {
        n: BLANK for n, (above, line) in enumerate(pairs, 2) if line.strip() and not above.strip()
    }


def cut(
    span: tuple[int, int], lines: Sequence[str], places: Mapping[int, int], budget: int
) -> Iterator[tuple[int, int]]:
    """Yield the spans that a span is cut into, each within the budget or one line.

    Lines are 1-based, spans inclusive and without blank lines at their ends. `places` says of
    lines how deep they stand: a cut is made before the shallowest, and before the last of these.
    """
    first, last = span
    weighed = dict(enumerate(weights(lines[first - 1 : last]), first))
    while first <= last:
        end, size = first, weighed[first]
        while end < last and size + weighed[end + 1] <= budget:
            end += 1
            size += weighed[end]
        if end < last:
            end = _best(first, end, weighed, places, budget // SMALLEST)
        begin, stop = _trim(lines, first, end)
        if begin <= stop:
            yield begin, stop
        first = end + 1


def _best(
    first: int, end: int, weighed: Mapping[int, int], places: Mapping[int, int], smallest: int
) -> int:
    """Return the last line of the piece that begins at `first` and may reach to `end`."""
    before = 0
    found: list[tuple[bool, int, int]] = []
    for line in range(first + 1, end + 2):
        before += weighed[line - 1]
        if line in places:
            found.append((before < smallest, places[line], -line))
    return -min(found)[2] - 1 if found else end


def cut_line(line: str, budget: int) -> list[str]:
    """Return parts of a line that fit, cut at spaces if it has any; joined, they are the line."""
    if len(line) < 2 or weight(line) <= budget:  # noqa: PLR2004 - a character stays whole
        return [line]
    middle = line.rfind(" ", len(line) // 4, len(line) // 2) + 1 or len(line) // 2
    return cut_line(line[:middle], budget) + cut_line(line[middle:], budget)


def _trim(lines: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """Return a span without the blank lines at its ends; an empty one ends before it begins."""
    while first <= last and not lines[first - 1].strip():
        first += 1
    while last >= first and not lines[last - 1].strip():
        last -= 1
    return first, last
