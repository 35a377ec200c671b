"""What comes next, and why."""

from datetime import timedelta

import pytest

from interviewer.transcripts.practice import next_steps
from interviewer.values.progress import SectionMastery, Step, TopicMastery
from tests.fakes.outcomes import DAY


def topic(name: str, level: float | None = None, due: float | None = None) -> TopicMastery:
    return TopicMastery(
        topic=name, title=name.title(), place=f"guide.md:{len(name)}", times=level is not None,
        level=level, recall=None if level is None else 1.0, had=1, of=4,
        due=None if due is None else DAY + timedelta(days=due),
    )  # fmt: skip


def steps(*topics: TopicMastery, others: tuple[TopicMastery, ...] = ()) -> tuple[Step, ...]:
    sections = [SectionMastery(title="Features", topics=topics)]
    if others:
        sections.append(SectionMastery(title="Testing", topics=others))
    return next_steps(sections, DAY, "interviewer start")


def test_two_that_are_due_go_before_a_new_one_and_the_weakest_first() -> None:
    found = steps(
        topic("fair", 0.6, -1), topic("good", 0.7, -9), topic("bad", 0.1, 0), topic("new"),
    )  # fmt: skip

    assert [step.title for step in found] == ["Bad", "Fair", "New"]


def test_what_went_badly_goes_before_what_is_new_though_it_is_not_due() -> None:
    found = steps(
        topic("new"), topic("bad", 0.16, 1), topic("poor", 0.3, 1), topic("fair", 0.6, -1),
        topic("decent", 0.65, 1), topic("worse", 0.38, 1),
    )  # fmt: skip

    assert [step.title for step in found] == ["Bad", "Poor", "New"]
    assert found[0].reason.startswith("Not due before")


def test_a_new_topic_is_one_of_the_section_that_was_practised_least() -> None:
    found = steps(topic("known", 0.9, 3), topic("new"), others=(topic("first"), topic("second")))

    assert [step.title for step in found] == ["First", "New"]
    assert "of Testing you have been asked 0 of its 2 topics" in found[0].reason


def test_what_is_weak_comes_though_it_is_not_due_and_what_is_good_does_not() -> None:
    found = steps(topic("good", 0.8, 3), topic("weak", 0.2, 2))

    assert [step.title for step in found] == ["Weak"]
    assert found[0].reason == (
        "Not due before Wednesday, but weak: you had 1 of 4 points the last time, and its mastery "
        "is 2.0 of 10."
    )


def test_a_step_says_why_where_to_read_and_how_to_begin() -> None:
    (found,) = steps(topic("generators", 0.25, -2))

    assert found == Step(
        title="Generators",
        reason="Due since Saturday: you had 1 of 4 points the last time, and its mastery is 2.5 of "
        "10.",
        command="interviewer start --topic generators",
        place="guide.md:10",
    )


@pytest.mark.parametrize(
    ("due", "reason"),
    [(0, "Due today: no"), (1, "Not due before Tuesday, but open: no")],
)
def test_a_topic_whose_question_was_left_out_has_no_mastery_to_tell(due: int, reason: str) -> None:
    (found,) = steps(topic("generators", due=due).model_copy(update={"times": 1}))

    assert found.reason == f"{reason} answer of yours on it is graded yet."


def test_a_topic_that_the_guide_lacks_cannot_be_asked() -> None:
    gone = topic("gone", 0.1, -2).model_copy(update={"place": ""})

    assert steps(gone) == ()


def test_a_command_to_copy_cannot_be_talked_into_another_one() -> None:
    (found,) = steps(topic("x; rm -rf ~"))

    assert found.command == "interviewer start --topic 'x; rm -rf ~'"
