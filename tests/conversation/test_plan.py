from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.conversation.plan import (
    AGAIN,
    KINDS,
    Planned,
    in_order,
    plan_kinds,
    plan_topics,
    select_topics,
)
from interviewer.errors import UsageError
from interviewer.values.history import Standing
from interviewer.values.knowledge import PreparedQuestion, QuestionKind, Topic
from tests.fakes.interview import DOUBLE, sample_topic

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
GUIDE = [
    sample_topic(1, "The Basics"),
    sample_topic(2, "The Basics"),
    sample_topic(3, "Testing"),
    sample_topic(4, "Databases"),
]


def rng(seed: int = 0) -> Random:
    return Random(seed)  # noqa: S311 - variety, not secrecy


def ids(topics: Sequence[Topic | Planned]) -> list[str]:
    return [item.topic.id if isinstance(item, Planned) else item.id for item in topics]


@pytest.mark.parametrize(
    ("slugs", "sections", "expected"),
    [
        ([], [], ["topic-1", "topic-2", "topic-3", "topic-4"]),
        (["topic-3"], [], ["topic-3"]),
        (["Topic 3"], [], ["topic-3"]),
        ([], ["testing"], ["topic-3"]),
        ([], ["The Basics"], ["topic-1", "topic-2"]),
        ([], ["1"], ["topic-1", "topic-2"]),
        ([], ["3"], ["topic-4"]),
        (["topic-2"], ["testing", "3"], ["topic-2", "topic-3", "topic-4"]),
        (["topic-1"], ["1"], ["topic-1", "topic-2"]),
    ],
)
def test_topics_are_chosen_by_id_and_by_section_in_the_order_of_the_guide(
    slugs: list[str], sections: list[str], expected: list[str]
) -> None:
    assert ids(select_topics(GUIDE, slugs, sections)) == expected


@pytest.mark.parametrize(
    ("slugs", "sections", "message", "nearest"),
    [
        (["topic-33"], [], "The guide has no topic 'topic-33'.", "topic-3"),
        ([], ["tests"], "The guide has no section 'tests'.", "testing"),
        ([], ["4"], "The guide has no section '4'.", ""),
        ([], ["ЖЖЖ"], "The guide has no section 'жжж'.", ""),
        (["topic-1"], ["databses"], "The guide has no section 'databses'.", "databases"),
    ],
)
def test_a_name_that_is_not_in_the_guide_is_an_error_with_the_nearest_one(
    slugs: list[str], sections: list[str], message: str, nearest: str
) -> None:
    with pytest.raises(UsageError) as caught:
        select_topics(GUIDE, slugs, sections)

    assert str(caught.value) == message
    assert f"Did you mean '{nearest}" in caught.value.hint


def test_a_name_that_is_part_of_another_is_nearest_to_that() -> None:
    names = ("migrations", "iterators-and-generators")
    topics = [GUIDE[0].model_copy(update={"id": name}) for name in names]

    with pytest.raises(UsageError) as caught:
        select_topics(topics, ["generators"], [])

    assert "'iterators-and-generators'" in caught.value.hint


def test_every_section_has_its_turn_before_one_comes_again() -> None:
    planned = plan_topics(GUIDE, 3, rng(), {}, NOW)

    assert sorted(item.topic.section for item in planned) == [
        "Databases",
        "Testing",
        "The Basics",
    ]


def test_sections_of_unequal_size_repeat_no_topic_before_all_had_their_turn() -> None:
    planned = plan_topics(GUIDE, 4, rng(), {}, NOW)

    assert sorted(ids(planned)) == ids(GUIDE)


def standing(days: float | None, had: int = 1, of: int = 3, **points: float) -> Standing:
    """Make a topic that is due in so many days."""
    return Standing(
        times=1, had=had, of=of, due=None if days is None else NOW + timedelta(days=days),
        points={point: NOW + timedelta(days=due) for point, due in points.items()},
    )  # fmt: skip


def test_the_section_of_which_least_was_asked_comes_first() -> None:
    standings = {"topic-1": standing(9), "topic-3": standing(9)}

    for seed in range(10):
        assert ids(plan_topics(GUIDE, 1, rng(seed), standings, NOW)) == ["topic-4"]


