"""A chat model that opens when it is first needed, while the conversation goes on."""

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future

from interviewer.errors import InterviewerError, ModelInterrupted
from interviewer.models.chat import ChatModel, Message, Schema

WAIT_S = 0.05


class LateModel:
    """Stands for a model of which all is known but its replies.

    The first that asks it something has it opened, in a thread of its own; whoever needs a reply
    waits. A model that does not open says so to each who asks, and in its notes.
    """

    def __init__(
        self, open_model: Callable[[], ChatModel], *, name: str, digest: str, where: str,
        context_tokens: int,
    ) -> None:  # fmt: skip
        self._open_model = open_model
        self._lock = threading.Lock()
        self._opening: Future[ChatModel] | None = None
        self._closed = threading.Event()
        self.name = name
        self.digest = digest
        self.where = where
        self.context_tokens = context_tokens

    @property
    def notes(self) -> Sequence[str]:
        """What the user should know about how it answered, each thing once."""
        if self._opening is None or not self._opening.done():
            return ()
        error = self._opening.exception()
        if isinstance(error, InterviewerError):
            return (f"{error} {error.hint}",)
        return self._opening.result().notes

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str]:  # fmt: skip
        """Yield the reply as it comes."""
        yield from self._opened().stream(
            messages, max_tokens=max_tokens, temperature=temperature, seed=seed
        )

    def parse(
        self, messages: Sequence[Message], schema: type[Schema], *, max_tokens: int
    ) -> Schema:
        """Return a reply held to a schema."""
        return self._opened().parse(messages, schema, max_tokens=max_tokens)

    def choose(self, messages: Sequence[Message], labels: Sequence[str]) -> dict[str, float]:
        """Return the probability of each label as the reply's first word."""
        return self._opened().choose(messages, labels)

    def close(self) -> None:
        """Stop whatever runs; nobody waits for it to open any more."""
        self._closed.set()
        self._close_opened()

    def _opened(self) -> ChatModel:
        with self._lock:
            if self._opening is None:
                self._opening = Future()
                # A daemon: the end of the process does not wait until a model has opened.
                threading.Thread(target=self._open, args=(self._opening,), daemon=True).start()
        while not self._closed.is_set():
            with contextlib.suppress(TimeoutError):
                return self._opening.result(WAIT_S)
        raise ModelInterrupted(f"{self.name} is closed.", hint="Start again.")

    def _open(self, opening: Future[ChatModel]) -> None:
        try:
            opening.set_result(self._open_model())
        except BaseException as error:  # noqa: BLE001 - raised where a reply is waited for
            opening.set_exception(error)
        if self._closed.is_set():
            self._close_opened()

    def _close_opened(self) -> None:
        if self._opening and self._opening.done() and not self._opening.exception():
            self._opening.result().close()
