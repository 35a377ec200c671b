"""What is asked and what is answered."""

from typing import Literal

from interviewer.values.knowledge import KeyPoint, Level, Passage, QuestionKind, Task
from interviewer.values.value import Value


class Question(Value):
    """A question as it was asked, with the key points its answer is held to."""

    id: str
    topic: str
    section: str
    title: str
    kind: QuestionKind = "concept"
    level: Level
    text: str
    code: Passage | None = None
    """The excerpt shown beside the question; never read out."""
    task: Task | None = None
    """What is to be written, if it is that kind of question."""
    key_points: tuple[KeyPoint, ...]
    sources: tuple[Passage, ...] = ()
    origin: Literal["guide", "model"]


class Answer(Value):
    """What the candidate said, and how long it took them."""

    text: str
    seconds: float = 0.0
    given: Literal["typed", "piped", "spoken"] = "typed"
    is_code: bool = False
    """Whether the text is code that answers a task."""
