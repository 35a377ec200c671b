"""What came of questions that nobody asked."""

from datetime import UTC, datetime, timedelta

from interviewer.grading.score import band
from interviewer.transcripts.outcomes import AnswerTotals, Outcome, SessionOutcome
from interviewer.values.grade import VerdictName
from interviewer.values.knowledge import Topic

DAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


def outcome(
    score: float | None = None, topic: str = "generators", *, day: float = 0, **fields: object
) -> Outcome:
    """Return a question of a day; without a score it was answered and has no grade."""
    verdict: VerdictName = "covered" if score and score >= 0.5 else "missing"
    values: dict[str, object] = {
        "at": DAY + timedelta(days=day), "topic": topic, "section": "Features",
        "title": topic.title(), "put": (f"What of {topic}?",), "score": score,
        "verdicts": {} if score is None else {"lazy": verdict},
        "band": None if score is None else band(score),
        "grader": "" if score is None else "none", "is_overridden": False, "is_left_out": False,
        "is_answered": True, "rating": None, "totals": AnswerTotals(),
    }  # fmt: skip
    return Outcome(**(values | fields))  # type: ignore[arg-type]


def left_out(topic: str = "generators", *, day: float = 0) -> Outcome:
    return outcome(topic=topic, day=day, is_left_out=True, is_answered=False)


def session(*questions: Outcome) -> SessionOutcome:
    return SessionOutcome(f"{questions[0].at:%Y%m%d-%H%M%S}-aaaa", questions[0].at, questions)


def topic(name: str, section: str = "Features", line: int = 3) -> Topic:
    return Topic(id=name, section=section, title=name.title(), path="guide.md", line=line)
