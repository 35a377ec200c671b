import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import closing, suppress
from dataclasses import dataclass, field

import pytest

from interviewer.conversation.ahead import Ahead, Stoppable, Urgency
from interviewer.errors import ModelError, ModelInterrupted
from interviewer.models.chat import Message
from tests.fakes.scripted import ScriptedModel

ASKED = [Message(role="user", content="Well?")]


@dataclass
class SlowModel(ScriptedModel):
    """Writes as many words as its lengths say, one reply after the other."""

    lengths: list[int] = field(default_factory=list)
    writing: threading.Event = field(default_factory=threading.Event)
    written: int = 0

    def stream(
        self, messages: object, *, max_tokens: int, temperature: float = 0.0, seed: int = 0
    ) -> Iterator[str]:
        del messages, max_tokens, temperature, seed
        self.writing.set()
        for _ in range(self.lengths.pop(0)):
            time.sleep(0.001)
            self.written += 1
            yield "word "


ENDLESS = 60_000
"""Words: a minute of writing, for a reply that is to be stopped."""


@pytest.fixture
def ahead() -> Iterator[Ahead]:
    with closing(Ahead()) as worker:
        yield worker


def held(ahead: Ahead, urgency: Urgency = Urgency.GRADE) -> Callable[[], None]:
    """Keep the worker busy until the returned function is called."""
    began, gate = threading.Event(), threading.Event()

    def work() -> None:
        began.set()
        gate.wait(30)

    ahead.prepare(urgency, work)
    assert began.wait(30)
    return gate.set


def test_a_prepared_result_can_be_taken_more_than_once(ahead: Ahead) -> None:
    pending = ahead.prepare(Urgency.POSE, lambda: "ready")

    assert pending.take() == "ready"
    assert pending.take() == "ready"


def test_a_job_runs_beside_the_one_who_asked_for_it(ahead: Ahead) -> None:
    name = ahead.prepare(Urgency.POSE, lambda: threading.current_thread().name).take()

    assert name.startswith("ahead")
    assert name != threading.current_thread().name


def test_a_result_is_ready_only_when_its_job_is_done(ahead: Ahead) -> None:
    gate = threading.Event()
    pending = ahead.prepare(Urgency.POSE, lambda: gate.wait(30))

    before = pending.is_ready
    gate.set()
    pending.take()

    assert not before
    assert pending.is_ready


def test_jobs_wait_for_more_urgent_ones_and_for_those_before_them(ahead: Ahead) -> None:
    let_go = held(ahead)
    seen: list[str] = []
    jobs = [
        ahead.prepare(urgency, lambda name=name: seen.append(name))  # type: ignore[misc]
        for name, urgency in (
            ("advice", Urgency.ADVISE),
            ("grade 1", Urgency.GRADE),
            ("grade 2", Urgency.GRADE),
            ("question", Urgency.POSE),
            ("answer", Urgency.NOW),
        )
    ]

    let_go()
    for job in jobs:
        job.take()

    assert seen == ["answer", "question", "grade 1", "grade 2", "advice"]


