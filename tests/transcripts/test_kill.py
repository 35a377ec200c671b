"""A process that is killed at any moment leaves every event that it was told is on the disk."""

import json
import subprocess
import sys
from pathlib import Path

from interviewer.transcripts.sessions import read_session
from interviewer.values.events import Hinted
from tests.fakes.killed_writer import text_of

KILLS = 200


def test_every_acknowledged_event_is_there_after_200_kills(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"

    done = subprocess.run(
        [sys.executable, "-m", "tests.fakes.killed_writer", str(path), str(KILLS)],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip

    acknowledged: list[int] = json.loads(done.stdout)
    session = read_session(path)
    found = [event.text for event in session.events if isinstance(event, Hinted)]
    written = [sum(text.startswith(f"{number} ") for text in found) for number in range(KILLS)]
    # One more may be there: it was written, and the process was killed before it was told.
    assert all(told <= there <= told + 1 for told, there in zip(acknowledged, written, strict=True))
    assert found == [text_of(n, place) for n, count in enumerate(written) for place in range(count)]
    assert sum(acknowledged) > KILLS
    # Only the last line may be torn: those before were moved aside by the process that came next.
    assert [fault.line for fault in session.faults] in ([], [len(found) + 1])
