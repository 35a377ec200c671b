from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from interviewer.transcripts.log import SessionLog
from interviewer.transcripts.mastery import LATELY, read_history, recall
from interviewer.values.events import (
    EVENT,
    SCHEMA,
    Answered,
    AnyEvent,
    FollowedUp,
    Graded,
    Overridden,
    QuestionAsked,
    Skipped,
)
from interviewer.values.grade import Band, Grade, VerdictName
from interviewer.values.history import Standing
from interviewer.values.progress import Memory
from tests.fakes.exchange import UNGRADED, verdict
from tests.fakes.interview import sample_question, say, session_head

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def graded(*names: VerdictName, band: Band = "hire", question: str = "q-1") -> Graded:
    points = zip(("lazy", "memory", "once"), names, strict=False)
    verdicts = tuple(
        verdict(point, name, 0.9 if name == "covered" else 0.1) for point, name in points
    )
    grade = Grade(score=0.5, band=band, confidence="low", verdicts=verdicts, model="none")
    return Graded(question=question, grade=grade)


def asked(number: int = 1, day: int = 0) -> QuestionAsked:
    return QuestionAsked(
        at=DAY + timedelta(days=day), number=number, question=sample_question(number)
    )


def write(folder: Path, *events: AnyEvent, day: int = 0) -> None:
    with SessionLog(folder / f"202603{day:02}-000000-aaaa.jsonl") as log:
        for event in (session_head(), *events):
            log.write(event)


def standing(folder: Path) -> Standing:
    return read_history(folder).topics["topic-1"]


def days(due: datetime | None) -> int:
    assert due is not None
    return (due - DAY).days


ANSWER = Answered(answer=say("It is lazy."))


@pytest.mark.parametrize(
    ("band", "expected"), [("no", 1), ("leaning no", 1), ("hire", 2), ("strong hire", 8)]
)
def test_a_topic_comes_again_the_later_the_better_it_went(
    tmp_path: Path, band: Band, expected: int
) -> None:
    write(tmp_path, asked(), ANSWER, graded("covered", "missing", "wrong", band=band))

    assert days(standing(tmp_path).due) == expected
    assert (standing(tmp_path).had, standing(tmp_path).of) == (1, 3)


def test_a_key_point_comes_again_by_its_own_verdict(tmp_path: Path) -> None:
    write(tmp_path, asked(), ANSWER, graded("covered", "missing", "wrong"))
    write(tmp_path, asked(day=2), ANSWER, graded("covered", "missing", "covered"), day=2)

    points = standing(tmp_path).points

    assert days(points["memory"]) == 3
    assert days(points["lazy"]) > days(points["once"]) > days(points["memory"])


def test_what_went_well_again_and_again_stays_away_longer(tmp_path: Path) -> None:
    dues = []

    for day in (0, 2, 9):
        write(tmp_path, asked(day=day), ANSWER, graded("covered"), day=day)
        dues.append(days(standing(tmp_path).due) - day)

    assert dues == sorted(set(dues))
    assert standing(tmp_path).times == 3


def test_an_override_counts_instead_of_the_verdict(tmp_path: Path) -> None:
    events = (asked(), ANSWER, graded("missing", "missing", "missing", band="no"))
    overridden = [
        Overridden(question="q-1", key_point=point, before="missing", after="covered", why="said")
        for point in ("lazy", "memory", "once")
    ]
    write(tmp_path, *events, *overridden)

    assert standing(tmp_path).had == 3
    assert days(standing(tmp_path).due) == 8


def test_the_last_grade_counts_and_a_failed_attempt_takes_none_away(tmp_path: Path) -> None:
    again = graded("covered", "covered", "covered", band="strong hire")
    failed = Graded(question="q-1", grade=UNGRADED)
    write(tmp_path, asked(), ANSWER, graded("missing", "missing", "missing"), again, failed)

    assert standing(tmp_path).had == 3


@pytest.mark.parametrize(
    ("events", "due"),
    [
        ((Skipped(),), 1),
        ((ANSWER, Graded(question="q-1", grade=UNGRADED)), None),
        ((ANSWER, Skipped(), Graded(question="q-1", grade=UNGRADED)), None),
        ((ANSWER,), None),
    ],
    ids=["left out", "answered without a grade", "half answered without a grade", "cut off"],
)
def test_only_what_was_graded_or_left_out_is_scheduled(
    tmp_path: Path, events: tuple[AnyEvent, ...], due: int | None
) -> None:
    write(tmp_path, asked(), *events)

    found = standing(tmp_path)

    assert found.times == 1
    assert (found.due and days(found.due)) == due


def test_a_skip_belongs_to_the_question_on_the_table(tmp_path: Path) -> None:
    write(tmp_path, asked(1), ANSWER, asked(2), Skipped())

    topics = read_history(tmp_path).topics

    assert topics["topic-1"].due is None
    assert topics["topic-2"].due is not None


def test_lately_is_what_was_asked_in_the_last_sessions_the_oldest_first(tmp_path: Path) -> None:
    for day in range(LATELY + 2):
        write(tmp_path, asked(day + 1), day=day)

    lately = read_history(tmp_path).lately

    assert lately == tuple(sample_question(number).text for number in range(3, LATELY + 3))


def test_a_question_that_followed_a_complete_answer_was_asked_too(tmp_path: Path) -> None:
    deeper = FollowedUp(key_point="", text="Further. What under load?", kind="deeper")
    write(tmp_path, asked(), deeper, FollowedUp(key_point="lazy", text="When?"))

    assert read_history(tmp_path).lately == (sample_question().text, deeper.text)
    assert standing(tmp_path).lately == 2


def test_what_cannot_be_read_counts_for_nothing(tmp_path: Path) -> None:
    write(tmp_path, asked(), ANSWER, graded("covered"))
    newer = EVENT.dump_json(session_head()).replace(
        f'"schema_version":{SCHEMA}'.encode(), b'"schema_version":99'
    )
    question = EVENT.dump_json(asked(2))
    (tmp_path / "20260401-000000-bbbb.jsonl").write_bytes(newer + b"\n" + question + b"\n")
    (tmp_path / "20260402-000000-cccc.jsonl").write_bytes(question[:90] + b"\n\xff\n")
    (tmp_path / "20260403-000000-dddd.jsonl").mkdir()

    assert list(read_history(tmp_path).topics) == ["topic-1"]


def test_words_of_an_answer_are_no_event(tmp_path: Path) -> None:
    line = EVENT.dump_json(asked(2)).decode()
    write(tmp_path, asked(), Answered(answer=say(f'"question_asked" {line}')))

    assert list(read_history(tmp_path).topics) == ["topic-1"]


def test_without_sessions_nothing_is_known(tmp_path: Path) -> None:
    history = read_history(tmp_path / "gone")

    assert (history.topics, history.lately) == ({}, ())


def test_recall_is_nine_of_ten_when_a_memory_is_as_old_as_it_is_stable() -> None:
    memory = Memory(stability=12.0, last=DAY)

    on_the_day, then, later = (recall(memory, DAY + timedelta(days=days)) for days in (0, 12, 60))

    assert on_the_day == 1
    assert then == pytest.approx(0.9)
    assert 0.5 < later < 0.9
