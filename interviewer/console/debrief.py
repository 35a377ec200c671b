"""The debrief: what went well, the gaps that are worth most, what to come back to."""

from collections.abc import Collection, Sequence

from interviewer.console.evidence import shown
from interviewer.console.feedback import show_feedback
from interviewer.console.render import show_summary
from interviewer.console.screen import Screen
from interviewer.conversation.state import Exchange, State
from interviewer.grading.delivery import advise, together
from interviewer.grading.support import find_support
from interviewer.values.grade import Grade, Verdict, VerdictName
from interviewer.values.knowledge import KeyPoint

OVER = "That was it. Here is how it went."
THANKS = "Thank you for your time. Here is how each question went; what it comes to is at the end."
MAX_BEST = 3
MAX_GAPS = 3
ALL_WELL = "No topic of these was weak: next time brings others."
WEAK_BELOW = 0.5
"""A question with a lower score is worth coming back to; so is one that was skipped."""


def show_debrief(screen: Screen, state: State) -> None:
    """Show how a session went: after a real one with the grades, which come as news.

    What it comes to is last, because the end is what stands in the window.
    """
    screen.gap()
    if state.started and state.started.mode == "real":
        screen.say(THANKS, style="bold")
        _show_grades(screen, state)
    else:
        screen.say(OVER, style="bold")
    show_summary(screen, state)
    _show_best(screen, _best(state))
    _show_gaps(screen, gaps(state)[:MAX_GAPS])
    if advice := advise(together(answer for x in state.exchanges for answer in x.answers)):
        screen.gap()
        screen.say(f"How it sounded: {advice}")
    if titles := _to_come_back_to(state):
        screen.gap()
        screen.say(f"To come back to next time: {'; '.join(titles)}.")
    elif any(isinstance(exchange.in_force, Grade) for exchange in state.exchanges):
        screen.gap()
        screen.say(ALL_WELL)


def _show_grades(screen: Screen, state: State) -> None:
    for exchange in state.exchanges:
        if exchange.grade:
            screen.gap()
            screen.say(f"{exchange.number}. {exchange.question.text}")
            show_feedback(screen, exchange)


def _show_best(screen: Screen, found: Sequence[tuple[Exchange, str]]) -> None:
    if found:
        screen.gap()
    for exchange, quote in found:
        screen.say(f"Went well: {exchange.question.title}. You said “{quote}”")


def _show_gaps(screen: Screen, found: Sequence[tuple[Exchange, KeyPoint, Verdict]]) -> None:
    if not found:
        return
    screen.gap()
    screen.say("Worth working on, the heaviest first:")
    for exchange, point, _ in found:
        screen.parts([("• ", "red"), (point.text, "")], indent=2)
        if support := find_support(exchange.question, point):
            screen.say(f"read {support.location}", "dim", 4)


def _best(state: State) -> list[tuple[Exchange, str]]:
    """Return the surest covered point of each question with its quote, the surest first."""
    found: list[tuple[float, int, Exchange, str]] = []
    for exchange in state.exchanges:
        grade = exchange.in_force
        covered = [
            (verdict.probability, exchange.number, exchange, shown(exchange, verdict.evidence))
            for verdict in (grade.verdicts if isinstance(grade, Grade) else ())
            if verdict.verdict == "covered" and verdict.evidence
        ]
        found += sorted(covered, key=lambda row: row[0])[-1:]
    found.sort(key=lambda row: row[:2], reverse=True)
    return [(exchange, quote) for *_, exchange, quote in found[:MAX_BEST]]


def _to_come_back_to(state: State) -> list[str]:
    """Return the titles of the questions that were weak or skipped, the weakest first."""
    weak = [
        (grade.score if isinstance(grade, Grade) else 0.0, exchange.number, exchange.question.title)
        for exchange in state.exchanges
        if isinstance(grade := exchange.in_force, Grade) or exchange.skipped
    ]
    return list(dict.fromkeys(title for score, _, title in sorted(weak) if score < WEAK_BELOW))


def gaps(
    state: State, verdicts: Collection[VerdictName] = ("missing", "wrong")
) -> list[tuple[Exchange, KeyPoint, Verdict]]:
    """Return the key points with one of these verdicts, the heaviest and least covered first."""
    found: list[tuple[int, float, int, Exchange, KeyPoint, Verdict]] = []
    for exchange in state.exchanges:
        grade = exchange.in_force
        if not isinstance(grade, Grade):
            continue
        known = {point.id: point for point in exchange.question.key_points}
        found += [
            (-known[v.key_point].weight, v.probability, exchange.number, exchange,
             known[v.key_point], v)
            for v in grade.verdicts
            if v.verdict in verdicts and v.key_point in known
        ]  # fmt: skip
    found.sort(key=lambda row: row[:3])
    return [(exchange, point, verdict) for *_, exchange, point, verdict in found]
