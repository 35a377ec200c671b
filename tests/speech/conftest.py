import os
from pathlib import Path

import pytest

from interviewer.knowledge.guide import read_guides
from interviewer.models import embedded, whisper
from interviewer.paths import bundled, folders
from interviewer.speech.ear import Ear
from interviewer.speech.voice import DEFAULT, HibariVoice

NOWHERE = Path(os.devnull)
"""The default voice needs no folder."""


@pytest.fixture(scope="session")
def voice() -> HibariVoice:
    return HibariVoice.load(DEFAULT, NOWHERE)


@pytest.fixture(scope="session")
def ear() -> Ear:
    """Return the default recogniser with the vocabulary of the shipped guide."""
    weights = embedded.weights(whisper.MODELS[0], folders().models)
    if not weights.is_file():
        pytest.fail(f"fetch the model first: interviewer models pull {whisper.MODELS[0].name}")
    chapters = read_guides((bundled("corpus") / "guide",))
    return Ear.load(weights, [topic for chapter in chapters for topic in chapter.topics])
