from datetime import timedelta
from pathlib import Path

import pytest

from interviewer.transcripts.bank import A_TOPIC
from interviewer.transcripts.index import SessionIndex
from interviewer.transcripts.mastery import read_history
from interviewer.values.events import Answered, AnyEvent, Graded, Overridden, QuestionAsked
from interviewer.values.grade import VerdictName
from interviewer.values.history import ProvenQuestion
from interviewer.values.interview import Question
from tests.fakes.exchange import UNGRADED, graded, verdict
from tests.fakes.interview import NOTES, sample_question, say
from tests.transcripts.test_mastery import DAY, write

ANSWER = Answered(answer=say("It is lazy."))
MADE = sample_question(1).model_copy(update={"origin": "model"})


def judged(name: VerdictName, probability: float, question: Question = MADE) -> Graded:
    return Graded(question=question.id, grade=graded(verdict("lazy", name, probability)))


def bank(folder: Path, *events: AnyEvent, question: Question = MADE) -> list[str]:
    write(folder, QuestionAsked(number=1, question=question), *events)
    kept = read_history(folder).bank.get(question.topic, ())
    return [question.text for question in kept]


def disputed(before: VerdictName, after: VerdictName) -> Overridden:
    return Overridden(
        question=MADE.id, key_point="lazy", before=before, after=after, why="I did not say so."
    )


def test_a_question_of_the_model_s_is_kept_with_its_key_points_once_one_was_made(
    tmp_path: Path,
) -> None:
    write(tmp_path, QuestionAsked(number=1, question=MADE), ANSWER, judged("covered", 0.8))

    assert read_history(tmp_path).bank == {
        MADE.topic: (ProvenQuestion(text=MADE.text, level=MADE.level, key_points=MADE.key_points),)
    }


@pytest.mark.parametrize(
    "events",
    [
        (),
        (ANSWER,),
        (ANSWER, Graded(question=MADE.id, grade=UNGRADED)),
        (ANSWER, judged("covered", 0.79)),
        (ANSWER, judged("partly", 0.4)),
        (ANSWER, judged("covered", 0.9), disputed("covered", "missing")),
        (ANSWER, judged("covered", 0.9), judged("missing", 0.1)),
    ],
    ids=["left", "not graded", "no grade", "unsure", "in part", "disputed", "graded again"],
)
def test_a_question_that_showed_nothing_is_not_kept(
    tmp_path: Path, events: tuple[AnyEvent, ...]
) -> None:
    assert bank(tmp_path, *events) == []


@pytest.mark.parametrize(
    "change", [{"origin": "guide"}, {"kind": "read_code", "code": NOTES}], ids=["guide", "code"]
)
def test_the_guide_s_questions_and_those_about_code_are_not_kept(
    tmp_path: Path, change: dict[str, object]
) -> None:
    question = MADE.model_copy(update=change)

    assert bank(tmp_path, ANSWER, judged("covered", 0.9), question=question) == []


def test_the_candidate_s_word_on_a_point_counts(tmp_path: Path) -> None:
    found = bank(tmp_path, ANSWER, judged("missing", 0.1), disputed("missing", "covered"))

    assert found == [MADE.text]


def test_the_last_few_of_a_topic_are_kept_each_once_also_session_by_session(
    tmp_path: Path,
) -> None:
    index = SessionIndex(tmp_path / "index.sqlite", tmp_path)
    numbers = [1, *range(2, A_TOPIC + 1), 1, A_TOPIC + 1]
    for day, number in enumerate(numbers):
        made = MADE.model_copy(update={"text": f"Question {number}?"})
        asked = QuestionAsked(at=DAY + timedelta(days=day), number=1, question=made)
        write(tmp_path, asked, ANSWER, judged("covered", 0.9), day=day)
        bit_by_bit = read_history(tmp_path, index).bank[MADE.topic]

    kept = read_history(tmp_path).bank[MADE.topic]

    assert [question.text for question in kept] == [
        f"Question {number}?" for number in numbers[-A_TOPIC:]
    ]
    assert bit_by_bit == kept
