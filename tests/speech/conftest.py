import os
from pathlib import Path

import pytest

from interviewer.speech.voice import DEFAULT, HibariVoice

NOWHERE = Path(os.devnull)
"""The default voice needs no folder."""


@pytest.fixture(scope="session")
def voice() -> HibariVoice:
    return HibariVoice.load(DEFAULT, NOWHERE)