def test_what_is_due_takes_turns_with_what_is_new() -> None:
    standings = {"topic-1": standing(-1), "topic-2": standing(-1)}
    plans = [ids(plan_topics(GUIDE, 4, rng(seed), standings, NOW)) for seed in range(10)]

    for planned in plans:
        assert len({"topic-1", "topic-2"} & set(planned[:2])) == 1
        assert len({"topic-1", "topic-2"} & set(planned[2:])) == 1
    assert {plan[0] in standings for plan in plans} == {True, False}


def test_of_what_is_due_the_worst_comes_first_and_then_the_longest_due() -> None:
    standings = {
        "topic-1": standing(-1, had=2), "topic-2": standing(-1, had=0),
        "topic-3": standing(-5, had=2), "topic-4": standing(None, had=0, of=0),
    }  # fmt: skip

    planned = plan_topics(GUIDE, 4, rng(), standings, NOW)

    assert ids(planned) == ["topic-4", "topic-2", "topic-3", "topic-1"]


def test_what_is_not_due_comes_last_in_the_order_it_will_be() -> None:
    standings = {"topic-1": standing(3), "topic-2": standing(2), "topic-3": standing(-1)}

    for seed in range(5):
        planned = plan_topics(GUIDE, 4, rng(seed), standings, NOW)
        assert ids(planned)[2:] == ["topic-2", "topic-1"]


def test_a_topic_whose_questions_all_came_up_lately_waits_although_it_is_due() -> None:
    question = PreparedQuestion(level="mid", text="Why?", key_points=(), line=1)
    topics = [topic.model_copy(update={"questions": (question,) * 2}) for topic in GUIDE]
    standings = {
        "topic-1": standing(-9, had=0).model_copy(update={"lately": 2}),
        "topic-2": standing(-1, had=2).model_copy(update={"lately": 1}),
        "topic-3": standing(9), "topic-4": standing(10),
    }  # fmt: skip

    planned = plan_topics(topics, 4, rng(), standings, NOW)

    assert ids(planned) == ["topic-2", "topic-3", "topic-4", "topic-1"]


def test_a_planned_topic_names_the_key_points_that_are_due() -> None:
    standings = {"topic-3": standing(-1, lazy=-1, memory=1, once=0)}

    planned = plan_topics([GUIDE[2]], 1, rng(), standings, NOW)

    assert planned[0].due == ("lazy", "once")


def test_the_same_seed_plans_the_same_and_another_seed_plans_something_else() -> None:
    plans = [tuple(ids(plan_topics(GUIDE, 4, rng(seed), {}, NOW))) for seed in range(8)]

    assert plans == [tuple(ids(plan_topics(GUIDE, 4, rng(seed), {}, NOW))) for seed in range(8)]
    assert len(set(plans)) > 1


def test_planning_leaves_the_guide_in_its_order() -> None:
    topics = list(GUIDE)

    plan_topics(topics, 4, rng(), {}, NOW)

    assert topics == GUIDE


def test_nothing_to_ask_about_is_an_empty_plan() -> None:
    assert plan_topics([], 3, rng(), {}, NOW) == []


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (None, "new: you have not been asked about Topic 3 yet (Testing)."),
        (standing(0), "due today: you had 1 of 3 points on Topic 3."),
        (standing(-6), "due since Tuesday: you had 1 of 3 points on Topic 3."),
        (standing(-30), "due since 2026-10-24: you had 1 of 3 points on Topic 3."),
        (standing(2), "early: nothing else is due or new; you had 1 of 3 points on Topic 3."),
        (standing(0, had=0, of=0), "due today: no answer of yours on Topic 3 is graded yet."),
        (standing(None), "open: your answer on Topic 3 was never graded."),
    ],
)
def test_a_plan_says_why_a_topic_came_up(given: Standing | None, reason: str) -> None:
    planned = plan_topics([GUIDE[2]], 1, rng(), {"topic-3": given} if given else {}, NOW)

    assert planned == [Planned(topic=GUIDE[2], reason=reason)]


def test_a_topic_that_comes_again_is_not_said_to_be_new() -> None:
    planned = plan_topics([GUIDE[2]], 2, rng(), {}, NOW)

    assert planned[0].reason.startswith("new:")
    assert planned[1].reason == AGAIN


