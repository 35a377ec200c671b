import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.errors import TranscriptError, UsageError
from interviewer.transcripts.log import SessionLog
from interviewer.transcripts.sessions import (
    AUDIO,
    check_free,
    find_session,
    new_id,
    read_session,
    session_ids,
    session_to_resume,
    sessions_with,
    throw_away,
    verify_session,
)
from interviewer.values.events import (
    EVENT,
    SCHEMA,
    AnyEvent,
    Hinted,
    QuestionAsked,
    Renamed,
    Resumed,
    SessionEnded,
)
from tests.fakes.interview import sample_question, session_head

EVENTS: tuple[AnyEvent, ...] = (
    session_head(),
    QuestionAsked(number=1, question=sample_question()),
    Hinted(text="naïve “Ж”"),
    SessionEnded(reason="complete"),
)


def write(path: Path, *events: AnyEvent) -> Path:
    with SessionLog(path) as log:
        for event in events:
            log.write(event)
    return path


def head_of_schema(version: int, **more: object) -> str:
    head = json.loads(EVENT.dump_json(session_head())) | {"schema_version": version, **more}
    return json.dumps(head) + "\n"


def test_a_session_is_read_with_its_id_and_its_events(tmp_path: Path) -> None:
    path = write(tmp_path / "20260102-030405-abcd.jsonl", *EVENTS)

    session = read_session(path)

    assert session.id == "20260102-030405-abcd"
    assert session.path == path
    assert session.events == EVENTS
    assert session.unreadable == ()


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_transcript_cut_off_anywhere_keeps_all_whole_lines(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = write(tmp_path_factory.mktemp("torn") / "a.jsonl", *EVENTS)
    content = path.read_bytes()
    length = data.draw(st.integers(0, len(content)))
    path.write_bytes(content[:length])

    session = read_session(path)

    whole = content[:length].count(b"\n")
    rest = content[:length].rpartition(b"\n")[2]
    is_complete = content[length : length + 1] == b"\n"
    assert session.events == EVENTS[: whole + bool(rest and is_complete)]
    assert session.unreadable == ((whole + 1,) if rest and not is_complete else ())


@pytest.mark.parametrize(
    "line",
    [
        b'{"at":"2026-01-02T03:04:05Z","type":"hinted","te',
        b"not JSON",
        b"\xff\xfe\x00",
        b"[1, 2]",
        b'{"type":"juggled","at":"2026-01-02T03:04:05Z"}',
        b'{"type":"hinted","at":"2026-01-02T03:04:05Z","text":"x","tone":"kind"}',
        b'{"type":"hinted","at":"2026-01-02T03:04:05","text":"no zone"}',
        b'{"type":"session_started","schema_version":1}',
        b'{"schema_version":"2"}',
    ],
)
def test_a_line_without_an_event_is_set_aside_by_number(tmp_path: Path, line: bytes) -> None:
    path = write(tmp_path / "a.jsonl", *EVENTS[:2])
    with path.open("ab") as file:
        file.write(line + b"\n\n" + EVENT.dump_json(EVENTS[3]) + b"\n")

    session = read_session(path)

    assert session.events == (*EVENTS[:2], EVENTS[3])
    assert session.unreadable == (3,)


@pytest.mark.parametrize(
    "head",
    [head_of_schema(SCHEMA + 1), head_of_schema(SCHEMA + 1, mood="calm"), head_of_schema(99)],
    ids=["same fields", "a new field", "far ahead"],
)
def test_a_transcript_of_a_newer_version_is_refused(tmp_path: Path, head: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(head)

    with pytest.raises(TranscriptError, match="this version reads up to 2") as caught:
        read_session(path)

    assert caught.value.hint == "Update interviewer to read it: 'interviewer 0.1.0' wrote it."


def test_a_transcript_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError) as caught:
        read_session(tmp_path / "gone.jsonl")

    assert "No such file" in str(caught.value)
    assert caught.value.hint


def test_an_empty_transcript_is_a_session_without_events(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl")

    assert read_session(path).events == ()


@given(st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1)), max_size=5))  # noqa: DTZ001
@settings(max_examples=30, deadline=None)
def test_ids_sort_by_time(moments: list[datetime]) -> None:
    ids = [new_id(moment) for moment in sorted(moments)]

    assert [name[:15] for name in ids] == sorted(name[:15] for name in ids)


def test_an_id_names_its_second_and_differs_from_the_next() -> None:
    moment = datetime(2026, 11, 23, 14, 15, 2, tzinfo=UTC)

    ids = {new_id(moment) for _ in range(20)}

    assert len(ids) > 1
    assert all(name.startswith("20261123-141502-") and len(name) == 20 for name in ids)


