"""What each event of an interview looks like while it goes on."""

import math

from interviewer.console import coding, feedback, render
from interviewer.console.debrief import show_debrief
from interviewer.console.screen import Screen
from interviewer.conversation.interview import Interview
from interviewer.values.events import (
    AnswerShown,
    AnyEvent,
    ClosingAnswered,
    ClosingBegan,
    CodeRan,
    FollowedUp,
    Graded,
    Hinted,
    Noted,
    QuestionAsked,
    Resumed,
    Reworded,
    Said,
    SessionEnded,
)

YOUR_TURN = "It is your turn to ask me something, or /end."


def tell(screen: Screen, interview: Interview, event: AnyEvent) -> None:
    """Show an event, if it is one to be seen: no grade in a real interview before its end."""
    match event:
        case CodeRan() | Graded():
            if interview.state.started and interview.state.started.mode == "practice":
                _result(screen, interview, event)
        case AnswerShown():
            feedback.show_model_answer(screen, event.text)
        case ClosingAnswered():
            screen.say(event.text)
            render.show_places(screen, event.sources)
        case QuestionAsked():
            _question(screen, interview, event.lead)
        case Resumed():
            _break(screen, interview)
        case SessionEnded():
            show_debrief(screen, interview.state)
        case _:
            _words(screen, event)


def say_last(screen: Screen, interview: Interview) -> str:
    """Show again what the candidate is to answer, and return it."""
    text = _asked_last(interview)
    screen.say(text, style="bold")
    return text


def show_again(screen: Screen, interview: Interview) -> str:
    """Show again what the candidate is to answer and the code it is about; return the former."""
    if interview.state.is_closing:
        return say_last(screen, interview)
    text = _asked_last(interview)
    render.show_asked(screen, interview.question.question, text)
    return text


def clock(interview: Interview) -> str:
    """Return how long it has been and, if there is an end to it, how long is left."""
    spent_min = interview.pace.spent_s / 60
    started = interview.state.started
    so_far = f"{int(spent_min)} min so far"
    if started is None or started.minutes is None:
        return so_far
    left = math.ceil(started.minutes - spent_min)
    return f"{so_far}, {left} left" if left > 0 else f"{so_far}, this is the last question"


def _asked_last(interview: Interview) -> str:
    return YOUR_TURN if interview.state.is_closing else interview.question.asked_last


def _words(screen: Screen, event: AnyEvent) -> None:
    match event:
        case FollowedUp() | Reworded() | ClosingBegan():
            screen.gap()
            screen.say(event.text, style="bold")
        case Hinted():
            screen.gap()
            screen.say(f"Hint: {event.text}", style="cyan")
        case Said():
            screen.gap()
            screen.say(event.text)
        case Noted():
            screen.say(f"{event.text} {event.hint}".strip(), style="yellow")
        case _:
            pass


def _question(screen: Screen, interview: Interview, lead: str = "") -> None:
    if lead:
        screen.gap()
        screen.say(lead)
    started = interview.state.started
    # By the clock nobody knows how many there will be.
    total = started.questions if started and not started.by_clock else None
    is_real = started is not None and started.mode == "real"
    has_clock = is_real or (started is not None and started.minutes is not None)
    time = clock(interview) if has_clock else ""
    # An interviewer does not announce what the question is about to ask for.
    render.show_question(screen, interview.question, total, time, has_topic=not is_real)
    if interview.question.question.task:
        screen.say(coding.HOW, style="dim")


def _break(screen: Screen, interview: Interview) -> None:
    """Show where a session was left, and what was said and asked last."""
    state = interview.state
    if state.started:
        render.show_head(screen, state.started)
    if state.is_closing:
        say_last(screen, interview)
    elif state.current and not state.current.is_closed:
        _question(screen, interview)
        if state.current.answers:
            screen.parts([("You: ", "dim"), (state.current.answers[-1].text, "italic")], 2)
        if state.current.followups:
            say_last(screen, interview)


def _result(screen: Screen, interview: Interview, event: CodeRan | Graded) -> None:
    if isinstance(event, CodeRan):
        coding.show_run(screen, event.run)
        return
    for exchange in interview.state.exchanges:
        if exchange.question.id == event.question:
            feedback.show_feedback(screen, exchange)
