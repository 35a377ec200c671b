"""What sessions show, as it stands on a day and held against the guide."""

from collections.abc import Sequence
from datetime import datetime

from interviewer.transcripts.mastery import recall
from interviewer.transcripts.practice import next_steps
from interviewer.values.knowledge import Topic
from interviewer.values.progress import (
    Held,
    Progress,
    Record,
    SectionMastery,
    TopicMastery,
    TopicRecord,
)


def progress_of(
    record: Record, topics: Sequence[Topic], now: datetime, start: str = "interviewer start"
) -> Progress:
    """Return how the topics of a guide, in its order, stand now and what to practise next.

    Topics that were asked and are not in the guide stand behind those that are. `start` is the
    command that asks about this guide.
    """
    sections = _sections(record, topics, now)
    held = {name: getattr(record, name) for name in Held.model_fields}
    steps = next_steps(sections, now, start)
    return Progress(**held, at=now, sections=sections, steps=steps)


def _sections(record: Record, topics: Sequence[Topic], now: datetime) -> tuple[SectionMastery, ...]:
    rows: dict[str, list[TopicMastery]] = {topic.section: [] for topic in topics}
    for topic in topics:
        known = record.topics.get(topic.id) or TopicRecord(
            section=topic.section, title=topic.title, times=0
        )
        standing = _standing(topic.id, known, now)
        place = f"{topic.path}:{topic.line}"
        rows[topic.section].append(
            standing.model_copy(update={"title": topic.title, "place": place})
        )
    of_guide = {topic.id for topic in topics}
    for name, known in record.topics.items():
        if name not in of_guide:
            rows.setdefault(known.section, []).append(_standing(name, known, now))
    return tuple(SectionMastery(title=title, topics=tuple(row)) for title, row in rows.items())


def _standing(topic: str, known: TopicRecord, now: datetime) -> TopicMastery:
    return TopicMastery(
        topic=topic, title=known.title, times=known.times, level=known.level,
        recall=recall(known.memory, now) if known.memory else None,
        had=known.had, of=known.of, due=known.due,
    )  # fmt: skip
