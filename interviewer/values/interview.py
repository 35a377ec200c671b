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
    scores: tuple[float | None, ...] = ()
    """What a search ranked each source by (`Hit.score`), None for one that nobody searched for;
    older transcripts have none."""
    origin: Literal["guide", "model"]


class Delivery(Value):
    """How an answer was spoken; beside the grade and never in it."""

    words: int
    """Without fillers."""
    speaking_s: float
    """From the first word to the last, pauses in it too."""
    first_word_s: float
    """From the end of the question, or the key that began the answer, to the first word."""
    pauses_s: tuple[float, ...] = ()
    """Silences of a second and more between words."""
    monologue_s: float
    """The longest stretch without such a silence."""
    fillers: int
    """A lower bound: recognisers leave fillers out."""


class Answer(Value):
    """What the candidate said, and how long it took them."""

    text: str
    """What counts: as it was typed, or as it was recognised and then put right."""
    seconds: float = 0.0
    given: Literal["typed", "piped", "spoken"] = "typed"
    is_code: bool = False
    """Whether the text is code that answers a task."""
    raw: str = ""
    """The recogniser's own words, if it was spoken."""
    delivery: Delivery | None = None
    """How it was spoken, if it was."""
