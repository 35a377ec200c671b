"""Progress made of hand-made sessions whose figures are known."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.transcripts.index import SessionIndex
from interviewer.transcripts.outcomes import AnswerTotals, SessionOutcome, read_outcomes
from interviewer.transcripts.progress import progress_of
from interviewer.transcripts.record import (
    MOMENTS,
    RATINGS_NEEDED,
    SESSIONS_NEEDED,
    SHOWN,
    TREND_SESSIONS,
    read_record,
    record_of,
)
from interviewer.values.progress import Progress, Rated, Record, TopicMastery
from tests.fakes.outcomes import DAY, left_out, outcome, session, topic

GUIDE = (topic("generators"), topic("decorators"), topic("pytest", "Testing"))


def progress(*sessions: SessionOutcome, after: float = 0) -> Progress:
    return progress_of(record_of(sessions), GUIDE, DAY + timedelta(days=after))


def mastery(found: Progress, name: str = "generators") -> TopicMastery:
    return next(t for section in found.sections for t in section.topics if t.topic == name)


def days(*scores: float, grader: str = "none") -> list[SessionOutcome]:
    return [session(outcome(score, day=day, grader=grader)) for day, score in enumerate(scores)]


def test_the_last_score_counts_as_much_as_all_before_it() -> None:
    found = progress(*days(0.2, 0.6, 1.0), after=2)

    assert mastery(found).level == pytest.approx(((0.2 + 0.6) / 2 + 1.0) / 2)
    assert mastery(found).times == 3


def test_mastery_is_the_level_on_the_day_and_falls_with_time() -> None:
    today, later, much_later = (
        mastery(progress(*days(0.8), after=after)).mastery for after in (0, 5, 50)
    )

    assert today == pytest.approx(0.8)
    assert today is not None
    assert later is not None
    assert much_later is not None
    assert today > later > much_later > 0


def test_a_question_left_out_is_a_score_neither_of_its_topic_nor_of_its_session() -> None:
    graded = session(outcome(0.8))
    found = progress(graded, session(left_out(day=4), left_out("pytest", day=4)), after=4)

    assert mastery(found).mastery == mastery(progress(graded, after=4)).mastery
    assert (mastery(found, "pytest").mastery, mastery(found, "pytest").times) == (None, 1)
    assert {topic.topic: topic.due for topic in found.due} == {
        "generators": DAY + timedelta(days=5), "pytest": DAY + timedelta(days=5),
    }  # fmt: skip
    assert [row.score.mean for row in found.scores] == [0.8]
    assert (found.graded, found.left_out, found.ungraded) == (1, 2, 0)


def test_what_was_left_after_some_words_waits_for_no_grade() -> None:
    found = progress(session(replace(left_out(), is_answered=True)))

    assert (found.left_out, found.ungraded, found.regrade) == (1, 0, "")


def test_what_was_never_asked_is_not_known_and_in_no_mean() -> None:
    found = progress(*days(0.6))

    features, testing = found.sections
    assert (features.title, features.asked, testing.asked) == ("Features", 1, 0)
    assert features.mastery == pytest.approx(0.6)
    assert testing.mastery is None
    assert mastery(found, "decorators") == TopicMastery(
        topic="decorators", title="Decorators", place="guide.md:3"
    )


def test_a_topic_that_the_guide_lacks_stands_behind_its_own() -> None:
    found = progress(session(outcome(0.5, "old"), outcome(0.5, "older", section="Gone")))

    assert [t.topic for t in found.sections[0].topics] == ["generators", "decorators", "old"]
    assert [section.title for section in found.sections] == ["Features", "Testing", "Gone"]
    assert mastery(found, "old").place == ""


def test_answers_without_a_grade_change_no_figure_but_their_count() -> None:
    plain = [session(outcome(0.4), outcome(0.9)), session(outcome(0.7, day=1))]
    more = [
        session(*plain[0].questions, outcome(None, "decorators", rating=4)),
        session(*plain[1].questions, outcome(None)),
    ]
    before, after = progress(*plain, after=1), progress(*more, after=1)

    assert (before.ungraded, after.ungraded, after.regrade) == (0, 2, more[1].id)
    assert [row.score for row in after.scores] == [row.score for row in before.scores]
    assert (after.trend, after.moments) == (before.trend, before.moments)
    assert (after.calibration, after.graders) == (before.calibration, before.graders)
    assert mastery(after).mastery == mastery(before).mastery
    assert mastery(after, "decorators").mastery is None


@given(st.randoms(use_true_random=False), st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_the_order_in_which_sessions_are_read_changes_nothing(
    random: Random, scores: list[float]
) -> None:
    sessions = days(*scores)
    shuffled = list(sessions)
    random.shuffle(shuffled)

    assert progress(*shuffled, after=9) == progress(*sessions, after=9)


@given(st.lists(st.lists(st.none() | st.floats(0, 1), min_size=1, max_size=4), max_size=9))
def test_every_share_is_one_and_every_interval_holds_its_mean(
    scores: list[list[float | None]],
) -> None:
    found = progress(
        *(session(*(outcome(s, day=day) for s in row)) for day, row in enumerate(scores)), after=30
    )

    for row in found.scores:
        assert row.score.low is None or 0 <= row.score.low <= row.score.mean + 1e-9
        assert row.score.high is None or row.score.mean - 1e-9 <= row.score.high <= 1
    for section in found.sections:
        assert all(0 <= t.mastery <= 1 for t in section.topics if t.mastery is not None)
    assert found.graded == sum(s is not None for row in scores for s in row)


def test_a_few_sessions_tell_no_trend() -> None:
    few = progress(*days(*[0.1 * n for n in range(SESSIONS_NEEDED - 1)]))

    assert (few.trend.sessions, few.trend.slope, few.trend.direction) == (4, None, None)


@pytest.mark.parametrize(
    ("scores", "direction"),
    [
        ([0.1, 0.25, 0.3, 0.45, 0.5, 0.65], "up"),
        ([0.9, 0.7, 0.65, 0.5, 0.4, 0.2], "down"),
        ([0.4, 0.7, 0.3, 0.6, 0.4, 0.6], "unclear"),
    ],
)
def test_a_trend_is_told_where_its_interval_tells_it(scores: list[float], direction: str) -> None:
    assert progress(*days(*scores)).trend.direction == direction


def test_a_trend_is_drawn_through_the_last_sessions_of_the_latest_grader_only() -> None:
    sessions = days(*[0.9] * 6, *[0.1, 0.2] * TREND_SESSIONS, grader="embedded/small")
    strict = [replace(s, questions=(replace(s.questions[0], grader="x"),)) for s in sessions[:6]]

    found = progress(*strict, *sessions[6:])
    lately = progress(*strict, *sessions[6:9])

    assert (found.trend.grader, found.trend.sessions) == ("embedded/small", TREND_SESSIONS)
    assert found.trend.direction == "unclear"
    assert (lately.trend.sessions, lately.trend.slope) == (3, None)
    assert {share.grader: share.questions for share in found.graders} == {
        "x": 6, "embedded/small": 40,
    }  # fmt: skip


def test_who_graded_a_session_in_turns_is_told() -> None:
    found = progress(session(outcome(0.5), outcome(0.5, grader="big")))

    assert found.scores[0].grader == "big + none"


def test_a_candidate_who_rates_too_high_is_told_by_how_much() -> None:
    rated = [outcome(0.6, rating=4, day=n) for n in range(5)] + [outcome(0.6, rating=3)]
    found = progress(session(*rated)).calibration

    assert found.gap is not None
    assert found.gap.mean == pytest.approx(5 / 6)
    assert found.gap.low is not None
    assert found.gap.low > 0
    assert found.pairs == (Rated(rating=3, band=3, times=1), Rated(rating=4, band=3, times=5))


def test_a_few_ratings_and_ratings_without_a_grade_tell_nothing() -> None:
    rated = [outcome(0.6, rating=4) for _ in range(RATINGS_NEEDED - 1)]
    found = progress(session(*rated, outcome(None, rating=4))).calibration

    assert (found.questions, found.gap) == (RATINGS_NEEDED - 1, None)


def test_delivery_is_that_of_each_session() -> None:
    first = AnswerTotals(2, 60, timed_words=60, seconds=30.0, ways=frozenset({"typed"}))
    piped = AnswerTotals(1, 30, ways=frozenset({"piped"}))
    found = progress(
        session(outcome(totals=first), outcome(totals=AnswerTotals(1, 30))),
        session(outcome(totals=piped, day=1)), session(left_out(day=2)),
    ).delivery  # fmt: skip

    assert [(row.answers, row.words, row.pace, row.ways) for row in found] == [
        (3, 30, 120, ("typed",)), (1, 30, None, ("piped",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("held", "expected"),
    [([0, 1, 2], (3, 3)), ([0, 1, 2, 4], (1, 3)), ([0, 1, 4, 4.1], (1, 2)), ([], (0, 0))],
)
def test_a_streak_is_broken_by_a_day_without_a_session(
    held: list[float], expected: tuple[int, int]
) -> None:
    found = progress(*(session(outcome(0.5, day=day)) for day in held)).streak

    assert (found.days, found.longest) == expected


def test_overridden_grades_are_counted() -> None:
    assert progress(session(outcome(0.5, is_overridden=True), outcome(0.5))).overridden == 1


def test_what_is_kept_does_not_grow_with_the_sessions() -> None:
    found = progress(*(session(outcome(0.5, day=d / 9)) for d in range(3 * SHOWN)), after=20)

    assert (len(found.scores), len(found.moments)) == (SHOWN, MOMENTS + 1)
    assert found.scores[-1].at == DAY + timedelta(days=(3 * SHOWN - 1) / 9)
    assert found.moments[-1].at == found.scores[-1].at
    assert found.sessions == 3 * SHOWN


def test_the_curve_of_mastery_follows_the_topics_that_have_one() -> None:
    found = progress(session(outcome(0.8)), session(outcome(0.2, "decorators", day=0.5)))

    assert [(m.topics, round(m.mastery, 3)) for m in found.moments] == [(1, 0.8), (2, 0.5)]


def test_without_sessions_there_is_a_guide_to_begin_with() -> None:
    found = progress()

    assert (found.sessions, found.scores, found.moments, found.due) == (0, (), (), ())
    assert [step.title for step in found.steps] == ["Generators", "Pytest"]


def test_a_record_survives_being_kept_as_text() -> None:
    record = record_of([session(outcome(0.8, rating=4), left_out("decorators"), outcome(None))])

    assert Record.model_validate_json(record.model_dump_json()) == record


def test_through_the_index_the_record_is_that_of_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "sessions"
    folder.mkdir()
    index = SessionIndex(tmp_path / "index.sqlite3", folder)
    golden = Path(__file__).parent.parent / "golden"

    records = []
    for name in ("session-1", "session-1-disputed"):
        shutil.copy(golden / f"{name}.jsonl", folder)
        records.append(read_record(index))

        assert records[-1] == record_of(read_outcomes(folder))
    assert [record.sessions for record in records] == [1, 2]
    assert read_record(index) == records[-1]
