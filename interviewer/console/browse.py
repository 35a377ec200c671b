"""Looking through a session: a page a question, and what can be done there by single keys."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Protocol

from interviewer.console import review
from interviewer.console.feedback import score, show_change, show_model_answer
from interviewer.console.keyboard import Keyboard, TerminalKeyboard
from interviewer.console.pager import Pager
from interviewer.console.render import counted
from interviewer.console.screen import Page, Screen
from interviewer.conversation.attempts import Attempt
from interviewer.conversation.dispute import GradeChange, verdicts
from interviewer.conversation.state import Exchange, State
from interviewer.errors import InterviewerError
from interviewer.grading.grader import WITHOUT_MODEL
from interviewer.values.grade import VerdictName

KEYS = (
    ("n →", "the next question"),
    ("p ←", "the one before"),
    ("space", "down the page, then the next question"),
    ("↑ ↓", "scroll; also page up, page down, home, end"),
    ("1–9", "to the question with this number; 0 to the overview"),
    ("g", "to a question by its number: for those from 10 up"),
    ("a", "a model answer"),
    ("m", "a note of your own beside the question"),
    ("o", "override a verdict, with your reason"),
    ("r", "grade all answers of the session again"),
    ("c", "compare with another attempt at the question"),
    ("q", "leave"),
)
AT_A_GLANCE = ("n next", "1–9 a question", "r regrade", "? keys", "q quit")
AT_A_QUESTION = (
    "n next", "p back", "a answer", "m note", "o override", "c compare", "r regrade", "? keys",
    "q quit",
)  # fmt: skip
BACK = ("q", "escape")
VERDICT_KEYS: dict[str, VerdictName] = {
    "c": "covered", "p": "partly", "m": "missing", "w": "wrong",
}  # fmt: skip


class Desk(Protocol):
    """What can be done about a session; each raises `InterviewerError` where it cannot be."""

    @property
    def judge(self) -> str:
        """The name of the model that grades again, or `none`."""
        ...

    def read(self) -> State:
        """Return the session as it is now."""
        ...

    def note(self, exchange: Exchange, text: str) -> None:
        """Keep what the candidate wrote beside a question."""
        ...

    def override(self, point: str, verdict: VerdictName, why: str) -> GradeChange:
        """Give a key point another verdict."""
        ...

    def regrade(self, screen: Screen) -> Sequence[GradeChange]:
        """Grade all answers once more, showing on the screen how far it is."""
        ...

    def model_answer(self, exchange: Exchange, screen: Screen) -> str:
        """Return what a strong answer would have been."""
        ...

    def attempts(self, exchange: Exchange) -> Sequence[Attempt]:
        """Return other attempts at a question, the latest first."""
        ...


def browse(desk: Desk, screen: Screen) -> None:
    """Show a session in the whole terminal until the candidate leaves.

    Raises:
        KeyboardInterrupt: they left by Ctrl-C.
    """
    with screen.whole(), TerminalKeyboard() as keyboard:
        Browser(desk, screen, keyboard).run()


class Browser:
    """An overview and a page for each question; the session is read anew after every change."""

    def __init__(self, desk: Desk, screen: Screen, keyboard: Keyboard) -> None:
        self._desk = desk
        self._screen = screen
        self._pager = Pager(screen, keyboard)
        self._state = desk.read()
        self._number = 0
        """Of the question on the page; 0 on the overview."""
        self._said = ""
        """What became of the last key, if it is not seen on the page."""
        turn = self._turn
        self._moves: dict[str, Callable[[], None]] = {
            **dict.fromkeys(("n", "right", " "), lambda: turn(self._number + 1)),
            **dict.fromkeys(("p", "left"), lambda: turn(self._number - 1)),
            **{str(number): partial(turn, number) for number in range(10)},
            "g": self._go, "?": self._help, "r": self._regrade,
        }  # fmt: skip
        self._acts: dict[str, Callable[[Exchange], None]] = {
            "a": self._answer, "m": self._note, "o": self._override, "c": self._compare,
        }  # fmt: skip

    def run(self) -> None:
        """Show pages until the candidate leaves.

        Raises:
            KeyboardInterrupt: they left by Ctrl-C.
        """
        self._pager.open(self._page())
        try:
            while (key := self._pager.key(self._bar())) not in BACK:
                self._said = ""
                self._obey(key)
        except EOFError:
            return

    def _obey(self, key: str) -> None:
        if key in self._moves:
            self._moves[key]()
        elif key in self._acts and self._number:
            self._acts[key](self._state.exchanges[self._number - 1])
        elif key in self._acts:
            self._said = "Turn to a question first"

    def _page(self) -> Page:
        state, number = self._state, self._number
        if not number:
            return lambda screen: review.show_overview(screen, state)
        exchanges = state.exchanges
        return lambda screen: review.show_exchange(screen, exchanges[number - 1], len(exchanges))

    def _bar(self) -> tuple[str, ...]:
        if not self._number:
            return (self._said or "Overview", *AT_A_GLANCE)
        place = f"{self._number} of {len(self._state.exchanges)}"
        return (self._said or place, *AT_A_QUESTION)

    @contextmanager
    def _working(self) -> Iterator[None]:
        """Do what may take its time or fail; a failure is shown, and the session read anew."""
        failure: InterviewerError | None = None
        try:
            with self._pager.aside():
                yield
        except InterviewerError as error:
            failure = error
        except KeyboardInterrupt:
            self._said = "Stopped"
        self._state = self._desk.read()
        self._pager.change(self._page())
        if failure:
            self._pager.lay(lambda screen: _show_failure(screen, failure), "That did not work")

    def _turn(self, number: int) -> None:
        if 0 <= number <= len(self._state.exchanges):
            self._number = number
            self._pager.open(self._page())
        else:
            self._said = f"There is no question {number}" if number > 0 else "This is the beginning"

    def _go(self) -> None:
        wanted = self._pager.ask(f"To question (1–{len(self._state.exchanges)}): ")
        if wanted.isdecimal():
            self._turn(int(wanted[:9]))

    def _help(self) -> None:
        self._pager.lay(lambda screen: screen.table(("key", ""), KEYS), "Keys")

    def _answer(self, exchange: Exchange) -> None:
        text = ""
        with self._working():
            text = self._desk.model_answer(exchange, self._screen)

        def page(screen: Screen) -> None:
            screen.say(exchange.question.text, style="bold")
            show_model_answer(screen, text)

        if text:
            self._pager.lay(page, "A strong answer")

    def _note(self, exchange: Exchange) -> None:
        if text := self._pager.ask("Your note: "):
            with self._working():
                self._desk.note(exchange, text)
                self._said = "Noted"

    def _override(self, exchange: Exchange) -> None:
        if not verdicts(exchange):
            self._said = "There is no verdict to override"
            return
        first = f"{exchange.number}."
        wanted = self._pager.ask(f"Override which point ({first}1, {first}2 …): ")
        point = first + wanted.removeprefix(first)
        if not wanted:
            return
        choices = [f"{key} {verdict}" for key, verdict in VERDICT_KEYS.items()]
        verdict = VERDICT_KEYS.get(self._pager.key((f"{point} is", *choices)))
        why = self._pager.ask("Why: ") if verdict else ""
        if verdict and why:
            with self._working():
                change = self._desk.override(point, verdict, why)
                self._said = f"Overridden: {score(change.before)} → {score(change.after)}"

    def _regrade(self) -> None:
        count = sum(exchange.is_answered for exchange in self._state.exchanges)
        if not count:
            self._said = "There is no answer to grade"
            return
        judge = ""
        with self._working():
            judge = self._desk.judge
        if not judge:
            return
        means = "without a model" if judge == WITHOUT_MODEL else f"with {judge}"
        question = f"Grade {counted(count, 'answer')} again {means}?"
        if self._pager.key((question, "y yes", "any other key: no")) != "y":
            return
        changes: Sequence[GradeChange] = ()
        with self._working():
            changes = self._desk.regrade(self._screen)

        def page(screen: Screen) -> None:
            for change in changes:
                show_change(screen, change)

        if changes:
            self._pager.lay(page, "Graded again")

    def _compare(self, exchange: Exchange) -> None:
        others: Sequence[Attempt] = ()
        with self._working():
            others = self._desk.attempts(exchange)
        if not others or not self._state.started:
            self._said = "No other attempt at this"
            return
        now = Attempt(started=self._state.started, exchange=exchange)
        for number, other in enumerate(others, 1):
            page = partial(review.show_comparison, now=now, then=other)
            more = ["c another"] if number < len(others) else []
            bar = (f"Attempt {number} of {len(others)}", *more)
            if self._pager.lay(page, *bar, is_wide=True) != "c":
                return


def _show_failure(screen: Screen, error: InterviewerError) -> None:
    screen.say(str(error), style="red")
    screen.say(error.hint)
