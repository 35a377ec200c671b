"""Transcripts of earlier schemas: the files are never edited, and read as they were for ever."""

import hashlib
import json
from pathlib import Path

import pytest

from interviewer.conversation.state import replay
from interviewer.transcripts.sessions import name_of, parse_session, read_session, tags_of
from interviewer.values.events import EVENT
from interviewer.values.grade import Grade, Ungraded

GOLDEN = Path(__file__).parent.parent / "golden"
FIRST = GOLDEN / "session-1.jsonl"
DISPUTED = GOLDEN / "session-1-disputed.jsonl"
NOTED = GOLDEN / "session-1-noted.jsonl"
SECOND = GOLDEN / "session-2.jsonl"
SHA256 = {
    "session-1.jsonl": "4275fca38a88a00758ff5c0fc7e1ae8e142b23c83a48554e4c392a0de17abd8d",
    "session-1-disputed.jsonl": "75a6d431a0fb4354578ca59d3b1339d20662ac72f3bdf27435084815a067270f",
    "session-1-noted.jsonl": "f9229619188241294ec55809bf556928fb268f07b677dafe15b5de7459124145",
    "session-2.jsonl": "b3360bea549b84525b8f8408cb8cfd2c2d7b501a95163ca80b6351552cc1ca17",
}

PATHS = {"guide": ["guide"], "repo": []}
"""What the heads of schema 1 have as texts: `"guide"` and `""`."""


@pytest.mark.parametrize("name", sorted(SHA256))
def test_a_golden_transcript_is_never_edited(name: str) -> None:
    assert hashlib.sha256((GOLDEN / name).read_bytes()).hexdigest() == SHA256[name]


@pytest.mark.parametrize("name", sorted(SHA256))
def test_every_line_is_an_event_that_says_what_the_line_says(name: str) -> None:
    lines = (GOLDEN / name).read_bytes().splitlines()

    session = read_session(GOLDEN / name)

    assert session.unreadable == ()
    for line, event in zip(lines, session.events, strict=True):
        written = json.loads(line)
        written.pop("crc32", None)
        if written.get("schema_version") == 1:
            written |= PATHS
        assert_kept(written, json.loads(EVENT.dump_json(event)))


def assert_kept(written: object, read: object) -> None:
    """Check that all that was written is there; later versions may know more besides."""
    if isinstance(written, dict):
        assert isinstance(read, dict)
        for key, value in written.items():
            assert_kept(value, read[key])
    elif isinstance(written, list):
        assert isinstance(read, list)
        assert len(read) == len(written)
        for one, other in zip(written, read, strict=True):
            assert_kept(one, other)
    else:
        assert read == written


def test_the_first_schema_keeps_its_order_of_events() -> None:
    kinds = [event.type for event in read_session(FIRST).events]

    assert kinds == [
        "session_started",
        *("question_asked", "answered", "followed_up", "answered", "graded"),
        *("question_asked", "hinted", "answered", "graded"),
        *("question_asked", "answered", "graded"),
        *("question_asked", "hinted", "hinted", "hinted", "noted", "skipped"),
        "session_ended",
    ]


def test_the_first_schema_keeps_what_was_asked_answered_and_graded() -> None:
    state = replay(read_session(FIRST).events)

    assert state.started is not None
    assert (state.started.session, state.started.seed) == ("20260714-091500-7e57", 3)
    assert len(state.started.prompts) == 6
    assert state.ended == "complete"
    first, second, third, last = state.exchanges
    assert first.question.code is not None
    assert first.question.code.location == "app/rows.py:6"
    assert isinstance(first.grade, Grade)
    evidence = first.grade.verdicts[0].evidence
    assert evidence is not None
    assert first.text[evidence.start : evidence.end] == evidence.quote
    assert second.grade == Ungraded(
        reason="The model server stopped.", hint="Start it again, then regrade."
    )
    assert third.answers[0].given == "spoken"
    assert third.answers[0].text == "I'm not sure, sorry 🙂."
    assert (last.skipped, last.grade, len(last.hints)) == (True, None, 3)


def test_what_the_candidate_said_of_a_grade_is_kept_beside_all_grades() -> None:
    state = replay(read_session(DISPUTED).events)

    first, second = state.exchanges
    assert first.self_rating == 3
    assert first.feedback is not None
    assert first.feedback.key_point == "lazy"
    assert [grade.status for grade in first.earlier] == ["graded"]
    assert isinstance(first.grade, Grade)
    assert (first.grade.model, first.grade.verdicts[0].verdict) == ("scripted/test", "wrong")
    assert isinstance(first.in_force, Grade)
    assert first.in_force.verdicts[0].verdict == "partly"
    assert first.overrides[0].why == "I meant “lazy”, naïvely."
    assert second.skipped
    assert second.model_answer.startswith("A decorator")


def test_what_the_candidate_noted_is_kept_beside_its_question() -> None:
    state = replay(read_session(NOTED).events)

    notes = [[note.text for note in exchange.notes] for exchange in state.exchanges]
    assert notes == [["Read “lazy” again, naïvely.", "Read."], ["Never skip this one."]]


def test_the_second_schema_keeps_how_a_session_was_held() -> None:
    head = replay(read_session(SECOND).events).started

    assert head is not None
    assert head.guide == ("my notes, 2026", "guide")
    assert head.versions == {"python": "3.11.7", "fsrs": "6.3.2"}
    assert head.model_options == {"context_tokens": 4096, "threads": 2}
    assert (head.corpus_digest, head.index_digest) == ("sha256:2", "sha256:3")


def test_the_second_schema_keeps_names_tags_and_what_was_said() -> None:
    session = read_session(SECOND)
    first, second = replay(session.events).exchanges

    assert (name_of(session.events), tags_of(session.events)) == (
        "Tuesday", ("nervous", "generators"),
    )  # fmt: skip
    assert first.text == "Naïve, but lazy: “späť” 🙂.\n\nI don't know."
    assert isinstance(first.grade, Grade)
    evidence = first.grade.verdicts[0].evidence
    assert evidence is not None
    assert first.text[evidence.start : evidence.end] == evidence.quote == "lazy"
    assert first.overrides[0].after == "partly"
    assert second.skipped


def test_a_changed_letter_in_the_second_schema_is_seen() -> None:
    content = SECOND.read_bytes()

    session = parse_session(content.replace(b"but lazy", b"but hazy"), SECOND)

    assert session.unreadable == (4,)
    assert len(session.events) == content.count(b"\n") - 1
