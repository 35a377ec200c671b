import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from interviewer.conversation.ahead import Ahead


@pytest.fixture
def ahead() -> Iterator[Ahead]:
    with closing(Ahead()) as worker:
        yield worker


def test_a_prepared_result_can_be_taken_more_than_once(ahead: Ahead) -> None:
    pending = ahead.prepare(lambda: "ready")

    assert pending.take() == "ready"
    assert pending.take() == "ready"


def test_a_job_runs_beside_the_one_who_asked_for_it(ahead: Ahead) -> None:
    name = ahead.prepare(lambda: threading.current_thread().name).take()

    assert name.startswith("ahead")
    assert name != threading.current_thread().name


def test_a_result_is_ready_only_when_its_job_is_done(ahead: Ahead) -> None:
    gate = threading.Event()
    pending = ahead.prepare(lambda: gate.wait(30))

    before = pending.is_ready
    gate.set()
    pending.take()

    assert not before
    assert pending.is_ready


def test_jobs_run_one_after_the_other_in_the_order_they_came(ahead: Ahead) -> None:
    seen: list[int] = []

    for number in range(5):
        last = ahead.prepare(lambda number=number: seen.append(number))  # type: ignore[misc]
    last.take()

    assert seen == [0, 1, 2, 3, 4]


def test_what_a_job_raises_is_raised_where_its_result_is_taken(ahead: Ahead) -> None:
    pending = ahead.prepare(lambda: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        pending.take()


def test_closing_waits_for_the_job_that_runs_and_drops_the_others() -> None:
    ahead = Ahead()
    running, gate = threading.Event(), threading.Event()
    done: list[str] = []

    def first() -> None:
        running.set()
        gate.wait(30)
        done.append("first")

    ahead.prepare(first)
    ahead.prepare(lambda: done.append("second"))
    running.wait(30)
    opener = threading.Timer(0.05, gate.set)
    opener.start()
    ahead.close()
    done_by_then = list(done)
    opener.join()

    assert done_by_then == ["first"]
