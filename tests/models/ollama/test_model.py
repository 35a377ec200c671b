"""The edge to Ollama: every fault becomes our own error with its next step."""

import json
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Any, cast

import pytest
from pydantic import BaseModel

from interviewer.errors import (
    ModelError,
    ModelInterrupted,
    ModelUnavailable,
    Unparsable,
)
from interviewer.models.chat import Cost, Counting, Message
from interviewer.models.context import SHORTENED
from interviewer.models.ollama import OllamaModel, Patience
from interviewer.models.ollama.model import NO_CHANCES, THINKS
from tests.fakes.asking import ASK, Row, error_of_closing, say
from tests.fakes.ollama_server import FakeOllama, deaf_port, free_port
from tests.fakes.ollama_wire import FakeModel, FakeReply, Fault, prompt_tokens

HASTE = Patience(connect_s=0.3, first_token_s=0.5, gap_s=0.5)
# Long enough for a busy machine: only what must time out is asked in haste.
EASE = Patience(connect_s=10, first_token_s=30, gap_s=30)
SYSTEM = ASK[0]
HELLO = "Hello, welcome to my little corner of the world."


class Ordered(BaseModel):
    zeta: str
    alpha: int


@pytest.fixture
def fake() -> Iterator[FakeOllama]:
    with FakeOllama() as server:
        yield server


@pytest.fixture
def connect(fake: FakeOllama) -> Iterator[Callable[..., OllamaModel]]:
    made: list[OllamaModel] = []

    def open_model(name: str = "smol-tmpl", **more: Any) -> OllamaModel:  # noqa: ANN401
        made.append(OllamaModel.connect(name, host=fake.host, **{"patience": EASE, **more}))
        return made[-1]

    yield open_model
    for model in made:
        model.close()


TABLE = [
    Row("stall", 0, ModelInterrupted, "less busy"),
    Row("stall", 2, ModelInterrupted, "less busy"),
    Row("cut", 0, ModelInterrupted, "Try again"),
    Row("cut", 2, ModelInterrupted, "Try again"),
    Row("no done", 2, ModelInterrupted, "Try again"),
    Row("error line", 2, ModelInterrupted, "Try again"),
    Row("page", 0, ModelUnavailable, "OLLAMA_HOST"),
    Row("gateway", 0, ModelUnavailable, "OLLAMA_HOST"),
    Row("list", 0, ModelUnavailable, "OLLAMA_HOST"),
    Row("nested error", 0, ModelError, "server's log"),
    Row("no memory", 0, ModelError, "smaller model"),
    Row("busy", 0, ModelError, "Wait"),
    Row("locked", 0, ModelError, "OLLAMA_API_KEY"),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.fault} after {row.after}")
def test_a_fault_is_our_error_with_a_hint_and_the_next_request_works(
    fake: FakeOllama, connect: Callable[..., OllamaModel], row: Row
) -> None:
    model = connect(patience=HASTE if row.fault == "stall" else EASE)
    fake.replies += [FakeReply(fault=row.fault, after=row.after), FakeReply()]

    with pytest.raises(row.error) as caught:
        say(model)

    assert type(caught.value) is row.error
    assert row.hint in caught.value.hint
    assert "{" not in str(caught.value)
    assert caught.value.__cause__ is not None or row.fault == "no done"
    assert say(model) == HELLO


@pytest.mark.parametrize("fault", ["page", "missing page", "list", "redirect for ever"])
def test_another_program_on_the_port_is_told_from_ollama(fault: Fault) -> None:
    with FakeOllama(stranger=fault) as other, pytest.raises(ModelUnavailable) as caught:
        OllamaModel.connect("smol-tmpl", host=other.host, patience=EASE)

    assert "does not speak as an Ollama server does" in str(caught.value)
    assert "OLLAMA_HOST" in caught.value.hint


def test_a_server_that_accepts_and_says_nothing_is_to_be_restarted() -> None:
    with FakeOllama(stranger="stall") as fake, pytest.raises(ModelUnavailable) as caught:
        OllamaModel.connect("smol-tmpl", host=fake.host, patience=HASTE)

    assert "silent" in str(caught.value)
    assert "Restart" in caught.value.hint


def test_a_server_that_is_down_is_to_be_started() -> None:
    with pytest.raises(ModelUnavailable, match="No Ollama server answers") as caught:
        OllamaModel.connect("smol-tmpl", host=f"http://127.0.0.1:{free_port()}")

    assert "`ollama serve`" in caught.value.hint


