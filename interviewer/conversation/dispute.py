"""A grade looked at again: the candidate overrides a verdict, or a grader grades once more."""

import time

from interviewer.conversation.state import Exchange, State, apply_to_question
from interviewer.errors import UsageError
from interviewer.grading.grader import Grader
from interviewer.values.events import Graded, Overridden
from interviewer.values.grade import Grade, Ungraded, VerdictName
from interviewer.values.knowledge import KeyPoint
from interviewer.values.value import Value


class VerdictChange(Value):
    """A key point whose verdict is another one now."""

    point: str
    """Its number in the session, as a review shows it."""
    key_point: str
    before: VerdictName | None
    after: VerdictName | None


class GradeChange(Value):
    """What became of the grade of one question; a score is None where there is no grade."""

    number: int
    before: float | None
    after: float | None
    verdicts: tuple[VerdictChange, ...] = ()
    ungraded: str = ""
    """Why grading once more gave no grade; what was graded before stays."""


REVIEW = "`interviewer review` shows each point with its number."


def point_names(exchange: Exchange, point: KeyPoint) -> tuple[str, str]:
    """Return what tells a key point of a session from all others: `2.3` and `2.lazy`."""
    number = exchange.question.key_points.index(point) + 1
    return f"{exchange.number}.{number}", f"{exchange.number}.{point.id}"


def override(
    state: State, wanted: str, verdict: VerdictName, why: str
) -> tuple[Exchange, Overridden]:
    """Return a question and the event that gives a key point of it another verdict.

    Args:
        state: the session.
        wanted: a key point: its number (`2` or, with the question's, `3.2`) or its id (`lazy` or
            `3.lazy`).
        verdict: what the candidate holds it to be.
        why: their reason.

    Raises:
        UsageError: there is no such point, more than one, no grade to dispute, or no change.
    """
    if not why.strip():
        raise UsageError("An override needs a reason.", hint="Say why: `--why TEXT`.")
    exchange, point = _find_point(state, wanted)
    before = verdicts(exchange).get(point.id)
    if before is None:
        raise UsageError(
            f"Question {exchange.number} has no verdict on {point.id!r} to override.",
            hint="Grade it first: `interviewer regrade ID`.",
        )
    if before == verdict:
        raise UsageError(f"{point.id!r} is {verdict} already.", hint=REVIEW)
    return exchange, Overridden(
        question=exchange.question.id, key_point=point.id, before=before, after=verdict,
        why=why.strip(),
    )  # fmt: skip


def verdicts(exchange: Exchange) -> dict[str, VerdictName]:
    """Return the verdict in force on each key point; none where there is no grade."""
    grade = exchange.in_force
    return {v.key_point: v.verdict for v in grade.verdicts} if isinstance(grade, Grade) else {}


def regrade(exchange: Exchange, grader: Grader) -> Graded:
    """Return the event of one more grade for an answered question."""
    began = time.monotonic()
    grade = grader.grade(exchange.question, exchange.text, exchange.last_run)
    return Graded(
        question=exchange.question.id, grade=grade, reason="regraded",
        seconds=round(time.monotonic() - began, 2),
    )  # fmt: skip


def grade_change(exchange: Exchange, event: Graded | Overridden) -> GradeChange:
    """Return what moves in a question when it is graded again or a verdict is overridden."""
    after = apply_to_question(exchange, event)
    was, now = verdicts(exchange), verdicts(after)
    grade = event.grade if isinstance(event, Graded) else None
    return GradeChange(
        number=exchange.number, before=_score(exchange), after=_score(after),
        verdicts=tuple(
            VerdictChange(
                point=point_names(exchange, point)[0], key_point=point.id,
                before=was.get(point.id), after=now.get(point.id),
            )
            for point in exchange.question.key_points
            if was.get(point.id) != now.get(point.id)
        ),
        ungraded=grade.reason if isinstance(grade, Ungraded) else "",
    )  # fmt: skip


def _score(exchange: Exchange) -> float | None:
    grade = exchange.in_force
    return grade.score if isinstance(grade, Grade) else None


def _find_point(state: State, wanted: str) -> tuple[Exchange, KeyPoint]:
    found = [
        (exchange, point)
        for exchange in state.exchanges
        for number, point in enumerate(exchange.question.key_points, 1)
        if wanted.removeprefix(f"{exchange.number}.") in (point.id, str(number))
    ]
    exact = [row for row in found if wanted in point_names(*row)]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        which = " or ".join(point_names(*row)[0] for row in found)
        raise UsageError(f"{wanted!r} may be {which}.", hint=f"Say which one: {which}.")
    raise UsageError(f"There is no key point {wanted!r} in this session.", hint=REVIEW)
