"""Work done while the candidate talks: one worker thread, the most urgent job first."""

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from itertools import count
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from interviewer.errors import ModelInterrupted
from interviewer.models.chat import ChatModel, Message, Schema

Result = TypeVar("Result")


class Urgency(IntEnum):
    """How urgent a job is, the most urgent first."""

    NOW = 0
    """The candidate asked for it and waits."""
    POSE = 1
    GRADE = 2
    """Also what grading can do before the answer: stopped half way, it would be done again."""
    ADVISE = 3


@dataclass(order=True)
class _Job(Generic[Result]):
    urgency: Urgency
    number: int
    work: Callable[[], Result] = field(compare=False)
    future: "Future[Result]" = field(compare=False, default_factory=Future)
    must_stop: threading.Event = field(compare=False, default_factory=threading.Event)
    has_stopped: bool = field(compare=False, default=False)
    is_wanted: bool = field(compare=False, default=True)


_CURRENT: ContextVar["_Job[Any] | None"] = ContextVar("_CURRENT", default=None)
"""The job that the code runs in, if it runs in one."""


class Pending(Generic[Result]):
    """A result that is being prepared."""

    def __init__(self, job: "_Job[Result]", hurry: Callable[["_Job[Result]"], None]) -> None:
        self._job = job
        self._hurry = hurry

    @property
    def is_ready(self) -> bool:
        """Tell whether taking it costs no waiting."""
        return self._job.future.done()

    def take(self) -> Result:
        """Return the result; if need be, wait, and have a less urgent job make way.

        Raises what the job raised, or `CancelledError` if it was cancelled.
        """
        if not self.is_ready:
            self._hurry(self._job)
        return self._job.future.result()

    def take_within(self, seconds: float) -> Result | None:
        """Return the result; None, and it is made no more, if it is not there in time."""
        if not self.is_ready:
            self._hurry(self._job)
        try:
            return self._job.future.result(seconds)
        except TimeoutError:
            _give_up(self._job)
            return None

    def cancel(self) -> None:
        """Have it not done if it has not begun."""
        self._job.future.cancel()


class Ahead:
    """The one worker thread of a conversation."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead")
        self._lock = threading.Lock()
        self._queue: list[_Job[Any]] = []
        self._numbers = count()
        self._running: _Job[Any] | None = None
        self._is_closed = False

    def prepare(self, urgency: Urgency, work: Callable[[], Result]) -> Pending[Result]:
        """Have a job done after those that are more urgent, and those as urgent before it.

        A job that makes way for another is begun again later, so it must bear that.
        """
        job = _Job(urgency, next(self._numbers), work)
        self._add(job)
        return Pending(job, self._hurry)

    def deliver(self, parts: Iterator[Result], seconds: float) -> Iterator[Result]:
        """Yield the parts of something as they are made by the worker, at once and so long.

        Raises what making them raised, or `CancelledError` if it was cancelled.
        """
        made: SimpleQueue[Any] = SimpleQueue()
        job = _Job(Urgency.NOW, next(self._numbers), lambda: deque(map(made.put, parts), 0))
        job.future.add_done_callback(made.put)
        self._add(job)
        self._hurry(job)
        until = time.monotonic() + seconds
        try:
            while (part := made.get(timeout=max(0.0, until - time.monotonic()))) is not job.future:
                yield part
        except Empty:
            _give_up(job)
        else:
            job.future.result()

    def close(self) -> None:
        """Drop the jobs that have not begun; stop the one that has, and wait until it did."""
        with self._lock:
            self._is_closed = True
            for job in self._queue:
                _drop(job)
            if self._running:
                self._running.must_stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _add(self, job: _Job[Any]) -> None:
        with self._lock:
            if self._is_closed:
                _drop(job)
                return
            heapq.heappush(self._queue, job)
            # As many turns as jobs; which job a turn takes is decided when it comes.
            self._pool.submit(self._turn)

    def _turn(self) -> None:
        with self._lock:
            if self._is_closed:
                return
            job = heapq.heappop(self._queue)
            # A job that made way is running for its future.
            if not (job.future.running() or job.future.set_running_or_notify_cancel()):
                return
            job.must_stop.clear()
            job.has_stopped = False
            self._running = job
        copy_context().run(self._run, job)

    def _run(self, job: _Job[Result]) -> None:
        _CURRENT.set(job)
        try:
            result = job.work()
        except BaseException as error:  # noqa: BLE001 - raised where the result is taken
            self._finish(job, partial(job.future.set_exception, error))
        else:
            self._finish(job, partial(job.future.set_result, result))

    def _finish(self, job: _Job[Any], settle: Callable[[], None]) -> None:
        with self._lock:
            self._running = None
            is_again = job.has_stopped and job.is_wanted and not self._is_closed
        if is_again:
            self._add(job)
        else:
            settle()

    def _hurry(self, job: _Job[Any]) -> None:
        with self._lock:
            if self._running and self._running.urgency > job.urgency:
                self._running.must_stop.set()


def _give_up(job: _Job[Any]) -> None:
    job.is_wanted = False
    job.future.cancel()
    job.must_stop.set()


def _drop(job: _Job[Any]) -> None:
    # A job that made way cannot be cancelled any more, but nobody shall wait for it.
    if not job.future.cancel():
        job.future.set_exception(CancelledError())


class Stoppable:
    """A chat model that stops, with an error, when the job that asks it must make way.

    Within a job every call and every streamed piece is such a moment; elsewhere it is the model.
    """

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self.name = model.name
        self.digest = model.digest
        self.where = model.where
        self.context_tokens = model.context_tokens

    @property
    def notes(self) -> Sequence[str]:
        """What the user should know about how it answered, each thing once."""
        return self._model.notes

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str]:  # fmt: skip
        """Yield the reply as it comes.

        Raises:
            ModelError: the model failed, or must stop.
        """
        _stop_if_asked()
        for piece in self._model.stream(
            messages, max_tokens=max_tokens, temperature=temperature, seed=seed
        ):
            yield piece
            _stop_if_asked()

    def parse(
        self, messages: Sequence[Message], schema: type[Schema], *, max_tokens: int
    ) -> Schema:
        """Return the reply as a value of the schema.

        Raises:
            ModelError: the model failed, or must stop.
        """
        _stop_if_asked()
        return self._model.parse(messages, schema, max_tokens=max_tokens)

    def choose(self, messages: Sequence[Message], labels: Sequence[str]) -> dict[str, float]:
        """Return the probability of each label.

        Raises:
            ModelError: the model failed, or must stop.
        """
        _stop_if_asked()
        return self._model.choose(messages, labels)

    def close(self) -> None:
        """Release the model."""
        self._model.close()


def _stop_if_asked() -> None:
    job = _CURRENT.get()
    if job and job.must_stop.is_set():
        job.has_stopped = True
        raise ModelInterrupted(
            "The model was needed for something more urgent.", hint="It is asked again later."
        )