def test_a_name_that_cannot_be_resolved_sends_the_user_to_ollama_host() -> None:
    with pytest.raises(ModelUnavailable, match=r"no-such-host\.invalid") as caught:
        OllamaModel.connect("smol-tmpl", host="http://no-such-host.invalid:11434")

    assert "OLLAMA_HOST" in caught.value.hint


def test_a_connection_that_does_not_come_about_is_given_up_soon() -> None:
    began = time.monotonic()
    with deaf_port() as host, pytest.raises(ModelUnavailable) as caught:
        OllamaModel.connect("smol-tmpl", host=host, patience=HASTE)

    assert "`ollama serve`" in caught.value.hint
    assert time.monotonic() - began < 2


def test_a_server_that_dies_between_two_turns_is_to_be_started_and_then_goes_on(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect()
    say(model)
    fake.stop()

    with pytest.raises(ModelUnavailable) as caught:
        say(model)

    assert "`ollama serve`" in caught.value.hint
    fake.start()
    assert say(model) == HELLO


def test_what_came_before_the_fault_has_been_given(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect()
    fake.replies.append(FakeReply(fault="cut", after=2))
    heard: list[str] = []

    with pytest.raises(ModelInterrupted):
        heard.extend(model.stream(ASK, max_tokens=64))

    assert heard == ["Hello,", " welcome"]


def test_a_slow_but_steady_reply_is_no_fault(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    patience = Patience(connect_s=10, first_token_s=1, gap_s=1)
    model = connect(patience=patience)
    # Twelve pauses: longer together than any wait that is allowed.
    fake.replies.append(FakeReply(delay_s=0.15))

    assert say(model) == HELLO


def test_the_first_token_may_take_longer_than_the_gap_between_two(fake: FakeOllama) -> None:
    patience = Patience(connect_s=10, first_token_s=30, gap_s=0.2)
    fake.replies.append(FakeReply(fault="stall", after=1))
    began = time.monotonic()

    with (
        closing(OllamaModel.connect("smol-tmpl", host=fake.host, patience=patience)) as model,
        pytest.raises(ModelInterrupted),
    ):
        say(model)

    assert time.monotonic() - began < 5


def test_a_model_that_is_not_there_is_to_be_pulled(connect: Callable[..., OllamaModel]) -> None:
    with pytest.raises(ModelUnavailable, match="no model 'nosuch'") as caught:
        connect("nosuch")

    assert "`interviewer models pull ollama/nosuch`" in caught.value.hint


def test_a_model_that_was_removed_in_the_session_is_to_be_pulled(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect()
    fake.models = ()

    with pytest.raises(ModelUnavailable) as caught:
        say(model)

    assert "`interviewer models pull" in caught.value.hint


def test_an_embedding_model_cannot_hold_an_interview(
    connect: Callable[..., OllamaModel],
) -> None:
    with pytest.raises(ModelError, match="cannot chat") as caught:
        connect("minilm")

    assert "`interviewer models list`" in caught.value.hint


def test_a_model_at_ollama_com_is_refused(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    fake.models = (FakeModel("gpt-oss:120b-cloud"),)

    with pytest.raises(ModelUnavailable, match="leave this machine"):
        connect("gpt-oss:120b-cloud")


def test_a_truncated_schema_reply_is_repaired_with_twice_the_room(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect()
    fake.replies += [FakeReply(pieces=['{"alpha"', ": 1,", ' "zeta"', ': "z"}'])] * 2

    value = model.parse(ASK, Ordered, max_tokens=3)

    assert value == Ordered(zeta="z", alpha=1)
    assert [chat["options"]["num_predict"] for chat in fake.chats] == [3, 6]


def test_a_schema_reply_that_is_truncated_again_is_unparsable(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect()
    fake.replies += [FakeReply(pieces=['{"alpha"', ": 1,", ' "zeta"', ': "z"}'])] * 2

    with pytest.raises(Unparsable) as caught:
        model.parse(ASK, Ordered, max_tokens=1)

    assert caught.value.hint
    assert len(fake.chats) == 2


def test_keys_in_alphabetical_order_are_read_all_the_same(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect()
    fake.replies.append(FakeReply(text='{\n  "alpha": 1,\n  "zeta": "value"\n}'))

    assert model.parse(ASK, Ordered, max_tokens=40) == Ordered(zeta="value", alpha=1)
    assert fake.chats[0]["format"] == Ordered.model_json_schema()


def test_a_model_that_only_thinks_is_named_as_such(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect("think")
    fake.replies += [FakeReply(text="", thinking="Awe some !")]

    with pytest.raises(ModelError, match="thought and then said nothing") as caught:
        say(model)

    assert "without thinking" in caught.value.hint
    assert fake.chats[0]["think"] is False


def test_a_model_that_cannot_think_gets_no_order_about_it(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    say(connect())

    assert "think" not in fake.chats[0]


def test_a_model_that_thinks_although_told_not_to_gets_room_for_it_once_and_for_all(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect("think")
    reply = FakeReply(text="Hello there.", thinking="what should I say to that now")
    fake.replies += [reply, reply, reply]

    first = "".join(model.stream(ASK, max_tokens=4))
    second = "".join(model.stream(ASK, max_tokens=4))

    assert first == second == "Hello there."
    assert [chat["options"]["num_predict"] for chat in fake.chats] == [4, 1028, 1028]
    assert model.notes == [THINKS]


def test_thinking_inside_the_text_is_not_shown(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect()
    fake.replies.append(
        FakeReply(pieces=["<th", "ink>He is we", "ak.</thi", "nk>", "\n\n", "Hello"])
    )

    assert say(model) == "Hello"


def test_a_verdict_is_not_read_from_the_beginning_of_a_thought(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect()
    fake.replies += [
        FakeReply(text="<think>", chances={"<think>": 0.98, "no": 0.02}),
        FakeReply(text='{"label": "yes"}'),
    ]

    assert model.choose(ASK, ("yes", "no")) == {"yes": 1.0, "no": 0.0}


def test_a_server_without_probabilities_is_asked_for_a_label_and_that_is_noted_once(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    fake.logprobs = False
    model = connect()
    fake.replies += [FakeReply(text="yes"), *[FakeReply(text='{"label": "partly"}')] * 2]

    choices = [model.choose(ASK, ("yes", "partly", "no")) for _ in range(2)]

    assert choices == [{"yes": 0.0, "partly": 1.0, "no": 0.0}] * 2
    assert model.notes == [NO_CHANCES]
    assert len(fake.chats) == 3
    assert fake.chats[1]["format"]["properties"]["label"]["enum"] == ["yes", "partly", "no"]


def test_chances_are_those_of_the_first_token_alone(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect()
    fake.replies.append(FakeReply(text="Yes", chances={"Yes": 0.6, " no": 0.2, "Hm": 0.2}))

    chances = model.choose(ASK, ("yes", "no"))

    assert chances == pytest.approx({"yes": 0.75, "no": 0.25})
    assert fake.chats[0]["options"]["num_predict"] == 1


def test_every_request_of_a_session_has_the_same_load_options(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect(threads=1, context_tokens=4096)
    fake.replies += [
        FakeReply(),
        FakeReply(text='{"zeta": "z", "alpha": 1}'),
        FakeReply(text="Yes", chances={"yes": 0.9}),
    ]

    model.load()
    say(model)
    model.parse(ASK, Ordered, max_tokens=32)
    model.choose(ASK, ("yes", "no"))

    fixed = [(c["options"]["num_ctx"], c["options"]["num_thread"]) for c in fake.chats]
    assert fixed == [(4096, 1)] * 4
    assert {chat["keep_alive"] for chat in fake.chats} == {"30m"}
    assert fake.chats[0]["messages"] == []


def test_the_context_is_no_larger_than_the_model_was_trained_with(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect(context_tokens=65536)

    say(model)

    assert model.context_tokens == 8192
    assert fake.chats[0]["options"]["num_ctx"] == 8192


def test_a_server_that_loads_a_smaller_context_is_believed(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    fake.memory_tokens = 2048
    model = connect()

    model.load()

    assert model.context_tokens == 2048


def test_two_threads_never_ask_at_once(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect()
    fake.replies += [FakeReply(delay_s=0.01)] * 4
    heard: list[str] = []
    threads = [threading.Thread(target=lambda: heard.append(say(model))) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert heard == [HELLO] * 4
    assert fake.most_running == 1


def test_closing_a_stream_hangs_up_on_the_server(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect()
    fake.replies.append(FakeReply(text="word " * 500, delay_s=0.005))

    with closing(cast("Generator[str]", model.stream(ASK, max_tokens=1000))) as stream:
        next(stream)

    assert fake.broken_off.wait(2)


def test_closing_the_model_ends_a_request_of_another_thread(fake: FakeOllama) -> None:
    model = OllamaModel.connect("smol-tmpl", host=fake.host)
    fake.replies.append(FakeReply(fault="stall", after=0))

    error = error_of_closing(model, lambda: fake.chats)

    assert isinstance(error, ModelInterrupted)


def test_closing_frees_the_memory_of_a_server_on_this_machine(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect()
    say(model)
    assert fake.loaded

    model.close()

    assert not fake.loaded


def test_a_closed_model_answers_no_more(connect: Callable[..., OllamaModel]) -> None:
    model = connect()
    model.close()

    with pytest.raises(ModelUnavailable, match="has been closed"):
        say(model)


def test_a_proxy_is_never_asked_for_this_machine(
    fake: FakeOllama, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{free_port()}")

    with closing(OllamaModel.connect("smol-tmpl", host=fake.host)) as model:
        assert say(model) == HELLO


def test_half_a_character_from_a_terminal_is_no_fault(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect()

    "".join(model.stream([Message(role="user", content="caf\udce9")], max_tokens=64))

    assert fake.chats[0]["messages"][0]["content"] == "caf?"


def long_chat(turns: int) -> list[Message]:
    said = [
        message
        for n in range(turns)
        for message in (
            Message(role="user", content=f"Answer {n}: " + "generators are lazy " * 20),
            Message(role="assistant", content=f"Question {n}: " + "and what follows? " * 20),
        )
    ]
    return [SYSTEM, *said, Message(role="user", content="The answer being judged.")]


def test_a_chat_that_outgrows_the_context_loses_its_oldest_turns_and_the_user_is_told(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect(context_tokens=1024)
    chat = long_chat(12)

    for _ in range(2):
        "".join(model.stream(chat, max_tokens=64))

    sent = fake.chats[0]["messages"]
    assert sent[0]["content"] == SYSTEM.content
    assert sent[1]["role"] == "user"
    assert sent[1:] == [message.model_dump() for message in chat[-len(sent) + 1 :]]
    assert 3 < len(sent) < len(chat)
    assert prompt_tokens(sent) + 64 <= 1024
    assert model.notes == [SHORTENED]


def test_the_server_is_forbidden_to_shorten_a_prompt_itself(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    say(connect())

    assert fake.chats[0]["truncate"] is False


def test_a_prompt_that_the_server_finds_too_long_is_shortened_and_sent_again(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    fake.memory_tokens = 512
    model = connect()
    chat = long_chat(4)

    text = "".join(model.stream(chat, max_tokens=64))

    assert text == HELLO
    lengths = [len(body["messages"]) for body in fake.chats]
    assert lengths[0] == len(chat)
    assert lengths[-1] < lengths[0]
    assert model.context_tokens == 512


def test_a_prompt_of_which_the_server_read_only_a_part_is_an_error(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    fake.truncates = True
    fake.memory_tokens = 256
    model = connect()

    with pytest.raises(ModelError, match="read only 128 tokens") as caught:
        "".join(model.stream(long_chat(4), max_tokens=64))

    assert "larger context" in caught.value.hint


def test_a_last_turn_that_cannot_fit_is_an_error_before_anything_is_sent(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect(context_tokens=512)
    long = [SYSTEM, Message(role="user", content="generators are lazy " * 400)]

    with pytest.raises(ModelError, match="has room for 448") as caught:
        "".join(model.stream(long, max_tokens=64))

    assert "larger context" in caught.value.hint
    assert not fake.chats


def test_a_verdict_is_never_asked_for_on_a_part_of_the_prompt(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect(context_tokens=1024)

    with pytest.raises(ModelError, match="has room for"):
        model.choose(long_chat(12), ("yes", "no"))

    assert not fake.chats


def test_a_repair_keeps_the_request_that_it_repairs(
    fake: FakeOllama, connect: Callable[..., OllamaModel]
) -> None:
    model = connect(context_tokens=1024)
    fake.replies += [FakeReply(text="no json"), FakeReply(text='{"zeta": "z", "alpha": 1}')]
    chat = long_chat(12)

    model.parse(chat, Ordered, max_tokens=64)

    last = fake.chats[1]["messages"]
    assert chat[-1].model_dump() in last
    assert "not valid" in last[-1]["content"]
    assert json.dumps(last[0]) == json.dumps(SYSTEM.model_dump())


def test_what_a_reply_took_is_what_the_server_counted(connect: Callable[..., OllamaModel]) -> None:
    model = connect()
    before = model.last_cost

    say(model)

    assert isinstance(model, Counting)
    assert before is None
    assert model.last_cost == Cost(
        read_tokens=prompt_tokens([turn.model_dump() for turn in ASK]), read_s=0.016863,
        written_tokens=len(FakeReply().text.split()), written_s=0.375275,
    )  # fmt: skip
