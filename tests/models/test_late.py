import threading
import time
from collections.abc import Callable

import pytest

from interviewer.errors import ModelError, ModelInterrupted, ModelUnavailable
from interviewer.models.chat import ChatModel, Message
from interviewer.models.late import LateModel
from tests.fakes.scripted import ScriptedModel

HELLO = [Message(role="user", content="Hello.")]


class Opening:
    """Opens a model when it may, and counts how often it was asked to."""

    def __init__(self, model: ChatModel | Exception) -> None:
        self.model = model
        self.times = 0
        self.began = threading.Event()
        self.may_go_on = threading.Event()

    def __call__(self) -> ChatModel:
        self.times += 1
        self.began.set()
        assert self.may_go_on.wait(30), "nobody let it open"
        if isinstance(self.model, Exception):
            raise self.model
        return self.model


def late(opening: Opening) -> LateModel:
    return LateModel(
        opening, name="scripted/test", digest="sha256:0", where="here", context_tokens=4096
    )


def wait_for(is_there: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not is_there():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def test_it_opens_when_it_is_first_asked_and_only_once() -> None:
    opening = Opening(ScriptedModel(["Hi there.", {"yes": 1.0}]))
    opening.may_go_on.set()
    model = late(opening)
    known = (model.name, model.notes, opening.times)

    said = "".join(model.stream(HELLO, max_tokens=9))
    chosen = model.choose(HELLO, ["yes", "no"])

    assert known == ("scripted/test", (), 0)
    assert (said, chosen["yes"], opening.times) == ("Hi there.", 1.0, 1)


def test_one_that_does_not_open_says_so_to_each_who_asks_and_in_its_notes() -> None:
    opening = Opening(ModelUnavailable("It is broken.", hint="Fetch it again."))
    opening.may_go_on.set()
    model = late(opening)

    for _ in range(2):
        with pytest.raises(ModelUnavailable, match=r"It is broken\."):
            model.choose(HELLO, ["yes", "no"])

    assert opening.times == 1
    assert model.notes == ("It is broken. Fetch it again.",)


def test_closing_it_while_it_opens_keeps_nobody_waiting_and_closes_what_opened() -> None:
    scripted = ScriptedModel()
    opening = Opening(scripted)
    model = late(opening)
    caught: list[ModelError] = []

    def ask() -> None:
        try:
            model.choose(HELLO, ["yes"])
        except ModelError as error:
            caught.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    assert opening.began.wait(30)
    model.close()
    asking.join(30)
    before = (len(caught), scripted.closed)
    opening.may_go_on.set()
    wait_for(lambda: scripted.closed)

    assert before == (1, False)
    assert isinstance(caught[0], ModelInterrupted)


def test_what_was_opened_is_closed_with_it() -> None:
    scripted = ScriptedModel([{"yes": 1.0}])
    opening = Opening(scripted)
    opening.may_go_on.set()
    model = late(opening)
    model.choose(HELLO, ["yes"])

    model.close()

    assert scripted.closed