@given(
    sections=st.lists(st.sampled_from("ABCD"), min_size=1, max_size=9),
    count=st.integers(0, 25),
    seed=st.integers(0, 99),
    dues=st.dictionaries(
        st.sampled_from([f"topic-{n}" for n in range(9)]), st.none() | st.integers(-5, 5)
    ),
)
@settings(max_examples=80, deadline=None)
def test_a_plan_has_its_length_and_asks_all_topics_equally_often(
    sections: list[str], count: int, seed: int, dues: dict[str, int | None]
) -> None:
    topics = [sample_topic(number, section) for number, section in enumerate(sections)]
    standings = {topic: standing(days) for topic, days in dues.items()}

    planned = ids(plan_topics(topics, count, rng(seed), standings, NOW))

    assert len(planned) == count
    often = [planned.count(topic.id) for topic in topics]
    assert max(often) - min(often) <= 1


def tasks_of(planned: Sequence[Planned]) -> list[int]:
    """Return which questions are coding tasks, counted from 1."""
    return [number for number, item in enumerate(planned, 1) if item.kinds == ("write_code",)]


def with_tasks(count: int) -> list[Planned]:
    topic = GUIDE[0].model_copy(update={"tasks": (DOUBLE,)})
    return [Planned(topic=topic, reason="")] * count


@pytest.mark.parametrize(
    ("count", "kinds", "tasks"),
    [
        (1, KINDS, []),
        (3, KINDS, [3]),
        (5, KINDS, [3]),
        (10, KINDS, [3, 8]),
        (5, ("concept", "read_code"), []),
        (3, ("write_code",), [1, 2, 3]),
    ],
)
def test_about_one_question_in_five_is_a_task_where_others_are_asked_too(
    count: int, kinds: tuple[QuestionKind, ...], tasks: list[int]
) -> None:
    planned = plan_kinds(with_tasks(count), kinds)

    assert len(planned) == count
    assert tasks_of(planned) == tasks
    assert all("write_code" not in p.kinds for n, p in enumerate(planned, 1) if n not in tasks)


@pytest.mark.parametrize(("count", "tasks"), [(2, []), (3, [3]), (5, [3]), (12, [3, 8])])
def test_topics_with_tasks_are_chosen_so_that_there_are_as_many_as_that(
    count: int, tasks: list[int]
) -> None:
    topics = [sample_topic(number, "Talk") for number in range(40)]
    topics += [
        sample_topic(number, "Code").model_copy(update={"tasks": (DOUBLE,)}) for number in (40, 41)
    ]

    for seed in range(10):
        planned = plan_topics(topics, count, rng(seed), {}, NOW, KINDS)
        assert tasks_of(plan_kinds(planned, KINDS)) == tasks
        assert len(set(ids(planned))) == count


def test_of_the_topics_with_tasks_the_one_that_is_due_comes_first() -> None:
    topics = [topic.model_copy(update={"tasks": (DOUBLE,)}) for topic in GUIDE[:2]]
    standings = {"topic-1": standing(2), "topic-2": standing(1)}

    planned = plan_topics([*topics, *GUIDE[2:]], 3, rng(), standings, NOW, KINDS)

    assert ids(planned)[2] == "topic-2"


def test_an_interview_begins_with_talk_on_something_prepared() -> None:
    asked = PreparedQuestion(text="Why?", level="mid", key_points=(), code="", line=1)
    bare = Planned(topic=GUIDE[0], reason="")
    task = Planned(
        topic=GUIDE[1].model_copy(update={"questions": (asked,)}), reason="", kinds=("write_code",)
    )
    talk = Planned(topic=GUIDE[2].model_copy(update={"questions": (asked,)}), reason="")

    assert in_order([bare, task, talk]) == [talk, task, bare]
    assert in_order([bare, task]) == [task, bare]
    assert in_order([bare]) == [bare]


def test_a_topic_without_a_task_gets_other_questions() -> None:
    planned = [*[Planned(topic=GUIDE[0], reason="")] * 3, *with_tasks(2)]

    kinds = [item.kinds for item in plan_kinds(planned, KINDS)]

    assert kinds == [*[("concept", "read_code")] * 3, ("write_code",), ("concept", "read_code")]


def test_tasks_alone_need_topics_that_have_them() -> None:
    with pytest.raises(UsageError, match="'topic-1' has no coding task") as caught:
        plan_kinds([Planned(topic=GUIDE[0], reason="")], ("write_code",))

    assert "section" in caught.value.hint
