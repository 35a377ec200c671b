"""How a session looks: its questions, the debrief and the review."""

from collections.abc import Sequence

from interviewer.console import coding
from interviewer.console.feedback import points, show_feedback, show_model_answer
from interviewer.console.screen import Screen
from interviewer.conversation.state import Exchange, State
from interviewer.grading.self_rating import gap
from interviewer.grading.support import find_support
from interviewer.knowledge.code import without_docstrings
from interviewer.values.events import FollowedUp, SessionStarted
from interviewer.values.grade import Grade, Ungraded
from interviewer.values.interview import Question
from interviewer.values.knowledge import KeyPoint

MAX_CODE_LINES = 45
GAPS = 3


def show_question(screen: Screen, exchange: Exchange, total: int) -> None:
    """Show a question with its number and, beside it, the code it is about."""
    question = exchange.question
    screen.gap()
    screen.say(
        f"Question {exchange.number} of {total} · {question.section} · {question.title}",
        style="dim",
    )
    screen.say(question.text, style="bold")
    if question.task:
        coding.show_task(screen, question.task)
    if question.code:
        lines = without_docstrings(question.code)
        screen.gap()
        screen.code(lines[:MAX_CODE_LINES], question.code.location)
        if len(lines) > MAX_CODE_LINES:
            screen.say(f"… {len(lines) - MAX_CODE_LINES} more lines in the file", "dim", 2)


def show_sources(screen: Screen, exchange: Exchange) -> None:
    """Show why a question came up and what it stands on."""
    if exchange.reason:
        screen.say(exchange.reason)
    origin = "from the guide" if exchange.question.origin == "guide" else "posed by the model"
    screen.say(f"This question is {origin}. It stands on:")
    _sources(screen, exchange.question)


def show_review(screen: Screen, state: State) -> None:
    """Show a whole session, question by question."""
    if state.started:
        show_head(screen, state.started)
    for exchange in state.exchanges:
        show_question(screen, exchange, len(state.exchanges))
        screen.gap()
        for answer, before in zip(exchange.answers, _asked_before(exchange), strict=False):
            if before is not None:
                screen.parts([("Follow-up: ", "dim"), (before.text, "")])
            screen.parts([("You: ", "dim"), (answer.text, "italic")], indent=2)
        coding.show_versions(screen, exchange)
        if exchange.skipped:
            screen.say("You skipped this question.", style="dim")
        show_feedback(screen, exchange, is_review=True)
        if exchange.model_answer:
            show_model_answer(screen, exchange.model_answer)
        screen.say("Read more:", style="dim")
        _sources(screen, exchange.question)
    _summary(screen, state)


def _asked_before(exchange: Exchange) -> tuple[FollowedUp | None, ...]:
    """Return what each answer answered: a follow-up, or None for the question itself.

    A follow-up may come before anything was said about a task, or after several remarks.
    """
    if exchange.question.task is None:
        return (None, *exchange.followups)
    remarks = max(0, len(exchange.answers) - len(exchange.followups))
    return (*(None for _ in range(remarks)), *exchange.followups)


def show_head(screen: Screen, started: SessionStarted) -> None:
    """Show what a session was: when, with which model, in which mode."""
    when = f"{started.at.astimezone():%Y-%m-%d %H:%M}"
    screen.say(
        f"Session {started.session} · {when} · {started.mode} · {started.level} · {started.model}",
        style="dim",
    )


def show_debrief(screen: Screen, state: State) -> None:
    """Show what went well and the most valuable gaps, with where to read."""
    screen.gap()
    screen.say("That was it. Here is how it went.", style="bold")
    if state.started and state.started.mode == "real":
        for exchange in state.exchanges:
            if exchange.grade:
                screen.gap()
                screen.say(f"{exchange.number}. {exchange.question.text}")
                show_feedback(screen, exchange)
    _summary(screen, state)
    best = _best(state)
    if best:
        screen.say(f"Went well: {best[0].question.title}. You said “{best[1].rstrip('.')}”.")
    gaps = _gaps(state)
    if gaps:
        screen.gap()
        screen.say("Worth working on, the heaviest first:")
        for exchange, point in gaps[:GAPS]:
            screen.parts([("• ", "red"), (point.text, "")], indent=2)
            if support := find_support(exchange.question, point):
                screen.say(f"read {support.location}", "dim", 4)


def _sources(screen: Screen, question: Question) -> None:
    for passage in question.sources:
        screen.parts([(passage.location, "cyan"), (f"  {passage.header}", "dim")], 2)


def _summary(screen: Screen, state: State) -> None:
    grades = [exchange.in_force for exchange in state.exchanges]
    scores = [grade.score for grade in grades if isinstance(grade, Grade)]
    ungraded = sum(isinstance(grade, Ungraded) or grade is None for grade in grades)
    screen.gap()
    if scores:
        mean = sum(scores) / len(scores)
        text = f"{points(mean)} of 10 over {len(scores)} graded question{_s(len(scores))}"
        screen.parts([(text, "bold"), (f", {ungraded} not graded" if ungraded else "", "dim")])
    else:
        screen.say("No question was graded.")
    if (
        any(x.is_answered and not isinstance(x.grade, Grade) for x in state.exchanges)
        and state.started
    ):
        screen.say(f"Grade the rest: interviewer regrade {state.started.session}", style="yellow")
    gaps = [
        gap(exchange.self_rating, grade)
        for exchange, grade in zip(state.exchanges, grades, strict=True)
        if exchange.self_rating and isinstance(grade, Grade)
    ]
    if gaps:
        screen.say(_calibration(gaps))


def _calibration(gaps: Sequence[int]) -> str:
    """Return how far the candidate's own ratings are from their grades, in words."""
    mean = sum(gaps) / len(gaps)
    over = f"over {len(gaps)} question{_s(len(gaps))}"
    if not mean:
        return f"You rated yourself as the grades did, on average, {over}."
    side = "above" if mean > 0 else "below"
    return f"You rated yourself {abs(mean):.1f} of a band {side} the grades, on average, {over}."


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _best(state: State) -> tuple[Exchange, str] | None:
    """Return the surest covered point with its quote, if any."""
    found = [
        (verdict.probability, exchange.number, exchange, verdict.evidence.quote)
        for exchange in state.exchanges
        if isinstance(grade := exchange.in_force, Grade)
        for verdict in grade.verdicts
        if verdict.verdict == "covered" and verdict.evidence
    ]
    best = max(found, key=lambda row: row[:2], default=None)
    return None if best is None else (best[2], best[3])


def _gaps(state: State) -> list[tuple[Exchange, KeyPoint]]:
    """Return the key points that were not made, the heaviest and least covered first."""
    found: list[tuple[int, float, int, Exchange, KeyPoint]] = []
    for exchange in state.exchanges:
        grade = exchange.in_force
        if not isinstance(grade, Grade):
            continue
        known = {point.id: point for point in exchange.question.key_points}
        found += [
            (-known[v.key_point].weight, v.probability, exchange.number, exchange,
             known[v.key_point])
            for v in grade.verdicts
            if v.verdict in ("missing", "wrong") and v.key_point in known
        ]  # fmt: skip
    found.sort(key=lambda row: row[:3])
    return [(exchange, point) for *_, exchange, point in found]
