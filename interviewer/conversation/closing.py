"""The candidate's own questions: answered from guide and repository, or with the best passage."""

import re

from interviewer import prompts
from interviewer.grading.model_answer import unfounded
from interviewer.grading.sentences import split_sentences
from interviewer.knowledge.library import Library
from interviewer.knowledge.ranking import within_budget
from interviewer.knowledge.words import overlap
from interviewer.models.chat import ChatModel, Message
from interviewer.models.replies import written
from interviewer.values.events import ClosingAnswered
from interviewer.values.knowledge import Passage

MAX_QUESTIONS = 3
NEAR = 0.3
"""Least cosine of a passage to a question that it may answer."""
PASSAGES = 3
MAX_NOTE_TOKENS = 500
MAX_TOKENS = 120
NOTHING = "Neither the guide nor the repository says anything on that, so I cannot."
HERE = "The best I have on that stands here"
_NONE = {
    "no",
    "nope",
    "none",
    "nothing",
    "no thanks",
    "no thank you",
    "thats all",
    "no questions",
    "",
}


def is_none(text: str) -> bool:
    """Tell whether a candidate has no (more) questions."""
    return re.sub(r"[^a-z ]", "", text.lower()).strip() in _NONE


def answer(model: ChatModel | None, library: Library, question: str) -> ClosingAnswered:
    """Answer a question from passages near it: by the model if it does not stray, else by them."""
    passages = _near(library, question)
    if not passages:
        return ClosingAnswered(text=NOTHING)
    text = _written(model, question, passages)
    return ClosingAnswered(text=text or _quoted(passages[0], question), sources=tuple(passages))


def _quoted(passage: Passage, question: str) -> str:
    """Return where the best passage stands and, if it is prose, its sentence nearest to it."""
    if passage.kind == "code":
        return f"{HERE}: {passage.header}."
    spans = split_sentences(" ".join(passage.text.split()))
    best = max((span.text for span in spans), key=lambda text: overlap(question, text), default="")
    return f"{HERE}: “{best}”" if best else f"{HERE}."


def _near(library: Library, question: str) -> list[Passage]:
    """Return the passages of guide and repository that are near a question, the nearest first."""
    found = [hit for name in library.corpora for hit in library.search(name, question, PASSAGES)]
    found.sort(key=lambda hit: hit.cosine, reverse=True)
    return [hit.passage for hit in found[:PASSAGES] if hit.cosine >= NEAR]


def _written(model: ChatModel | None, question: str, passages: list[Passage]) -> str:
    """Return what the model writes, if it says nothing that no passage says; else nothing."""
    kept = within_budget(passages, MAX_NOTE_TOKENS)
    notes = "\n\n".join(f"{p.header}\n{p.text}" for p in kept)
    task = prompts.load("closing").render(question=question, notes=notes)
    text = written(model, [Message(role="user", content=task)], MAX_TOKENS)
    return "" if not text or unfounded(text, f"{question}\n{notes}") else text
