"""What to practise next, and why."""

import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime

from interviewer.values.history import day_of
from interviewer.values.progress import SectionMastery, Step, TopicMastery

STEPS = 3
URGENT_FIRST = 2
"""So many steps go to what is due or went badly before something new has its turn."""
GOOD = 0.75
"""From this mastery on (a strong hire's score) nothing is called for before it is due."""
BAD = 0.5
"""What is below this mastery (no hire) went badly, and comes first though it is not due."""


def next_steps(sections: Sequence[SectionMastery], now: datetime, start: str) -> tuple[Step, ...]:
    """Return the most useful steps, the first one first; only topics of the guide can be asked.

    What went badly or is due, the worst first, then a topic of the section that was practised
    least, then what could stand better. `start` is the command that holds an interview.
    """
    asked = [topic for section in sections for topic in section.topics if topic.place and topic.due]
    asked.sort(key=lambda topic: topic.mastery or 0.0)
    again = [(topic, topic.due, _again(topic, topic.due, now)) for topic in asked if topic.due]
    urgent = [(t, reason) for t, at, reason in again if at <= now or (t.mastery or 0) < BAD]
    weak = [(t, reason) for t, at, reason in again if at > now and BAD <= (t.mastery or 0) < GOOD]
    new = list(_new(sections))
    order = [*urgent[:URGENT_FIRST], *new[:1], *urgent[URGENT_FIRST:], *new[1:], *weak]
    return tuple(
        Step(
            title=topic.title, reason=reason, command=f"{start} --topic {shlex.quote(topic.topic)}",
            place=topic.place,
        )
        for topic, reason in order[:STEPS]
    )  # fmt: skip


def _again(topic: TopicMastery, due: datetime, now: datetime) -> str:
    day = day_of(due, now)
    if due > now:
        when = f"Not due before {day}, but {'open' if topic.mastery is None else 'weak'}"
    else:
        when = "Due today" if day == "today" else f"Due since {day}"
    if topic.mastery is None:
        return f"{when}: no answer of yours on it is graded yet."
    had = f"you had {topic.had} of {topic.of} points the last time"
    return f"{when}: {had}, and its mastery is {topic.mastery * 10:.1f} of 10."


def _new(sections: Sequence[SectionMastery]) -> Iterator[tuple[TopicMastery, str]]:
    """Yield the first new topic of each section and why, the least practised section first."""
    for section in sorted(sections, key=lambda section: section.asked / len(section.topics)):
        new = [topic for topic in section.topics if topic.place and not topic.times]
        if new:
            asked = f"{section.asked} of its {len(section.topics)} topics"
            yield new[0], f"New: of {section.title} you have been asked {asked} so far."
