"""The shipped guide behind a bare one: a bullet without notes borrows from the topic it names."""

from collections.abc import Sequence

from interviewer.knowledge.embedder import Embedder
from interviewer.values.knowledge import Topic

SAME_TOPIC = 0.6
"""Lowest cosine between two titles that name the same topic ("GIL" and "The GIL": 0.89,
"Binary search" and "Sorting and searching": 0.55)."""


def is_bare(topic: Topic) -> bool:
    """Tell whether a topic brings nothing to ask or grade with."""
    return not (topic.notes or topic.key_points or topic.questions)


def fill_bare(
    topics: Sequence[Topic], reference: Sequence[Topic], embedder: Embedder
) -> list[Topic]:
    """Return the topics; bare ones with passages, key points and questions of what they name.

    Id, section, title and place stay the user's, and so do their path hints. Questions about the
    reference's own code are left out, for the user's repository is another.
    """
    bare = [topic for topic in topics if is_bare(topic)]
    if not bare or not reference:
        return list(topics)
    known = embedder.embed([topic.title for topic in reference])
    wanted = embedder.embed([topic.title for topic in bare])
    filled: dict[str, Topic] = {}
    for topic, likeness in zip(bare, wanted @ known.T, strict=True):
        best = int(likeness.argmax())
        if float(likeness[best]) >= SAME_TOPIC:
            filled[topic.id] = _borrowed(topic, reference[best])
    return [filled.get(topic.id, topic) for topic in topics]


def _borrowed(topic: Topic, source: Topic) -> Topic:
    return topic.model_copy(
        update={
            "key_points": source.key_points,
            "mistakes": source.mistakes,
            "questions": tuple(q for q in source.questions if not q.code),
            "passages": (*source.passages, *topic.passages),
        }
    )
