"""What an answer is worth: a verdict for each key point, with its evidence, and a score."""

from typing import Literal

from pydantic import Field

from interviewer.values.value import Value

VerdictName = Literal["covered", "partly", "missing", "wrong"]
Band = Literal["strong hire", "hire", "leaning no", "no"]


class Evidence(Value):
    """A span of the answer: characters `start` to `end` (exclusive), and what stands there."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    quote: str


class Verdict(Value):
    """What the answer did with one key point."""

    key_point: str
    verdict: VerdictName
    probability: float = Field(ge=0, le=1)
    """How sure the grader is that the point is covered."""
    evidence: Evidence | None = None
    labels: dict[str, float] = Field(default_factory=dict)
    """The model's probability of each label, as it came."""
    of_nothing: dict[str, float] = Field(default_factory=dict)
    """The same of an answer that makes no point: how the model leans."""
    of_everything: dict[str, float] = Field(default_factory=dict)
    """The same of an answer that makes all points: not asked any more, but transcripts have it."""


class Grade(Value):
    """Verdicts and the score that code computed from them."""

    status: Literal["graded"] = "graded"
    score: float = Field(ge=0, le=1)
    band: Band
    confidence: Literal["high", "low"]
    verdicts: tuple[Verdict, ...]
    marks: dict[str, float] = Field(default_factory=dict)
    """The model's probability of each mark, 0 to 5, for the answer as a whole."""
    model: str


class Ungraded(Value):
    """No grade, and why; never counted as a score."""

    status: Literal["ungraded"] = "ungraded"
    reason: str
    hint: str