def test_sessions_are_listed_from_the_oldest_and_nothing_else_is(tmp_path: Path) -> None:
    for name in ("20260301-000000-aaaa", "20260101-000000-bbbb"):
        write(tmp_path / f"{name}.jsonl")
    (tmp_path / "notes.txt").write_text("mine")

    assert session_ids(tmp_path) == ["20260101-000000-bbbb", "20260301-000000-aaaa"]
    assert session_ids(tmp_path / "gone") == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (None, "20260301-000000-aaab"),
        ("last", "20260301-000000-aaab"),
        ("20260101", "20260101-000000-bbbb"),
        ("20260301-000000-aaab", "20260301-000000-aaab"),
        ("20260301-000000-aaa", "20260301-000000-aaa"),
    ],
    ids=["the latest", "the last", "a beginning", "the whole", "the whole that begins another"],
)
def test_a_session_is_found_by_its_id_or_beginning(
    tmp_path: Path, wanted: str | None, found: str
) -> None:
    for name in ("20260101-000000-bbbb", "20260301-000000-aaa", "20260301-000000-aaab"):
        write(tmp_path / f"{name}.jsonl")

    assert find_session(tmp_path, wanted) == tmp_path / f"{found}.jsonl"


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("2026", "2 sessions begin with '2026'."),
        ("1999", "No sessions begin with '1999'."),
        ("../etc/passwd", "No sessions begin with '../etc/passwd'."),
    ],
)
def test_a_session_that_is_not_clear_is_an_error_with_the_latest_ids(
    tmp_path: Path, wanted: str, message: str
) -> None:
    names = ("20260101-000000-bbbb", "20260301-000000-aaaa")
    for name in names:
        write(tmp_path / f"{name}.jsonl")

    with pytest.raises(UsageError) as caught:
        find_session(tmp_path, wanted)

    assert str(caught.value) == message
    assert caught.value.hint == f"The latest are {', '.join(names)}."


def test_without_any_session_the_hint_is_to_hold_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        find_session(tmp_path, None)

    assert caught.value.hint == "Hold one: `interviewer start`."


@pytest.mark.parametrize(
    ("events", "is_latest", "can_be_named"),
    [
        ([], False, True),
        ([EVENTS[0]], True, True),
        (EVENTS[:3], True, True),
        (EVENTS, False, False),
        ([*EVENTS[:3], SessionEnded(reason="time")], False, False),
        ([*EVENTS[:3], SessionEnded(reason="interrupted")], True, True),
        ([*EVENTS[:3], SessionEnded(reason="candidate")], False, True),
        ([*EVENTS[:3], SessionEnded(reason="candidate"), Resumed()], True, True),
        ([*EVENTS[:3], SessionEnded(reason="interrupted"), Resumed(), EVENTS[3]], False, False),
    ],
)
def test_a_session_goes_on_if_it_was_left_and_if_it_is_named_unless_it_was_held_to_its_end(
    tmp_path: Path, events: list[AnyEvent], *, is_latest: bool, can_be_named: bool
) -> None:
    path = write(tmp_path / "20260103-000000-cccc.jsonl", *events)

    for wanted, goes_on in ((None, is_latest), ("last", can_be_named), ("20260103", can_be_named)):
        if goes_on:
            assert session_to_resume(tmp_path, wanted).path == path
        else:
            with pytest.raises(UsageError, match="held to") as caught:
                session_to_resume(tmp_path, wanted)
            assert "interviewer start" in caught.value.hint


def test_the_latest_session_that_was_left_is_the_one_to_go_on_with(tmp_path: Path) -> None:
    write(tmp_path / "20260101-000000-aaaa.jsonl", *EVENTS[:2])
    left = write(tmp_path / "20260102-000000-bbbb.jsonl", *EVENTS[:2])
    write(tmp_path / "20260103-000000-cccc.jsonl", *EVENTS)
    (tmp_path / "20260104-000000-dddd.jsonl").write_text(head_of_schema(SCHEMA + 1))

    assert session_to_resume(tmp_path, None).path == left


def test_sessions_that_hold_a_text_are_found_the_latest_first(tmp_path: Path) -> None:
    for name, text in (("1", "naïve"), ("2", "other"), ("3", "so naïve")):
        write(tmp_path / f"2026010{name}-030405-abcd.jsonl", Hinted(text=text))
    (tmp_path / "20260104-030405-abcd.jsonl").write_text('{"schema_version": 99, "a": "naïve"}')
    (tmp_path / "20260105-030405-abcd.jsonl").symlink_to(tmp_path / "gone")

    found = list(sessions_with(tmp_path, "naïve"))

    assert [session.id[:8] for session in found] == ["20260103", "20260101"]


