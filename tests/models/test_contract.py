"""What every chat model promises, whatever answers.

To add an implementation: write a context manager that takes a script and gives a model, and add
one line to `IMPLEMENTATIONS`. Real models ignore the script, so each test asserts only what holds
for them as well.
"""

import os
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from functools import cache
from typing import Literal, cast

import pytest
from pydantic import BaseModel, ConfigDict

from interviewer.errors import ModelError, Unparsable
from interviewer.models import embedded
from interviewer.models.chat import ChatModel, Message
from interviewer.models.context import SHORTENED
from interviewer.models.late import LateModel
from interviewer.models.llamacpp import LlamaCppModel
from interviewer.models.ollama import OllamaModel, list_chat_models, server_address
from interviewer.models.openai_server import OpenAIModel
from interviewer.paths import folders
from tests.fakes.ollama_server import FakeOllama
from tests.fakes.ollama_wire import FakeReply
from tests.fakes.openai_server import MODEL, FakeOpenAI
from tests.fakes.scripted import Reply, ScriptedModel

Script = Sequence[Reply]
Opener = Callable[[Script], ChatModel]


@contextmanager
def scripted(script: Script) -> Iterator[ChatModel]:
    yield ScriptedModel(list(script))


@contextmanager
def opened_late(script: Script) -> Iterator[ChatModel]:
    model = ScriptedModel(list(script))
    yield LateModel(
        lambda: model, name=model.name, digest=model.digest, where=model.where,
        context_tokens=model.context_tokens,
    )  # fmt: skip


@contextmanager
def ollama_on_a_fake_server(script: Script) -> Iterator[ChatModel]:
    with FakeOllama([_spoken(reply) for reply in script]) as server:
        model = OllamaModel.connect("smol-tmpl", host=server.host)
        with closing(model):
            yield model


@contextmanager
def ollama_without_chances(script: Script) -> Iterator[ChatModel]:
    replies = [_spoken(reply) for reply in script]
    # Each choice is asked for a second time, as a label in JSON.
    replies = [again for reply in replies for again in [reply] * (2 if reply.chances else 1)]
    for number in range(1, len(replies)):
        if chances := replies[number].chances:
            best = max(chances, key=lambda token: chances[token])
            replies[number] = FakeReply(text=f'{{"label":"{best.strip().lower()}"}}')
    with FakeOllama(replies, logprobs=False) as server:
        model = OllamaModel.connect("smol-tmpl", host=server.host)
        with closing(model):
            yield model


@contextmanager
def openai_on_a_fake_server(script: Script) -> Iterator[ChatModel]:
    with (
        FakeOpenAI([_spoken(reply) for reply in script]) as server,
        closing(OpenAIModel.connect(MODEL, url=server.url)) as model,
    ):
        yield model


@contextmanager
def embedded_small_model(script: Script) -> Iterator[ChatModel]:
    del script
    yield small_model()


@contextmanager
def live_ollama(script: Script) -> Iterator[ChatModel]:
    del script
    host = server_address(os.environ)
    name = os.environ.get("INTERVIEWER_LIVE_MODEL") or list_chat_models(host)[0].name
    with closing(OllamaModel.connect(name, host=host, threads=1, context_tokens=2048)) as model:
        yield model


IMPLEMENTATIONS = [
    pytest.param(scripted, id="scripted"),
    pytest.param(opened_late, id="opened-late"),
    pytest.param(ollama_on_a_fake_server, id="ollama-fake"),
    pytest.param(ollama_without_chances, id="ollama-fake-without-chances"),
    pytest.param(openai_on_a_fake_server, id="openai-fake"),
    pytest.param(embedded_small_model, id="embedded", marks=pytest.mark.model),
    pytest.param(live_ollama, id="ollama-live", marks=pytest.mark.live),
]


def small_model() -> LlamaCppModel:
    """Return a model of its own to each test; the weights are loaded once and never freed."""
    loaded = small_weights()
    return LlamaCppModel(
        loaded._server,  # noqa: SLF001
        loaded.name,
        loaded.digest,
        loaded.context_tokens,
    )


@cache
def small_weights() -> LlamaCppModel:
    model = embedded.find("embedded/qwen2.5-coder-0.5b")
    path = embedded.weights(model, folders().models)
    # A small context: a prompt that fills it is soon read.
    return LlamaCppModel.load(path, name=model.name, digest=model.digest, context_tokens=512)


class Person(BaseModel):
    model_config = ConfigDict(extra="forbid")

    age: int
    name: str


GREET = [Message(role="user", content="Say hello in five words.")]
PERSON = [Message(role="user", content="Give a JSON person: age, name.")]
JUDGE = [
    Message(role="system", content="You answer with one word: yes, partly or no."),
    Message(role="user", content="Is water wet? Answer yes, partly or no."),
]
LABELS = ("yes", "partly", "no")
HELLO = "Hello, welcome to my little corner of the world."
ANNA = '{"age": 30, "name": "Anna"}'
YES: Mapping[str, float] = {"Yes": 0.6, " part": 0.2, "No": 0.1, "Maybe": 0.1}


