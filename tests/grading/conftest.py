"""A question with three key points, and what makes grading quick to test."""

import pytest

from interviewer.values.interview import Question
from interviewer.values.knowledge import KeyPoint
from tests.fakes.embedder import FakeEmbedder


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def question() -> Question:
    points = (
        KeyPoint(
            id="exit-always", weight=3, text="The clean-up step runs however the block ends.",
            covered="says an exception or a return still cleans up",
            wrong="clean-up is skipped when something fails",
            followup="Suppose the third line fails, what happens then?",
        ),
        KeyPoint(id="enter-value", weight=2, text="The name after as holds what enter returns."),
        KeyPoint(id="no-finally", weight=1, text="It replaces a try with finally."),
    )  # fmt: skip
    return Question(
        id="q-1", topic="context-managers", section="Fundamentals", title="Context managers",
        level="mid", text="What does a with statement promise you?", key_points=points,
        origin="guide",
    )  # fmt: skip