def test_what_a_job_raises_is_raised_where_its_result_is_taken(ahead: Ahead) -> None:
    pending = ahead.prepare(Urgency.POSE, lambda: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        pending.take()


def test_a_job_that_was_cancelled_is_not_done(ahead: Ahead) -> None:
    let_go = held(ahead)
    done: list[str] = []
    dropped = ahead.prepare(Urgency.GRADE, lambda: done.append("dropped"))
    kept = ahead.prepare(Urgency.GRADE, lambda: done.append("kept"))

    dropped.cancel()
    let_go()
    kept.take()

    assert done == ["kept"]
    with pytest.raises(CancelledError):
        dropped.take()


def ask(model: Stoppable) -> str:
    return "".join(model.stream(ASKED, max_tokens=99))


def pose(model: Stoppable) -> str:
    try:
        return ask(model)
    except ModelError as error:  # as a poser does
        return str(error)


def test_a_grade_makes_way_for_the_question_that_is_waited_for_and_is_made_after_it(
    ahead: Ahead,
) -> None:
    slow = SlowModel(lengths=[ENDLESS, 5])
    model = Stoppable(slow)
    done: list[str] = []

    def grade() -> str:
        try:
            text = ask(model)
        except ModelError as error:  # as a grader does
            return str(error)
        done.append("grade")
        return text

    pending = ahead.prepare(Urgency.GRADE, grade)
    assert slow.writing.wait(30)
    ahead.prepare(Urgency.POSE, lambda: done.append("question")).take()

    assert pending.take() == "word " * 5
    assert done == ["question", "grade"]
    assert slow.written < ENDLESS


def test_what_is_not_delivered_in_time_is_made_no_more(ahead: Ahead) -> None:
    slow = SlowModel(lengths=[ENDLESS])
    model = Stoppable(slow)

    def made() -> Iterator[str]:
        yield "first"
        yield ask(model)

    assert list(ahead.deliver(made(), 0.5)) == ["first"]
    assert ahead.prepare(Urgency.GRADE, lambda: "next").take() == "next"
    assert slow.written < ENDLESS


def test_no_job_makes_way_for_one_that_is_no_more_urgent(ahead: Ahead) -> None:
    slow = SlowModel(lengths=[100])
    model = Stoppable(slow)
    leaning = ahead.prepare(Urgency.GRADE, lambda: ask(model))
    assert slow.writing.wait(30)

    words = ahead.prepare(Urgency.GRADE, lambda: slow.written).take()

    assert words == 100
    assert leaning.take() == "word " * 100


def test_parts_come_as_they_are_made_before_what_is_less_urgent(ahead: Ahead) -> None:
    let_go, gate = held(ahead), threading.Event()
    later = ahead.prepare(Urgency.GRADE, lambda: "graded")

    def made() -> Iterator[str]:
        yield "first"
        assert gate.wait(30)
        yield "second"

    let_go()
    parts = ahead.deliver(made(), 30)
    first = next(parts)
    gate.set()

    assert [first, *parts] == ["first", "second"]
    assert later.take() == "graded"


def test_parts_end_with_what_went_wrong_and_when_it_is_closed(ahead: Ahead) -> None:
    def broken() -> Iterator[str]:
        yield "first"
        raise ModelError("It broke.", hint="Mend it.")

    parts = ahead.deliver(broken(), 30)

    assert next(parts) == "first"
    with pytest.raises(ModelError):
        next(parts)
    ahead.close()
    with pytest.raises(CancelledError):
        next(ahead.deliver(iter(["late"]), 30))


def test_closing_stops_the_job_that_runs_and_drops_the_others() -> None:
    ahead = Ahead()
    slow = SlowModel(lengths=[ENDLESS])
    model = Stoppable(slow)
    done: list[str] = []
    running = ahead.prepare(Urgency.GRADE, lambda: ask(model))
    assert slow.writing.wait(30)
    dropped = ahead.prepare(Urgency.POSE, lambda: done.append("second"))

    ahead.close()

    workers = [thread for thread in threading.enumerate() if thread.name.startswith("ahead")]
    assert workers == []
    assert done == []
    assert slow.written < ENDLESS
    assert running.is_ready
    with pytest.raises(CancelledError):
        dropped.take()


def test_nobody_waits_for_a_job_that_made_way_and_had_no_other_turn() -> None:
    ahead = Ahead()
    slow = SlowModel(lengths=[ENDLESS, ENDLESS])
    model = Stoppable(slow)
    grade = ahead.prepare(Urgency.GRADE, lambda: ask(model))
    assert slow.writing.wait(30)
    slow.writing.clear()
    question = ahead.prepare(Urgency.POSE, lambda: pose(model))

    def take() -> None:
        with suppress(ModelInterrupted):  # Closing stops it too.
            question.take()

    taker = threading.Thread(target=take)
    taker.start()
    assert slow.writing.wait(30)

    ahead.close()
    taker.join()

    with pytest.raises(CancelledError):
        grade.take()


def test_after_closing_nothing_is_begun() -> None:
    ahead = Ahead()
    ahead.close()

    pending = ahead.prepare(Urgency.NOW, lambda: "late")

    with pytest.raises(CancelledError):
        pending.take()


def test_outside_a_job_a_stoppable_model_is_the_model() -> None:
    scripted = ScriptedModel(["one two", {"yes": 1.0}])
    model = Stoppable(scripted)

    assert list(model.stream(ASKED, max_tokens=9)) == ["one", " two"]
    assert model.choose(ASKED, ["yes", "no"])["yes"] == 1.0
    model.close()
    assert scripted.closed
    assert (model.name, model.digest) == (scripted.name, scripted.digest)


def test_what_is_not_there_in_time_is_made_no_more(ahead: Ahead) -> None:
    slow = SlowModel(lengths=[ENDLESS, 1])
    model = Stoppable(slow)

    pending = ahead.prepare(Urgency.NOW, lambda: "".join(model.stream(ASKED, max_tokens=ENDLESS)))
    assert slow.writing.wait(30)

    assert pending.take_within(0.01) is None
    assert ahead.prepare(Urgency.GRADE, lambda: "next").take() == "next"
    assert slow.lengths == [1]
    assert ahead.prepare(Urgency.NOW, lambda: "at once").take_within(30) == "at once"
