"""What is llama.cpp's own: files that do not load, prompts that do not fit, stopping at once."""

import time
from pathlib import Path

import pytest

from interviewer.errors import ModelError, ModelInterrupted, ModelUnavailable
from interviewer.models.chat import Message
from interviewer.models.llamacpp import LlamaCppModel
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


@pytest.mark.model
def test_a_prompt_that_does_not_fit_is_refused_and_not_cut() -> None:
    model = small_model()
    long = [Message(role="user", content="word " * (model.context_tokens + 100))]

    with pytest.raises(ModelError, match="tokens"):
        list(model.stream(long, max_tokens=5))


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
