import os
import resource
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings

from interviewer.errors import InterviewerError, TranscriptError
from interviewer.transcripts.lines import seal
from interviewer.transcripts.log import SessionLog
from interviewer.transcripts.sessions import read_session
from interviewer.values.events import AnyEvent, Hinted, Noted
from tests.fakes.events import SESSIONS
from tests.fakes.interview import session_head

WRITER = """
import sys
from pathlib import Path
from interviewer.transcripts.lines import seal
from interviewer.transcripts.log import SessionLog
from interviewer.values.events import Hinted

with SessionLog(Path(sys.argv[1])) as log:
    for number in range(int(sys.argv[2])):
        log.write(Hinted(text=f"{sys.argv[3]} {number}"))
    print("written", flush=True)
    sys.stdin.read()
"""


def writer(path: Path, count: int, name: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(count), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@contextmanager
def disk_with_room_for(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size, as if the disk were full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@given(SESSIONS)
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, events: list[AnyEvent]
) -> None:
    path = tmp_path_factory.mktemp("log") / "a.jsonl"

    with SessionLog(path) as log:
        for event in events:
            log.write(event)

    session = read_session(path)
    assert session.events == tuple(events)
    assert session.unreadable == ()


def test_an_event_is_on_the_disk_before_the_log_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"

    with SessionLog(path) as log:
        for number in range(3):
            log.write(Hinted(text=f"hint {number}"))
            assert len(read_session(path).events) == number + 1


def test_an_event_is_one_line_whatever_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    text = "one\ntwo\r\nthree\u2028four\u0085five\x00\ufeff"

    with SessionLog(path) as log:
        log.write(Noted(text=text))

    assert path.read_bytes().count(b"\n") == 1
    assert [e.text for e in read_session(path).events if isinstance(e, Noted)] == [text]


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_only_the_owner_can_read_a_transcript_and_its_folder(tmp_path: Path, mask: int) -> None:
    path = tmp_path / "sessions" / "a.jsonl"

    before = os.umask(mask)
    try:
        SessionLog(path).__exit__(None, None, None)
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_transcript_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("kept\n")

    with pytest.raises(TranscriptError, match="File exists"):
        SessionLog(path)

    assert path.read_text() == "kept\n"


def test_a_transcript_in_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("a file")

    with pytest.raises(InterviewerError) as caught:
        SessionLog(tmp_path / "sessions" / "a.jsonl")

    assert caught.value.hint


def test_a_full_disk_is_an_error_with_a_hint_and_loses_nothing_written_before(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.jsonl"
    head, late = session_head(), Hinted(text="x" * 400)

    with SessionLog(path) as log:
        log.write(head)
        size = path.stat().st_size
        with disk_with_room_for(size + 50), pytest.raises(TranscriptError) as caught:
            log.write(late)

    assert str(path) in str(caught.value)
    assert "what was written before is kept" in caught.value.hint
    session = read_session(path)
    assert session.events == (head,)
    assert session.faults == ()


def fill(log: SessionLog, events: Sequence[AnyEvent], written: list[AnyEvent]) -> None:
    for event in events:
        log.write(event)
        written.append(event)


def test_on_a_full_disk_what_is_small_enough_is_still_written(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)]
    if subprocess.run(mounted, capture_output=True, check=False).returncode:
        pytest.skip("mounting a disk of 64 KB is not allowed here")
    events = [Hinted(text=f"{number} " + "x" * 9_000) for number in range(9)]
    written: list[AnyEvent] = []
    unmount = ["umount", str(disk)]

    try:
        with SessionLog(disk / "a.jsonl") as log:
            with pytest.raises(TranscriptError, match="No space left"):
                fill(log, events, written)
            log.write(Hinted(text="small"))
        session = read_session(disk / "a.jsonl")
    finally:
        subprocess.run(unmount, check=True)

    assert 3 < len(written) < 9
    assert session.events == (*written, Hinted(at=session.events[-1].at, text="small"))
    assert session.faults == ()


@contextmanager
def without_rights() -> Iterator[None]:
    """Let this process be one that permissions hold for."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@pytest.mark.parametrize("again", [False, True])
def test_a_folder_that_is_read_only_is_an_error_with_a_hint(*, again: bool) -> None:
    # Not in pytest's own folder, which others cannot look into.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        if again:
            SessionLog(path).__exit__(None, None, None)
            path.chmod(0o444)
        Path(folder).chmod(0o555)

        with without_rights(), pytest.raises(TranscriptError, match="Permission") as caught:
            SessionLog(path, again=again)

        Path(folder).chmod(0o755)
    assert "writable" in caught.value.hint


def test_two_processes_write_two_transcripts_side_by_side(tmp_path: Path) -> None:
    names = ("one", "two")

    writers = [writer(tmp_path / f"{name}.jsonl", 20, name) for name in names]
    for process in writers:
        process.communicate("", timeout=60)

    for name in names:
        events = read_session(tmp_path / f"{name}.jsonl").events
        assert [e.text for e in events if isinstance(e, Hinted)] == [
            f"{name} {n}" for n in range(20)
        ]


def test_a_second_process_cannot_write_into_a_transcript_in_use(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    first = writer(path, 3, "first")
    assert first.stdout is not None
    first.stdout.readline()

    with pytest.raises(TranscriptError, match="File exists"):
        SessionLog(path)
    first.communicate("", timeout=60)

    assert len(read_session(path).events) == 3


def test_a_transcript_is_written_on_behind_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    first, second = Hinted(text="one"), Hinted(text="two")

    for event, again in ((first, False), (second, True)):
        with SessionLog(path, again=again) as log:
            log.write(event)

    assert read_session(path).events == (first, second)


def test_a_last_line_that_was_cut_off_is_set_aside_and_spoils_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    torn = b'{"type":"hinted","te'
    path.write_bytes(torn)
    events = (Hinted(text="one"), Hinted(text="two"))

    with SessionLog(path, again=True) as log:
        for event in events:
            log.write(event)

    session = read_session(path)
    assert (session.events, session.faults) == (events, ())
    assert log.torn.read_bytes() == torn + b"\n"
    assert stat.S_IMODE(log.torn.stat().st_mode) == 0o600


def test_an_event_that_lacks_only_its_newline_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    events = (Hinted(text="one"), Hinted(text="two"))
    path.write_bytes(seal(events[0]))

    with SessionLog(path, again=True) as log:
        log.write(events[1])

    assert read_session(path).events == events
    assert not log.torn.exists()


def test_after_a_full_disk_the_next_event_begins_its_own_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    head, late = session_head(), Hinted(text="x")

    with SessionLog(path) as log:
        log.write(head)
        with disk_with_room_for(path.stat().st_size + 50), pytest.raises(TranscriptError):
            log.write(Hinted(text="x" * 400))
        log.write(late)

    assert read_session(path).events == (head, late)


def test_a_transcript_that_is_being_written_is_written_by_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    first = writer(path, 1, "first")
    assert first.stdout is not None
    first.stdout.readline()

    with pytest.raises(TranscriptError, match="Another interviewer") as caught:
        SessionLog(path, again=True)
    first.communicate("", timeout=60)

    assert caught.value.hint == "End that interview first, then try again."
    SessionLog(path, again=True).__exit__(None, None, None)


def test_a_transcript_that_is_not_there_cannot_be_written_on(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="No such file"):
        SessionLog(tmp_path / "a.jsonl", again=True)
