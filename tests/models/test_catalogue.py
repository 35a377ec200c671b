"""All models that can be had, from both sources."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.errors import ModelUnavailable
from interviewer.models import catalogue
from tests.fakes.ollama_server import FakeOllama, free_port
from tests.fakes.ollama_wire import FakeModel

NOBODY = f"http://127.0.0.1:{free_port()}"


@pytest.fixture
def fake() -> Iterator[FakeOllama]:
    with FakeOllama() as server:
        yield server


def test_without_a_server_there_are_the_embedded_models(tmp_path: Path) -> None:
    found = catalogue.entries(tmp_path, NOBODY)

    assert [entry.name for entry in found] == [
        "embedded/qwen2.5-coder-1.5b",
        "embedded/qwen2.5-coder-0.5b",
        "whisper/tiny.en",
        "whisper/base",
    ]
    assert not any(entry.installed for entry in found)


def test_what_a_model_can_is_what_the_server_shows_and_not_what_it_lists(
    fake: FakeOllama, tmp_path: Path
) -> None:
    can = {entry.name: entry.can for entry in catalogue.entries(tmp_path, fake.host)}

    assert can["ollama/qwen:latest"] == ("chat",)
    assert can["ollama/think:latest"] == ("chat", "think")
    assert can["ollama/minilm:latest"] == ("embed",)


def test_a_model_at_ollama_com_can_do_nothing_here(fake: FakeOllama, tmp_path: Path) -> None:
    fake.models = (FakeModel("gpt-oss:120b-cloud"),)

    entry = catalogue.entries(tmp_path, fake.host)[-1]

    assert entry.can == ()
    assert "not used" in entry.note


@pytest.mark.parametrize("name", ["ollama/qwen", "ollama/qwen:latest", "ollama/Qwen"])
def test_a_model_is_found_with_or_without_its_tag(
    fake: FakeOllama, tmp_path: Path, name: str
) -> None:
    assert catalogue.find(name, tmp_path, fake.host).name == "ollama/qwen:latest"


@pytest.mark.parametrize("name", ["ollama/nosuch", "embedded/nosuch", "nosuch"])
def test_a_name_that_is_none_is_an_error(fake: FakeOllama, tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelUnavailable, match="nosuch"):
        catalogue.find(name, tmp_path, fake.host)
