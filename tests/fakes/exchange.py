"""Questions that are on the table, or were answered and graded, without anybody who did it."""

from interviewer.conversation.state import Exchange
from interviewer.values.events import FollowedUp
from interviewer.values.grade import Evidence, Grade, Ungraded, Verdict, VerdictName
from interviewer.values.interview import Question
from interviewer.values.knowledge import KeyPoint
from tests.fakes.interview import LAZY, MEMORY, ONCE, sample_question, say

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


def on_table(
    *answers: str, asked_on: tuple[str, ...] = (), hints: tuple[str, ...] = (),
    points: tuple[KeyPoint, ...] = (LAZY, MEMORY, ONCE),
) -> Exchange:  # fmt: skip
    return Exchange(
        number=1,
        question=sample_question(1, points),
        answers=tuple(say(answer) for answer in answers),
        followups=tuple(FollowedUp(key_point=point, text="And?") for point in asked_on),
        hints=hints,
    )
