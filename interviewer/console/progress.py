"""How a candidate gets on, on the terminal: a heat map, scores with intervals, what comes next."""

import shlex
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from interviewer.console.feedback import points
from interviewer.console.render import counted
from interviewer.console.screen import Screen
from interviewer.grading.grader import WITHOUT_MODEL
from interviewer.grading.score import band
from interviewer.values.grade import Band
from interviewer.values.history import day_of
from interviewer.values.progress import (
    Calibration,
    Estimate,
    Progress,
    SectionMastery,
    SessionScore,
    Step,
    TopicMastery,
)

HEAT: dict[Band, str] = {
    "strong hire": "black on green", "hire": "black on cyan", "leaning no": "black on yellow",
    "no": "white on red",
}  # fmt: skip
CELL = 28
"""Fewest columns of a topic."""
LATEST = 8
"""Sessions that get a line of their own; the others are steps of one line."""
LABEL, FIGURE = 18, 14
"""Columns before a chart and behind it."""
MIN_CHART, MAX_CHART = 10, 60
NAMED = 5
"""Topics that are named of those that are due."""
STEPS = "▁▂▃▄▅▆▇█"
LEGEND = (
    "The number is mastery, 0 to 10: your scores, the latest the heaviest, times the chance that "
    "it is still there today. · not asked yet, ? no grade."
)
SCALE = (
    "Scores are 0 to 10, with the number of graded questions; the line is the 95 % interval, in "
    "which a difference may be chance."
)


def show_progress(screen: Screen, progress: Progress) -> None:
    """Show everything, the next steps last: they stand where the eye is."""
    screen.say(counts(progress), style="bold")
    for section in progress.sections:
        _show_section(screen, section)
    screen.gap()
    screen.say(LEGEND, style="dim")
    screen.gap()
    _show_scores(screen, progress)
    for text in (*trend_texts(progress), calibration_text(progress.calibration)):
        screen.say(text)
    if progress.delivery:
        screen.say(delivery_text(progress))
    screen.gap()
    for text in due_texts(progress):
        screen.say(text)
    if progress.regrade:
        screen.say(regrade_text(progress), style="yellow")
    _show_next(screen, progress.steps)


def counts(progress: Progress) -> str:
    """Return how much there is to go by."""
    parts = [f"{progress.graded} graded"]
    parts += [f"{progress.left_out} left out"] if progress.left_out else []
    parts += [f"{progress.ungraded} without a grade"] if progress.ungraded else []
    text = f"{counted(progress.sessions, 'session')}, {counted(progress.questions, 'question')}: "
    text += f"{', '.join(parts)}."
    streak = progress.streak
    if streak.last and streak.days > 1 and streak.last >= _yesterday(progress):
        text += f" {streak.days} days in a row; the longest were {streak.longest}."
    return text


def trend_texts(progress: Progress) -> Iterator[str]:
    """Yield whether scores rise, and whose scores they are."""
    trend = progress.trend
    if not trend.sessions:
        yield "No question was graded yet, so there are no scores to compare."
        return
    over = f"over the last {trend.sessions} sessions"
    if trend.slope is None:
        yield (
            f"Too few sessions to tell whether you get better: {trend.sessions} of {trend.needed} "
            f"graded by {grader_name(trend.grader)}."
        )
    elif trend.direction == "unclear":
        yield f"No clear change {over}: {_span(trend.slope, 10)} of 10 from one to the next."
    else:
        word = "rise" if trend.direction == "up" else "fall"
        yield (
            f"Your scores {word} by {abs(trend.slope.mean) * 10:.2f} of 10 a session {over} "
            f"({_span(trend.slope, 10)})."
        )
    if len(progress.graders) > 1:
        shares = ", ".join(
            f"{grader_name(s.grader)} {points(s.mean)} over {counted(s.questions, 'question')}"
            for s in progress.graders
        )
        yield (
            f"Only sessions graded by {grader_name(trend.grader)} are compared, because graders "
            f"differ in how strict they are: {shares}."
        )
    if progress.overridden:
        yield f"Verdicts of your own count in {counted(progress.overridden, 'grade')}."


def calibration_text(calibration: Calibration) -> str:
    """Return how far the candidate's own ratings are from the grades."""
    over = f"over {counted(calibration.questions, 'question')}"
    gap = calibration.gap
    if gap is None or gap.low is None or gap.high is None:
        return (
            "Too few ratings of your own to tell how well you judge yourself: "
            f"{calibration.questions} of {calibration.needed}."
        )
    if gap.low <= 0 <= gap.high:
        return f"Your own ratings lean neither way {over}: {_span(gap)} of a band above the grades."
    side = "above" if gap.mean > 0 else "below"
    return (
        f"You rate yourself {abs(gap.mean):.1f} of a band {side} the grades {over} ({_span(gap)})."
    )


