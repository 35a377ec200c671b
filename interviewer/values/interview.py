"""What is asked and what is answered."""

from typing import Literal

from interviewer.values.knowledge import KeyPoint, Level, Passage
from interviewer.values.value import Value


class Question(Value):
    """A question as it was asked, with the key points its answer is held to."""

    id: str
    topic: str
    section: str
    title: str
    kind: Literal["concept", "read_code"] = "concept"
    level: Level
    text: str
    code: Passage | None = None
    """The excerpt shown beside the question; never read out."""
    key_points: tuple[KeyPoint, ...]
    sources: tuple[Passage, ...] = ()
    origin: Literal["guide", "model"]


class Answer(Value):
    """What the candidate said, and how long it took them."""

    text: str
    seconds: float = 0.0
    given: Literal["typed", "piped", "spoken"] = "typed"
