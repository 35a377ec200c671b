"""The chat loop: what is typed goes to the interview, what happens goes to the screen."""

import difflib
import time
from collections.abc import Callable, Iterator

from interviewer.console import coding, feedback, render
from interviewer.console.listen import Listener
from interviewer.console.screen import Screen
from interviewer.conversation.interview import Interview
from interviewer.conversation.writing import NO_CODE
from interviewer.errors import UsageError
from interviewer.values.events import (
    AnswerShown,
    AnyEvent,
    CodeRan,
    FollowedUp,
    Graded,
    Hinted,
    Noted,
    QuestionAsked,
    SessionEnded,
)
from interviewer.values.interview import Answer

COMMANDS = {
    "/hint": "a nudge, without the answer",
    "/repeat": "the question again",
    "/code": "write code in your editor",
    "/skip": "leave this question",
    "/answer": "a model answer; closes this question",
    "/why": "why this question, and the sources it stands on",
    "/end": "end the interview and see how it went",
    "/help": "this list",
}
CLOSE = 0.7
"""How much like a command a word must be, 0 to 1, to be taken for one when more follows."""
KEYS = "Enter sends, Alt+Enter makes a new line."


def _command(text: str) -> str | None:
    """Return the command that a line is, right or misspelt; "/users returns 404" is an answer."""
    word, _, rest = text.lower().partition(" ")
    if not word.startswith("/"):
        return None
    meant = not rest or difflib.get_close_matches(word, COMMANDS, n=1, cutoff=CLOSE)
    return word if meant else None


class Chat:
    """One interview in one terminal. `write` stores an event before it is shown."""

    def __init__(
        self, interview: Interview, listener: Listener, screen: Screen,
        write: Callable[[AnyEvent], None],
    ) -> None:  # fmt: skip
        self._interview = interview
        self._listener = listener
        self._screen = screen
        self._write = write

    def run(self) -> None:
        """Hold the interview to its end.

        Raises:
            KeyboardInterrupt: the candidate pressed Ctrl-C; the session was ended in order.
        """
        try:
            self._play(self._interview.begin())
            while not self._interview.state.ended:
                self._turn()
        except KeyboardInterrupt:
            for event in self._interview.end("interrupted"):
                self._write(event)
            raise

    def _turn(self) -> None:
        self._screen.gap()
        try:
            answer = self._listener.listen()
        except EOFError:
            self._play(self._interview.end("candidate"))
            return
        if command := _command(answer.text):
            self._obey(command)
        else:
            self._play(self._interview.hear(answer))

    def _obey(self, command: str) -> None:
        question, interview = self._interview.question, self._interview
        played: dict[str, Callable[[], Iterator[AnyEvent]]] = {
            "/hint": interview.hint, "/skip": interview.skip, "/answer": interview.show_answer,
            "/end": lambda: interview.end("candidate"),
        }  # fmt: skip
        match command:
            case _ if command in played:
                self._play(played[command]())
            case "/code":
                self._code()
            case "/repeat":
                last = question.followups[-1].text if question.followups else question.question.text
                self._screen.say(last, style="bold")
            case "/why":
                render.show_sources(self._screen, question)
            case "/help":
                self._help()
            case _:
                near = difflib.get_close_matches(command, COMMANDS, n=1, cutoff=0.0)[0]
                self._screen.say(
                    f"There is no {command}. Did you mean {near}? Try /help.", "yellow"
                )

    def _code(self) -> None:
        """Let the candidate write, and take what was written for an answer."""
        exchange = self._interview.question
        if exchange.question.task is None:
            self._screen.say(NO_CODE, style="yellow")
            return
        before = exchange.codes[-1] if exchange.codes else coding.template(exchange.question.task)
        began = time.monotonic()
        try:
            code = self._listener.edit(before)
        except UsageError as error:
            self._screen.say(f"{error} {error.hint}", style="yellow")
            return
        if code is None:
            self._screen.say("You changed nothing, so nothing was run.", style="yellow")
            return
        seconds = round(time.monotonic() - began, 1)
        self._play(self._interview.hear(Answer(text=code, seconds=seconds, is_code=True)))

    def _help(self) -> None:
        for name, meaning in COMMANDS.items():
            self._screen.parts([(f"{name:<9}", "bold"), (meaning, "")])
        self._screen.say(KEYS, style="dim")

    def _play(self, events: Iterator[AnyEvent]) -> None:
        """Store each event, then show it."""
        for event in events:
            self._write(event)
            self._show(event)

    def _show(self, event: AnyEvent) -> None:
        state, screen = self._interview.state, self._screen
        match event:
            case QuestionAsked():
                total = state.started.questions if state.started else event.number
                render.show_question(screen, self._interview.question, total)
            case FollowedUp() | Hinted():
                screen.gap()
                screen.say(event.text, style="bold" if isinstance(event, FollowedUp) else "cyan")
            case AnswerShown():
                feedback.show_model_answer(screen, event.text)
            case CodeRan() if state.started and state.started.mode == "practice":
                coding.show_run(screen, event.run)
            case Noted():
                screen.say(f"{event.text} {event.hint}".strip(), style="yellow")
            case Graded() if state.started and state.started.mode == "practice":
                self._feedback(event)
            case SessionEnded():
                render.show_debrief(screen, state)
            case _:
                pass

    def _feedback(self, event: Graded) -> None:
        for exchange in self._interview.state.exchanges:
            if exchange.question.id == event.question:
                feedback.show_feedback(self._screen, exchange)
