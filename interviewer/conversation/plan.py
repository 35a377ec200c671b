"""What to ask about: topics that are due again, and new ones across the guide's sections."""

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import cycle, islice, zip_longest
from random import Random

from interviewer.errors import UsageError
from interviewer.knowledge.guide import slugify
from interviewer.values.history import Standing, day_of
from interviewer.values.knowledge import QuestionKind, Topic
from interviewer.values.value import Value

KINDS: tuple[QuestionKind, ...] = ("concept", "read_code", "write_code")
AGAIN = "again: there are more questions than topics."
UNGRADED = datetime.min.replace(tzinfo=UTC)
"""When a topic is due whose answers have no grade: at once."""
TASK_SHARE = 5
"""One question in so many is a coding task, where other kinds are asked as well."""
TASK_PLACE = TASK_SHARE // 2
"""How many of those come before it."""


class Planned(Value):
    """A topic to ask about, and why it came up."""

    topic: Topic
    reason: str
    kinds: tuple[QuestionKind, ...] = ("concept", "read_code")
    """What kinds of question will do."""
    due: tuple[str, ...] = ()
    """Ids of the key points that should come again."""


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
    part = [other for other in known if name in other]
    near = part or difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    raise UsageError(
        f"The guide has no {kind} {name!r}.",
        hint=f"Did you mean {near[0]!r}? `interviewer index` lists all topics.",
    )


def plan_topics(
    topics: Sequence[Topic], count: int, rng: Random, standings: Mapping[str, Standing],
    now: datetime, kinds: Sequence[QuestionKind] = KINDS[:2],
) -> list[Planned]:  # fmt: skip
    """Return `count` topics: those that are due and new ones by turns, then the others.

    Due ones come with what went worst first, new ones section by section, the others in the order
    they will be due. With more questions than topics they come up again after all had their turn.
    Of five there is one with coding tasks, if these are among the `kinds` and the topics have some.
    """
    known = [topic for topic in topics if topic.id in standings]
    due = [topic for topic in known if _due(standings[topic.id]) <= now]
    due.sort(key=lambda topic: (_share(standings[topic.id]), _due(standings[topic.id])))
    new = _by_section(topics, standings, rng)
    later = sorted(
        (topic for topic in known if topic not in due), key=lambda t: _due(standings[t.id])
    )
    # Neither is to wait for ever where there is but one question a session.
    turns = [due, new] if rng.random() < 1 / 2 else [new, due]
    lap = [topic for pair in zip_longest(*turns) for topic in pair if topic] + later
    # What comes back every day soon has no question left that did not come up lately.
    lap.sort(key=lambda topic: _is_used_up(topic, standings.get(topic.id)))
    if "write_code" in kinds and len(kinds) > 1:
        lap = _with_tasks(lap, _tasks_among(count))
    return [
        Planned(
            topic=topic,
            reason=_reason(topic, standings.get(topic.id), now) if number < len(lap) else AGAIN,
            due=_due_points(standings.get(topic.id), now),
        )
        for number, topic in enumerate(islice(cycle(lap), count))
    ]


def _tasks_among(count: int) -> int:
    """Return how many of the first so many questions are coding tasks, where others come too."""
    return round(count / TASK_SHARE)


def _with_tasks(lap: Sequence[Topic], count: int) -> list[Topic]:
    """Return the topics with the first `count` of those that have coding tasks spread over them."""
    chosen = [topic for topic in lap if topic.tasks][:count]
    mixed = [topic for topic in lap if topic not in chosen]
    for number, topic in enumerate(chosen):
        mixed.insert(number * TASK_SHARE + TASK_PLACE, topic)
    return mixed


def _by_section(
    topics: Sequence[Topic], standings: Mapping[str, Standing], rng: Random
) -> list[Topic]:
    """Return the topics that were never asked, one of each section at a time."""
    groups: dict[str, list[Topic]] = {topic.section: [] for topic in topics}
    for topic in topics:
        if topic.id not in standings:
            groups[topic.section].append(topic)
    for group in groups.values():
        rng.shuffle(group)
    # Sections that were practised least come first, so that few questions reach all over time.
    order = list(groups)
    rng.shuffle(order)
    asked = Counter(topic.section for topic in topics if topic.id in standings)
    order.sort(key=asked.__getitem__)
    return [
        topic for lap in zip_longest(*(groups[name] for name in order)) for topic in lap if topic
    ]


def _is_used_up(topic: Topic, standing: Standing | None) -> bool:
    many = len(topic.questions)
    return standing is not None and 0 < many <= standing.lately


def _due(standing: Standing) -> datetime:
    return standing.due or UNGRADED


def _share(standing: Standing) -> float:
    return standing.had / standing.of if standing.of else 0.0


def _due_points(standing: Standing | None, now: datetime) -> tuple[str, ...]:
    points = standing.points if standing else {}
    return tuple(point for point, due in points.items() if due <= now)


def plan_kinds(planned: Sequence[Planned], kinds: Sequence[QuestionKind]) -> list[Planned]:
    """Return the plan with the kinds of question that are wanted; tasks go to topics that have one.

    Raises:
        UsageError: only coding tasks are wanted, and a topic has none.
    """
    others = tuple(kind for kind in kinds if kind != "write_code")
    mixed: list[Planned] = []
    for number, item in enumerate(planned, 1):
        wanted = _tasks_among(number) if others else number
        had = sum(before.kinds == ("write_code",) for before in mixed)
        is_task = "write_code" in kinds and bool(item.topic.tasks) and had < wanted
        if not is_task and not others:
            raise UsageError(
                f"The topic {item.topic.id!r} has no coding task.",
                hint="Leave out --kind write_code, or name topics of a section that has tasks.",
            )
        mixed.append(item.model_copy(update={"kinds": ("write_code",) if is_task else others}))
    return mixed


def in_order(planned: Sequence[Planned]) -> list[Planned]:
    """Return the plan in the order to ask in: it begins with something prepared, and with talk.

    Topics with prepared questions go first: the model poses the others meanwhile.
    """
    ordered = sorted(planned, key=lambda item: not item.topic.questions)
    opener = next(
        (item for item in ordered if item.topic.questions and item.kinds != ("write_code",)), None
    )
    if opener:
        ordered.remove(opener)
        ordered.insert(0, opener)
    return ordered


def _reason(topic: Topic, standing: Standing | None, now: datetime) -> str:
    if standing is None:
        return f"new: you have not been asked about {topic.title} yet ({topic.section})."
    if standing.due is None:
        return f"open: your answer on {topic.title} was never graded."
    had = f"you had {standing.had} of {standing.of} points on {topic.title}."
    if not standing.of:
        had = f"no answer of yours on {topic.title} is graded yet."
    if standing.due <= now:
        day = day_of(standing.due, now)
        return f"due {day if day == 'today' else f'since {day}'}: {had}"
    return f"early: nothing else is due or new; {had}"
