"""How a session looks: its head, its questions, its sources and its figures."""

from collections.abc import Sequence
from itertools import chain, repeat

from interviewer.console import coding
from interviewer.console.feedback import points
from interviewer.console.screen import Screen
from interviewer.conversation.state import Exchange, State
from interviewer.grading.score import band
from interviewer.grading.self_rating import gap
from interviewer.knowledge.code import without_docstrings
from interviewer.values.events import SessionStarted
from interviewer.values.grade import Grade, Ungraded
from interviewer.values.interview import Question
from interviewer.values.knowledge import Passage

MAX_CODE_LINES = 45
SCORED = "The score says how near to the question a search found it: 1 and more is very near."


def show_question(
    screen: Screen, exchange: Exchange, total: int | None, more: str = "", *,
    has_topic: bool = True,
) -> None:  # fmt: skip
    """Show a question with its number, of how many, what more is to be said, and its code.

    Its section and topic stand there too, unless the question alone shall say what it is about.
    """
    question = exchange.question
    screen.gap()
    number = f"{exchange.number} of {total}" if total else f"{exchange.number}"
    topic = (question.section, question.title) if has_topic else ()
    screen.say(" · ".join(filter(None, (f"Question {number}", *topic, more))), style="dim")
    show_asked(screen, question, question.text)


def show_asked(screen: Screen, question: Question, text: str) -> None:
    """Show what is asked with what it is about: below the code, so that it is near the prompt."""
    if question.code:
        lines = without_docstrings(question.code)
        screen.gap()
        screen.code(lines[:MAX_CODE_LINES], question.code.location)
        if len(lines) > MAX_CODE_LINES:
            screen.say(f"… {len(lines) - MAX_CODE_LINES} more lines in the file", "dim", 2)
        screen.gap()
    screen.say(text, style="bold")
    if question.task:
        coding.show_task(screen, question.task)


def show_sources(screen: Screen, exchange: Exchange) -> None:
    """Show why a question came up and what it stands on."""
    if exchange.reason:
        screen.say(exchange.reason[:1].upper() + exchange.reason[1:])
    origin = "from the guide" if exchange.question.origin == "guide" else "posed by the model"
    screen.say(f"This question is {origin}. It stands on:")
    show_places(screen, exchange.question.sources, exchange.question.scores)
    if any(score is not None for score in exchange.question.scores):
        screen.say(SCORED, style="dim")


def show_head(screen: Screen, started: SessionStarted) -> None:
    """Show what a session was: when, with which model, in which mode."""
    when = f"{started.at.astimezone():%Y-%m-%d %H:%M}"
    screen.say(
        f"Session {started.session} · {when} · {started.mode} · {started.level} · {started.model}",
        style="dim",
    )


def show_places(
    screen: Screen, sources: Sequence[Passage], scores: Sequence[float | None] = ()
) -> None:
    """Show where passages stand, and how well they were found, where that is known."""
    for passage, score in zip(sources, chain(scores, repeat(None)), strict=False):
        what = passage.header.removeprefix(passage.path).removeprefix(" › ")
        found = "" if score is None else f" · score {score:.2f}"
        screen.parts([screen.place(passage.location), (f"  {what}{found}", "dim")], 2)


def show_summary(screen: Screen, state: State) -> None:
    """Show the figures of a session: its mean, what was not graded, how well self-rated."""
    grades = [exchange.in_force for exchange in state.exchanges]
    scores = [grade.score for grade in grades if isinstance(grade, Grade)]
    ungraded = sum(isinstance(grade, Ungraded) or grade is None for grade in grades)
    screen.gap()
    if scores:
        mean = sum(scores) / len(scores)
        over = counted(len(scores), "graded question")
        text = f"{points(mean)} of 10 over {over}: {band(mean)}"
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
    over = f"over {counted(len(gaps), 'question')}"
    if not mean:
        return f"You rated yourself as the grades did, on average, {over}."
    side = "above" if mean > 0 else "below"
    return f"You rated yourself {abs(mean):.1f} bands {side} the grades, on average, {over}."


def counted(count: int, noun: str) -> str:
    """Return how many there are of something, in words: `1 answer`, `2 answers`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
