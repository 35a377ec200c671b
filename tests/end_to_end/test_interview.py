"""Whole interviews in a pseudo-terminal, with the embedded 0.5B model in the process."""

import json
from pathlib import Path

import pytest

from interviewer.paths import Folders
from interviewer.transcripts.sessions import Session, read_session
from interviewer.values.events import (
    Answered,
    FollowedUp,
    Graded,
    QuestionAsked,
    SelfRated,
    SessionEnded,
    SessionStarted,
)
from interviewer.values.grade import Grade
from tests.end_to_end.conftest import SMALL
from tests.fakes.terminal import Terminal

pytestmark = pytest.mark.model


def environment(home: Folders) -> dict[str, str]:
    return {
        "INTERVIEWER_HOME": str(home.data.parent),
        "OLLAMA_HOST": "http://127.0.0.1:9",
        # Answers are typed one after the other here; the rating has its own test.
        "INTERVIEWER_SELF_RATING": "false",
    }


def latest(home: Folders) -> Session:
    return read_session(max(home.sessions.glob("*.jsonl")))


def test_an_interview_is_held_logged_and_reviewed(home: Folders) -> None:
    arguments = ["start", "--model", SMALL, "--questions", "2", "--seed", "3"]
    arguments += ["--topic", "context-managers", "--topic", "exception-handling"]
    arguments += ["--kind", "concept"]

    with Terminal(arguments, environment(home)) as terminal:
        terminal.wait_for("Question 1 of 2")
        assert SMALL in terminal.text
        terminal.wait_for_prompt()
        terminal.answer("It is a block, with something before and something after it.")
        terminal.answer("/why")
        assert "It stands on:" in terminal.text
        terminal.paste("An exception travels up\nthe stack until a handler fits.")
        terminal.wait_for("handler fits.")
        terminal.enter()
        while not any(isinstance(event, Graded) for event in latest(home).events):
            terminal.answer("That is all I know about this part of it.")
        terminal.type("/end\r")
        terminal.wait_for("interviewer review")
        code = terminal.wait_for_end()
    with Terminal(["review", "--all"], environment(home)) as terminal:
        reviewed = terminal.wait_for_end()
        screen = terminal.text

    events = latest(home).events
    asked = [event for event in events if isinstance(event, QuestionAsked)]
    answers = [event.answer.text for event in events if isinstance(event, Answered)]
    graded = [event.grade for event in events if isinstance(event, Graded)]
    assert code == reviewed == 0
    assert isinstance(events[0], SessionStarted)
    assert isinstance(events[-1], SessionEnded)
    assert any(isinstance(event, FollowedUp) for event in events)
    assert "An exception travels up\nthe stack until a handler fits." in answers
    assert isinstance(graded[0], Grade)
    assert {v.key_point for v in graded[0].verdicts} == {p.id for p in asked[0].question.key_points}
    for verdict in graded[0].verdicts:
        if verdict.evidence:
            whole = "\n\n".join(answers)
            assert whole[verdict.evidence.start : verdict.evidence.end] == verdict.evidence.quote
    assert "of 10" in screen
    assert "Read more:" in screen


def test_one_key_rates_an_answer_before_its_grade_is_shown(home: Folders) -> None:
    arguments = ["start", "--model", "none", "--questions", "1", "--seed", "3", "--kind", "concept"]
    rating = {"INTERVIEWER_SELF_RATING": "true"}

    with Terminal(arguments, environment(home) | rating, columns=60) as terminal:
        terminal.wait_for_prompt()
        while "1–4:" not in terminal.text:
            terminal.answer("It is about the order of things.", or_until="1–4:")
        before = terminal.text
        terminal.type("x3")
        code = terminal.wait_for_end()
        after = terminal.text

    assert code == 0
    assert "of 10" not in before
    assert "of 10" in after
    assert [e.rating for e in latest(home).events if isinstance(e, SelfRated)] == [3]


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 0)])
def test_leaving_by_a_key_keeps_everything(home: Folders, key: str, code: int) -> None:
    arguments = ["start", "--model", "none", "--questions", "2", "--seed", "3", "--level", "junior"]

    with Terminal(arguments, environment(home), columns=60) as terminal:
        terminal.wait_for_prompt()
        terminal.answer("It is about the order in which things are cleaned up.")
        terminal.type(key)
        found = terminal.wait_for_end()

    session = latest(home)
    assert found == code
    assert session.unreadable == ()
    assert isinstance(session.events[-1], SessionEnded)
    assert any(isinstance(event, Answered) for event in session.events)


def test_a_closed_terminal_loses_no_event(home: Folders) -> None:
    with Terminal(["start", "--model", "none", "--seed", "3"], environment(home)) as terminal:
        terminal.wait_for_prompt()
        terminal.answer("It is about the order in which things are cleaned up.")
        terminal.child.close(force=True)

    lines = next(home.sessions.glob("*.jsonl")).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["type"] for line in lines][:3] == [
        "session_started",
        "question_asked",
        "answered",
    ]


def test_a_plain_list_without_notes_holds_an_interview(home: Folders, tmp_path: Path) -> None:
    guide = tmp_path / "list.md"
    guide.write_text("1. **Basics**\n   - Context managers\n   - Generators\n", encoding="utf-8")
    arguments = ["start", "--model", SMALL, "--questions", "1", "--guide", str(guide)]

    with Terminal(arguments, environment(home)) as terminal:
        terminal.wait_for("Question 1 of 1")
        terminal.wait_for_prompt()
        terminal.type("/end\r")
        code = terminal.wait_for_end()

    asked = [e.question for e in latest(home).events if isinstance(e, QuestionAsked)]
    assert code == 0
    assert asked[0].title in ("Context managers", "Generators")
    assert asked[0].key_points
