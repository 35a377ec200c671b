import pytest

from interviewer.console.evidence import marked_answers
from interviewer.values.grade import Evidence, Verdict
from tests.fakes.exchange import UNGRADED, exchange, graded, verdict

ANSWERS = ("It is lazy.", "Little memory.")
WHOLE = "\n\n".join(ANSWERS)


def found(point: str, quote: str) -> Verdict:
    start = WHOLE.index(quote)
    evidence = Evidence(start=start, end=start + len(quote), quote=quote)
    return verdict(point, "covered").model_copy(update={"evidence": evidence})


def shown(*verdicts: Verdict) -> list[str]:
    marked = marked_answers(exchange(graded(*verdicts), *ANSWERS))
    return ["".join(text for text, _ in pieces) for pieces in marked]


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((), list(ANSWERS)),
        ((found("lazy", "lazy"),), ["It is «lazy» [1.1✓].", ANSWERS[1]]),
        ((found("once", "Little memory."),), [ANSWERS[0], "«Little memory.» [1.3✓]"]),
        (
            (found("lazy", "lazy"), found("memory", "lazy")),
            ["It is «lazy» [1.1✓, 1.2✓].", ANSWERS[1]],
        ),
        (
            (found("lazy", "is lazy."), found("memory", "It is")),
            ["«It » [1.2✓]«is» [1.1✓, 1.2✓]« lazy.» [1.1✓]", ANSWERS[1]],
        ),
        (
            (found("lazy", "lazy.\n\nLittle"),),
            ["It is «lazy.» [1.1✓]", "«Little» [1.1✓] memory."],
        ),
    ],
)
def test_evidence_is_marked_with_its_point_where_it_stands(
    verdicts: tuple[Verdict, ...], expected: list[str]
) -> None:
    assert shown(*verdicts) == expected


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(start=0, end=4, quote="lazy"),
        Evidence(start=900, end=904, quote="lazy"),
        Evidence(start=6, end=5, quote="lazy"),
    ],
)
def test_a_quote_that_does_not_stand_where_it_is_said_to_is_not_marked(evidence: Evidence) -> None:
    wrong = verdict("lazy", "covered").model_copy(update={"evidence": evidence})

    assert shown(wrong) == list(ANSWERS)


def test_evidence_of_a_point_that_the_question_does_not_have_is_not_marked() -> None:
    assert shown(found("speed", "lazy")) == list(ANSWERS)


def test_answers_without_a_grade_are_whole() -> None:
    assert marked_answers(exchange(UNGRADED, *ANSWERS)) == [[(text, "")] for text in ANSWERS]
    assert marked_answers(exchange(None)) == []
