"""Files of graded answers: what a row may be, what is wrong with it, and which ones are taken."""

from pathlib import Path

import pytest

from interviewer.errors import EvaluationError
from interviewer.grading.graded_answers import choose_answers, read_graded
from tests.fakes.evaluation import graded_answer, row, write_rows


def test_a_row_becomes_an_answer_with_shares_of_the_full_score(tmp_path: Path) -> None:
    graded = read_graded(write_rows(tmp_path / "g.jsonl", row(second_score=4)))[0]

    assert (graded.line, graded.id, graded.answer) == (1, "a1", "With does.")
    assert (graded.score, graded.first, graded.second) == (0.6, 0.6, 0.8)
    assert [p.text for p in graded.question.key_points] == ["A with statement.", "Or close."]


def test_the_first_graders_own_score_may_stand_beside_the_agreed_one(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "g.jsonl", row(score=3.5, score1=5, second_score=2))

    graded = read_graded(path)[0]

    assert (graded.score, graded.first, graded.second) == (0.7, 1.0, 0.4)


def test_listed_key_points_go_before_the_reference(tmp_path: Path) -> None:
    points = ["It closes.", {"text": "Even on errors.", "weight": 3, "note": "ignored"}]

    graded = read_graded(write_rows(tmp_path / "g.jsonl", row(key_points=points)))[0]

    found = [(p.id, p.text, p.weight) for p in graded.question.key_points]
    assert found == [("p01", "It closes.", 1), ("p02", "Even on errors.", 3)]


def test_answers_of_one_question_share_their_qid_or_else_its_text(tmp_path: Path) -> None:
    rows = [row(qid=7), row(qid="7", question="Said otherwise?"), row(), row(more="ignored")]

    graded = read_graded(write_rows(tmp_path / "g.jsonl", *rows))

    assert [a.question.id for a in graded] == ["7", "7", *["What closes a file?"] * 2]


def test_empty_lines_and_a_byte_order_mark_are_no_fault_and_lines_keep_their_number(
    tmp_path: Path,
) -> None:
    path = write_rows(tmp_path / "g.jsonl", row(), row())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n\r\n", 1))

    assert [answer.line for answer in read_graded(path)] == [1, 3]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"score": "3"}, "field score: input should be a valid number, found '3'"),
        ({"score": True}, "field score"),
        ({"score": float("nan")}, "field score: input should be a finite number"),
        ({"score": -1}, "field score"),
        ({"score": 6}, "field score: should be at most max_score, 5"),
        ({"second_score": 6}, "field second_score: should be at most max_score, 5"),
        ({"max_score": 0}, "field max_score"),
        ({"max_score": None}, "field max_score: field required"),
        ({"answer": None}, "field answer: field required"),
        ({"question": "  "}, "field question"),
        ({"id": None}, "field id: field required"),
        ({"id": 1.5}, "field id: input should be a valid string, found 1.5"),
        ({"reference": None}, "field reference: a row needs a reference or key_points"),
        ({"reference": " ", "key_points": []}, "field reference"),
        ({"key_points": ["a", 3]}, "field key_points.1"),
        ({"key_points": [{"text": "a", "weight": 9}]}, "field key_points.0.weight"),
    ],
)
def test_a_bad_row_is_named_with_file_line_and_field(
    tmp_path: Path, changes: dict[str, object], fault: str
) -> None:
    path = write_rows(tmp_path / "g.jsonl", row(), row(**changes))

    with pytest.raises(EvaluationError) as caught:
        read_graded(path)

    assert f"{path}:2: {fault}" in str(caught.value)
    assert "docs/grading.md" in caught.value.hint


@pytest.mark.parametrize("line", [b"{", b"[1]", b"3", b"\xff", b'{"id": "\\ud800"}', b"null"])
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "g.jsonl"
    path.write_bytes(line)

    with pytest.raises(EvaluationError, match=r"g\.jsonl:1: .*object|g\.jsonl:1: .*no JSON"):
        read_graded(path)


def test_a_long_value_is_not_shown_whole(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "g.jsonl", row(score="x" * 10_000))

    with pytest.raises(EvaluationError) as caught:
        read_graded(path)

    assert len(str(caught.value)) < 400


def test_no_file_and_no_answers_have_a_next_step(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")

    for name, fault in (("none.jsonl", "Cannot read"), ("empty.jsonl", "no answer"), (".", "read")):
        with pytest.raises(EvaluationError, match=fault) as caught:
            read_graded(tmp_path / name)
        assert caught.value.hint


def test_a_limit_takes_the_first_and_puts_those_of_a_question_together() -> None:
    answers = [graded_answer(n, question=q) for n, q in enumerate("abab", 1)]

    assert [a.line for a in choose_answers(answers, 3, None)] == [1, 3, 2]


def test_a_sample_is_spread_over_the_questions_and_only_the_seed_decides() -> None:
    answers = [graded_answer(n, question=f"q{n // 10}") for n in range(40)]

    samples = [[a.line for a in choose_answers(answers, 8, seed)] for seed in (1, 1, 2)]

    assert samples[0] == samples[1] != samples[2]
    assert [line // 10 for line in samples[0]] == [0, 0, 1, 1, 2, 2, 3, 3]


def test_a_sample_larger_than_the_file_is_the_file() -> None:
    answers = [graded_answer(1, question="a"), graded_answer(2, question="b")]

    assert choose_answers(answers, 99, 0) == answers


def test_the_row_that_the_documentation_shows_is_a_good_one(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "grading.md").read_text(encoding="utf-8")
    path = tmp_path / "g.jsonl"
    path.write_text(text.split("```json\n")[1].split("```")[0], encoding="utf-8")

    (graded,) = read_graded(path)

    assert graded.score == 0.6
    assert len(graded.question.key_points) == 2
