"""What is llama.cpp's own: files that do not load, prompts that do not fit, stopping at once."""

import signal
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from interviewer.errors import ModelError, ModelInterrupted, ModelUnavailable
from interviewer.models.chat import Counting, Message
from interviewer.models.context import SHORTENED
from interviewer.models.llamacpp import THREAD_NAME, LlamaCppModel
from tests.fakes.asking import error_of_closing
from tests.fakes.llamacpp_server import FakeLlamaCpp
from tests.models.test_contract import small_model

ASKED = [Message(role="user", content="Tell me a long story about a snake.")]


def load(path: Path) -> LlamaCppModel:
    return LlamaCppModel.load(path, name="embedded/test", digest="sha256:0")


def test_weights_that_are_not_there_name_the_command_that_fetches_them(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="not on disk") as caught:
        load(tmp_path / "none.gguf")

    assert "interviewer models pull embedded/test" in caught.value.hint


def test_a_file_that_is_no_model_is_an_error_with_a_next_step(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(1000))

    with pytest.raises(ModelUnavailable, match="cannot load") as caught:
        load(broken)

    assert "models remove embedded/test" in caught.value.hint


def on(server: FakeLlamaCpp, **more: Any) -> LlamaCppModel:  # noqa: ANN401 - as it is declared
    return LlamaCppModel(server, "embedded/fake", "sha256:0", **more)


def say(model: LlamaCppModel, messages: Sequence[Message] = ASKED) -> str:
    return "".join(model.stream(messages, max_tokens=20))


def long_chat(turns: int) -> list[Message]:
    roles = ("user", "assistant")
    said = [
        Message(role=roles[n % 2], content=f"{n}: " + "generators are lazy " * 20)
        for n in range(turns)
    ]
    return [
        Message(role="system", content="Be brief."),
        *said,
        Message(role="user", content="The answer being judged."),
    ]


def test_ctrl_c_is_obeyed_while_a_prompt_is_being_read() -> None:
    server = FakeLlamaCpp(batch=threading.Semaphore(0))
    model = on(server)
    main = threading.main_thread().ident
    assert main is not None

    def press() -> None:
        assert server.reading.wait(300)
        signal.pthread_kill(main, signal.SIGINT)

    threading.Thread(target=press).start()
    with pytest.raises(KeyboardInterrupt):
        say(model)

    # Nobody has let the prompt be read: the key alone has ended the waiting.
    server.batch.release()


def test_closing_the_model_ends_the_waiting_of_another_thread() -> None:
    server = FakeLlamaCpp(batch=threading.Semaphore(0))
    model = on(server)

    error = error_of_closing(model, server.reading.is_set)
    server.batch.release()

    assert isinstance(error, ModelInterrupted)
    assert "closed" in str(error)


def test_a_request_that_nobody_wants_ends_with_the_batch_that_is_being_read() -> None:
    server = FakeLlamaCpp(batches=5, batch=threading.Semaphore(1))
    model = on(server)

    def ask() -> None:
        with pytest.raises(ModelInterrupted):
            say(model)

    asking = threading.Thread(target=ask)
    asking.start()
    assert server.reading.wait(300)
    llamacpp = [thread for thread in threading.enumerate() if thread.name == THREAD_NAME]

    model.close()
    server.batch.release(10)
    for thread in [asking, *llamacpp]:
        thread.join(10)

    assert server.batches_read < 5
    assert server.said == 0
    assert server.requests[0]["return_progress"] is True


def test_the_oldest_turns_go_when_a_chat_outgrows_the_context() -> None:
    server = FakeLlamaCpp()
    model = on(server, context_tokens=1024)
    chat = long_chat(12)

    for _ in range(2):
        say(model, chat)

    sent = server.requests[0]["messages"]
    assert sent[0]["content"] == "Be brief."
    assert sent[-1]["content"] == "The answer being judged."
    assert sent[1:] == [message.model_dump() for message in chat[-len(sent) + 1 :]]
    assert 3 < len(sent) < len(chat)
    assert model.notes == [SHORTENED]


def test_a_chat_that_takes_more_tokens_than_guessed_is_shortened_and_sent_again() -> None:
    server = FakeLlamaCpp(context_tokens=400)
    model = on(server, context_tokens=4096)

    assert say(model, long_chat(12)) == "Hello there."

    lengths = [len(request["messages"]) for request in server.requests]
    assert lengths[0] == 14
    assert lengths[-1] < 14


def test_a_verdict_is_never_asked_for_on_a_part_of_the_prompt() -> None:
    server = FakeLlamaCpp(context_tokens=100)
    model = on(server, context_tokens=100)

    with pytest.raises(ModelError, match="reads 100") as caught:
        model.choose(long_chat(12), ("yes", "no"))

    assert "larger context" in caught.value.hint
    assert [len(request["messages"]) for request in server.requests] == [14]


@pytest.mark.model
def test_closing_a_stream_returns_at_once_and_frees_the_model() -> None:
    model = small_model()
    replies = iter(model.stream(ASKED, max_tokens=4000))
    next(replies)

    began = time.monotonic()
    replies.close()  # type: ignore[attr-defined]  # an iterator that is a generator
    elapsed = time.monotonic() - began
    answered = list(model.stream(ASKED, max_tokens=3))

    assert elapsed < 5  # far below what the other 4,000 tokens would take
    assert answered


@pytest.mark.model
def test_a_closed_model_says_so() -> None:
    closed = small_model()

    closed.close()

    with pytest.raises(ModelInterrupted, match="closed"):
        list(closed.stream(ASKED, max_tokens=3))


@pytest.mark.model
def test_what_a_reply_took_leaves_out_the_part_of_the_prompt_that_was_read_before() -> None:
    model = small_model()
    costs = []
    for _ in range(2):
        list(model.stream(ASKED, max_tokens=3))
        costs.append(model.last_cost)

    first, again = costs

    assert isinstance(model, Counting)
    assert first is not None
    assert again is not None
    assert first.written_tokens == again.written_tokens == 3
    assert again.read_tokens < len(ASKED[0].content.split())
    assert first.read_s > 0
    assert first.written_s > 0
