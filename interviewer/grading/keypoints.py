"""Key points for topics that bring none: drafted by the model, kept only if a passage says so."""

import re
from collections.abc import Sequence

from pydantic import BaseModel, Field

from interviewer import prompts
from interviewer.knowledge import askable
from interviewer.knowledge.embedder import Embedder
from interviewer.knowledge.words import overlap
from interviewer.models.chat import ChatModel, Message
from interviewer.values.knowledge import KeyPoint, Passage, Topic

MAX_NOTE_CHARS = 2_400
MAX_REPLY_TOKENS = 320
SUPPORT_WORDS = 0.5
SUPPORT_COSINE = 0.5
"""A passage supports a claim that shares this much with it, in words and in meaning."""
SAME_POINT = 0.85
WORDS = (5, 30)


class DraftedPoint(BaseModel):
    """One key point as the model writes it."""

    followup: str = Field(max_length=200)
    point: str = Field(max_length=240)


class Draft(BaseModel):
    """The reply to `prompts/draft_points.md`."""

    points: list[DraftedPoint] = Field(max_length=4)


def draft_key_points(
    model: ChatModel, topic: Topic, passages: Sequence[Passage], embedder: Embedder
) -> tuple[KeyPoint, ...]:
    """Return key points that the passages support; none if the model wrote nothing usable.

    Raises:
        ModelError: the model failed or its reply fits no schema.
    """
    if not passages:
        return ()
    notes = "\n\n".join(passage.text for passage in passages)[:MAX_NOTE_CHARS]
    messages = [
        Message(role="system", content=prompts.load("interviewer").render()),
        Message(
            role="user",
            content=prompts.load("draft_points").render(
                topic=topic.title, section=topic.section, notes=notes
            ),
        ),
    ]
    draft = model.parse(messages, Draft, max_tokens=MAX_REPLY_TOKENS)
    return tuple(_supported(draft.points, passages, embedder))


def _supported(
    drafted: Sequence[DraftedPoint], passages: Sequence[Passage], embedder: Embedder
) -> list[KeyPoint]:
    texts = [" ".join(item.point.split()) for item in drafted]
    claims = embedder.embed(texts)
    ground = embedder.embed([passage.text for passage in passages])
    kept: list[KeyPoint] = []
    rows: list[int] = []
    for row, (item, text) in enumerate(zip(drafted, texts, strict=True)):
        likeness = ground @ claims[row]
        best = int(likeness.argmax())
        shared = overlap(text, passages[best].text)
        is_said = shared >= SUPPORT_WORDS and float(likeness[best]) >= SUPPORT_COSINE
        is_new = all(float(claims[row] @ claims[other]) < SAME_POINT for other in rows)
        if not (is_said and is_new and WORDS[0] <= len(text.split()) <= WORDS[1]):
            continue
        rows.append(row)
        kept.append(
            KeyPoint(
                id=f"drafted-{len(kept) + 1}", text=text, weight=2,
                followup=_followup(item.followup, text), passages=(passages[best].id,),
            )
        )  # fmt: skip
    return kept


def _followup(text: str, claim: str) -> str:
    """Return a drafted follow-up if it can be said aloud and gives nothing away, else nothing."""
    text = re.sub(r"\s+", " ", text).strip()
    return "" if askable.faults(text) or askable.given_away(text, [claim], "") else text
