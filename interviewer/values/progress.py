"""How a candidate gets on: what all sessions together show, and what to practise next."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field, computed_field

from interviewer.values.value import Value


class Estimate(Value):
    """A mean and the interval that covers the true one 95 times of 100."""

    mean: float
    low: float | None = None
    """None where there is too little to tell."""
    high: float | None = None


class Memory(Value):
    """How long something stays at hand, as FSRS predicts it."""

    stability: float
    """Days until the chance that it is still there has fallen to 9 of 10."""
    last: AwareDatetime
    """When it was asked last."""


class TopicRecord(Value):
    """What the questions on one topic have shown."""

    section: str
    title: str
    times: int
    """How often it was asked."""
    level: float | None = None
    """Score, 0 to 1: the last one counts as much as all before it; None if none was given."""
    memory: Memory | None = None
    had: int = 0
    of: int = 0
    """How many of the key points of the last question that was graded were covered."""
    due: AwareDatetime | None = None


class TopicMastery(Value):
    """How one topic stands today."""

    topic: str
    title: str
    place: str = ""
    """Where the guide has it, `path:line`; empty for a topic that it does not have."""
    times: int = 0
    """How often it was asked."""
    level: float | None = None
    """Score, 0 to 1: the last one counts as much as all before it; None if none was given."""
    recall: float | None = None
    """The chance, 0 to 1, that it is still at hand today."""
    had: int = 0
    of: int = 0
    """How many of the key points of the last question that was graded were covered."""
    due: AwareDatetime | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def mastery(self) -> float | None:
        """Level times recall, 0 to 1: what an answer today can be expected to score."""
        return None if self.level is None or self.recall is None else self.level * self.recall


class SectionMastery(Value):
    """The topics of a section of the guide."""

    title: str
    topics: tuple[TopicMastery, ...]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def asked(self) -> int:
        """How many of its topics were asked."""
        return sum(topic.times > 0 for topic in self.topics)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def mastery(self) -> float | None:
        """The mean of the topics that have one; what was never asked is not known, and not 0."""
        known = [topic.mastery for topic in self.topics if topic.mastery is not None]
        return sum(known) / len(known) if known else None


class SessionScore(Value):
    """What one session was worth."""

    session: str
    at: AwareDatetime
    graded: int
    """Questions with a grade; the others count for nothing."""
    ungraded: int
    score: Estimate
    grader: str
    """Who graded it; several, joined by `+`."""


class Trend(Value):
    """Whether scores change from session to session, as far as one grader tells."""

    grader: str = ""
    sessions: int = 0
    """The last ones that this grader graded."""
    needed: int
    """With fewer there is nothing to tell."""
    slope: Estimate | None = None
    """Change of the score, 0 to 1, from one session to the next."""

    direction: Literal["up", "down", "unclear"] | None = None
    """Which way; unclear while the interval of the slope holds both; None with too few."""


class Moment(Value):
    """How the topics stood at the end of a session."""

    at: AwareDatetime
    mastery: float
    """Mean of those that had one."""
    topics: int
    """How many had one."""


class Rated(Value):
    """How often a rating of one's own met a band, both 1 (`no`) to 4 (`strong hire`)."""

    rating: int
    band: int
    times: int


class Calibration(Value):
    """How far the candidate's own ratings are from the grades."""

    needed: int
    questions: int = 0
    gap: Estimate | None = None
    """Bands by which ratings are above grades; None with too few."""
    pairs: tuple[Rated, ...] = ()


class SessionDelivery(Value):
    """How the answers of one session were given; no part of any score."""

    session: str
    at: AwareDatetime
    answers: int
    words: float
    """Of an answer, on average."""
    pace: float | None
    """Words a minute, from the question to the last key; None where all came from a pipe."""
    ways: tuple[str, ...]
    """`typed`, `piped`, `spoken`."""


class Streak(Value):
    """Days in a row with a session, in the time zone of the reader."""

    last: date | None = None
    """The last day that had one."""
    days: int = 0
    """How many in a row up to that."""
    longest: int = 0


class GraderShare(Value):
    """What one grader graded; graders differ in how strict they are."""

    grader: str
    questions: int
    mean: float


class Step(Value):
    """Something to practise next."""

    title: str
    reason: str
    command: str
    place: str
    """Where the guide has it, `path:line`."""


class Held(Value):
    """What all sessions show, whatever day it is."""

    sessions: int = 0
    """Those in which something was asked."""
    questions: int = 0
    graded: int = 0
    left_out: int = 0
    ungraded: int = 0
    """Answered, and no grade."""
    overridden: int = 0
    """Grades with verdicts of the candidate's own."""
    regrade: str = ""
    """The latest session with answers that have no grade."""
    scores: tuple[SessionScore, ...] = ()
    """Of the latest sessions that have one, the oldest first."""
    trend: Trend
    moments: tuple[Moment, ...] = ()
    calibration: Calibration
    delivery: tuple[SessionDelivery, ...] = ()
    streak: Streak = Streak()
    graders: tuple[GraderShare, ...] = ()


class Record(Held):
    """That, with each topic by its id: all there is to know of the sessions."""

    topics: dict[str, TopicRecord] = Field(default_factory=dict)


class Progress(Held):
    """That as it stands on a day, held against the guide, and what to do about it."""

    at: AwareDatetime
    sections: tuple[SectionMastery, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def due(self) -> tuple[TopicMastery, ...]:
        """The topics that have a date, the most urgent first."""
        dated = [
            (topic.due, topic) for section in self.sections for topic in section.topics if topic.due
        ]
        return tuple(topic for _, topic in sorted(dated, key=lambda pair: pair[0]))
