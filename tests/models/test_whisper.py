import pytest

from interviewer.errors import ModelUnavailable
from interviewer.models import catalogue, whisper


def test_models_that_listen_are_found_with_and_without_their_prefix() -> None:
    assert (
        whisper.find("base") is whisper.find("whisper/base") is catalogue.in_process("whisper/base")
    )


def test_a_model_that_nobody_has_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(ModelUnavailable, match="whisper/huge") as caught:
        whisper.find("whisper/huge")

    assert "whisper/tiny.en, whisper/base" in caught.value.hint
