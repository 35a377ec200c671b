"""Embedding by Ollama, against a server on a real socket."""

import numpy as np
import pytest

from interviewer.errors import ModelError, ModelUnavailable
from interviewer.models.ollama import OllamaEmbedder
from interviewer.models.ollama.embedder import BATCH
from tests.fakes.ollama_server import FakeOllama, free_port


def test_each_text_becomes_a_row_of_length_one_in_batches() -> None:
    texts = [f"text {number}" for number in range(BATCH + 3)]
    with FakeOllama() as fake:
        embedder = OllamaEmbedder.connect("minilm", fake.host)

        vectors = embedder.embed(texts)

        again = embedder.embed(texts[-1:])
    asked = [body for path, body in fake.requests if path == "/api/embed"]
    assert vectors.shape == (BATCH + 3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors[-1], again[0])
    assert [len(body["input"]) for body in asked] == [BATCH, 3, 1]
    assert all(body["truncate"] is False for body in asked)


def test_its_name_tells_the_weights_apart_and_its_length_is_learnt() -> None:
    with FakeOllama() as fake:
        embedder = OllamaEmbedder.connect("minilm", fake.host)

        assert embedder.dimension == 384
        assert embedder.name.startswith("ollama/minilm:latest sha256:")
        assert embedder.embed([]).shape[0] == 0
        assert np.isfinite(embedder.embed(["", "\ud800"])).all()


def test_a_text_that_is_too_long_is_refused_and_not_cut() -> None:
    with FakeOllama() as fake:
        embedder = OllamaEmbedder.connect("minilm", fake.host)

        with pytest.raises(ModelError, match="exceeds the context length"):
            embedder.embed(["word " * 600])


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [("qwen", ModelError, "does not embed"), ("absent", ModelUnavailable, "no model 'absent'")],
)
def test_a_model_that_does_not_embed_is_refused_with_a_next_step(
    name: str, kind: type[ModelError], message: str
) -> None:
    with FakeOllama() as fake, pytest.raises(kind, match=message) as caught:
        OllamaEmbedder.connect(name, fake.host)

    assert caught.value.hint


def test_a_server_that_is_gone_is_an_error_with_its_remedy() -> None:
    embedder = OllamaEmbedder("minilm", "sha256:1", f"http://127.0.0.1:{free_port()}")

    with pytest.raises(ModelUnavailable) as caught:
        embedder.embed(["text"])

    assert "ollama serve" in caught.value.hint
