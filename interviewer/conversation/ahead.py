"""Work done while the candidate talks: one worker thread, one job after the other."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Pending(Generic[Result]):
    """A result that is being prepared."""

    def __init__(self, future: "Future[Result]") -> None:
        self._future = future

    @property
    def is_ready(self) -> bool:
        """Tell whether taking it costs no waiting."""
        return self._future.done()

    def take(self) -> Result:
        """Return the result, waiting for it if need be; raises what the job raised."""
        return self._future.result()


class Ahead:
    """The one worker thread of a conversation."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead")

    def prepare(self, job: Callable[[], Result]) -> Pending[Result]:
        """Run a job after those before it."""
        return Pending(self._pool.submit(job))

    def close(self) -> None:
        """Drop the jobs that have not begun and wait for the one that has."""
        self._pool.shutdown(wait=True, cancel_futures=True)