def _spoken(reply: Reply) -> FakeReply:
    if isinstance(reply, str):
        return FakeReply(text=reply)
    assert isinstance(reply, Mapping)
    return FakeReply(text=next(iter(reply)), chances=reply)


@pytest.fixture(params=IMPLEMENTATIONS)
def say(request: pytest.FixtureRequest) -> Iterator[Opener]:
    implementation = cast("Callable[[Script], AbstractContextManager[ChatModel]]", request.param)
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(implementation(script))


def test_a_model_says_what_it_is_and_where(say: Opener) -> None:
    model = say([])

    assert "/" in model.name
    assert model.digest.startswith("sha256:")
    assert model.where
    assert model.context_tokens >= 512


def test_a_stream_brings_the_reply_in_pieces(say: Opener) -> None:
    model = say([HELLO])

    pieces = list(model.stream(GREET, max_tokens=16))

    assert len(pieces) > 1
    assert all(pieces)
    assert "".join(pieces).strip()


def test_a_stream_keeps_to_its_number_of_tokens(say: Opener) -> None:
    model = say([HELLO])

    pieces = list(model.stream(GREET, max_tokens=3))

    assert 1 <= len(pieces) <= 3


def test_the_same_question_gets_the_same_answer(say: Opener) -> None:
    model = say([HELLO, HELLO])

    first, second = ("".join(model.stream(GREET, max_tokens=16, seed=7)) for _ in range(2))

    assert first == second


def test_closing_a_stream_frees_the_model_for_the_next_request(say: Opener) -> None:
    model = say([HELLO, HELLO])
    with closing(cast("Generator[str]", model.stream(GREET, max_tokens=200))) as stream:
        next(stream)

    began = time.monotonic()
    text = "".join(model.stream(GREET, max_tokens=3))

    assert text
    assert time.monotonic() - began < 20


def test_a_stream_that_is_never_begun_blocks_nobody(say: Opener) -> None:
    model = say([HELLO])

    unused = model.stream(GREET, max_tokens=200)

    assert "".join(model.stream(GREET, max_tokens=3))
    del unused


def test_a_held_reply_is_a_value_of_its_schema(say: Opener) -> None:
    model = say([ANNA])

    person = model.parse(PERSON, Person, max_tokens=128)

    assert isinstance(person, Person)


def test_a_reply_that_fits_neither_at_once_nor_repaired_is_unparsable(say: Opener) -> None:
    # A real model cannot finish the value in so few tokens, nor in twice as many.
    model = say(["{", "{"])

    with pytest.raises(Unparsable) as caught:
        model.parse(PERSON, Person, max_tokens=2)

    assert caught.value.hint


def test_the_chances_of_the_labels_sum_to_one(say: Opener) -> None:
    model = say([YES])

    chances = model.choose(JUDGE, LABELS)

    assert set(chances) == set(LABELS)
    assert sum(chances.values()) == pytest.approx(1.0)
    assert all(0 <= chance <= 1 for chance in chances.values())


def test_only_the_labels_asked_for_are_weighed(say: Opener) -> None:
    model = say([YES])

    chances = model.choose(JUDGE, ("yes", "no"))

    assert list(chances) == ["yes", "no"]


def test_requests_of_two_threads_both_come_back(say: Opener) -> None:
    model = say([HELLO, HELLO])
    replies: list[str] = []

    def ask() -> None:
        replies.append("".join(model.stream(GREET, max_tokens=8)))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert len(replies) == 2
    assert all(replies)


def outgrown(model: ChatModel) -> list[Message]:
    """Return a chat of half as many tokens again as a model has room for."""
    turns = model.context_tokens // 40 * 2
    roles: list[Literal["user", "assistant"]] = ["user", "assistant"]
    said = [Message(role=roles[n % 2], content="generators are lazy " * 12) for n in range(turns)]
    return [Message(role="system", content="Be brief."), *said, *GREET]


def test_a_chat_that_outgrows_the_context_is_answered_and_the_user_is_told(say: Opener) -> None:
    model = say([HELLO])

    text = "".join(model.stream(outgrown(model), max_tokens=8))

    assert text
    assert SHORTENED in model.notes


def test_a_choice_is_never_made_on_a_part_of_the_prompt(say: Opener) -> None:
    model = say([YES])

    with pytest.raises(ModelError) as caught:
        model.choose(outgrown(model), LABELS)

    assert "larger context" in caught.value.hint
    assert SHORTENED not in model.notes


def test_closing_twice_does_no_harm(say: Opener) -> None:
    model = say([HELLO])
    "".join(model.stream(GREET, max_tokens=3))

    model.close()

    model.close()
