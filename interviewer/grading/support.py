"""Where a key point is explained: the sentence of the sources that says it, with its line."""

import re
from dataclasses import dataclass

from interviewer.grading.sentences import split_sentences
from interviewer.knowledge.words import overlap
from interviewer.values.interview import Question
from interviewer.values.knowledge import KeyPoint, Passage

_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
"""Prose is wrapped: a sentence goes on over the end of a line, but not over an empty one."""
SAYS = 0.5
"""A sentence says a point when it has this share of the point's words."""


@dataclass(frozen=True)
class Support:
    """What says a key point, and where: `path:line`."""

    quote: str
    location: str


def find_support(question: Question, point: KeyPoint) -> Support | None:
    """Return the sentence of the question's sources that says most of a point.

    Where no sentence says it, the quote is the point itself, at its line of the guide; without a
    source to read there is none.
    """
    prose = [passage for passage in question.sources if passage.kind != "code"]
    named = [passage for passage in prose if passage.id in point.passages] or prose
    found = max(
        (_best_sentence(passage, point.text) for passage in named),
        key=lambda row: row[0], default=None,
    )  # fmt: skip
    if found and found[0] >= SAYS:
        return found[1]
    places = named or question.sources
    if not places:
        return None
    listed = point.line and places[0].kind == "guide"
    return Support(
        quote=point.text,
        location=f"{places[0].path}:{point.line}" if listed else places[0].location,
    )


def _best_sentence(passage: Passage, claim: str) -> tuple[float, Support]:
    text = _LINE_END.sub(" ", passage.text)
    spans = [span for span in split_sentences(text) if not span.text.startswith("```")]
    share, span = max(
        ((overlap(claim, span.text), span) for span in spans),
        key=lambda row: row[0],
        default=(0.0, None),
    )
    if span is None:
        return 0.0, Support(quote="", location=passage.location)
    line = passage.first_line + passage.text.count("\n", 0, span.start)
    return share, Support(quote=span.text, location=f"{passage.path}:{line}")
