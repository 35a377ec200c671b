"""How a candidate gets on, as a page with charts."""

from collections.abc import Sequence
from datetime import datetime

from interviewer import pages
from interviewer.console.feedback import points
from interviewer.console.progress import (
    LEGEND,
    calibration_text,
    counts,
    delivery_text,
    grader_name,
    heat_of,
    mark_of,
    regrade_text,
    trend_texts,
)
from interviewer.grading.self_rating import RATINGS
from interviewer.values.history import day_of
from interviewer.values.progress import Moment, Progress, SessionDelivery, SessionScore

TENTHS = tuple((step / 5, str(2 * step)) for step in range(6))
"""Ticks of a score, 0 to 10."""
MAX_TICKS = 4
DAYS_OF_A_YEAR = 365
Ticks = tuple[tuple[float, str], ...]


def progress_page(progress: Progress) -> str:
    """Return the whole progress as one HTML page."""
    words = max((session.words for session in progress.delivery), default=0.0)
    step = max(10, round(words / 40) * 10)
    top = step * (int(words // step) + 1)
    return pages.render(
        "progress.html", progress=progress, counts=counts(progress), legend=LEGEND, tenths=TENTHS,
        scores=_scores(progress.scores), score_ticks=_ticks([s.at for s in progress.scores]),
        trend=tuple(trend_texts(progress)), moments=_moments(progress.moments),
        moment_ticks=_span(progress.moments), calibration=calibration_text(progress.calibration),
        met={(pair.rating, pair.band): pair.times for pair in progress.calibration.pairs},
        most=max((pair.times for pair in progress.calibration.pairs), default=0),
        ratings=RATINGS, words=_words(progress.delivery, top),
        word_ticks=tuple((n / top, str(n)) for n in range(0, top + 1, step)),
        delivery_ticks=_ticks([s.at for s in progress.delivery]),
        delivery=delivery_text(progress) if progress.delivery else "",
        regrade=regrade_text(progress) if progress.regrade else "",
        mark_of=mark_of, grader_name=grader_name, out_of_ten=points, minute=_minute,
        day_of=lambda moment: day_of(moment, progress.at),
        heat_of=lambda share: "unknown" if share is None else heat_of(share).replace(" ", "-"),
    )  # fmt: skip


def _scores(scores: Sequence[SessionScore]) -> list[pages.Point]:
    return [
        pages.Point(
            x=_place(number, scores), y=score.score.mean, low=score.score.low,
            high=score.score.high,
            title=f"{_minute(score.at)}: {points(score.score.mean)} of 10, {score.graded} graded "
            f"by {grader_name(score.grader)}",
        )
        for number, score in enumerate(scores)
    ]  # fmt: skip


def _moments(moments: Sequence[Moment]) -> list[pages.Point]:
    """Return the mean mastery over true time: pauses are to be seen."""
    return [
        pages.Point(
            x=_when(moment, moments), y=moment.mastery,
            title=f"{_minute(moment.at)}: {points(moment.mastery)} of 10, {moment.topics} topics",
        )
        for moment in moments
    ]  # fmt: skip


def _words(delivery: Sequence[SessionDelivery], top: int) -> list[pages.Point]:
    return [
        pages.Point(
            x=_place(number, delivery), y=session.words / top,
            title=f"{_minute(session.at)}: {session.words:.0f} words an answer",
        )
        for number, session in enumerate(delivery)
    ]  # fmt: skip


def _place(number: int, row: Sequence[object]) -> float:
    """Return where one of a row stands, 0 to 1; a single one in the middle."""
    return number / (len(row) - 1) if len(row) > 1 else 0.5


def _when(moment: Moment, moments: Sequence[Moment]) -> float:
    whole = moments[-1].at - moments[0].at
    return (moment.at - moments[0].at) / whole if whole else 0.5


def _ticks(days: Sequence[datetime]) -> Ticks:
    """Return the days of a few of a row, evenly chosen."""
    count = min(MAX_TICKS, len(days))
    chosen = {round(i * (len(days) - 1) / max(1, count - 1)) for i in range(count)}
    places = [(_place(number, days), days[number]) for number in sorted(chosen)]
    return _dated(places)


def _span(moments: Sequence[Moment]) -> Ticks:
    """Return the first and the last day of a stretch of time."""
    ends = (*moments[:1], *moments[-1:])
    return _dated([(_when(moment, moments), moment.at) for moment in ends])


def _dated(places: Sequence[tuple[float, datetime]]) -> Ticks:
    """Name places by month and day, or by year and month where there is more than a year."""
    is_long = bool(places) and (places[-1][1] - places[0][1]).days > DAYS_OF_A_YEAR
    return tuple(
        (place, f"{day.astimezone():{'%Y-%m' if is_long else '%m-%d'}}") for place, day in places
    )


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
