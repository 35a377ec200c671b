"""What the interviewer knows: passages of text, and the topics of a guide."""

from typing import Literal

from pydantic import Field

from interviewer.values.value import Value

Level = Literal["junior", "mid", "senior"]
LEVELS: tuple[Level, ...] = ("junior", "mid", "senior")
QuestionKind = Literal["concept", "read_code", "write_code"]
PassageKind = Literal["guide", "code", "docs"]


class Passage(Value):
    """A piece of a source text, with the lines it stands on (1-based, inclusive)."""

    id: str
    path: str
    first_line: int
    last_line: int
    kind: PassageKind
    symbol: str
    header: str
    text: str

    @property
    def location(self) -> str:
        """The place to read it: `path:line`."""
        return f"{self.path}:{self.first_line}"


class Hit(Value):
    """A passage that a search found, and why it stands where it does."""

    passage: Passage
    score: float
    """What it is ranked by: 1 if both ways find nothing better, more if the guide points there."""
    cosine: float
    """Likeness of its vector to the query's, -1 to 1."""
    bm25: float
    """What the words it shares with the query weigh, from 0 up."""


class KeyPoint(Value):
    """One claim that an answer can be checked against."""

    id: str
    text: str
    weight: int = Field(default=1, ge=1, le=3)
    covered: str = ""
    """What counts as having said it."""
    wrong: str = ""
    """What somebody says who has it wrong."""
    followup: str = ""
    """A question that leads to the point without giving it away."""
    passages: tuple[str, ...] = ()
    """Ids of the passages that support it."""
    line: int = 0
    """Where the guide has it; 0 if it was drafted."""


class PreparedQuestion(Value):
    """A question that the guide brings along."""

    level: Level
    text: str
    key_points: tuple[str, ...]
    """Ids of key points of the same topic."""
    code: str = ""
    """`path::symbol` of the repository to show beside the question, or empty."""
    line: int


class Task(Value):
    """A coding task: what is said, what is shown, and the cases that decide."""

    title: str
    level: Literal["easy", "medium"]
    complexity: str
    statement: str
    signature: str
    examples: tuple[str, ...]
    hidden_cases: tuple[str, ...]
    solution: str
    followups: tuple[str, ...]
    line: int


class Topic(Value):
    """A heading or bullet of the guide: what may be asked about."""

    id: str
    section: str
    title: str
    path: str
    line: int
    notes: str = ""
    note_lines: tuple[int, int] | None = None
    """First and last line of the notes, where there are any."""
    mistakes: tuple[str, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    questions: tuple[PreparedQuestion, ...] = ()
    tasks: tuple[Task, ...] = ()
    path_hints: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    """Ids of the passages made of its notes."""
