"""What makes a question of the model's fit to be asked."""

import re
from collections.abc import Sequence

from interviewer.conversation.asked import Asked
from interviewer.knowledge import askable
from interviewer.knowledge.embedder import Embedder
from interviewer.values.knowledge import KeyPoint, Topic

ON_TOPIC = 0.3
"""Lowest cosine between a generated question and what it should be about."""
MIN_WORDS = 6
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|my|me)\b")
_SHOWN = re.compile(
    r"^(?:which|what) of (?:these|those)\b|\bthe (?:following|above)\b|\bbelow\b"
    r"|\b(?:this|these) (?:code|function|class|method|snippet|example|program|script)(?:e?s)?\b",
    re.IGNORECASE,
)
"""Words for something that stands beside a question, where nothing does."""


def fault(
    text: str, topic: Topic, aim: Sequence[KeyPoint], embedder: Embedder, asked: Asked
) -> str | None:
    """Return what is wrong with a question that is to ask for some key points, or None."""
    if faults := askable.faults(text):
        return faults[0]
    if len(text.split()) < MIN_WORDS or _FIRST_PERSON.search(text):
        return "is not put to the candidate"
    if _SHOWN.search(text):
        return "speaks of something that is not shown"
    if claim := askable.given_away(text, [point.text for point in aim], topic.title):
        return f"gives away {claim!r}"
    about = " ".join([topic.title, *(point.text for point in aim)])
    vectors = embedder.embed([text, about])
    if vectors[0] @ vectors[1] < ON_TOPIC:
        return "is not about the topic"
    return "was asked before" if asked.last([text])[0] >= 0 else None


def cleaned(reply: str) -> str:
    """Return a reply without what small models put around a question, or around its names."""
    text = re.sub(r"^(?:question|interviewer)\s*:\s*", "", reply.strip(), flags=re.IGNORECASE)
    return text.replace("`", "").strip().strip('"“”').strip()
