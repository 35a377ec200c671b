from datetime import timedelta
from pathlib import Path

from interviewer.transcripts.log import SessionLog
from interviewer.transcripts.outcomes import AnswerTotals, Outcome, read_outcomes
from interviewer.values.events import (
    EVENT,
    SCHEMA,
    Answered,
    AnswerShown,
    AnyEvent,
    Corrected,
    FollowedUp,
    Graded,
    Overridden,
    QuestionAsked,
    SelfRated,
    SessionEnded,
    Skipped,
)
from interviewer.values.interview import Answer
from tests.fakes.exchange import UNGRADED, graded, verdict
from tests.fakes.interview import sample_question, session_head
from tests.fakes.outcomes import DAY

GOLDEN = Path(__file__).parent.parent / "golden"
GRADE = graded(
    verdict("lazy", "covered", 0.9), verdict("memory", "missing", 0.0), verdict("once", "partly"),
    score=0.6,
)  # fmt: skip


def asked(number: int = 1) -> QuestionAsked:
    at = DAY + timedelta(minutes=number)
    return QuestionAsked(at=at, number=number, question=sample_question(number))


def answered(text: str, seconds: float = 0.0, **fields: object) -> Answered:
    return Answered(answer=Answer.model_validate({"text": text, "seconds": seconds, **fields}))


def write(folder: Path, *events: AnyEvent, name: str = "20260302-120000-aaaa") -> Path:
    path = folder / f"{name}.jsonl"
    with SessionLog(path) as log:
        for event in (session_head(), *events):
            log.write(event)
    return path


def outcomes(folder: Path) -> list[Outcome]:
    return [question for session in read_outcomes(folder) for question in session.questions]


def test_a_question_is_kept_with_what_came_of_it(tmp_path: Path) -> None:
    deeper = FollowedUp(key_point="", text="And then?", kind="deeper")
    write(
        tmp_path, asked(), answered("It is lazy."), FollowedUp(key_point="lazy", text="When?"),
        answered("When asked."), deeper, SelfRated(question="q-1", rating=4),
        Graded(question="q-1", grade=GRADE), SessionEnded(reason="complete"),
    )  # fmt: skip

    (found,) = outcomes(tmp_path)

    assert (found.at, found.topic, found.section) == (asked().at, "topic-1", "Features")
    assert found.put == (sample_question().text, "And then?")
    assert found.verdicts == {"lazy": "covered", "memory": "missing", "once": "partly"}
    assert (found.score, found.band, found.grader, found.rating) == (0.6, "hire", "fake", 4)
    assert (found.is_answered, found.is_left_out, found.is_overridden) == (True, False, False)


def test_an_override_counts_and_is_told(tmp_path: Path) -> None:
    override = Overridden(
        question="q-1", key_point="memory", before="missing", after="covered", why="said"
    )
    write(tmp_path, asked(), answered("x"), Graded(question="q-1", grade=GRADE), override)

    (found,) = outcomes(tmp_path)

    assert found.verdicts["memory"] == "covered"
    assert found.score is not None
    assert found.score > 0.6
    assert found.is_overridden


def test_the_last_grade_counts_and_a_failed_attempt_takes_none_away(tmp_path: Path) -> None:
    again = GRADE.model_copy(update={"score": 0.9, "model": "better"})
    grades = [Graded(question="q-1", grade=grade) for grade in (GRADE, again, UNGRADED)]
    write(tmp_path, asked(), answered("x"), *grades)

    (found,) = outcomes(tmp_path)

    assert (found.score, found.grader) == (0.9, "better")


def test_left_out_is_what_was_skipped_and_never_tried_to_grade(tmp_path: Path) -> None:
    failed = Graded(question="q-2", grade=UNGRADED)
    write(tmp_path, asked(1), Skipped(), asked(2), answered("x"), Skipped(), failed, asked(3))

    first, second, third = outcomes(tmp_path)

    assert [first.is_left_out, second.is_left_out, third.is_left_out] == [True, False, False]
    assert [(q.score, q.verdicts) for q in (first, second)] == [(None, {})] * 2
    assert not third.is_answered


def test_who_asks_for_the_answer_left_the_question_out_unless_some_of_it_was_said(
    tmp_path: Path,
) -> None:
    told = [AnswerShown(question=f"q-{number}", text="It is lazy.") for number in (1, 2)]
    grade = Graded(question="q-2", grade=GRADE)
    write(tmp_path, asked(1), told[0], Skipped(), asked(2), answered("x"), told[1], grade)

    found = outcomes(tmp_path)

    assert [(q.is_left_out, q.score) for q in found] == [(True, None), (False, 0.6)]


def test_totals_count_the_words_that_stand_and_the_time_of_a_person(tmp_path: Path) -> None:
    write(
        tmp_path, asked(), answered("one two", 4.0), answered("wrong", 2.0),
        Corrected(answer=Answer(text="three four five", seconds=6.0)),
        answered("def f(): ...", 60.0, is_code=True), answered("from a pipe", 9.0, given="piped"),
    )  # fmt: skip

    (found,) = outcomes(tmp_path)

    assert found.totals == AnswerTotals(
        answers=3, words=8, timed_words=5, seconds=10.0, ways=frozenset({"typed", "piped"})
    )


def test_what_cannot_be_read_counts_for_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, asked(), answered("x"))
    path.write_bytes(path.read_bytes() + EVENT.dump_json(asked(2))[:90] + b"\n\xff\n{}\n[1]\n")
    newer = EVENT.dump_json(session_head()).replace(
        f'"schema_version":{SCHEMA}'.encode(), b'"schema_version":99'
    )
    (tmp_path / "20260401-000000-bbbb.jsonl").write_bytes(
        newer + b"\n" + EVENT.dump_json(asked(3)) + b"\n"
    )
    (tmp_path / "20260403-000000-dddd.jsonl").mkdir()
    write(tmp_path, name="20260404-000000-eeee")

    assert [session.id for session in read_outcomes(tmp_path)] == ["20260302-120000-aaaa"]
    assert len(outcomes(tmp_path)) == 1


def test_words_of_an_answer_are_no_event(tmp_path: Path) -> None:
    line = EVENT.dump_json(asked(2)).decode()
    write(tmp_path, asked(), answered(f'"type": "question_asked" {line}'))

    assert [found.topic for found in outcomes(tmp_path)] == ["topic-1"]


def test_golden_transcripts_are_read() -> None:
    found = {session.id: session for session in read_outcomes(GOLDEN)}

    assert [q.score for q in found["session-1"].questions] == [1.0, None, 0.0, None]
    assert [q.is_left_out for q in found["session-1"].questions] == [False, False, False, True]
    assert any(q.is_overridden for q in found["session-1-disputed"].questions)
