"""What to ask about: topics across the guide's sections, the least recently asked first."""

import difflib
from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from random import Random

from interviewer.errors import UsageError
from interviewer.knowledge.guide import slugify
from interviewer.values.knowledge import QuestionKind, Topic
from interviewer.values.value import Value

KINDS: tuple[QuestionKind, ...] = ("concept", "read_code", "write_code")
TASK_SHARE = 5
"""One question in so many is a coding task, where other kinds are asked as well."""


class Planned(Value):
    """A topic to ask about, and why it came up."""

    topic: Topic
    reason: str
    kinds: tuple[QuestionKind, ...] = ("concept", "read_code")
    """What kinds of question will do."""


def select_topics(
    topics: Sequence[Topic], slugs: Sequence[str], sections: Sequence[str]
) -> list[Topic]:
    """Return the topics with one of the ids or in one of the sections; all if none are named.

    A section is named by its title or its number in the guide's order, counted from 1.

    Raises:
        UsageError: a name is not in the guide; the hint says the nearest that is.
    """
    titles = list(dict.fromkeys(topic.section for topic in topics))
    known = {str(number): title for number, title in enumerate(titles, 1)}
    known |= {slugify(title): title for title in titles}
    wanted = {_known(slugify(name), known, "section") for name in sections}
    ids = {topic.id: topic.id for topic in topics}
    chosen = {_known(slugify(name), ids, "topic") for name in slugs}
    if not wanted and not chosen:
        return list(topics)
    return [topic for topic in topics if topic.section in wanted or topic.id in chosen]


def _known(name: str, known: Mapping[str, str], kind: str) -> str:
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    raise UsageError(
        f"The guide has no {kind} {name!r}.",
        hint=f"Did you mean {near[0]!r}? `interviewer index` lists all topics.",
    )


def plan_topics(
    topics: Sequence[Topic], count: int, rng: Random, times_asked: Mapping[str, int]
) -> list[Planned]:
    """Return `count` topics, a section after the other; within one, the least asked first.

    With more questions than topics, topics come up again after all had their turn.
    """
    groups: dict[str, list[Topic]] = {}
    for topic in topics:
        groups.setdefault(topic.section, []).append(topic)
    for group in groups.values():
        rng.shuffle(group)
        group.sort(key=lambda topic: times_asked.get(topic.id, 0))
    # Sections that were practised least come first, so that few questions reach all over time.
    order = list(groups)
    rng.shuffle(order)
    order.sort(key=lambda name: sum(times_asked.get(t.id, 0) for t in groups[name]))
    longest = max(map(len, groups.values()), default=0)
    lap = [
        groups[name][turn] for turn in range(longest) for name in order if turn < len(groups[name])
    ]
    return [
        Planned(
            topic=topic, reason=_reason(topic, times_asked.get(topic.id, 0) + number // len(lap))
        )
        for number, topic in enumerate(islice(cycle(lap), count))
    ]


def plan_kinds(planned: Sequence[Planned], kinds: Sequence[QuestionKind]) -> list[Planned]:
    """Return the plan with the kinds of question that are wanted; tasks go to topics that have one.

    Raises:
        UsageError: only coding tasks are wanted, and a topic has none.
    """
    others = tuple(kind for kind in kinds if kind != "write_code")
    left = 0
    if "write_code" in kinds:
        left = round(len(planned) / TASK_SHARE) if others else len(planned)
    mixed: list[Planned] = []
    for item in planned:
        is_task = bool(item.topic.tasks) and left > 0
        if not is_task and not others:
            raise UsageError(
                f"The topic {item.topic.id!r} has no coding task.",
                hint="Leave out --kind write_code, or name topics of a section that has tasks.",
            )
        left -= is_task
        mixed.append(item.model_copy(update={"kinds": ("write_code",) if is_task else others}))
    return mixed


def _reason(topic: Topic, times: int) -> str:
    if not times:
        return f"{topic.section}: you have not been asked about {topic.title} yet."
    often = "1 time" if times == 1 else f"{times} times"
    return f"{topic.section}: {topic.title} came up {often}, less than its neighbours."
