"""The edge to servers that speak OpenAI's protocol: every fault is our own error with a hint."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from interviewer.errors import ModelError, ModelInterrupted, ModelUnavailable
from interviewer.models.chat import Message
from interviewer.models.context import SHORTENED
from interviewer.models.ollama import Patience
from interviewer.models.openai_server import NO_CHANCES, OpenAIModel
from tests.fakes.asking import ASK, Row, error_of_closing, say
from tests.fakes.ollama_server import free_port
from tests.fakes.ollama_wire import FakeReply
from tests.fakes.openai_server import MODEL, FakeOpenAI

HASTE = Patience(connect_s=5, first_token_s=0.5, gap_s=0.5)
EASE = Patience(connect_s=10, first_token_s=30, gap_s=30)
HELLO = "Hello, welcome to my little corner of the world."


@pytest.fixture
def fake() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as server:
        yield server


TABLE = [
    Row("stall", 0, ModelInterrupted, "less busy"),
    Row("stall", 2, ModelInterrupted, "less busy"),
    Row("cut", 0, ModelInterrupted, "Try again"),
    Row("cut", 2, ModelInterrupted, "Try again"),
    Row("error line", 2, ModelInterrupted, "log"),
    Row("page", 0, ModelInterrupted, "Try again"),
    Row("missing page", 0, ModelUnavailable, "INTERVIEWER_OPENAI_URL"),
    Row("list", 0, ModelUnavailable, "INTERVIEWER_OPENAI_URL"),
    Row("no memory", 0, ModelError, "server's log"),
    Row("busy", 0, ModelError, "Wait"),
    Row("locked", 0, ModelError, "INTERVIEWER_OPENAI_KEY"),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.fault} after {row.after}")
def test_a_fault_is_our_error_with_a_hint_and_the_next_request_works(
    fake: FakeOpenAI, row: Row
) -> None:
    patience = HASTE if row.fault == "stall" else EASE
    fake.replies += [FakeReply(fault=row.fault, after=row.after), FakeReply()]

    with closing(OpenAIModel.connect(MODEL, url=fake.url, patience=patience)) as model:
        with pytest.raises(row.error) as caught:
            say(model)
        again = say(model)

    assert type(caught.value) is row.error
    assert row.hint in caught.value.hint
    assert again == HELLO


def test_a_server_that_is_down_is_to_be_started() -> None:
    with pytest.raises(ModelUnavailable, match="No server answers") as caught:
        OpenAIModel.connect(MODEL, url=f"http://127.0.0.1:{free_port()}/v1")

    assert "INTERVIEWER_OPENAI_URL" in caught.value.hint


@pytest.mark.parametrize("url", [None, "", "127.0.0.1:8080/v1"])
def test_without_an_address_the_variable_is_named(url: str | None) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        OpenAIModel.connect(MODEL, url=url)

    assert "INTERVIEWER_OPENAI_URL" in caught.value.hint


def test_another_program_on_the_port_is_told_apart(fake: FakeOpenAI) -> None:
    fake.stranger = True

    with pytest.raises(ModelUnavailable, match="does not speak OpenAI's protocol"):
        OpenAIModel.connect(MODEL, url=fake.url)


def test_a_model_that_is_not_there_names_those_that_are(fake: FakeOpenAI) -> None:
    with pytest.raises(ModelUnavailable, match="no model 'nosuch'") as caught:
        OpenAIModel.connect("openai/nosuch", url=fake.url)

    assert f"openai/{MODEL}" in caught.value.hint


@pytest.mark.parametrize("key", ["…", "s3cret\n", "schlüssel"])
def test_a_key_that_cannot_be_sent_is_not_blamed_on_the_server(fake: FakeOpenAI, key: str) -> None:
    with pytest.raises(ModelUnavailable, match="key is of letters") as caught:
        OpenAIModel.connect(MODEL, url=fake.url, key=key)

    assert "INTERVIEWER_OPENAI_KEY" in caught.value.hint
    assert key not in str(caught.value)


def test_the_key_goes_to_the_server_and_nowhere_else(fake: FakeOpenAI) -> None:
    with closing(OpenAIModel.connect(MODEL, url=fake.url, key="s3cret")) as model:
        shown = [model.name, model.where, model.digest, repr(model)]

    assert fake.keys == ["Bearer s3cret"]
    assert not any("s3cret" in text for text in shown)


def test_a_server_without_probabilities_is_asked_for_a_label_and_that_is_noted_once(
    fake: FakeOpenAI,
) -> None:
    fake.logprobs = False
    fake.replies += [FakeReply(text="yes"), *[FakeReply(text='{"label": "partly"}')] * 2]

    with closing(OpenAIModel.connect(MODEL, url=fake.url)) as model:
        chosen = [model.choose(ASK, ("yes", "partly", "no")) for _ in range(2)]

    assert chosen == [{"yes": 0.0, "partly": 1.0, "no": 0.0}] * 2
    assert model.notes == [NO_CHANCES]
    assert len(fake.chats) == 3


def test_a_chat_that_is_refused_as_too_long_is_shortened_and_sent_again(fake: FakeOpenAI) -> None:
    turns = [
        Message(role=("user", "assistant")[n % 2], content="generators are lazy " * 20)
        for n in range(9)
    ]
    with closing(OpenAIModel.connect(MODEL, url=fake.url)) as model:
        fake.context_tokens = 500

        text = "".join(model.stream(turns, max_tokens=50))

    assert text == HELLO
    assert len(fake.chats[0]["messages"]) == 9
    assert len(fake.chats[-1]["messages"]) < 9
    assert model.context_tokens == 500
    assert model.notes == [SHORTENED]


def test_closing_the_model_ends_a_request_of_another_thread(fake: FakeOpenAI) -> None:
    model = OpenAIModel.connect(MODEL, url=fake.url)
    fake.replies.append(FakeReply(fault="stall", after=1))

    error = error_of_closing(model, lambda: fake.chats)

    assert isinstance(error, ModelInterrupted)
