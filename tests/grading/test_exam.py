"""The exam: what each kind of model comes out with."""

import json
import math

import pytest

from interviewer.errors import ModelInterrupted
from interviewer.grading import exam_result as thresholds
from interviewer.grading.exam import examine, load_paper
from interviewer.grading.exam_result import ExamResult
from tests.fakes.scripted import Reply, ScriptedModel

PAPER = load_paper()
LISTS: list[Reply] = [
    json.dumps({"things": [{"kind": kind, "name": name} for name, kind in form.things.items()]})
    for form in PAPER.forms
]


def verdicts(right: float, wrong: float) -> list[Reply]:
    """Return the chance that a model gives to all right and to all wrong answers.

    Where a misconception is known, one that says nothing comes first.
    """
    found: list[Reply] = []
    for pair in PAPER.pairs:
        if pair.point.wrong:
            found += [{"A": yes, "C": 1 - yes} for yes in (0.1, right, wrong)]
        else:
            found += [{"5": chance, "0": 1 - chance} for chance in (right, wrong)]
    return found


def found(result: ExamResult) -> dict[str, bool]:
    return {finding.what: finding.good for finding in result.findings}


def text(result: ExamResult, what: str) -> str:
    return next(finding.found for finding in result.findings if finding.what == what)


def test_a_model_that_knows_passes() -> None:
    result = examine(ScriptedModel([*LISTS, *verdicts(0.9, 0.1)]))

    assert found(result) == {
        "Follows a schema": True,
        "Gives probabilities": True,
        "Tells right from wrong": True,
        "Speed": True,
    }
    assert "10 of 10 pairs" in text(result, "Tells right from wrong")


def test_a_model_that_finds_everything_covered_is_not_to_be_trusted() -> None:
    result = examine(ScriptedModel([*LISTS, *verdicts(0.9, 0.9)]))

    assert not found(result)["Tells right from wrong"]
    assert "0 of 10 pairs" in text(result, "Tells right from wrong")
    assert "do not trust its grades" in text(result, "Tells right from wrong")


def test_a_model_that_only_sees_which_answer_is_better_is_half_trusted() -> None:
    result = examine(ScriptedModel([*LISTS, *verdicts(0.9, 0.8)]))

    assert not found(result)["Tells right from wrong"]
    assert "sees which answer is better" in text(result, "Tells right from wrong")


def test_bare_words_are_no_probabilities() -> None:
    result = examine(ScriptedModel([*LISTS, *verdicts(1.0, 0.0)]))

    assert not found(result)["Gives probabilities"]
    assert found(result)["Tells right from wrong"]


def test_replies_that_do_not_fit_are_marked_and_end_nothing() -> None:
    empty = '{"things": []}'
    refused = ["no", "still no"]
    unknown: list[Reply] = [{"Maybe": 1.0}] * 20

    result = examine(ScriptedModel([empty, *refused, *LISTS[2:], *unknown]))

    assert result.forms == (False, False, True, True, True)
    assert not found(result)["Follows a schema"]
    assert all(pair.right is None and not pair.apart for pair in result.pairs)


def test_a_model_that_breaks_off_ends_the_exam() -> None:
    broken = ModelInterrupted("gone", hint="Start it again.")

    with pytest.raises(ModelInterrupted):
        examine(ScriptedModel([*LISTS, broken]))


def test_speed_is_not_known_where_nobody_counts() -> None:
    result = examine(ScriptedModel([*LISTS, *verdicts(0.9, 0.1)]))

    assert result.read_tokens_s is result.write_tokens_s is None
    assert "not known" in text(result, "Speed")


@pytest.mark.parametrize(("reads", "writes", "good"), [(60.0, 12.0, True), (24.0, 2.0, False)])
def test_a_slow_model_is_said_to_be_slow(reads: float, writes: float, *, good: bool) -> None:
    result = examine(ScriptedModel([*LISTS, *verdicts(0.9, 0.1)]))

    timed = result.model_copy(update={"read_tokens_s": reads, "write_tokens_s": writes})

    assert found(timed)["Speed"] is good


def test_progress_counts_every_question() -> None:
    seen: list[tuple[int, int]] = []

    examine(
        ScriptedModel([*LISTS, *verdicts(0.9, 0.1)]), lambda done, total: seen.append((done, total))
    )

    assert [done for done, _ in seen] == list(range(1, 17))
    assert {total for _, total in seen} == {16}


def test_the_answers_of_a_pair_share_their_words_so_that_only_sense_tells_them_apart() -> None:
    for pair in PAPER.pairs:
        right, wrong = (set(answer.lower().split()) for answer in (pair.right, pair.wrong))
        lengths = len(pair.right.split()), len(pair.wrong.split())

        assert len(right & wrong) >= 6, pair.point.id
        assert max(lengths) <= 1.35 * min(lengths), pair.point.id


def test_the_paper_asks_in_both_ways_that_grading_asks() -> None:
    assert len({pair.point.id for pair in PAPER.pairs}) == 10
    assert sum(bool(pair.point.wrong) for pair in PAPER.pairs) == 5


@pytest.mark.parametrize(
    ("needed", "asked", "exams"),
    [(thresholds.APART_NEEDED, 10, 93), (8, 10, 18), (thresholds.CALLS_NEEDED, 20, 169)],
)
def test_a_coin_passes_as_seldom_as_is_said(needed: int, asked: int, exams: int) -> None:
    ways = sum(math.comb(asked, hits) for hits in range(needed, asked + 1))

    assert round(2**asked / ways) == exams