def named(folder: Path, day: int, *events: AnyEvent) -> Path:
    name = f"202601{day:02}-000000-aaaa"
    head = session_head().model_copy(update={"session": name})
    return write(folder / f"{name}.jsonl", head, *events)


def test_a_session_is_found_by_the_name_it_has_now(tmp_path: Path) -> None:
    path = named(tmp_path, 1, Renamed(name="Monday"), Renamed(name="Friday, Ж"))
    named(tmp_path, 2, Hinted(text='"renamed" Friday, Ж'))

    assert find_session(tmp_path, "friday, ж") == path
    with pytest.raises(UsageError, match="No sessions begin with 'Monday'"):
        find_session(tmp_path, "Monday")


def test_two_sessions_of_one_name_are_told_apart_by_id_only(tmp_path: Path) -> None:
    named(tmp_path, 1, Renamed(name="Friday"))
    named(tmp_path, 2, Renamed(name="friday"))

    with pytest.raises(UsageError, match="2 sessions are named 'Friday'"):
        find_session(tmp_path, "Friday")


@pytest.mark.parametrize(
    "name", ["last", "2026", "20260102-000000-aaaa", "Friday", "x" * 81, "a\nb", "\x1b[31m"]
)
def test_a_name_by_which_something_else_is_found_is_refused(tmp_path: Path, name: str) -> None:
    path = named(tmp_path, 1)
    named(tmp_path, 2, Renamed(name="friday"))

    with pytest.raises(UsageError) as caught:
        check_free(tmp_path, path, name)

    assert caught.value.hint == "Give another name."


@pytest.mark.parametrize("name", ["", "Monday", "Friday", "20260101-000000-aaaa"])
def test_a_name_is_free_for_the_session_that_has_it(tmp_path: Path, name: str) -> None:
    path = named(tmp_path, 1, Renamed(name="Friday"))
    named(tmp_path, 2, Renamed(name=""))

    check_free(tmp_path, path, name)


def test_the_trash_replaces_nothing(tmp_path: Path) -> None:
    trash = tmp_path / "trash"

    moved = [throw_away(named(tmp_path, 1, Hinted(text=f"{n}")), trash) for n in range(3)]

    assert [place.stem[-3:] for place in moved] == ["aaa", "a-2", "a-3"]
    assert [read_session(place).events[1:] for place in moved] != [()] * 3
    assert session_ids(tmp_path) == []


def test_the_sound_of_a_session_goes_with_it(tmp_path: Path) -> None:
    path = named(tmp_path, 1)
    path.with_suffix(AUDIO).mkdir()

    moved = throw_away(path, tmp_path / "trash")

    assert moved.with_suffix(AUDIO).is_dir()
    assert not path.with_suffix(AUDIO).exists()


def test_a_session_that_is_being_held_is_not_thrown_away(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"

    with SessionLog(path), pytest.raises(TranscriptError, match="Another interviewer"):
        throw_away(path, tmp_path / "trash")

    assert path.exists()


def test_a_whole_transcript_has_no_faults(tmp_path: Path) -> None:
    assert verify_session(named(tmp_path, 1, *EVENTS[1:])) == ()


def test_all_that_is_wrong_with_a_transcript_is_told_by_line(tmp_path: Path) -> None:
    path = named(tmp_path, 1, *EVENTS[1:])
    lines = path.read_bytes().split(b"\n")
    lines[1] = lines[1].replace(b"generator", b"Generator", 1)
    path.write_bytes(b"\n".join([*lines[:-2], b"oops", lines[-2][:-1]]))

    faults = verify_session(path.rename(tmp_path / "20260102-000000-bbbb.jsonl"))

    assert [fault.line for fault in faults] == [2, 4, 5, 0]
    assert [fault.why.split(":")[0] for fault in faults] == [
        "changed", "no event", "cut off", "a head of '20260102-000000-bbbb' was expected",
    ]  # fmt: skip


def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path) -> None:
    path = named(tmp_path, 1)
    whole = read_session(path).complaint
    path.write_bytes(path.read_bytes() + b'{"at":"2026')
    torn = read_session(path).complaint
    path.write_bytes(b"x\n" + path.read_bytes())

    assert (whole, torn[:40]) == ("", f"The last line of {path} was cut off"[:40])
    assert read_session(path).complaint == f"Set aside, not readable: line 1, 3 of {path}."
