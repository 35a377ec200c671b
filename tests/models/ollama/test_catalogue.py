"""What is on an Ollama server's disk."""

from collections.abc import Iterator

import pytest

from interviewer.errors import DownloadError, ModelUnavailable
from interviewer.models.ollama.catalogue import list_chat_models, list_models, pull, remove
from tests.fakes.ollama_server import FakeOllama, free_port
from tests.fakes.ollama_wire import FakeModel


@pytest.fixture
def fake() -> Iterator[FakeOllama]:
    with FakeOllama() as server:
        yield server


def test_models_are_described_as_the_server_knows_them(fake: FakeOllama) -> None:
    model = list_models(fake.host)[0]

    assert model.name == "smol-tmpl:latest"
    assert model.digest == f"sha256:{FakeModel().digest}"
    assert model.size_bytes == 98363166
    assert (model.family, model.quantisation, model.parameters) == ("llama", "Q4_1", "134.52M")
    assert model.licence == "apache-2.0"
    assert model.capabilities == {"completion"}
    assert model.context_tokens == 8192


def test_models_that_only_embed_do_not_chat_whatever_the_list_says(fake: FakeOllama) -> None:
    names = [model.name for model in list_chat_models(fake.host)]

    assert names == ["smol-tmpl:latest", "qwen:latest", "think:latest"]


def test_models_at_ollama_com_are_not_offered(fake: FakeOllama) -> None:
    fake.models = (FakeModel(), FakeModel("gpt-oss:120b-cloud"))

    assert [model.name for model in list_chat_models(fake.host)] == ["smol-tmpl:latest"]


def test_a_model_whose_files_are_damaged_hides_no_other(fake: FakeOllama) -> None:
    fake.models = (FakeModel("damaged", broken=True), FakeModel())

    assert [model.name for model in list_models(fake.host)] == ["smol-tmpl:latest"]


def test_a_server_from_before_abilities_were_stated_is_understood(fake: FakeOllama) -> None:
    fake.models = (FakeModel("old", ()), FakeModel("old-embed", (), family="bert"))

    assert [model.name for model in list_chat_models(fake.host)] == ["old:latest"]


def test_a_server_without_models_has_an_empty_list(fake: FakeOllama) -> None:
    fake.models = ()

    assert list_chat_models(fake.host) == []


def test_a_list_from_nobody_is_an_error() -> None:
    with pytest.raises(ModelUnavailable):
        list_chat_models(f"http://127.0.0.1:{free_port()}")


def test_a_pull_tells_how_far_it_is(fake: FakeOllama) -> None:
    steps = list(pull(fake.host, "smol-tmpl"))

    assert steps[0].status == "pulling manifest"
    assert (steps[1].completed_bytes, steps[1].total_bytes) == (2097152, 98362432)
    assert (steps[3].completed_bytes, steps[3].total_bytes) == (0, 508)
    assert steps[-1].status == "success"


def test_a_pull_that_fails_in_its_last_line_is_an_error(fake: FakeOllama) -> None:
    with pytest.raises(DownloadError, match="file does not exist") as caught:
        list(pull(fake.host, "absent"))

    assert "`interviewer models pull ollama/absent`" in caught.value.hint


def test_a_pull_that_ends_without_success_is_an_error(fake: FakeOllama) -> None:
    with pytest.raises(DownloadError, match="ended without saying") as caught:
        list(pull(fake.host, "half"))

    assert "repeat" in caught.value.hint


def test_a_pull_from_nobody_is_an_error() -> None:
    with pytest.raises(ModelUnavailable):
        list(pull(f"http://127.0.0.1:{free_port()}", "smol-tmpl"))


def test_a_removed_model_is_gone(fake: FakeOllama) -> None:
    remove(fake.host, "qwen")

    assert "qwen:latest" not in [model.name for model in list_models(fake.host)]


def test_a_model_that_is_not_there_cannot_be_removed(fake: FakeOllama) -> None:
    with pytest.raises(ModelUnavailable, match="no model 'nosuch'"):
        remove(fake.host, "nosuch")
