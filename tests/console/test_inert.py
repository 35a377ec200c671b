"""Whatever stands in any field of any event, it is shown and never obeyed by the terminal."""

import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
from pydantic import AwareDatetime, BaseModel

from interviewer.console import debrief, review, telling
from interviewer.console.chat import Chat
from interviewer.console.screen import Page
from interviewer.conversation.attempts import Attempt
from interviewer.conversation.state import replay
from interviewer.transcripts.sessions import read_session
from interviewer.values.events import EVENT, AnyEvent, NoteTaken, QuestionAsked
from interviewer.values.interview import Question
from tests.fakes.interview import sample_question, scripted_interview, session_head
from tests.fakes.listener import ScriptedListener
from tests.fakes.screen import FakeTerminal

GOLDEN = Path(__file__).parent.parent / "golden" / "session-1.jsonl"
ATTACK = "\x1b]0;own\x07\x1b[2J\r\u202e\u2066\u200f\x9b\x00[/][red]"
SHOWN = "\\u001b]0;own\\u0007\\u001b[2J\\u000d\\u202e\\u2066\\u200f\\u009b\\u0000[/][red]"
CLOSED = {
    *("type", "at", "mode", "level", "kind", "origin", "given", "status", "verdict"),
    *("band", "confidence", "manner", "walls", "before", "after"),
}


def attacked(value: object, key: str = "", attack: str = ATTACK) -> object:
    """Return a value of JSON with the attack at the end of every open text in it."""
    if isinstance(value, dict):
        is_end = value.get("type") == "session_ended"
        return {k: v if is_end else attacked(v, k, attack) for k, v in value.items()}
    if isinstance(value, list):
        return [attacked(item, key, attack) for item in value]
    return f"{value}{attack}" if isinstance(value, str) and key not in CLOSED else value


def attacked_events() -> list[AnyEvent]:
    raw = [_as_written(event) for event in read_session(GOLDEN).events]
    return [EVENT.validate_json(json.dumps(attacked(event))) for event in raw]


def _as_written(event: AnyEvent) -> object:
    return EVENT.dump_python(event, mode="json", exclude_unset=True)


PLAIN = {int: 1, float: 0.5, bool: False, AwareDatetime: "2026-01-02T03:04:05Z"}


