"""How a session looks: its questions, the debrief and the review."""

from collections.abc import Sequence

from interviewer.console import coding
from interviewer.console.feedback import points, show_feedback, show_model_answer
from interviewer.console.screen import Screen
from interviewer.conversation.state import Exchange, State
from interviewer.grading.self_rating import gap
from interviewer.knowledge.code import without_docstrings
from interviewer.values.events import FollowedUp, SessionStarted
from interviewer.values.grade import Grade, Ungraded
from interviewer.values.knowledge import Passage

MAX_CODE_LINES = 45


def show_question(screen: Screen, exchange: Exchange, total: int, clock: str = "") -> None:
    """Show a question with its number, the time and, beside it, the code it is about."""
    question = exchange.question
    screen.gap()
    screen.say(
        f"Question {exchange.number} of {total} · {question.section} · {question.title}"
        f"{f' · {clock}' if clock else ''}",
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
    show_places(screen, exchange.question.sources)


def show_review(screen: Screen, state: State) -> None:
    """Show a whole session, question by question."""
    if state.started:
        show_head(screen, state.started)
    for exchange in state.exchanges:
        show_question(screen, exchange, len(state.exchanges))
        screen.gap()
        for answer, before in zip(exchange.answers, asked_before(exchange), strict=False):
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
        show_places(screen, exchange.question.sources)
    show_summary(screen, state)


def asked_before(exchange: Exchange) -> tuple[FollowedUp | None, ...]:
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


def show_places(screen: Screen, sources: Sequence[Passage]) -> None:
    """Show where passages stand."""
    for passage in sources:
        screen.parts([(passage.location, "cyan"), (f"  {passage.header}", "dim")], 2)


def show_summary(screen: Screen, state: State) -> None:
    """Show the figures of a session: its mean, what was not graded, how well self-rated."""
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
