"""The chat loop: what is typed goes to the interview, what happens goes to the screen."""

import difflib
import time
from collections.abc import Callable, Iterator, Sequence

from interviewer.console import coding, render
from interviewer.console.aloud import Aloud, said_by
from interviewer.console.listen import Listener
from interviewer.console.screen import Screen
from interviewer.console.telling import clock, say_last, show_again, tell
from interviewer.console.wishes import AT_THE_END, HERE, REPLIES, THINK, VERDICT, WHO, wish
from interviewer.conversation.aids import CHANGED, NO_EDIT
from interviewer.conversation.interview import Interview
from interviewer.conversation.writing import NO_CODE
from interviewer.errors import UsageError
from interviewer.values.events import AnyEvent
from interviewer.values.interview import Answer

COMMANDS = {
    "/hint": "a nudge, then more: three for a question",
    "/repeat": "the question again",
    "/simpler": "the question in easier words",
    "/code": "write code in your editor",
    "/edit": "change your last answer",
    "/skip": "leave this question",
    "/answer": "a model answer; closes this question",
    "/why": "why this question, and the sources it stands on",
    "/pause": "stop the clock until you are back",
    "/time": "how long it has been, and how long is left",
    "/end": "end the interview and see how it went",
    "/help": "this list",
}
IN_CLOSING = ("/repeat", "/pause", "/time", "/end", "/help")
"""What makes sense when the questions are over."""
CLOSE = 0.7
"""How much like a command a word must be, 0 to 1, to be taken for one when more follows."""
KEYS = "Enter sends, Alt+Enter makes a new line."
PLAIN = "Plain words do too: “could you repeat that?”, “let's skip this one”."


def _command(text: str) -> str | None:
    """Return the command that a line is, right or misspelt; "/users returns 404" is an answer."""
    word, _, rest = text.lower().partition(" ")
    if not word.startswith("/"):
        return None
    meant = not rest or difflib.get_close_matches(word, COMMANDS, n=1, cutoff=CLOSE)
    return word if meant else None


class Chat:
    """One interview in one terminal. `write` stores an event before it is shown.

    With a voice, what the interviewer says is said aloud too, once it is on the screen.
    """

    def __init__(
        self, interview: Interview, listener: Listener, screen: Screen,
        write: Callable[[AnyEvent], None], voice: Aloud | None = None,
    ) -> None:  # fmt: skip
        self._interview = interview
        self._listener = listener
        self._screen = screen
        self._write = write
        self._voice = voice

    def run(self, before: Sequence[AnyEvent] = ()) -> None:
        """Hold the interview to its end, or go on with one that had these events.

        Raises:
            KeyboardInterrupt: the candidate pressed Ctrl-C; the session was ended in order.
        """
        try:
            interview = self._interview
            self._play(interview.resume(before) if before else interview.begin())
            while not interview.state.ended:
                self._turn()
        except KeyboardInterrupt:
            for event in self._interview.end("interrupted"):
                self._write(event)
            raise

    def _turn(self) -> None:
        self._screen.gap()
        try:
            answer = self._listener.listen()
            if command := _command(answer.text):
                self._obey(command)
            elif asked := self._wish(answer.text):
                self._grant(asked)
            else:
                self._play(self._interview.hear(answer))
        except EOFError:
            self._play(self._interview.end("candidate"))

    def _obey(self, command: str) -> None:
        interview = self._interview
        if interview.state.is_closing and command in COMMANDS and command not in IN_CLOSING:
            self._screen.say("The questions are over: it is your turn to ask, or /end.", "yellow")
            return
        played: dict[str, Callable[[], Iterator[AnyEvent]]] = {
            "/hint": interview.hint, "/skip": interview.skip, "/answer": interview.show_answer,
            "/simpler": interview.simplify, "/end": lambda: interview.end("candidate"),
        }  # fmt: skip
        here: dict[str, Callable[[], None]] = {
            "/code": self._code, "/edit": self._edit, "/pause": self._pause, "/help": self._help,
            "/repeat": self._again, "/time": lambda: self._screen.say(clock(interview)),
            "/why": lambda: render.show_sources(self._screen, interview.question),
        }  # fmt: skip
        if command in played:
            self._play(played[command]())
        elif command in here:
            here[command]()
        else:
            near = difflib.get_close_matches(command, COMMANDS, n=1, cutoff=0.0)[0]
            self._screen.say(f"There is no {command}. Did you mean {near}? Try /help.", "yellow")

    def _wish(self, text: str) -> str | None:
        """Return what a turn asks for; in the closing, what is no command there is a question."""
        asked = wish(text)
        is_wish_always = asked in (*IN_CLOSING, THINK, HERE, WHO)
        return asked if is_wish_always or not self._interview.state.is_closing else None

    def _grant(self, asked: str) -> None:
        """Do what plain words asked for: a command, or a word in reply."""
        if asked not in REPLIES:
            self._obey(asked)
            return
        started = self._interview.state.started
        is_real = started is not None and started.mode == "real"
        reply = AT_THE_END if is_real and asked == VERDICT else REPLIES[asked]
        self._screen.say(reply)
        self._say(reply)

    def _again(self) -> None:
        self._say(show_again(self._screen, self._interview))

    def _repeat(self) -> None:
        self._say(say_last(self._screen, self._interview))

    def _edit(self) -> None:
        """Let the candidate change the last answer to the question on the table."""
        exchange = self._interview.question
        if not exchange.answers:
            self._screen.say(NO_EDIT, style="yellow")
            return
        changed = self._listener.listen(exchange.answers[-1].text)
        self._screen.say(CHANGED)
        self._play(self._interview.correct(changed))

    def _pause(self) -> None:
        self._screen.say("The clock stands still. Enter when you are back.", style="cyan")
        began = time.monotonic()
        self._listener.rest()
        self._play(self._interview.pause(time.monotonic() - began))
        self._repeat()

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
        self._screen.say(f"{PLAIN} {KEYS}", style="dim")

    def _play(self, events: Iterator[AnyEvent]) -> None:
        """Store each event, then show it."""
        for event in events:
            self._write(event)
            tell(self._screen, self._interview, event)
            self._say(said_by(event))

    def _say(self, text: str) -> None:
        if self._voice and text:
            self._voice.say(text)
