from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.conversation.plan import KINDS, Planned, plan_kinds, plan_topics, select_topics
from interviewer.errors import UsageError
from interviewer.values.knowledge import QuestionKind, Topic
from tests.fakes.interview import DOUBLE, sample_topic

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


def test_every_section_has_its_turn_before_one_comes_again() -> None:
    planned = plan_topics(GUIDE, 3, rng(), {})

    assert sorted(item.topic.section for item in planned) == [
        "Databases",
        "Testing",
        "The Basics",
    ]


def test_sections_of_unequal_size_repeat_no_topic_before_all_had_their_turn() -> None:
    planned = plan_topics(GUIDE, 4, rng(), {})

    assert sorted(ids(planned)) == ids(GUIDE)


def test_the_least_asked_topic_of_a_section_comes_first() -> None:
    times = {"topic-1": 2, "topic-2": 1}

    for seed in range(10):
        planned = plan_topics(GUIDE[:2], 2, rng(seed), times)
        assert ids(planned) == ["topic-2", "topic-1"]


def test_the_section_that_was_practised_least_comes_first() -> None:
    times = {"topic-1": 1, "topic-3": 1}

    for seed in range(10):
        assert ids(plan_topics(GUIDE, 1, rng(seed), times)) == ["topic-4"]


def test_the_same_seed_plans_the_same_and_another_seed_plans_something_else() -> None:
    plans = [tuple(ids(plan_topics(GUIDE, 4, rng(seed), {}))) for seed in range(8)]

    assert plans == [tuple(ids(plan_topics(GUIDE, 4, rng(seed), {}))) for seed in range(8)]
    assert len(set(plans)) > 1


def test_planning_leaves_the_guide_in_its_order() -> None:
    topics = list(GUIDE)

    plan_topics(topics, 4, rng(), {})

    assert topics == GUIDE


def test_nothing_to_ask_about_is_an_empty_plan() -> None:
    assert plan_topics([], 3, rng(), {}) == []


@pytest.mark.parametrize(
    ("times", "reason"),
    [
        (0, "Testing: you have not been asked about Topic 3 yet."),
        (1, "Testing: Topic 3 came up 1 time, less than its neighbours."),
        (2, "Testing: Topic 3 came up 2 times, less than its neighbours."),
    ],
)
def test_a_plan_says_why_a_topic_came_up(times: int, reason: str) -> None:
    planned = plan_topics([GUIDE[2]], 1, rng(), {"topic-3": times})

    assert planned == [Planned(topic=GUIDE[2], reason=reason)]


def test_a_topic_that_comes_again_is_not_said_to_be_new() -> None:
    planned = plan_topics([GUIDE[2]], 2, rng(), {})

    assert "not been asked" in planned[0].reason
    assert "not been asked" not in planned[1].reason


@given(
    sections=st.lists(st.sampled_from("ABCD"), min_size=1, max_size=9),
    count=st.integers(0, 25),
    seed=st.integers(0, 99),
    times=st.dictionaries(st.sampled_from([f"topic-{n}" for n in range(9)]), st.integers(0, 5)),
)
@settings(max_examples=80, deadline=None)
def test_a_plan_has_its_length_and_asks_all_topics_equally_often(
    sections: list[str], count: int, seed: int, times: dict[str, int]
) -> None:
    topics = [sample_topic(number, section) for number, section in enumerate(sections)]

    planned = ids(plan_topics(topics, count, rng(seed), times))

    assert len(planned) == count
    often = [planned.count(topic.id) for topic in topics]
    assert max(often) - min(often) <= 1


def with_tasks(count: int) -> list[Planned]:
    topic = GUIDE[0].model_copy(update={"tasks": (DOUBLE,)})
    return [Planned(topic=topic, reason="")] * count


@pytest.mark.parametrize(
    ("count", "kinds", "tasks"),
    [
        (1, KINDS, 0),
        (3, KINDS, 1),
        (5, KINDS, 1),
        (10, KINDS, 2),
        (5, ("concept", "read_code"), 0),
        (3, ("write_code",), 3),
    ],
)
def test_about_one_question_in_five_is_a_task_where_others_are_asked_too(
    count: int, kinds: tuple[QuestionKind, ...], tasks: int
) -> None:
    planned = plan_kinds(with_tasks(count), kinds)

    assert len(planned) == count
    assert [item.kinds == ("write_code",) for item in planned].count(True) == tasks
    assert all("write_code" not in item.kinds for item in planned[tasks:])


def test_a_topic_without_a_task_gets_other_questions() -> None:
    planned = [Planned(topic=GUIDE[0], reason=""), *with_tasks(2)]

    kinds = [item.kinds for item in plan_kinds(planned, KINDS)]

    assert kinds == [("concept", "read_code"), ("write_code",), ("concept", "read_code")]


def test_tasks_alone_need_topics_that_have_them() -> None:
    with pytest.raises(UsageError, match="'topic-1' has no coding task") as caught:
        plan_kinds([Planned(topic=GUIDE[0], reason="")], ("write_code",))

    assert "section" in caught.value.hint