def delivery_text(progress: Progress) -> str:
    """Return how long answers are; it counts for no score."""
    *before, last = progress.delivery
    text = f"{last.words:.0f} words an answer in the last session"
    if before:
        text += f", {sum(s.words for s in before) / len(before):.0f} before"
    return text + (f"; {last.pace:.0f} words a minute, thinking included." if last.pace else ".")


def due_texts(progress: Progress) -> Iterator[str]:
    """Yield what is due now and what comes next, by day."""
    due = [topic.title for topic in progress.due if topic.due and topic.due <= progress.at]
    coming = [
        f"{topic.title} ({day_of(topic.due, progress.at)})"
        for topic in progress.due
        if topic.due and topic.due > progress.at
    ]
    if due:
        yield f"Due now: {_listed(due)}."
    if coming:
        yield f"{'Then' if due else 'Nothing is due now; next'}: {_listed(coming)}."


def regrade_text(progress: Progress) -> str:
    """Return how to get the grades that are missing."""
    return (
        f"{counted(progress.ungraded, 'answer')} without a grade; the latest: "
        f"interviewer regrade {shlex.quote(progress.regrade)}"
    )


def grader_name(grader: str) -> str:
    """Return who graded, in words for the screen."""
    names = ("words alone" if name == WITHOUT_MODEL else name for name in grader.split(" + "))
    return " + ".join(names)


def mark_of(topic: TopicMastery) -> str:
    """Return what stands in a topic's cell: its mastery out of ten, `?` or `·`."""
    if topic.mastery is None:
        return "?" if topic.times else "·"
    return points(topic.mastery)


def heat_of(share: float) -> Band:
    """Return the band of a mastery as it is shown: 2.96 of 10 reads 3.0, and is coloured so."""
    return band(round(share, 2))


def _show_section(screen: Screen, section: SectionMastery) -> None:
    screen.gap()
    known = "" if section.mastery is None else f"mastery {points(section.mastery)}, "
    told = f"  {known}{section.asked} of {counted(len(section.topics), 'topic')} asked"
    screen.parts([(section.title, "bold"), (told, "dim")])
    screen.grid([_cell(topic) for topic in section.topics], CELL)


def _cell(topic: TopicMastery) -> list[tuple[str, str]]:
    style = "dim" if topic.mastery is None else HEAT[heat_of(topic.mastery)]
    return [(f"{mark_of(topic):>4} ", style), (f" {topic.title}", "" if topic.times else "dim")]


def _show_scores(screen: Screen, progress: Progress) -> None:
    width = max(MIN_CHART, min(MAX_CHART, screen.console.width - LABEL - FIGURE))
    for score in progress.scores[-LATEST:]:
        day = f"{score.at.astimezone():%Y-%m-%d %H:%M}"
        told = f" {points(score.score.mean):>4} ({score.graded})"
        screen.parts([(f"{day:<{LABEL}}", "dim"), (_whiskers(score, width), ""), (told, "")])
    means = [score.score.mean for score in progress.scores]
    _show_line(screen, "score", means, 1.0)
    words = [session.words for session in progress.delivery]
    _show_line(screen, "words an answer", words, max(words, default=0.0))
    if means:
        screen.say(SCALE, style="dim")
        screen.gap()


def _show_line(screen: Screen, label: str, values: Sequence[float], top: float) -> None:
    if len(values) > 1:
        line = _spark(values, top)[LABEL - screen.console.width :]
        screen.parts([(f"{label:<{LABEL}}", "dim"), (line, "")])


def _whiskers(score: SessionScore, width: int) -> str:
    """Return a score as a dot on a scale of so many columns, with its interval."""
    estimate = score.score
    mean, low, high = (
        round((estimate.mean if value is None else value) * (width - 1))
        for value in (estimate.mean, estimate.low, estimate.high)
    )
    line = ["─" if low <= place <= high else " " for place in range(width)]
    line[mean] = "●"
    return f"│{''.join(line)}│"


def _spark(values: Sequence[float], top: float) -> str:
    """Return values from 0 to the top as steps of one line."""
    highest = len(STEPS) - 1
    return "".join(STEPS[round(value / top * highest) if top else 0] for value in values)


def _show_next(screen: Screen, steps: Sequence[Step]) -> None:
    if not steps:
        return
    screen.gap()
    screen.say("What to practise next", style="bold")
    for number, step in enumerate(steps, 1):
        where = [("  read ", "dim"), screen.place(step.place)]
        screen.parts([(f"{number}. {step.title}", "bold"), *where])
        screen.say(step.reason, indent=3)
        screen.say(step.command, style="cyan", indent=3)


def _span(estimate: Estimate, scale: int = 1) -> str:
    low, high = (estimate.low or 0.0) * scale, (estimate.high or 0.0) * scale
    return f"95 % interval {low:+.2f} to {high:+.2f}"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{' · '.join(names[:NAMED])}{more}"


def _yesterday(progress: Progress) -> date:
    return progress.at.astimezone().date() - timedelta(days=1)
