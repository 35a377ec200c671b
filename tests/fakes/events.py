"""Events that never happened: random ones of every kind, and random sessions of them."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from interviewer.values.coding import CaseResult, CodeRun
from interviewer.values.events import (
    Answered,
    AnswerShown,
    AnyEvent,
    ClosingAnswered,
    ClosingAsked,
    ClosingBegan,
    CodeRan,
    Corrected,
    FeedbackGiven,
    FollowedUp,
    Graded,
    Hinted,
    Noted,
    NoteTaken,
    Overridden,
    Paused,
    QuestionAsked,
    Renamed,
    Resumed,
    Reworded,
    Said,
    SelfRated,
    SessionEnded,
    SessionStarted,
    Skipped,
    Tagged,
)
from interviewer.values.grade import Evidence, Grade, Ungraded, Verdict
from interviewer.values.head import PlannedTopic, PromptStamp
from interviewer.values.interview import Answer, Question
from interviewer.values.knowledge import KeyPoint, Passage

TEXTS = st.text(max_size=30)
IDS = st.sampled_from(["q-1", "q-2", "q-3"])
SHARES = st.floats(0, 1)
MOMENTS = st.integers(1_800_000_000_000, 2_000_000_000_000).map(
    lambda ms: datetime.fromtimestamp(ms // 1000, UTC) + timedelta(milliseconds=ms % 1000)
)
POINTS = st.builds(KeyPoint, id=TEXTS, text=TEXTS, weight=st.integers(1, 3), followup=TEXTS)
PASSAGES = st.builds(
    Passage,
    id=TEXTS,
    path=TEXTS,
    first_line=st.integers(1, 9),
    last_line=st.integers(9, 99),
    kind=st.sampled_from(["guide", "code", "docs"]),
    symbol=TEXTS,
    header=TEXTS,
    text=TEXTS,
)
QUESTIONS = st.builds(
    Question,
    id=IDS,
    topic=TEXTS,
    section=TEXTS,
    title=TEXTS,
    kind=st.sampled_from(["concept", "read_code"]),
    level=st.sampled_from(["junior", "mid", "senior"]),
    text=TEXTS,
    code=st.none() | PASSAGES,
    key_points=st.lists(POINTS, max_size=2).map(tuple),
    sources=st.lists(PASSAGES, max_size=1).map(tuple),
    scores=st.lists(st.none() | st.floats(0, 2), max_size=1).map(tuple),
    origin=st.sampled_from(["guide", "model"]),
)
ANSWERS = st.builds(
    Answer,
    text=TEXTS,
    seconds=st.floats(0, 1e6),
    given=st.sampled_from(["typed", "piped", "spoken"]),
    is_code=st.booleans(),
)
RESULTS = st.builds(
    CaseResult,
    call=TEXTS,
    expected=TEXTS,
    is_hidden=st.booleans(),
    status=st.sampled_from(["passed", "wrong", "error", "timeout", "memory"]),
    got=TEXTS,
)
RUNS = st.builds(
    CodeRun,
    results=st.lists(RESULTS, max_size=2).map(tuple),
    fault=TEXTS,
    printed=TEXTS,
    walls=st.sampled_from([(), ("limits",), ("limits", "namespaces", "files")]),
)
VERDICT_NAMES = st.sampled_from(["covered", "partly", "missing", "wrong"])
VERDICTS = st.builds(
    Verdict,
    key_point=TEXTS,
    verdict=VERDICT_NAMES,
    probability=SHARES,
    evidence=st.none()
    | st.builds(Evidence, start=st.integers(0, 9), end=st.integers(9, 99), quote=TEXTS),
    labels=st.dictionaries(st.sampled_from(["yes", "no"]), SHARES),
)
GRADES = st.builds(
    Grade,
    score=SHARES,
    band=st.sampled_from(["strong hire", "hire", "leaning no", "no"]),
    confidence=st.sampled_from(["high", "low"]),
    verdicts=st.lists(VERDICTS, max_size=2).map(tuple),
    model=TEXTS,
) | st.builds(Ungraded, reason=TEXTS, hint=TEXTS)
STAMPS = st.builds(PromptStamp, name=TEXTS, version=st.integers(1, 9), sha256=TEXTS)
GAPS_MS = st.none() | st.integers(0, 10**6)

STARTS = st.builds(
    SessionStarted,
    at=MOMENTS,
    session=TEXTS,
    program=TEXTS,
    model=TEXTS,
    model_digest=TEXTS,
    where=TEXTS,
    mode=st.sampled_from(["practice", "real"]),
    level=st.sampled_from(["junior", "mid", "senior"]),
    questions=st.integers(1, 50),
    minutes=st.none() | st.integers(1, 240),
    seed=st.integers(0, 2**31),
    guide=st.lists(TEXTS, max_size=2).map(tuple),
    repo=st.lists(TEXTS, max_size=2).map(tuple),
    versions=st.dictionaries(TEXTS, TEXTS, max_size=2),
    model_options=st.dictionaries(TEXTS, st.integers(0, 9), max_size=2),
    corpus_digest=TEXTS,
    index_digest=TEXTS,
    prompts=st.lists(STAMPS, max_size=2).map(tuple),
    manner=st.sampled_from(["friendly", "neutral", "tough"]),
    plan=st.lists(
        st.builds(PlannedTopic, topic=TEXTS, reason=TEXTS, kinds=st.just(("concept",))), max_size=2
    ).map(tuple),
)
ASKED = st.builds(
    QuestionAsked,
    at=MOMENTS,
    number=st.integers(1, 50),
    question=QUESTIONS,
    reason=TEXTS,
    rejected=st.lists(TEXTS, max_size=2).map(tuple),
    gap_ms=GAPS_MS,
)
EVENTS: st.SearchStrategy[AnyEvent] = st.one_of(
    STARTS,
    ASKED,
    st.builds(Answered, at=MOMENTS, answer=ANSWERS),
    st.builds(Corrected, at=MOMENTS, answer=ANSWERS),
    st.builds(CodeRan, at=MOMENTS, run=RUNS),
    st.builds(Reworded, at=MOMENTS, text=TEXTS),
    st.builds(Said, at=MOMENTS, text=TEXTS),
    st.builds(ClosingBegan, at=MOMENTS, text=TEXTS),
    st.builds(ClosingAsked, at=MOMENTS, text=TEXTS),
    st.builds(
        ClosingAnswered, at=MOMENTS, text=TEXTS, sources=st.lists(PASSAGES, max_size=1).map(tuple)
    ),
    st.builds(Paused, at=MOMENTS, seconds=st.floats(0, 1e6)),
    st.builds(Resumed, at=MOMENTS, model=TEXTS),
    st.builds(Renamed, at=MOMENTS, name=TEXTS),
    st.builds(Tagged, at=MOMENTS, tags=st.lists(TEXTS, max_size=2).map(tuple)),
    st.builds(FollowedUp, at=MOMENTS, key_point=TEXTS, text=TEXTS, gap_ms=GAPS_MS),
    st.builds(Hinted, at=MOMENTS, text=TEXTS),
    st.builds(Skipped, at=MOMENTS),
    st.builds(
        Graded,
        at=MOMENTS,
        question=IDS,
        grade=GRADES,
        seconds=st.floats(0, 1e6),
        reason=TEXTS,
    ),
    st.builds(SelfRated, at=MOMENTS, question=IDS, rating=st.integers(1, 4)),
    st.builds(
        Overridden,
        at=MOMENTS,
        question=IDS,
        key_point=TEXTS,
        before=VERDICT_NAMES,
        after=VERDICT_NAMES,
        why=TEXTS,
    ),
    st.builds(FeedbackGiven, at=MOMENTS, question=IDS, key_point=TEXTS, text=TEXTS),
    st.builds(AnswerShown, at=MOMENTS, question=IDS, text=TEXTS),
    st.builds(NoteTaken, at=MOMENTS, question=IDS, text=TEXTS),
    st.builds(Noted, at=MOMENTS, text=TEXTS, hint=TEXTS),
    st.builds(
        SessionEnded,
        at=MOMENTS,
        reason=st.sampled_from(["complete", "candidate", "time", "interrupted"]),
    ),
)
SESSIONS = st.lists(EVENTS, max_size=12)
