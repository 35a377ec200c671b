"""A short fixed exam for a chat model, which asks as grading does.

Its questions are data (`exam.json`). What they cannot show, agreement with people, is measured by
`interviewer evaluate`.
"""

import json
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal

from interviewer.errors import Unparsable
from interviewer.grading.blend import lift
from interviewer.grading.exam_result import ExamResult, Marked
from interviewer.grading.judge import Judge
from interviewer.grading.marker import Marker, share
from interviewer.models.chat import ChatModel, Cost, Counting, Message
from interviewer.values.interview import Question
from interviewer.values.knowledge import KeyPoint
from interviewer.values.value import Value

_FORM_TOKENS = 200
_SPEED_TOKENS = 64
_LIST = (
    "List the Python names in this sentence with their kinds, as JSON "
    '{"things": [{"kind": …, "name": …}]}, nothing else.\n'
)
Progress = Callable[[int, int], None]


class Pair(Value):
    """A key point with an answer that makes it and one, in much the same words, that denies it."""

    question: str
    point: KeyPoint
    right: str
    wrong: str


class Form(Value):
    """A sentence, and what a reply held to a schema must list."""

    sentence: str
    things: dict[str, str]


class Paper(Value):
    """All that is asked."""

    provenance: str
    pairs: tuple[Pair, ...]
    forms: tuple[Form, ...]


class Thing(Value):
    """A name and what it names; its keys are in the order in which every server writes them."""

    kind: Literal["class", "function", "module"]
    name: str


class Things(Value):
    """The schema that the exam's replies are held to."""

    things: tuple[Thing, ...]


@cache
def load_paper() -> Paper:
    """Read the shipped exam."""
    text = Path(__file__).with_name("exam.json").read_text(encoding="utf-8")
    return Paper.model_validate(json.loads(text))


def examine(model: ChatModel, progress: Progress = lambda _done, _total: None) -> ExamResult:
    """Hold the exam; `progress` hears how many of how many questions are done.

    Raises:
        ModelError: the model failed; a reply that cannot be read is a wrong answer, no failure.
    """
    paper = load_paper()
    total = len(paper.forms) + len(paper.pairs) + 1
    forms: list[bool] = []
    pairs: list[Marked] = []
    for form in paper.forms:
        forms.append(_follows(model, form))
        progress(len(forms), total)
    for pair in paper.pairs:
        pairs.append(_mark(model, pair))
        progress(len(forms) + len(pairs), total)
    cost = _measure(model, paper)
    progress(total, total)
    return ExamResult(
        model=model.name, digest=model.digest, context_tokens=model.context_tokens,
        forms=tuple(forms), pairs=tuple(pairs),
        read_tokens_s=_rate(cost.read_tokens, cost.read_s) if cost else None,
        write_tokens_s=_rate(cost.written_tokens, cost.written_s) if cost else None,
    )  # fmt: skip


def _follows(model: ChatModel, form: Form) -> bool:
    message = Message(role="user", content=_LIST + form.sentence)
    try:
        reply = model.parse([message], Things, max_tokens=_FORM_TOKENS)
    except Unparsable:
        return False
    return {thing.name: thing.kind for thing in reply.things} == form.things


def _mark(model: ChatModel, pair: Pair) -> Marked:
    held = _against_misconception if pair.point.wrong else _as_a_whole
    right, wrong = held(model, pair)
    return Marked(
        point=pair.point.id, right=right and right[0], wrong=wrong and wrong[0],
        says_right=right is not None and right[1], says_wrong=wrong is not None and wrong[1],
    )  # fmt: skip


Held = tuple[float, bool] | None
"""The chance given to an answer of making its point, and whether the model speaks for that; None
where it knew none of the labels."""


def _against_misconception(model: ChatModel, pair: Pair) -> list[Held]:
    judge = Judge(model)

    def held(answer: str) -> Held:
        try:
            word = judge.words(_question(pair), answer)[0]
        except Unparsable:
            return None
        return (word.labels["yes"], lift(word) > 0) if word else None

    return [held(answer) for answer in (pair.right, pair.wrong)]


def _as_a_whole(model: ChatModel, pair: Pair) -> list[Held]:
    marker = Marker(model)

    def held(answer: str) -> Held:
        marks = marker.mark(_question(pair), answer)
        return (share(marks), share(marks) > 1 / 2) if marks else None

    return [held(answer) for answer in (pair.right, pair.wrong)]


def _question(pair: Pair) -> Question:
    return Question(
        id=pair.point.id, topic="exam", section="", title="", level="mid", text=pair.question,
        key_points=(pair.point,), origin="guide",
    )  # fmt: skip


def _measure(model: ChatModel, paper: Paper) -> Cost | None:
    """Return what a long prompt and its reply take; it begins as none did, so all of it is read."""
    if not isinstance(model, Counting):
        return None
    notes = "\n".join(f"{pair.question} {pair.right}" for pair in paper.pairs)
    prompt = f"{secrets.token_hex(4)}\n{notes}\nExplain the first three of these in your own words."
    for _ in model.stream([Message(role="user", content=prompt)], max_tokens=_SPEED_TOKENS):
        pass
    return model.last_cost


def _rate(tokens: int, seconds: float) -> float | None:
    return round(tokens / seconds, 1) if tokens and seconds else None
