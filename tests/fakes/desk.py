"""A session that is reviewed without a disk, and the keys that somebody presses."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from interviewer.console.screen import Screen
from interviewer.conversation import dispute
from interviewer.conversation.attempts import Attempt
from interviewer.conversation.state import Exchange, State, apply
from interviewer.errors import InterviewerError
from interviewer.values.events import NoteTaken
from interviewer.values.grade import VerdictName


class FakeDesk:
    """Keeps what is done in a state; fails with `failure` if it has one."""

    judge = "fake/judge"

    def __init__(self, state: State, attempts: Sequence[Attempt] = ()) -> None:
        self.state = state
        self.others = attempts
        self.regraded = 0
        self.failure: InterviewerError | KeyboardInterrupt | None = None

    def read(self) -> State:
        return self.state

    def note(self, exchange: Exchange, text: str) -> None:
        self._fail()
        self.state = apply(self.state, NoteTaken(question=exchange.question.id, text=text))

    def override(self, point: str, verdict: VerdictName, why: str) -> dispute.GradeChange:
        exchange, event = dispute.override(self.state, point, verdict, why)
        self.state = apply(self.state, event)
        return dispute.grade_change(exchange, event)

    def regrade(self, screen: Screen) -> Sequence[dispute.GradeChange]:
        self._fail()
        screen.say("Grading")
        self.regraded += 1
        return [dispute.GradeChange(number=1, before=0.5, after=0.75)]

    def model_answer(self, exchange: Exchange, screen: Screen) -> str:
        self._fail()
        screen.say("Writing")
        return f"As the guide says about {exchange.question.title}."

    def attempts(self, exchange: Exchange) -> Sequence[Attempt]:
        del exchange
        return self.others

    def _fail(self) -> None:
        if self.failure:
            raise self.failure


class ScriptedKeyboard:
    """Presses its keys in order and notes what stood on the screen before each of them."""

    def __init__(
        self, keys: Sequence[str | BaseException], display: Callable[[], list[str]]
    ) -> None:
        self._keys = list(keys)
        self._display = display
        self.seen: list[list[str]] = []
        self.lines: list[str] = []
        """What is typed when a line is asked for, in order."""
        self.asked: list[str] = []
        self.resizes: list[Callable[[], None]] = []
        """What is done to the window instead of a key, as long as there is some."""

    def key(self, is_stale: Callable[[], bool]) -> str:
        self.seen.append(self._display())
        if self.resizes:
            self.resizes.pop(0)()
            assert is_stale()
            return ""
        assert not is_stale()
        if not self._keys:
            raise AssertionError("there are no more keys")
        key = self._keys.pop(0)
        if isinstance(key, BaseException):
            raise key
        return key

    def ask(self, question: str) -> str:
        self.seen.append(self._display())
        self.asked.append(question)
        return self.lines.pop(0)

    @contextmanager
    def aside(self) -> Iterator[None]:
        yield
