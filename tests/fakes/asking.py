"""What tests of every chat model do with one: ask it, also while another thread closes it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from interviewer.errors import InterviewerError, ModelError
from interviewer.models.chat import ChatModel, Message
from tests.fakes.ollama_wire import Fault

ASK = [
    Message(role="system", content="You interview a developer."),
    Message(role="user", content="Ask me about generators."),
]


@dataclass(frozen=True)
class Row:
    """A fault of the server, our error for it, and a word of its hint."""

    fault: Fault
    after: int
    error: type[InterviewerError]
    hint: str


def say(model: ChatModel) -> str:
    return "".join(model.stream(ASK, max_tokens=64))


def error_of_closing(model: ChatModel, is_asked: Callable[[], object]) -> ModelError:
    """Close a model that another thread waits for; return the error which that thread gets."""
    caught: list[ModelError] = []

    def ask() -> None:
        try:
            say(model)
        except ModelError as error:
            caught.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    while not is_asked():
        time.sleep(0.01)
    model.close()
    asking.join(60)
    assert not asking.is_alive()
    return caught[0]
