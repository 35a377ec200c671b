"""Questions that were answered and graded, without anybody who did it."""

from interviewer.conversation.state import Exchange
from interviewer.values.grade import Evidence, Grade, Ungraded, Verdict, VerdictName
from interviewer.values.interview import Question
from tests.fakes.interview import sample_question, say

UNGRADED = Ungraded(reason="The model is away.", hint="Grade it later.")


def verdict(
    point: str, name: VerdictName, probability: float = 0.5, quote: str | None = None
) -> Verdict:
    evidence = Evidence(start=0, end=9, quote=quote) if quote else None
    return Verdict(key_point=point, verdict=name, probability=probability, evidence=evidence)


def graded(*verdicts: Verdict, score: float = 0.5, confident: bool = True) -> Grade:
    return Grade(
        score=score,
        band="hire",
        confidence="high" if confident else "low",
        verdicts=verdicts,
        model="fake",
    )


def exchange(
    grade: Grade | Ungraded | None = None,
    *answers: str,
    number: int = 1,
    question: Question | None = None,
    skipped: bool = False,
) -> Exchange:
    return Exchange(
        number=number,
        question=question or sample_question(number),
        answers=tuple(map(say, answers)),
        grade=grade,
        skipped=skipped,
    )
