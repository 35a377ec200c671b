import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from interviewer.transcripts.index import SessionIndex, Wanted
from interviewer.transcripts.log import SessionLog
from interviewer.transcripts.mastery import Course, read_history
from interviewer.transcripts.outcomes import SessionOutcome
from interviewer.values.events import (
    Answered,
    AnyEvent,
    ClosingAnswered,
    ClosingAsked,
    FollowedUp,
    Graded,
    QuestionAsked,
    Renamed,
    SessionEnded,
    Skipped,
    Tagged,
)
from interviewer.values.grade import Grade
from tests.fakes.events import SESSIONS
from tests.fakes.exchange import UNGRADED
from tests.fakes.interview import sample_question, say, session_head

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def grade(score: float, number: int = 1) -> Graded:
    given = Grade(score=score, band="hire", confidence="low", verdicts=(), model="none")
    return Graded(question=f"q-{number}", grade=given)


def asked(number: int = 1) -> QuestionAsked:
    return QuestionAsked(number=number, question=sample_question(number))


class Home:
    """A folder of transcripts with its index."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "sessions"
        self.file = root / "cache" / "sessions.sqlite3"
        self.read: list[int] = []
        """How many transcripts had to be read, each time some had to be."""
        self.index = SessionIndex(self.file, self.folder, self._step)

    def _step(self, done: int, of: int) -> None:
        if not done:
            self.read.append(of)

    def add(self, *events: AnyEvent, day: int = 1) -> str:
        name = f"202603{day:02}-120000-aaaa"
        at = NOON + timedelta(days=day - 1)
        head = session_head().model_copy(update={"session": name, "at": at})
        path = self.folder / f"{name}.jsonl"
        with SessionLog(path, again=path.exists()) as log:
            for event in events if log.path.stat().st_size else (head, *events):
                log.write(event)
        return name

    def listed(self, **wanted: object) -> list[str]:
        return [session.id for session in self.index.overviews(Wanted.model_validate(wanted))[0]]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_a_session_is_seen_with_what_a_list_shows(home: Home) -> None:
    name = home.add(
        *(asked(1), Answered(answer=say("It is lazy.")), grade(0.5)),
        *(asked(2), Answered(answer=say("It is.")), Graded(question="q-2", grade=UNGRADED)),
        *(asked(3), Skipped()),
        *(SessionEnded(reason="complete"), Renamed(name="Friday"), Tagged(tags=("a", "b"))),
    )

    (session,), total = home.index.overviews(Wanted())

    assert total == 1
    assert (session.id, session.name, session.tags) == (name, "Friday", ("a", "b"))
    assert (session.at, session.mode, session.model) == (NOON, "practice", "scripted/test")
    assert (session.questions, session.graded, session.ungraded) == (3, 1, 1)
    assert (session.score, session.ended, session.problem) == (0.5, "complete", "")
    assert list(session.topics) == ["topic-1", "topic-2", "topic-3"]


@pytest.mark.parametrize(
    ("wanted", "days"),
    [
        ({}, [3, 2, 1]),
        ({"limit": 2}, [3, 2]),
        ({"topic": "TOPIC-2"}, [2]),
        ({"topic": "generat"}, [3, 2, 1]),
        ({"topic": "%"}, []),
        ({"tag": "Calm"}, [3]),
        ({"tag": "cal"}, []),
        ({"since": (NOON + timedelta(days=1)).timestamp()}, [3, 2]),
        ({"until": (NOON + timedelta(days=1)).timestamp()}, [1]),
        ({"min_score": 0.5}, [2]),
        ({"max_score": 0.5}, [1]),
    ],
)
def test_sessions_are_filtered(home: Home, wanted: dict[str, object], days: list[int]) -> None:
    home.add(asked(1), grade(0.2), day=1)
    home.add(asked(2), grade(0.9, 2), day=2)
    home.add(asked(3), Tagged(tags=("calm",)), day=3)

    assert home.listed(**wanted) == [f"202603{day:02}-120000-aaaa" for day in days]


def test_the_number_of_sessions_is_told_without_the_limit(home: Home) -> None:
    for day in range(1, 5):
        home.add(asked(day), day=day)

    found, total = home.index.overviews(Wanted(limit=1))

    assert (len(found), total) == (1, 4)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("lazy", [1]),
        ("LAZ", [1]),
        ("naive", [1]),
        ("when happen", [1]),
        ("generator exhausted", [2]),
        ("exhausts", [2]),
        ("notes about", [0]),
        ("lazy exhausted", []),
        ("", []),
        ("... \0 '\"", []),
        ("NOT AND OR NEAR(", []),
        ("text:lazy", []),
        ("\udcff", []),
    ],
)
def test_words_are_found_in_questions_follow_ups_and_answers(
    home: Home, text: str, numbers: list[int]
) -> None:
    home.add(
        *(asked(1), Answered(answer=say("Naïve, but lazy."))),
        *(FollowedUp(key_point="lazy", text="When does it happen?"), Answered(answer=say("Late."))),
        *(asked(2), Answered(answer=say("It is exhausted after one loop."))),
        *(ClosingAsked(text="And about the notes?"), ClosingAnswered(text="See there.")),
    )

    assert [place.number for place in home.index.search(text, 9)] == numbers


def test_what_was_found_is_marked_in_its_text(home: Home) -> None:
    home.add(asked(), Answered(answer=say("x " * 50 + "\x02 lazily and \x03 lazy " + "y " * 50)))

    (place,) = home.index.search("lazy", 9)

    assert [place.text[begin:end] for begin, end in place.marks] == ["lazily", "lazy"]
    assert len(place.text) < 200


def test_only_what_changed_is_read_again(home: Home) -> None:
    first, second = home.add(asked(), day=1), home.add(asked(), day=2)
    home.listed()
    home.add(Renamed(name="Friday"), day=2)
    home.add(asked(), day=3)
    home.listed()
    (home.folder / f"{first}.jsonl").unlink()

    found, _ = home.index.overviews(Wanted())

    assert home.read == [2, 2]
    assert [(s.id, s.name) for s in found[1:]] == [(second, "Friday")]


def test_nothing_is_found_of_a_session_that_is_gone(home: Home) -> None:
    name = home.add(asked(), Answered(answer=say("It is lazy.")))
    home.add(asked(), Answered(answer=say("It is eager.")), day=2)
    assert len(home.index.search("lazy", 9)) == 1

    (home.folder / f"{name}.jsonl").unlink()

    assert home.index.search("lazy", 9) == []
    assert len(home.index.search("eager", 9)) == 1


@given(st.lists(st.tuples(st.integers(1, 6), SESSIONS), max_size=6))
@settings(
    max_examples=30, deadline=None, phases=set(Phase) - {Phase.shrink}
)  # shrinking takes minutes
def test_the_history_by_way_of_the_index_is_that_of_the_files(
    tmp_path_factory: pytest.TempPathFactory, written: list[tuple[int, list[AnyEvent]]]
) -> None:
    home = Home(tmp_path_factory.mktemp("history"))

    for day, events in written:
        home.add(*events, day=day)
        found = read_history(home.folder, home.index)

        assert found == read_history(home.folder, home.index) == read_history(home.folder)


def later(event: AnyEvent, days: int) -> AnyEvent:
    return event.model_copy(update={"at": NOON + timedelta(days=days)})


def held(home: Home, day: int, *more: AnyEvent) -> str:
    return home.add(*(later(event, day) for event in (asked(), grade(0.9), *more)), day=day)


def test_a_new_session_is_added_to_the_history_without_reading_the_others(home: Home) -> None:
    for day in (1, 2, 3):
        held(home, day)
    made: list[tuple[bool, list[str]]] = []

    def make(before: Course | None, sessions: Iterator[SessionOutcome]) -> Course:
        made.append((before is not None, [session.id[:8] for session in sessions]))
        return Course()

    home.index.made("ids", Course, make)
    home.index.made("ids", Course, make)
    held(home, 4)
    home.index.made("ids", Course, make)

    assert made == [(False, ["20260301", "20260302", "20260303"]), (True, ["20260304"])]


@pytest.mark.parametrize("change", ["added to", "gone", "older"])
def test_the_history_is_made_anew_when_a_session_of_before_changes(home: Home, change: str) -> None:
    held(home, 2)
    name = held(home, 3)
    read_history(home.folder, home.index)

    if change == "added to":
        home.add(later(grade(0.1), 9), day=3)
    elif change == "gone":
        (home.folder / f"{name}.jsonl").unlink()
    else:
        held(home, 1)

    assert read_history(home.folder, home.index) == read_history(home.folder)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.unlink(),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"no database" * 999),
        lambda file: file.write_bytes(file.read_bytes()[:9_000]),
        lambda file: file.write_bytes(file.read_bytes()[:4096] + b"\xff" * 40_000),
        lambda file: _execute(file, "DROP TABLE texts"),
        lambda file: _execute(file, "UPDATE state SET stamp = 'interviewer 0'"),
        lambda file: _execute(file, "UPDATE overviews SET overview = '{}'"),
    ],
    ids=["gone", "empty", "other", "cut off", "overwritten", "no table", "older", "no overview"],
)
def test_an_index_that_is_no_good_is_made_anew_without_a_word(
    home: Home, spoil: Callable[[Path], object]
) -> None:
    name = home.add(asked(), Answered(answer=say("It is lazy.")))
    home.listed()

    spoil(home.file)

    assert home.listed() == [name]
    assert len(home.index.search("lazy", 9)) == 1
    assert home.read[:1] == [1]
    assert len(home.read) <= 2, "it is read each time: the index stays broken"


def _execute(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(statement)


def test_an_index_that_cannot_be_written_is_made_in_memory(home: Home) -> None:
    name = home.add(asked())
    home.file.parent.write_text("no folder")

    assert home.listed() == [name]
    assert home.file.parent.read_text() == "no folder"


def test_only_the_owner_can_read_the_index(home: Home) -> None:
    before = os.umask(0)
    try:
        home.add(asked())
        home.listed()
    finally:
        os.umask(before)

    assert stat.S_IMODE(home.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.file.parent.stat().st_mode) == 0o700


def test_a_transcript_that_cannot_be_read_is_listed_with_the_reason(home: Home) -> None:
    home.folder.mkdir()
    (home.folder / "20260301-120000-aaaa.jsonl").write_text('{"schema_version":99}\n')
    (home.folder / "20260302-120000-aaaa.jsonl").write_text("torn")
    (home.folder / "20260303-120000-aaaa.jsonl").mkdir()
    (home.folder / "Zo\udcff.jsonl").write_text("")

    found, _ = home.index.overviews(Wanted())

    assert ["cut off" in found[0].problem, "schema 99" in found[1].problem] == [True, True]
    assert len(found) == 2


def test_without_a_folder_there_is_nothing(home: Home) -> None:
    assert home.index.overviews(Wanted()) == ([], 0)
    assert home.index.search("lazy", 9) == []


ASKING = """
import sys
from pathlib import Path
from interviewer.transcripts.index import SessionIndex, Wanted
sys.stdin.readline()
index = SessionIndex(Path(sys.argv[1]), Path(sys.argv[2]))
print(len(index.overviews(Wanted())[0]), len(index.search("lazy", 999)))
"""


def test_processes_that_make_the_index_at_once_all_find_everything(home: Home) -> None:
    for day in range(1, 29):
        home.add(asked(), Answered(answer=say("It is lazy.")), day=day)
    command = [sys.executable, "-c", ASKING, str(home.file), str(home.folder)]

    processes = [
        subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    told = [process.communicate("go\n", timeout=120)[0] for process in processes]

    assert told == ["28 28\n"] * 3
    assert home.listed()
    assert home.read == []
