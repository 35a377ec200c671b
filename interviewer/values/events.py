"""What happens in a session, one event at a time; a session is the list of its events."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, TypeAdapter, field_serializer

from interviewer.values.coding import CodeRun
from interviewer.values.grade import Grade, Ungraded, VerdictName
from interviewer.values.head import PlannedTopic, PromptStamp
from interviewer.values.interview import Answer, Question
from interviewer.values.knowledge import Level, Passage
from interviewer.values.value import Value

SCHEMA = 2
"""1 had no checksums, and paths joined by commas in the head (transcripts/lines.py upgrades it)."""
Manner = Literal["friendly", "neutral", "tough"]


def now() -> datetime:
    """Return the time in UTC, to the millisecond, as events carry it."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


FollowUpKind = Literal["open", "example", "easier", "challenge", "deeper"]


class Event(Value):
    """Anything that happens, with its time."""

    at: AwareDatetime = Field(default_factory=now)

    @field_serializer("at")
    def _milliseconds(self, value: datetime) -> str:
        text = value.astimezone(UTC).isoformat(timespec="milliseconds")
        return text.replace("+00:00", "Z")


class SessionStarted(Event):
    """The head of a transcript: everything needed to know how the session was held."""

    type: Literal["session_started"] = "session_started"
    schema_version: int = SCHEMA
    session: str
    program: str
    model: str
    model_digest: str
    where: str
    mode: Literal["practice", "real"]
    level: Level
    questions: int
    minutes: int | None = None
    by_clock: bool = False
    """Whether it goes on until the minutes are over: more questions are planned than will come."""
    seed: int
    guide: tuple[str, ...]
    repo: tuple[str, ...]
    prompts: tuple[PromptStamp, ...] = ()
    manner: Manner = "neutral"
    plan: tuple[PlannedTopic, ...] = ()
    """What is to be asked, so that a session can go on; older transcripts have none."""
    versions: dict[str, str] = Field(default_factory=dict)
    """Of Python, and of the packages that can make another session differ."""
    model_options: dict[str, int] = Field(default_factory=dict)
    corpus_digest: str = ""
    """`sha256:` of all that can be asked about: topics with their notes, and code."""
    index_digest: str = ""
    """`sha256:` of what was embedded, and with what."""


class QuestionAsked(Event):
    """A question was put on the screen."""

    type: Literal["question_asked"] = "question_asked"
    number: int
    question: Question
    reason: str = ""
    """Why this topic came up."""
    lead: str = ""
    """What the interviewer said before it, to turn to something else."""
    rejected: tuple[str, ...] = ()
    """Why generated questions were thrown away before this one."""
    gap_ms: int | None = None
    """From the candidate's last Enter to the first word of this; None for the first question."""
    ready: bool | None = None
    """Whether it had been prepared by then; None if nobody set out to."""


class Answered(Event):
    """The candidate answered the question or the follow-up before."""

    type: Literal["answered"] = "answered"
    answer: Answer


class Corrected(Event):
    """The candidate put another text in the place of the answer before; both are kept."""

    type: Literal["corrected"] = "corrected"
    answer: Answer


class CodeRan(Event):
    """The code that was answered last ran against the cases of its task."""

    type: Literal["code_run"] = "code_run"
    run: CodeRun


class FollowedUp(Event):
    """The interviewer asked on."""

    type: Literal["followed_up"] = "followed_up"
    key_point: str
    """What it was about; empty if it was about no key point."""
    text: str
    lead: str = ""
    """The words of `text` that lead over to what is asked; nobody says them twice."""
    kind: FollowUpKind = "open"
    """What called for it: an open point, a vague answer, none, a wrong one, a complete one."""
    gap_ms: int | None = None


class Hinted(Event):
    """The candidate asked for a hint and got this."""

    type: Literal["hinted"] = "hinted"
    text: str


class Reworded(Event):
    """The candidate asked for an easier wording of the question and got this."""

    type: Literal["reworded"] = "reworded"
    text: str


class Skipped(Event):
    """The candidate left the question unanswered on purpose."""

    type: Literal["skipped"] = "skipped"


class Graded(Event):
    """A question got its grade, or the reason why there is none."""

    type: Literal["graded"] = "graded"
    question: str
    grade: Annotated[Grade | Ungraded, Field(discriminator="status")]
    seconds: float = 0.0
    """Wall time that grading took."""
    reason: str = ""
    """Why it was graded again; empty the first time."""
    ready: bool | None = None
    """Whether nobody had to wait for it; None if it was not made during the session."""


class SelfRated(Event):
    """The candidate said how good the answer was, before seeing its grade."""

    type: Literal["self_rated"] = "self_rated"
    question: str
    rating: int = Field(ge=1, le=4)
    """1 to 4: the four bands, `no` to `strong hire`."""


class Overridden(Event):
    """The candidate disputed a verdict; the grade stays beside it."""

    type: Literal["overridden"] = "overridden"
    question: str
    key_point: str
    before: VerdictName
    after: VerdictName
    why: str


class FeedbackGiven(Event):
    """The model wrote how to say better what was missing, and the sentence passed its checks."""

    type: Literal["feedback"] = "feedback"
    question: str
    key_point: str
    text: str


class AnswerShown(Event):
    """The candidate asked for a model answer and got this."""

    type: Literal["answer_shown"] = "answer_shown"
    question: str
    text: str


class Noted(Event):
    """Something the candidate should know of: a model that failed, a grade that must wait."""

    type: Literal["noted"] = "noted"
    text: str
    hint: str = ""


class Said(Event):
    """The interviewer said something that is no question of its own, such as the opening."""

    type: Literal["said"] = "said"
    text: str


class ClosingBegan(Event):
    """The interviewer asked whether the candidate has questions."""

    type: Literal["closing_began"] = "closing_began"
    text: str


class ClosingAsked(Event):
    """The candidate asked the interviewer something."""

    type: Literal["closing_asked"] = "closing_asked"
    text: str


class ClosingAnswered(Event):
    """A part of the answer; the first one brings the passages that all of it comes from."""

    type: Literal["closing_answered"] = "closing_answered"
    text: str
    sources: tuple[Passage, ...] = ()


class Paused(Event):
    """The candidate came back from a pause, which counts for no time."""

    type: Literal["paused"] = "paused"
    seconds: float = Field(ge=0)


class Resumed(Event):
    """A session that was broken off goes on."""

    type: Literal["resumed"] = "resumed"
    model: str = ""
    """The model that it goes on with."""


class NoteTaken(Event):
    """The candidate wrote something of their own beside a question."""

    type: Literal["note_taken"] = "note_taken"
    question: str
    text: str


class Renamed(Event):
    """The session got a name, or lost it."""

    type: Literal["renamed"] = "renamed"
    name: str


class Tagged(Event):
    """The session has these tags from now on."""

    type: Literal["tagged"] = "tagged"
    tags: tuple[str, ...]


class SessionEnded(Event):
    """The last event of a session that ended in order, unless it is resumed."""

    type: Literal["session_ended"] = "session_ended"
    reason: Literal["complete", "candidate", "time", "interrupted"]


AnyEvent = Annotated[
    SessionStarted | QuestionAsked | Answered | Corrected | CodeRan | FollowedUp | Hinted
    | Reworded | Skipped | Graded | SelfRated | Overridden | FeedbackGiven | AnswerShown | Noted
    | Said | ClosingBegan | ClosingAsked | ClosingAnswered | Paused | Resumed | Renamed | Tagged
    | SessionEnded | NoteTaken,
    Field(discriminator="type"),
]  # fmt: skip

EVENT: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent)