def hostile(kind: Any, pick: int, attack: str) -> Any:  # noqa: ANN401 - of any type in an event
    """Return a value of a type with the attack wherever a text may stand, its choices by number."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is None:
        fields = kind.model_fields.items() if issubclass(kind, BaseModel) else ()
        made = {name: hostile(field.annotation, pick, attack) for name, field in fields}
        return made or (f"own{attack}" if kind is str else PLAIN[kind])
    if origin is Literal:
        return arguments[pick % len(arguments)]
    if origin is tuple:
        return [hostile(arguments[0], pick, attack)]
    if origin in (dict, Mapping):
        key, value = (hostile(argument, pick, attack) for argument in arguments)
        return {key: value}
    # A union, or a type with notes behind it.
    options = arguments[:1] if origin is Annotated else [a for a in arguments if a is not NoneType]
    return hostile(options[pick % len(options)], pick, attack)


def hostile_session(pick: int, attack: str = ATTACK) -> list[AnyEvent]:
    """Return a session with one event of each kind, all of whose texts are the attack."""
    kinds = get_args(get_args(AnyEvent)[0])
    made = [EVENT.validate_python(hostile(kind, pick, attack)) for kind in kinds]
    # In an order that can be: the end comes last.
    return sorted(made, key=lambda event: event.type == "session_ended")


@pytest.mark.parametrize("pick", range(4))
@pytest.mark.parametrize("colour", [True, False])
def test_every_kind_of_event_with_every_text_hostile_is_inert(pick: int, *, colour: bool) -> None:
    events = hostile_session(pick)
    asked = next(event for event in events if isinstance(event, QuestionAsked))
    terminals = []

    for event in events:
        terminal = FakeTerminal(colour=colour)
        interview = scripted_interview(session_head(questions=1), [asked.question])
        interview.state = replay(events)
        telling.tell(terminal.screen, interview, event)
        interview.close()
        terminals.append(terminal)
    after = FakeTerminal(colour=colour)
    review.show_review(after.screen, replay(events))
    debrief.show_debrief(after.screen, replay(events))

    assert_inert(after)
    for terminal in terminals:
        assert_commands_nothing(terminal)
    assert sum("own" in terminal.text for terminal in terminals) > len(events) / 3


def assert_commands_nothing(terminal: FakeTerminal) -> None:
    commands = {c for c in terminal.text if unicodedata.category(c).startswith("C")} - {"\n"}
    assert commands == set()


def assert_inert(terminal: FakeTerminal) -> None:
    assert_commands_nothing(terminal)
    # Wrapping may put a line end anywhere in it.
    assert SHOWN in "".join(terminal.text.split())


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("colour", [True, False])
def test_a_review_of_attacks_is_inert(width: int, *, colour: bool) -> None:
    terminal = FakeTerminal(width, colour=colour)
    state = replay(attacked_events())

    review.show_review(terminal.screen, state)

    assert_inert(terminal)
    assert terminal.text.count("own") > 40


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("colour", [True, False])
def test_every_page_of_a_review_of_attacks_is_inert(width: int, *, colour: bool) -> None:
    attacks = attacked_events()
    asked = [event for event in attacks if isinstance(event, QuestionAsked)]
    notes = [NoteTaken(question=event.question.id, text=ATTACK) for event in asked]
    state = replay([*attacks, *notes])
    assert state.started is not None
    one, other = (Attempt(started=state.started, exchange=x) for x in state.exchanges[:2])
    pages: list[Page] = [
        lambda screen: review.show_overview(screen, state),
        lambda screen: review.show_exchange(screen, one.exchange, 4),
        lambda screen: review.show_comparison(screen, one, one),
        lambda screen: review.show_comparison(screen, one, other),
    ]

    for page in pages:
        terminal = FakeTerminal(width, colour=colour)
        page(terminal.screen)
        assert_inert(terminal)


def test_a_bar_of_attacks_is_inert() -> None:
    terminal = FakeTerminal(100)

    terminal.screen.fill([], ATTACK)

    assert terminal.text.rsplit("\x1b[2K", 1)[1].rstrip() == SHOWN


@pytest.mark.parametrize("mode", ["practice", "real"])
@pytest.mark.parametrize("colour", [True, False])
def test_a_debrief_of_attacks_is_inert(mode: str, *, colour: bool) -> None:
    terminal = FakeTerminal(colour=colour)
    state = replay(attacked_events())
    assert state.started is not None
    started = state.started.model_copy(update={"mode": mode})

    debrief.show_debrief(terminal.screen, state.model_copy(update={"started": started}))

    assert_inert(terminal)


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("colour", [True, False])
def test_an_interview_of_attacks_is_inert(width: int, *, colour: bool) -> None:
    terminal = FakeTerminal(width, colour=colour)
    question = Question.model_validate(attacked(sample_question(1).model_dump(mode="json")))
    interview = scripted_interview(session_head(questions=1), [question])
    script = [
        "/why",
        "/repeat",
        "/hint",
        f"/x{ATTACK}",
        f"pleasant reading{ATTACK}",
        f"lazy{ATTACK} it is",
    ]

    Chat(
        interview, ScriptedListener([*script, EOFError()]), terminal.screen, lambda _event: None
    ).run()
    interview.close()

    assert_inert(terminal)
    assert len(interview.question.answers) == 2


def test_every_open_text_of_every_kind_of_event_is_under_attack() -> None:
    events = attacked_events()

    assert len({event.type for event in events}) == 9
    for event in events[:-1]:
        if event.type != "skipped":
            assert "own" in EVENT.dump_json(event).decode()
