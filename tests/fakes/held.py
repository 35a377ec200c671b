"""A session with something of every kind in it, as it is read from a transcript."""

from datetime import UTC, datetime, timedelta

from interviewer.values.coding import CaseResult, CodeRun
from interviewer.values.events import (
    Answered,
    AnswerShown,
    AnyEvent,
    ClosingAnswered,
    ClosingAsked,
    ClosingBegan,
    CodeRan,
    FeedbackGiven,
    FollowedUp,
    Graded,
    Hinted,
    Noted,
    NoteTaken,
    Overridden,
    QuestionAsked,
    Reworded,
    Said,
    SelfRated,
    SessionEnded,
    Skipped,
)
from interviewer.values.grade import Evidence, Grade, Verdict
from interviewer.values.interview import Answer
from interviewer.values.knowledge import Passage
from tests.fakes.exchange import UNGRADED
from tests.fakes.interview import (
    LAZY,
    MEMORY,
    NOTES,
    sample_question,
    say,
    session_head,
    task_question,
)

BEGAN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FIRST = "It makes each value only when somebody asks for it."
SECOND = "A second loop starts again from the beginning."
CODE = Passage(
    id="sha256:2",
    path="app/rows.py",
    first_line=6,
    last_line=8,
    kind="code",
    symbol="numbered",
    header="app/rows.py › numbered",
    text="def numbered(rows):\n    for pair in enumerate(rows, 1):\n        yield pair",
)
GRADE = Grade(
    score=0.6,
    band="hire",
    confidence="low",
    verdicts=(
        Verdict(
            key_point="lazy",
            verdict="covered",
            probability=0.9,
            evidence=Evidence(start=9, end=len(FIRST), quote=FIRST[9:]),
        ),
        Verdict(key_point="memory", verdict="missing", probability=0.1),
        Verdict(
            key_point="once",
            verdict="wrong",
            probability=0.1,
            evidence=Evidence(start=len(FIRST) + 2, end=len(FIRST) + 2 + len(SECOND), quote=SECOND),
        ),
    ),
    model="scripted/test",
)
RUN = CodeRun(
    results=(
        CaseResult(call="double(4)", expected="8", is_hidden=False, status="wrong", got="16"),
        CaseResult(call="double(0)", expected="0", is_hidden=True, status="passed"),
        CaseResult(call="double(2)", expected="4", is_hidden=True, status="error", got="Oops"),
    ),
    printed="here",
)


def held_session() -> list[AnyEvent]:
    """Return its events: graded and overridden, a task, not graded, skipped, and a closing."""
    read = sample_question(1).model_copy(update={"kind": "read_code", "code": CODE})
    unsure, skipped = sample_question(3), sample_question(4, (LAZY, MEMORY))
    told: list[AnyEvent] = [
        session_head(questions=4),
        Said(text="Welcome."),
        QuestionAsked(number=1, question=read, reason="Features: new to you."),
        Hinted(text="Think of the loop."),
        Reworded(text="What is lazy here?"),
        Answered(answer=say(FIRST)),
        FollowedUp(key_point="once", text="And a second loop?", gap_ms=40),
        Answered(answer=say(SECOND)),
        SelfRated(question="q-1", rating=4),
        Graded(question="q-1", grade=GRADE),
        FeedbackGiven(question="q-1", key_point="memory", text="Say that it holds one value."),
        Overridden(
            question="q-1", key_point="once", before="wrong", after="missing", why="Not quite."
        ),
        NoteTaken(question="q-1", text="Look at itertools.tee."),
        QuestionAsked(number=2, question=task_question(2), gap_ms=2500),
        Answered(answer=Answer(text="def double(n):\n    return n ** 2", is_code=True)),
        CodeRan(run=RUN),
        AnswerShown(question="q-2", text="def double(n): return 2 * n"),
        QuestionAsked(number=3, question=unsure, gap_ms=15),
        Answered(answer=say("I once used one.")),
        Noted(text="The model is away.", hint="Start it again."),
        Graded(question="q-3", grade=UNGRADED),
        QuestionAsked(number=4, question=skipped, gap_ms=20),
        Skipped(),
        ClosingBegan(text="Any questions?"),
        ClosingAsked(text="How do you deploy?"),
        ClosingAnswered(text="From the main branch.", sources=(NOTES,)),
        SessionEnded(reason="complete"),
    ]
    return [
        event.model_copy(update={"at": BEGAN + timedelta(seconds=20 * number)})
        for number, event in enumerate(told)
    ]
