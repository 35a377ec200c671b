"""How events and grades look: questions, follow-ups, feedback, the debrief and the review."""

from collections.abc import Sequence

from interviewer.console.screen import Screen
from interviewer.conversation.state import Exchange, State
from interviewer.knowledge.code import without_docstrings
from interviewer.values.events import SessionStarted
from interviewer.values.grade import Grade, Ungraded, Verdict
from interviewer.values.interview import Question

MARKS = {"covered": ("✓", "green"), "partly": ("~", "yellow"), "missing": ("✗", "red"),
         "wrong": ("!", "red")}  # fmt: skip
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


def show_feedback(screen: Screen, exchange: Exchange) -> None:
    """Show the grade of a question: each key point with its verdict and evidence."""
    screen.gap()
    grade = exchange.grade
    if isinstance(grade, Ungraded):
        screen.say(f"Not graded: {grade.reason} {grade.hint}", style="yellow")
    elif grade is not None:
        screen.parts([(f"{points(grade.score)} of 10", "bold"), (_band(grade), "dim")])
        _verdicts(screen, exchange, grade.verdicts)


def show_review(screen: Screen, state: State) -> None:
    """Show a whole session, question by question."""
    if state.started:
        show_head(screen, state.started)
    for exchange in state.exchanges:
        show_question(screen, exchange, len(state.exchanges))
        screen.gap()
        for answer, before in zip(exchange.answers, (None, *exchange.followups), strict=False):
            if before is not None:
                screen.parts([("Follow-up: ", "dim"), (before.text, "")])
            screen.parts([("You: ", "dim"), (answer.text, "italic")], indent=2)
        if exchange.skipped:
            screen.say("You skipped this question.", style="dim")
        show_feedback(screen, exchange)
        screen.say("Read more:", style="dim")
        _sources(screen, exchange.question)
    _summary(screen, state)


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
        for exchange, text in gaps[:GAPS]:
            screen.parts([("• ", "red"), (text, "")], indent=2)
            if exchange.question.sources:
                screen.say(f"read {exchange.question.sources[0].location}", "dim", 4)


def points(score: float) -> str:
    """Return a score between 0 and 1 as people say it: out of ten, one decimal."""
    return f"{score * 10:.1f}"


def _band(grade: Grade) -> str:
    sure = "" if grade.confidence == "high" else " · low confidence"
    return f"  {grade.band}{sure}"


def _verdicts(screen: Screen, exchange: Exchange, verdicts: Sequence[Verdict]) -> None:
    texts = {point.id: point.text for point in exchange.question.key_points}
    for verdict in verdicts:
        mark, style = MARKS[verdict.verdict]
        label = f"{mark} {verdict.verdict}: "
        screen.parts([(label, style), (texts.get(verdict.key_point, verdict.key_point), "")], 2)
        if verdict.evidence:
            screen.parts([("you said ", "dim"), (f"“{verdict.evidence.quote}”", "italic")], 4)


def _sources(screen: Screen, question: Question) -> None:
    for passage in question.sources:
        screen.parts([(passage.location, "cyan"), (f"  {passage.header}", "dim")], 2)


def _summary(screen: Screen, state: State) -> None:
    grades = [exchange.grade for exchange in state.exchanges]
    scores = [grade.score for grade in grades if isinstance(grade, Grade)]
    ungraded = sum(isinstance(grade, Ungraded) or grade is None for grade in grades)
    screen.gap()
    if scores:
        mean = sum(scores) / len(scores)
        text = f"{points(mean)} of 10 over {len(scores)} graded question{_s(len(scores))}"
        screen.parts([(text, "bold"), (f", {ungraded} not graded" if ungraded else "", "dim")])
    else:
        screen.say("No question was graded.")


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _best(state: State) -> tuple[Exchange, str] | None:
    """Return the surest covered point with its quote, if any."""
    found = [
        (verdict.probability, exchange.number, exchange, verdict.evidence.quote)
        for exchange in state.exchanges
        if isinstance(exchange.grade, Grade)
        for verdict in exchange.grade.verdicts
        if verdict.verdict == "covered" and verdict.evidence
    ]
    best = max(found, key=lambda row: row[:2], default=None)
    return None if best is None else (best[2], best[3])


def _gaps(state: State) -> list[tuple[Exchange, str]]:
    """Return the key points that were not made, the heaviest and least covered first."""
    found: list[tuple[int, float, int, Exchange, str]] = []
    for exchange in state.exchanges:
        if not isinstance(exchange.grade, Grade):
            continue
        known = {point.id: point for point in exchange.question.key_points}
        found += [
            (-known[v.key_point].weight, v.probability, exchange.number, exchange,
             known[v.key_point].text)
            for v in exchange.grade.verdicts
            if v.verdict in ("missing", "wrong") and v.key_point in known
        ]  # fmt: skip
    found.sort(key=lambda row: row[:3])
    return [(exchange, text) for *_, exchange, text in found]
