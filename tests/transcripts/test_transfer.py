import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from interviewer.errors import TranscriptError
from interviewer.transcripts.lines import seal
from interviewer.transcripts.sessions import Session, read_session
from interviewer.transcripts.transfer import as_document, take_in, without_answers
from interviewer.values.coding import CaseResult, CodeRun
from interviewer.values.events import (
    EVENT,
    Answered,
    AnyEvent,
    ClosingAsked,
    CodeRan,
    Corrected,
    FeedbackGiven,
    FollowedUp,
    Graded,
    Hinted,
    NoteTaken,
    Overridden,
    QuestionAsked,
    SessionStarted,
)
from interviewer.values.grade import Evidence, Grade
from interviewer.values.interview import Answer
from tests.fakes.events import SESSIONS
from tests.fakes.exchange import verdict
from tests.fakes.interview import sample_question, say, session_head

NAME = session_head().session
GOLDEN = Path(__file__).parent.parent / "golden" / "session-1.jsonl"


def document(tmp_path: Path, *events: AnyEvent) -> Path:
    """Export a session into a file."""
    session = Session(id=NAME, path=tmp_path, events=events)
    file = tmp_path / "export.json"
    file.write_text(json.dumps(as_document(session)))
    return file


@given(SESSIONS)
@settings(max_examples=40, deadline=None)
def test_what_was_exported_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, events: list[AnyEvent]
) -> None:
    tmp_path = tmp_path_factory.mktemp("transfer")
    whole = (session_head(), *(e for e in events if not isinstance(e, SessionStarted)))

    session = take_in(document(tmp_path, *whole), tmp_path / "sessions")

    assert (session.id, session.events) == (NAME, whole)
    assert read_session(tmp_path / "sessions" / f"{NAME}.jsonl").events == whole


def test_a_transcript_is_taken_in_byte_for_byte(tmp_path: Path) -> None:
    session = take_in(GOLDEN, tmp_path)

    assert session.path == tmp_path / "20260714-091500-7e57.jsonl"
    assert session.path.read_bytes() == GOLDEN.read_bytes()
    assert session.path.stat().st_mode & 0o777 == 0o600


def test_an_export_of_an_old_session_comes_back_in_our_schema(tmp_path: Path) -> None:
    old = read_session(GOLDEN)
    file = document(tmp_path, *old.events)

    session = take_in(file, tmp_path / "sessions")

    assert read_session(session.path).faults == ()
    assert read_session(session.path).events[1:] == old.events[1:]


def test_a_session_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    file = document(tmp_path, session_head())
    there = tmp_path / "sessions" / f"{NAME}.jsonl"
    there.parent.mkdir()
    there.write_text("kept")

    with pytest.raises(TranscriptError, match="is there already") as caught:
        take_in(file, there.parent)

    assert f"sessions delete {NAME}" in caught.value.hint
    assert there.read_text() == "kept"
    assert list(there.parent.iterdir()) == [there]


def head(**change: object) -> bytes:
    return seal(session_head().model_copy(update=change)) + b"\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no session"),
        (b"hello\n", "line 1: no event"),
        (b"\xff\xfe", "line 1: cut off"),
        (b"[1, 2]", "not as it was written"),
        (b'{"session": 1}', "not as it was written"),
        (b'{"events": [[]]}', "line 1: no event"),
        (b'{"events": []}', "is no session"),
        # Named, as every process that runs tests must know a case by the same name.
        pytest.param(seal(Hinted(text="no head")) + b"\n", "is no session", id="no head"),
        (head() + head(), "is no session"),
        (head(session="../../etc/passwd"), "is no session"),
        (head(session=""), "is no session"),
        (head(schema_version=99), "schema 99"),
        (head() + seal(Hinted(text="x"))[:-5], "line 2: cut off"),
        (head().replace(b"in this test", b"in that test"), "line 1: changed"),
        (b"[" * 100_000, "not as it was written"),
    ],
)
def test_what_is_no_whole_session_is_refused_and_nothing_written(
    tmp_path: Path, content: bytes, message: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)

    with pytest.raises(TranscriptError, match=message) as caught:
        take_in(file, tmp_path / "sessions")

    assert caught.value.hint
    assert list(tmp_path.rglob("*.jsonl")) == []


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="No such file"):
        take_in(tmp_path / "gone", tmp_path)


def test_without_answers_nothing_is_left_of_what_the_candidate_said() -> None:
    own = "OWN WORDS"
    quoted = verdict("lazy", "covered", 0.9).model_copy(
        update={"evidence": Evidence(start=0, end=9, quote=own)}
    )
    grade = Grade(score=0.5, band="hire", confidence="low", verdicts=(quoted,), model="none")
    result = CaseResult(call="f()", expected="1", is_hidden=False, status="wrong", got=own)
    events: tuple[AnyEvent, ...] = (
        *(session_head(), QuestionAsked(number=1, question=sample_question())),
        *(Answered(answer=say(own)), Corrected(answer=say(own))),
        Answered(answer=Answer(text=own, given="spoken", raw=own)),
        FollowedUp(key_point="lazy", text=f"You said “{own}”. And then?"),
        FeedbackGiven(question="q-1", key_point="lazy", text=f"Go on from “{own}”."),
        CodeRan(run=CodeRun(results=(result,), fault=own, printed=own, walls=())),
        Graded(question="q-1", grade=grade),
        Overridden(question="q-1", key_point="lazy", before="partly", after="covered", why=own),
        ClosingAsked(text=own),
        NoteTaken(question="q-1", text=own),
    )

    silent = without_answers(events)

    assert [event.type for event in silent] == [event.type for event in events]
    assert own not in b"".join(map(EVENT.dump_json, silent)).decode()
    assert silent[:2] == events[:2]
