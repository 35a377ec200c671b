"""What a review does about a session on disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.commands.desk import TranscriptDesk
from interviewer.errors import TranscriptError
from interviewer.paths import folders
from interviewer.settings import Settings
from interviewer.transcripts.log import SessionLog
from interviewer.values.events import Answered, AnyEvent, Graded, QuestionAsked
from interviewer.values.grade import Grade
from tests.fakes.exchange import graded, verdict
from tests.fakes.interview import LAZY, sample_question, say, session_head
from tests.fakes.screen import FakeTerminal

ASKED = QuestionAsked(number=1, question=sample_question())
SAID = Answered(answer=say("A generator computes each value only when somebody asks for it."))


def write(path: Path, *events: AnyEvent) -> Path:
    with SessionLog(path) as log:
        for event in (session_head(), *events):
            log.write(event)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    missed = Graded(question="q-1", grade=graded(verdict("lazy", "missing", 0.0), score=0.0))
    return write(tmp_path / "20260102-030405-abcd.jsonl", ASKED, SAID, missed)


@pytest.fixture
def desk(path: Path) -> Iterator[TranscriptDesk]:
    places = folders({"INTERVIEWER_HOME": str(path.parent)})
    with TranscriptDesk(path, Settings(model="none"), places, has_writer=False) as opened:
        yield opened


def test_notes_are_appended_and_read_again(desk: TranscriptDesk, path: Path) -> None:
    before = path.read_bytes()

    desk.note(desk.read().exchanges[0], "Read “again”.\nTwice.")

    assert path.read_bytes().startswith(before)
    assert path.read_bytes().count(b"\n") == before.count(b"\n") + 1
    assert [note.text for note in desk.read().exchanges[0].notes] == ["Read “again”.\nTwice."]


def test_an_override_is_appended_and_says_what_moved(desk: TranscriptDesk) -> None:
    change = desk.override("1.1", "covered", "I said so.")

    grade = desk.read().exchanges[0].in_force
    assert isinstance(grade, Grade)
    assert (change.before, change.after) == (0.0, grade.score)
    assert grade.score > 0


def test_all_answers_are_graded_again_without_a_model(desk: TranscriptDesk) -> None:
    (change,) = desk.regrade(FakeTerminal().screen)

    exchange = desk.read().exchanges[0]
    assert desk.judge == "none"
    assert change.before == 0.0
    assert change.after
    assert [grade.status for grade in exchange.earlier] == ["graded"]


def test_a_model_answer_is_the_guides_or_the_one_that_was_shown(desk: TranscriptDesk) -> None:
    exchange = desk.read().exchanges[0]
    seen = exchange.model_copy(update={"model_answer": "As I told you."})
    screen = FakeTerminal().screen

    assert desk.model_answer(exchange, screen).startswith(LAZY.text)
    assert desk.model_answer(seen, screen) == "As I told you."


def test_attempts_are_those_of_other_sessions_the_latest_first(
    desk: TranscriptDesk, path: Path
) -> None:
    for day in ("01", "03"):
        said = Answered(answer=say(f"It is lazy, on day {day}."))
        write(path.parent / f"202601{day}-030405-abcd.jsonl", ASKED, said)
    write(path.parent / "20260104-030405-abcd.jsonl", ASKED)

    found = desk.attempts(desk.read().exchanges[0])

    assert [attempt.exchange.text[-7:] for attempt in found] == ["day 03.", "day 01."]


def test_a_session_that_is_being_held_is_not_written(desk: TranscriptDesk, path: Path) -> None:
    with (
        SessionLog(path, again=True),
        pytest.raises(TranscriptError, match="is writing the transcript"),
    ):
        desk.note(desk.read().exchanges[0], "Now.")
