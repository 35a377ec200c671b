"""Evaluations: results that survive being cut short, and the figures made of them."""

from pathlib import Path

import pytest

from interviewer.errors import EvaluationError
from interviewer.grading.evaluation import Results, evaluate, grade_one, grading_version, key_of
from interviewer.values.coding import CodeRun
from interviewer.values.grade import Grade, Ungraded
from interviewer.values.interview import Question
from tests.fakes.clock import FakeClock
from tests.fakes.evaluation import HEAD, graded_answer, result
from tests.fakes.grader import FakeGrader


def test_a_result_is_on_disk_as_it_comes_and_is_found_again(tmp_path: Path) -> None:
    Results(tmp_path / "r.jsonl").add(result(line=3, score=0.25))

    found = Results(tmp_path / "r.jsonl")

    assert found.graded(graded_answer(3)) == result(line=3, score=0.25)
    assert found.graded(graded_answer(4)) is None


def test_what_could_not_be_graded_is_tried_again_and_the_later_result_counts(
    tmp_path: Path,
) -> None:
    results = Results(tmp_path / "r.jsonl")
    results.add(result(score=None))
    before = Results(tmp_path / "r.jsonl").graded(graded_answer())
    results.add(result(score=0.75))

    after = Results(tmp_path / "r.jsonl").of([graded_answer()])

    assert before is None
    assert after == [result(score=0.75)]


@pytest.mark.parametrize("torn", [b'{"line": 2, "gra', b'{"line": 2, "reason": "\xc3', b"{}"])
def test_a_line_cut_short_is_left_behind_and_the_next_one_stands_alone(
    tmp_path: Path, torn: bytes
) -> None:
    path = tmp_path / "r.jsonl"
    Results(path).add(result(line=1))
    path.write_bytes(path.read_bytes() + torn)

    Results(path).add(result(line=2))

    found = Results(path)
    assert found.of([graded_answer(1), graded_answer(2)]) == [result(line=1), result(line=2)]


def test_fresh_forgets_what_was_graded(tmp_path: Path) -> None:
    Results(tmp_path / "r.jsonl").add(result())

    assert Results(tmp_path / "r.jsonl", fresh=True).graded(graded_answer()) is None
    assert Results(tmp_path / "r.jsonl").graded(graded_answer()) is None


def test_results_that_cannot_be_kept_have_a_next_step(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    results = Results(path)
    path.mkdir()

    with pytest.raises(EvaluationError) as caught:
        results.add(result())
    with pytest.raises(EvaluationError):
        Results(path)

    assert "writable" in caught.value.hint


def test_another_file_model_or_grading_has_results_of_its_own() -> None:
    changes = [
        {"file_sha256": "0"}, {"model": "none"}, {"model_digest": "sha256:2"}, {"grading": "2"},
    ]  # fmt: skip

    keys = {key_of(HEAD.model_copy(update=change)) for change in [{}, *changes]}

    assert len(keys) == 5
    assert key_of(HEAD.model_copy(update={"command": "other", "file": "moved"})) in keys


def test_the_grading_version_knows_the_embedder() -> None:
    assert grading_version("a") == grading_version("a") != grading_version("b")


def test_an_answer_is_graded_and_timed() -> None:
    clock = FakeClock()

    class SlowGrader(FakeGrader):
        def grade(
            self, question: Question, answer: str, run: CodeRun | None = None
        ) -> Grade | Ungraded:
            clock.go(2.5)
            return super().grade(question, answer, run)

    found = grade_one(graded_answer(7), SlowGrader(), clock)

    assert (found.line, found.seconds) == (7, 2.5)
    assert found.grade.status == "graded"


def test_ungraded_answers_are_counted_apart_and_in_no_figure() -> None:
    answers = [graded_answer(n, score=n / 4) for n in range(5)]
    results = [result(n, score=n / 4 if n else None, seconds=n) for n in range(5)]

    found = evaluate(HEAD, answers, results)

    assert (found.answers, found.ungraded, found.ungraded_share) == (5, 1, 0.2)
    assert found.reasons == {"The model is away.": 1}
    assert found.agreements[0].answers == sum(band.answers for band in found.bands) == 4
    assert found.agreements[0].rmse.value == 0
    assert found.compared[0].given is None
    assert (found.seconds_mean, found.seconds_p95) == (2.0, 3.8)


def test_nothing_graded_is_an_error_that_says_why() -> None:
    with pytest.raises(EvaluationError, match="The model is away"):
        evaluate(HEAD, [graded_answer()], [result(score=None)])


def test_one_grader_has_one_comparison_and_two_have_four() -> None:
    one = [graded_answer(n, score=n / 4) for n in range(5)]
    results = [result(n, score=1 - n / 4) for n in range(5)]
    two = [answer.model_copy(update={"second": 1 - answer.first}) for answer in one]

    alone = evaluate(HEAD, one, results).agreements
    both = evaluate(HEAD, two, results).agreements

    assert [found.between for found in alone] == ["human score"]
    assert {found.between: found.pearson.value for found in both} == {
        "human score": -1, "first grader": -1, "second grader": 1, "between graders": -1,
    }  # fmt: skip


def test_only_answers_that_two_people_graded_compare_with_each() -> None:
    answers = [graded_answer(n, second=0.5 if n < 3 else None) for n in range(5)]
    results = [result(n) for n in range(5)]

    found = evaluate(HEAD, answers, results).agreements

    assert [agreement.answers for agreement in found] == [5, 3, 3, 3]
