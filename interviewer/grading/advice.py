"""How to say better what an answer left out: one sentence on its heaviest open key point."""

import re
from collections.abc import Sequence

from interviewer.grading.claiming import denies
from interviewer.knowledge.words import overlap, stems
from interviewer.values.grade import Grade, VerdictName
from interviewer.values.knowledge import KeyPoint

LEADS: dict[VerdictName, str] = {
    "missing": "Next time: ", "partly": "Go one step further: ", "wrong": "Put it right: "
}  # fmt: skip
WORDS = (6, 35)
SAYS = 0.4
"""Lowest share of a key point's words in advice that is about it."""
GROUNDED = 0.7
"""Lowest share of advice's own words that the key point and its passage have too."""
PRAISE = re.compile(
    r"\b(?:good|great|well done|excellent|nice|perfect|impressive|solid|strong|correctly|brilliant|"
    r"congratulations|right(?!ward| up| away))\b",
    re.IGNORECASE,
)
_ABOUT_CANDIDATE = re.compile(r"\b(?:you|your|candidate|answer|they|i)\b", re.IGNORECASE)
_MARKUP = re.compile(r"[`*#\n⟦⟧]|\?")
_ORDER = re.compile(r"^[Ss]ay that\b")


def heaviest_open(points: Sequence[KeyPoint], grade: Grade) -> KeyPoint | None:
    """Return the key point most worth working on; None if all are covered."""
    known = {point.id: point for point in points}
    found = [v for v in grade.verdicts if v.verdict != "covered" and v.key_point in known]
    # Of two as heavy, what was wrong does more harm than what was not said.
    worst = min(
        found,
        key=lambda v: (-known[v.key_point].weight, v.verdict != "wrong", v.probability),
        default=None,
    )
    return None if worst is None else known[worst.key_point]


def plain_advice(point: KeyPoint, verdict: VerdictName) -> str:
    """Return advice made of what the guide says counts as having made the point.

    A guide tells what an answer does, "says that nothing runs early, and names a marker", so those
    words stay as they are.
    """
    first, _, rest = point.covered.partition(" ")
    if rest and re.fullmatch(r"[a-z]+[^s\W]s,?", first):
        sentence = f"a full answer {point.covered}"
    else:
        sentence = "say all of it in one plain sentence, with an example"
    return f"{LEADS.get(verdict, '')}{sentence.rstrip('.')}."


def fault(text: str, point: KeyPoint, passage: str) -> str | None:
    """Return why a model's advice on a key point cannot be shown, or None.

    It must say the point, as the point and the passage say it, and nothing about the candidate: so
    it can neither praise what is missing nor claim that it was said.
    """
    claim = _ORDER.sub("", text)
    if claim == text or not WORDS[0] <= len(text.split()) <= WORDS[1] or _MARKUP.search(text):
        return "is not one order to say something"
    if PRAISE.search(text) or _ABOUT_CANDIDATE.search(text):
        return "judges the candidate"
    if overlap(point.text, claim) < SAYS:
        return "is about something else"
    if overlap(claim, f"{point.text} {point.covered} {passage}") < GROUNDED:
        return "claims what no passage says"
    if denies(claim) != denies(point.text) or _is_misconception(claim, point):
        return "says the opposite"
    return None


def _is_misconception(claim: str, point: KeyPoint) -> bool:
    said = set(stems(claim))
    right, wrong = set(stems(f"{point.text} {point.covered}")), set(stems(point.wrong))
    return len(said & (wrong - right)) > len(said & (right - wrong))
