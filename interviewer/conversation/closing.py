"""The candidate's own questions: answered from guide and repository, or with the best passage."""

import re
from collections.abc import Sequence

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
LOOKING = "Looking that up …"
NOTHING = "Neither the guide nor the repository says anything on that, so I cannot say."
HERE = "The best I have on that stands here"
GO_AHEAD = "Go ahead."
_IN_CODE = re.compile(
    r"\s*\b(?:in|of|by|from) (?:the|this|your|that) "
    r"(?:code(?: ?base)?|repo(?:sitory)?|project|service|app(?:lication)?)\b",
    re.IGNORECASE,
)
"""Words that say where something is, and would be taken for what it is: guides have a topic on the
repository pattern."""
_SMALL = "a an i im id ive it its you me my so well okay ok thanks thank question questions more"
_NO = f"""
    {_SMALL} no nope none nah nothing not really now today right else other further any think guess
    do dont have havent got very much for your the time interview that thats this is was would be
    all everything good fine set great from side at moment far sorry
"""
_YES = f"""
    {_SMALL} yes yeah yep sure please actually do have would like to ask may can let one two few
    some couple of something another got
"""
_IN_NO, _IN_YES = frozenset(_NO.split()), frozenset(_YES.split())
"""Words in which candidates say that they have no question, and that they have one."""


def is_none(text: str) -> bool:
    """Tell whether a candidate has no (more) questions."""
    return "?" not in text and _words(text) <= _IN_NO


def is_announced(text: str) -> bool:
    """Tell whether a candidate has a question and does not say which: "yes, I have one"."""
    return not is_none(text) and _words(text) <= _IN_YES


def _words(text: str) -> set[str]:
    return set(re.sub(r"[^\w\s]", "", text.lower()).split())


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
    """Return the passages of guide and repository that are near a question, the nearest first.

    Where the question says that it is about the code, they are the code's, if any is near.
    """
    bare = _IN_CODE.sub("", question)
    found = _hits(library, ["code"], bare) if bare != question and "code" in library.corpora else []
    return found or _hits(library, library.corpora, question)


def _hits(library: Library, corpora: Sequence[str], question: str) -> list[Passage]:
    found = [hit for name in corpora for hit in library.search(name, question, PASSAGES)]
    found.sort(key=lambda hit: hit.cosine, reverse=True)
    return [hit.passage for hit in found[:PASSAGES] if hit.cosine >= NEAR]


def _written(model: ChatModel | None, question: str, passages: list[Passage]) -> str:
    """Return what the model writes, if it says nothing that no passage says; else nothing."""
    kept = within_budget(passages, MAX_NOTE_TOKENS)
    notes = "\n\n".join(f"{p.header}\n{p.text}" for p in kept)
    task = prompts.load("closing").render(question=question, notes=notes)
    text = written(model, [Message(role="user", content=task)], MAX_TOKENS)
    return "" if not text or unfounded(text, f"{question}\n{notes}") else text
