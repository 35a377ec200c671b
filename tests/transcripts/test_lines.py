import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.transcripts.lines import CUT_OFF, UPGRADES, Fault, Newer, read_lines, seal
from interviewer.values.events import EVENT, SCHEMA, AnyEvent, Hinted, SessionStarted
from tests.fakes.events import EVENTS, SESSIONS
from tests.fakes.interview import session_head

ONE, TWO, THREE = (Hinted(text=text) for text in ("one", "two", "three"))


def lines(*events: AnyEvent) -> bytes:
    return b"".join(seal(event) + b"\n" for event in events)


@given(SESSIONS)
@settings(max_examples=60, deadline=None)
def test_any_events_come_back_as_they_were(events: list[AnyEvent]) -> None:
    assert read_lines(lines(*events)) == (events, [])


@given(events=st.lists(EVENTS, min_size=1, max_size=5), data=st.data())
@settings(max_examples=300, deadline=None)
def test_a_change_of_any_single_byte_is_reported_and_the_other_events_survive(
    events: list[AnyEvent], data: st.DataObject
) -> None:
    content = lines(*events)
    place = data.draw(st.integers(0, len(content) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[place]))
    damaged = content[:place].count(b"\n")

    kept, faults = read_lines(content[:place] + bytes([other]) + content[place + 1 :])

    assert kept in ([*events[:damaged], *events[damaged + 1 :]], events)
    assert faults
    assert {fault.line for fault in faults} <= {damaged + 1, damaged + 2}


@pytest.mark.parametrize("between", [b"", b" ", b"\r", b"\0", b"}{", b"x" * 99])
def test_events_that_lost_the_newline_between_them_are_kept(between: bytes) -> None:
    content = seal(ONE) + between + seal(TWO) + b"\n" + lines(THREE)

    kept, faults = read_lines(content)

    assert kept == [ONE, TWO, THREE]
    assert faults == [Fault(line=1, why="something stands beside 2 whole events")]


def test_a_changed_text_is_told_from_what_is_no_event_and_what_was_cut_off() -> None:
    content = lines(ONE, TWO).replace(b"one", b"won") + b"no JSON\n" + lines(THREE)[:-9]

    kept, faults = read_lines(content)

    assert kept == [TWO]
    assert faults[0].why.startswith("changed: its checksum is ")
    assert faults[1].why.startswith("no event: Invalid JSON")
    assert faults[2] == Fault(line=4, why=CUT_OFF)


def test_words_that_look_like_a_seal_or_an_event_are_words() -> None:
    event = Hinted(text=f'{{"at" ,"crc32":"00000000"}} {seal(ONE).decode()}\n')

    assert read_lines(lines(event)) == ([event], [])
    assert read_lines(b"x" + lines(event))[0] == [event]


def test_a_head_of_the_first_schema_has_its_paths_split() -> None:
    head = session_head().model_copy(update={"schema_version": 1})
    raw = json.loads(EVENT.dump_json(head)) | {"guide": "/a, /b", "repo": ""}

    (read,), faults = read_lines(json.dumps(raw).encode() + b"\n" + lines())

    assert isinstance(read, SessionStarted)
    assert (read.guide, read.repo, faults) == (("/a", "/b"), (), [])


def test_each_schema_before_ours_has_its_upgrade() -> None:
    assert sorted(UPGRADES) == list(range(1, SCHEMA))


@pytest.mark.parametrize("version", [0, -1, -(10**9)])
def test_a_schema_that_never_was_is_read_as_ours(version: int) -> None:
    head = session_head().model_copy(update={"schema_version": version})

    assert read_lines(lines(head)) == ([head], [])


def test_a_newer_schema_is_told_with_the_program_that_wrote_it() -> None:
    head = session_head().model_copy(update={"schema_version": 99, "program": "interviewer 7"})

    with pytest.raises(Newer) as caught:
        read_lines(lines(head))

    assert (caught.value.schema, caught.value.program) == (99, "interviewer 7")


def test_deep_nesting_is_a_fault_and_no_crash() -> None:
    head = lines(session_head().model_copy(update={"schema_version": 1}))

    kept, faults = read_lines(head + b'{"schema_version":' + b"[" * 100_000 + b"\n" + lines(ONE))

    assert kept[1:] == [ONE]
    assert [fault.line for fault in faults] == [2]
