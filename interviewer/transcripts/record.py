"""What all sessions show of a candidate, whatever day it is and whatever the guide has now."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from statistics import fmean
from typing import Literal

from interviewer.grading.self_rating import RATINGS
from interviewer.transcripts.index import SessionIndex
from interviewer.transcripts.mastery import Mastery, recall
from interviewer.transcripts.outcomes import Outcome, SessionOutcome
from interviewer.transcripts.trend import mean_of, means_of, slope_of
from interviewer.values.progress import (
    Calibration,
    Estimate,
    GraderShare,
    Moment,
    Rated,
    Record,
    SessionDelivery,
    SessionScore,
    Streak,
    TopicRecord,
    Trend,
)

SHOWN = 50
"""Latest sessions of which scores and delivery are kept."""
TREND_SESSIONS = 20
"""Latest sessions that a trend is drawn through: what was a year ago says nothing of now."""
SESSIONS_NEEDED = 5
"""With fewer, the interval of a slope is wider than the scale more often than not."""
RATINGS_NEEDED = 5
MOMENTS = 40
"""Points of the curve of mastery, and one."""


def read_record(index: SessionIndex) -> Record:
    """Return what the sessions of an index show; made again only when one is new or changed."""
    return index.made("progress", Record, lambda old, read: None if old else record_of(read))


def record_of(read: Iterable[SessionOutcome]) -> Record:
    """Return what sessions show, in whatever order they are read."""
    sessions = sorted(read, key=lambda session: (session.at, session.id))
    questions = [question for session in sessions for question in session.questions]
    moments, topics = _course(sessions)
    scores = _scores(sessions)
    open_sessions = [s.id for s in sessions if any(map(_is_ungraded, s.questions))]
    return Record(
        sessions=len(sessions),
        questions=len(questions),
        graded=sum(question.score is not None for question in questions),
        left_out=sum(question.is_left_out for question in questions),
        ungraded=sum(map(_is_ungraded, questions)),
        overridden=sum(question.is_overridden for question in questions),
        regrade=open_sessions[-1] if open_sessions else "",
        scores=scores,
        trend=_trend(scores),
        moments=moments,
        calibration=_calibration(questions),
        delivery=tuple(_delivery(s) for s in sessions if _answers(s))[-SHOWN:],
        streak=_streak({session.at.astimezone().date() for session in sessions}),
        graders=_graders(questions),
        topics=topics,
    )


def _is_ungraded(question: Outcome) -> bool:
    return question.is_answered and question.score is None and not question.is_left_out


def _course(
    sessions: Sequence[SessionOutcome],
) -> tuple[tuple[Moment, ...], dict[str, TopicRecord]]:
    """Return how the topics stood on the way, and what is known of each in the end."""
    ends = [max(question.at for question in session.questions) for session in sessions]
    last = len(ends) - 1
    wanted = {ends[round(i * last / MOMENTS)] for i in range(MOMENTS + 1)} if ends else set()
    mastery = Mastery(points=False)
    levels: dict[str, float] = {}
    latest: dict[str, Outcome] = {}
    moments: dict[datetime, Moment] = {}
    for question in sorted((q for s in sessions for q in s.questions), key=lambda q: q.at):
        mastery.add(question)
        latest[question.topic] = question
        if (score := question.score) is not None:
            levels[question.topic] = (levels.get(question.topic, score) + score) / 2
        if question.at in wanted and levels:
            moments[question.at] = _moment(levels, mastery, question.at)
    return tuple(moments.values()), {
        topic: TopicRecord(
            section=latest[topic].section, title=latest[topic].title, times=standing.times,
            level=levels.get(topic), memory=mastery.memory(topic),
            had=standing.had, of=standing.of, due=standing.due,
        )
        for topic, standing in mastery.standings.items()
    }  # fmt: skip


def _moment(levels: Mapping[str, float], mastery: Mastery, at: datetime) -> Moment:
    known = [
        level * recall(memory, at)
        for topic, level in levels.items()
        if (memory := mastery.memory(topic))
    ]
    return Moment(at=at, mastery=fmean(known), topics=len(known))


def _scores(sessions: Sequence[SessionOutcome]) -> tuple[SessionScore, ...]:
    graded = [s for s in sessions if any(q.score is not None for q in s.questions)][-SHOWN:]
    groups = [[q.score for q in s.questions if q.score is not None] for s in graded]
    return tuple(
        SessionScore(
            session=session.id, at=session.at, graded=len(scores),
            ungraded=sum(map(_is_ungraded, session.questions)), score=_within(estimate),
            grader=" + ".join(sorted({q.grader for q in session.questions if q.grader})),
        )
        for session, scores, estimate in zip(graded, groups, means_of(groups), strict=True)
    )  # fmt: skip


def _within(score: Estimate) -> Estimate:
    """Return an estimate of a score with an interval that ends where scores do."""
    if score.low is None or score.high is None:
        return score
    return score.model_copy(update={"low": max(0.0, score.low), "high": min(1.0, score.high)})


def _trend(scores: Sequence[SessionScore]) -> Trend:
    """Return the trend over the sessions that the latest grader graded: only those compare."""
    grader = scores[-1].grader if scores else ""
    alike = [score for score in scores if score.grader == grader][-TREND_SESSIONS:]
    if len(alike) < SESSIONS_NEEDED:
        return Trend(grader=grader, sessions=len(alike), needed=SESSIONS_NEEDED)
    slope = slope_of([s.score.mean for s in alike], [s.graded for s in alike])
    return Trend(
        grader=grader, sessions=len(alike), needed=SESSIONS_NEEDED, slope=slope,
        direction=_direction(slope),
    )  # fmt: skip


def _direction(slope: Estimate) -> Literal["up", "down", "unclear"]:
    if slope.low is not None and slope.low > 0:
        return "up"
    return "down" if slope.high is not None and slope.high < 0 else "unclear"


def _calibration(questions: Iterable[Outcome]) -> Calibration:
    worth = {band: number for number, band in RATINGS.items()}
    met = Counter((q.rating, worth[q.band]) for q in questions if q.rating and q.band)
    gaps = [float(rating - band) for (rating, band), times in met.items() for _ in range(times)]
    return Calibration(
        needed=RATINGS_NEEDED,
        questions=len(gaps),
        gap=mean_of(gaps) if len(gaps) >= RATINGS_NEEDED else None,
        pairs=tuple(Rated(rating=r, band=b, times=times) for (r, b), times in sorted(met.items())),
    )


def _answers(session: SessionOutcome) -> int:
    return sum(question.totals.answers for question in session.questions)


def _delivery(session: SessionOutcome) -> SessionDelivery:
    parts = [question.totals for question in session.questions]
    seconds = sum(part.seconds for part in parts)
    return SessionDelivery(
        session=session.id, at=session.at, answers=_answers(session),
        words=sum(part.words for part in parts) / _answers(session),
        pace=60 * sum(part.timed_words for part in parts) / seconds if seconds else None,
        ways=tuple(sorted({way for part in parts for way in part.ways})),
    )  # fmt: skip


def _streak(days: set[date]) -> Streak:
    lengths: dict[date, int] = {}
    for day in sorted(days):
        lengths[day] = lengths.get(day - timedelta(days=1), 0) + 1
    if not days:
        return Streak()
    last = max(days)
    return Streak(last=last, days=lengths[last], longest=max(lengths.values()))


def _graders(questions: Iterable[Outcome]) -> tuple[GraderShare, ...]:
    scores: dict[str, list[float]] = {}
    for question in questions:
        if question.score is not None:
            scores.setdefault(question.grader, []).append(question.score)
    return tuple(
        GraderShare(grader=name, questions=len(found), mean=fmean(found))
        for name, found in sorted(scores.items())
    )
