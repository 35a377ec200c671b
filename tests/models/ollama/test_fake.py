"""What the fake Ollama server promises, a real one was recorded to do."""

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.ollama_server import FakeOllama
from tests.fakes.ollama_wire import FakeReply

RECORDINGS = Path(__file__).parent / "wire"
SPOKEN = FakeReply(text="Hello, welcome to my little corner of the world.")
THOUGHT = FakeReply(text="", thinking="Awe some !")
CASES = {
    "version": SPOKEN,
    "root": SPOKEN,
    "err_404_route": SPOKEN,
    "tags": SPOKEN,
    "show": SPOKEN,
    "show_embed": SPOKEN,
    "think_show": SPOKEN,
    "ps_empty": SPOKEN,
    "chat_stream": SPOKEN,
    "chat_nostream": SPOKEN,
    "chat_done_length": SPOKEN,
    "chat_empty_messages_load": SPOKEN,
    "chat_unload": SPOKEN,
    "chat_format_schema_cut": SPOKEN,
    "format_key_order_qwen": FakeReply(text='{"alpha": 1, "mid": true, "zeta": "value"}'),
    "chat_logprobs": FakeReply(chances={"Hello": 0.09, "A": 0.05}),
    "chat_on_embed_model": SPOKEN,
    "chat_think_true": SPOKEN,
    "chat_think_true_stream": SPOKEN,
    "chat_think_model_true_stream": THOUGHT,
    "chat_think_model_unset": THOUGHT,
    "chat_think_model_false": SPOKEN,
    "err_chat_missing": SPOKEN,
    "err_chat_missing_nostream": SPOKEN,
    "err_show_missing": SPOKEN,
    "err_bad_schema": SPOKEN,
    "history_longer_than_ctx_truncate_false": SPOKEN,
    "num_ctx_above_train": SPOKEN,
    "pull_stream": SPOKEN,
    "pull_missing_model_stream": SPOKEN,
}


def shape(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return the names, in their order, and the types of a value; of lists the first item's."""
    if isinstance(value, dict):
        return [(key, shape(inner)) for key, inner in value.items() if key != "model_info"]
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


def recorded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RECORDINGS / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def fake() -> Iterator[FakeOllama]:
    with FakeOllama() as server:
        yield server


def send(server: FakeOllama, request: dict[str, Any]) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    body = None if request["body"] is None else json.dumps(request["body"])
    connection.request(request["method"], request["path"], body)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, {key.lower(): value for key, value in response.getheaders()}, text


def lines(recording: dict[str, Any]) -> list[Any]:
    response = recording["response"]
    return list(response["ndjson"]) if "ndjson" in response else [response["json"]]


@pytest.mark.parametrize("name", CASES)
def test_the_fake_answers_as_the_recorded_server_did(fake: FakeOllama, name: str) -> None:
    recording = recorded(name)
    fake.replies.append(CASES[name])

    status, headers, text = send(fake, recording["request"])

    assert status == recording["status"]
    for header, value in recording["headers"].items():
        assert headers[header] == value
    if "text" in recording["response"]:
        assert text == recording["response"]["text"]
        return
    sent = [json.loads(line) for line in text.splitlines()]
    expected = lines(recording)
    assert shape(sent[0]) == shape(expected[0])
    assert shape(sent[-1]) == shape(expected[-1])
    assert sent[-1].get("done_reason") == expected[-1].get("done_reason")


def test_pull_lines_at_zero_have_no_completed_as_recorded(fake: FakeOllama) -> None:
    recording = recorded("pull_stream")

    _, _, text = send(fake, recording["request"])

    kinds = {str(shape(json.loads(line))) for line in text.splitlines()}
    assert kinds == {str(shape(line)) for line in lines(recording)}


def test_an_error_that_the_fake_makes_up_reads_as_the_recorded_one(fake: FakeOllama) -> None:
    recording = recorded("history_longer_than_ctx_truncate_false")

    _, _, text = send(fake, recording["request"])

    inner, expected = (json.loads(x)["error"] for x in (text, json.dumps(lines(recording)[0])))
    assert shape(json.loads(inner)) == shape(json.loads(expected))


def test_a_killed_runner_ends_with_the_recorded_error_line(fake: FakeOllama) -> None:
    recording = recorded("midstream_runner_killed")
    fake.replies.append(FakeReply(fault="error line", after=5))

    status, _, text = send(fake, recorded("chat_stream")["request"])

    assert status == recording["status"]
    sent = [json.loads(line) for line in text.splitlines()]
    assert [shape(line) for line in sent] == [shape(line) for line in lines(recording)]
    assert sent[-1] == lines(recording)[-1]


def test_a_loaded_model_is_listed_as_recorded(fake: FakeOllama) -> None:
    recording = recorded("ps")
    send(fake, recorded("chat_stream")["request"])

    _, _, text = send(fake, recording["request"])

    assert shape(json.loads(text)) == shape(lines(recording)[0])
    assert json.loads(text)["models"][0]["context_length"] == 2048


def test_a_history_that_is_too_long_is_cut_in_silence_as_recorded(fake: FakeOllama) -> None:
    recording = recorded("history_longer_than_ctx")
    fake.truncates = True

    status, _, text = send(fake, recording["request"])

    assert status == recording["status"]
    assert shape(json.loads(text)) == shape(lines(recording)[0])
    assert json.loads(text)["prompt_eval_count"] <= 256
