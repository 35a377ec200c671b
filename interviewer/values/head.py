"""What the head of a transcript is made of."""

from interviewer.values.knowledge import QuestionKind
from interviewer.values.value import Value


class PromptStamp(Value):
    """Which prompt text was used."""

    name: str
    version: int
    sha256: str


class PlannedTopic(Value):
    """A topic that a session is to ask about, in its order."""

    topic: str
    reason: str
    kinds: tuple[QuestionKind, ...]
