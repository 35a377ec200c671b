import importlib

import pytest

from interviewer.errors import SpeechError
from interviewer.speech.extra import needs_extra


def test_a_package_that_is_missing_is_named_with_what_to_install() -> None:
    with pytest.raises(SpeechError, match="'no_such_package'") as caught, needs_extra():
        importlib.import_module("no_such_package")

    assert "interviewer[voice]" in caught.value.hint


def test_other_failures_of_an_import_are_not_hidden() -> None:
    with pytest.raises(ImportError, match="broken inside"), needs_extra():
        raise ImportError("broken inside")
