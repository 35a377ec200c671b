"""How a session looks afterwards: at a glance, question by question, and beside another attempt."""

from functools import partial
from itertools import zip_longest

from interviewer.console import coding
from interviewer.console.evidence import MARKS, marked_answers
from interviewer.console.feedback import points, show_feedback, show_model_answer
from interviewer.console.render import counted, show_head, show_places, show_question, show_summary
from interviewer.console.screen import Screen
from interviewer.conversation.attempts import Attempt
from interviewer.conversation.dispute import point_names, verdicts
from interviewer.conversation.state import Exchange, State
from interviewer.transcripts.sessions import LEFT
from interviewer.values.events import FollowedUp
from interviewer.values.grade import Grade, VerdictName
from interviewer.values.interview import Answer
from interviewer.values.knowledge import QuestionKind

KINDS: dict[QuestionKind, str] = {
    "concept": "concept", "read_code": "reading code", "write_code": "writing code",
}  # fmt: skip
SIDE_BY_SIDE = 100
"""Columns from which two attempts stand beside each other."""


def show_review(screen: Screen, state: State) -> None:
    """Show a whole session, question by question."""
    _show_top(screen, state)
    for exchange in state.exchanges:
        show_exchange(screen, exchange, len(state.exchanges))
    show_summary(screen, state)


def show_overview(screen: Screen, state: State) -> None:
    """Show a session at a glance: its questions with their scores, and its figures."""
    _show_top(screen, state)
    screen.gap()
    if not state.exchanges:
        screen.say("No question was asked in this session.")
        return
    rows = [(str(x.number), *_result(x), _signs(x), x.question.title) for x in state.exchanges]
    screen.table(("", "score", "", "points", "about"), rows)
    show_summary(screen, state)


def show_exchange(screen: Screen, exchange: Exchange, total: int) -> None:
    """Show a question with all that was said about it, its grade, notes, and where to read."""
    question = exchange.question
    show_question(screen, exchange, total, f"{KINDS[question.kind]} · {question.level}")
    screen.gap()
    _show_talk(screen, exchange)
    show_feedback(screen, exchange, is_review=True)
    if exchange.grade is None and exchange.is_answered:
        screen.say("Not graded yet.", style="yellow")
    if exchange.model_answer:
        show_model_answer(screen, exchange.model_answer)
    for note in exchange.notes:
        when = f"{note.at.astimezone():%Y-%m-%d %H:%M}"
        screen.gap()
        screen.parts([(f"Your note of {when}: ", "magenta"), (note.text, "")])
    screen.gap()
    screen.say("Read more:", style="dim")
    show_places(screen, question.sources)


def show_comparison(screen: Screen, now: Attempt, then: Attempt) -> None:
    """Show two attempts: what moved between them, and both, side by side if there is room."""
    is_same = now.exchange.question.id == then.exchange.question.id
    if is_same:
        number = {"number": now.exchange.number}
        then = then.model_copy(update={"exchange": then.exchange.model_copy(update=number)})
    early, late = sorted((then, now), key=lambda attempt: attempt.started.at)
    if is_same:
        screen.say("The same question, twice", style="dim")
        screen.say(now.exchange.question.text, style="bold")
        screen.gap()
        _show_moves(screen, early.exchange, late.exchange)
    else:
        screen.say("Two questions on one topic", style="dim")
    screen.gap()
    if screen.width < SIDE_BY_SIDE:
        _show_attempt(screen, early, has_question=not is_same)
        screen.gap()
        _show_attempt(screen, late, has_question=not is_same)
        return
    half = (screen.width - 3) // 2
    left, right = (
        screen.lines(partial(_show_attempt, attempt=attempt, has_question=not is_same), half)
        for attempt in (early, late)
    )
    screen.columns(left, right, half)


def _show_top(screen: Screen, state: State) -> None:
    if not state.started:
        return
    show_head(screen, state.started)
    if state.ended in LEFT:
        go_on = f"interviewer start --resume {state.started.session}"
        screen.say(f"It was left before its end; to go on: {go_on}", style="yellow")


def _show_talk(screen: Screen, exchange: Exchange) -> None:
    """Show what was said in its order, the evidence marked in it, and what was written."""
    said = zip(exchange.answers, marked_answers(exchange), strict=True)
    for asked, told in zip_longest(asked_before(exchange), said):
        if asked is not None:
            screen.parts([("Follow-up: ", "dim"), (asked.text, "")])
        if told:
            answer, pieces = told
            screen.parts([("You: ", "dim"), *pieces], indent=2)
            screen.say(_delivery(answer), style="dim", indent=2)
        elif asked is not None:
            screen.say("No answer.", style="dim", indent=2)
    coding.show_versions(screen, exchange)
    if exchange.skipped:
        did = "asked for the answer to" if exchange.was_told else "skipped"
        screen.say(f"You {did} this question.", style="dim")
    elif not exchange.is_answered:
        screen.say("You did not answer this question.", style="dim")
    if exchange.hints:
        screen.say(f"You took {counted(len(exchange.hints), 'hint')}.", style="dim")


def asked_before(exchange: Exchange) -> tuple[FollowedUp | None, ...]:
    """Return what each answer answered: a follow-up, or None for the question itself.

    A follow-up may come before anything was said about a task, or after several remarks.
    """
    if exchange.question.task is None:
        return (None, *exchange.followups)
    remarks = max(0, len(exchange.answers) - len(exchange.followups))
    return (*(None for _ in range(remarks)), *exchange.followups)


def _delivery(answer: Answer) -> str:
    """Return how an answer was given: its length, and the time it took if that is known."""
    words = counted(len(answer.text.split()), "word")
    return f"{words} in {_duration(answer.seconds)}" if answer.seconds else words


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _result(exchange: Exchange) -> tuple[str, str]:
    """Return the score of a question and its band, or why there is none."""
    grade = exchange.in_force
    if isinstance(grade, Grade):
        return points(grade.score), grade.band
    if exchange.skipped:
        return "–", "skipped"
    return "–", "not graded" if exchange.is_answered else "no answer"


def _signs(exchange: Exchange) -> str:
    """Return the verdicts on the key points as signs, in the order of the review."""
    grade = exchange.in_force
    return " ".join(MARKS[v.verdict][0] for v in grade.verdicts) if isinstance(grade, Grade) else ""


def _show_moves(screen: Screen, early: Exchange, late: Exchange) -> None:
    """Show each key point with its verdict then and now."""
    before, after = verdicts(early), verdicts(late)
    for point in late.question.key_points:
        was, now = before.get(point.id), after.get(point.id)
        number = (f"{point_names(late, point)[0]} ", "dim")
        screen.parts([number, _sign(was), (" → ", "dim"), _sign(now), (f" {point.text}", "")], 2)


def _sign(verdict: VerdictName | None) -> tuple[str, str]:
    return MARKS[verdict] if verdict else ("–", "dim")


def _show_attempt(screen: Screen, attempt: Attempt, *, has_question: bool) -> None:
    exchange = attempt.exchange
    score, band = _result(exchange)
    when = f"{attempt.started.at.astimezone():%Y-%m-%d %H:%M}"
    head = [(f"{when}  {score} {band}", "bold"), (f"  {attempt.started.session}", "dim")]
    screen.parts(head)
    screen.gap()
    if has_question:
        screen.say(exchange.question.text, style="bold")
        screen.gap()
    _show_talk(screen, exchange)
    if has_question:
        show_feedback(screen, exchange, is_review=True)
