"""Coding tasks in the terminal: shown, written in an editor, run, and looked at again."""

import ast

import pytest

from interviewer.console import coding, render, review
from interviewer.console.chat import Chat
from interviewer.conversation.state import Exchange, State
from interviewer.conversation.writing import NO_CODE
from interviewer.values.coding import CaseResult, CaseStatus, CodeRun
from interviewer.values.events import AnyEvent, FollowedUp
from tests.fakes.interview import DOUBLE, sample_question, say, scripted_interview, session_head
from tests.fakes.interview import task_question as task
from tests.fakes.listener import ScriptedListener
from tests.fakes.screen import FakeTerminal


def result(status: CaseStatus, got: str = "", *, is_hidden: bool = False) -> CaseResult:
    return CaseResult(
        call="double(4)", expected="8", is_hidden=is_hidden, status=status, got=got
    )  # fmt: skip


def shown(run: CodeRun) -> str:
    terminal = FakeTerminal(100)
    coding.show_run(terminal.screen, run)
    return terminal.words


def test_a_task_is_shown_with_its_signature_and_examples_and_no_hidden_case() -> None:
    terminal = FakeTerminal(100)

    render.show_question(terminal.screen, Exchange(number=1, question=task()), 2)

    assert DOUBLE.statement in terminal.words
    assert "def double(number: int) -> int:" in terminal.words
    assert "double(4) gives 8" in terminal.words
    assert "double(0)" not in terminal.words
    assert coding.HOW not in terminal.words


def test_the_editor_opens_with_the_task_and_code_that_loads() -> None:
    text = coding.template(DOUBLE)

    assert f"# {DOUBLE.statement}\n# double(4) gives 8\n" in text
    assert [type(node) for node in ast.parse(text).body] == [ast.FunctionDef]


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (CodeRun(results=(result("passed"),)), "1 of 1 cases passed."),
        (CodeRun(fault="line 1: SyntaxError: no"), "The code does not load: line 1: SyntaxError"),
        (CodeRun(results=(result("wrong", "7"),)), "✗ double(4) should give 8, gave 7"),
        (CodeRun(results=(result("timeout", "no end in time"),)), "✗ double(4): no end in time"),
        (CodeRun(printed="here\x1b[2J"), "It printed: here\\u001b[2J"),
        (CodeRun(walls=("limits",)), coding.OPEN_FILES),
    ],
)
def test_what_the_code_did_is_said_in_plain_words(run: CodeRun, expected: str) -> None:
    assert expected in shown(run)


def test_of_hidden_cases_only_how_many_fail_and_why_is_told() -> None:
    hidden = (
        result("wrong", "7", is_hidden=True),
        result("wrong", "9", is_hidden=True),
        result("error", "line 2: IndexError: no", is_hidden=True),
    )

    text = shown(CodeRun(results=hidden))

    assert "✗ 2 hidden cases: wrong result" in text
    assert "✗ 1 hidden case: line 2: IndexError: no" in text
    assert "double(4)" not in text
    assert coding.OPEN_FILES not in text


def hold(*script: str, edits: tuple[str | None, ...] = (), mode: str = "practice") -> "Held":
    head = session_head("real" if mode == "real" else "practice", questions=2)
    interview = scripted_interview(head, [task(1), sample_question(2)])
    held = Held(FakeTerminal(100), ScriptedListener([*script, EOFError()], edits), [])
    try:
        Chat(interview, held.listener, held.terminal.screen, held.events.append).run()
    finally:
        interview.close()
    return held


class Held:
    """What was shown, opened and written in an interview of a task and a question."""

    def __init__(
        self, terminal: FakeTerminal, listener: ScriptedListener, events: list[AnyEvent]
    ) -> None:
        self.terminal = terminal
        self.listener = listener
        self.events = events

    @property
    def kinds(self) -> list[str]:
        return [event.type for event in self.events]


def test_what_is_left_in_the_editor_is_run_and_opened_again_for_the_next_version() -> None:
    broken = DOUBLE.solution.replace("2", "3")

    held = hold("/code", "/code", edits=(broken, DOUBLE.solution))

    assert held.listener.opened == [coding.template(DOUBLE), broken]
    assert coding.HOW in held.terminal.words
    assert held.kinds.count("code_run") == 2
    assert "1 of 2 cases passed." in held.terminal.words
    assert "2 of 2 cases passed." in held.terminal.words


def test_a_task_is_repeated_with_its_signature_and_examples() -> None:
    once, twice = hold(), hold("Could you repeat the question?")

    for shown_again in (DOUBLE.statement, "def double(number: int) -> int:", "double(4) gives 8"):
        assert twice.terminal.words.count(shown_again) == once.terminal.words.count(shown_again) + 1


def test_an_editor_left_as_it_was_runs_nothing() -> None:
    held = hold("/code", edits=(None,))

    assert "answered" not in held.kinds
    assert "You changed nothing" in held.terminal.words


def test_a_question_for_words_opens_no_editor() -> None:
    held = hold("/skip", "/code")

    assert held.listener.opened == []
    assert NO_CODE in held.terminal.words


def test_a_real_interview_shows_no_result() -> None:
    held = hold("/code", edits=(DOUBLE.solution,), mode="real")

    assert "code_run" in held.kinds
    assert "cases passed" not in held.terminal.words


def test_the_review_shows_the_last_version_and_what_it_did() -> None:
    terminal = FakeTerminal(100)
    exchange = Exchange(
        number=1, question=task(), codes=("x = 1", "y = '\x1b[2J'"), runs=(CodeRun(fault="no"),)
    )

    coding.show_versions(terminal.screen, exchange)

    assert "Your code, version 2 1 y = '\\u001b[2J'" in terminal.words
    assert "The code does not load: no" in terminal.words
    assert "x = 1" not in terminal.words


def test_the_review_pairs_each_answer_with_the_question_that_it_answered() -> None:
    terminal = FakeTerminal(100)
    followup = FollowedUp(key_point="complexity", text="What does it cost?")
    silent = Exchange(
        number=1,
        question=task(),
        codes=("x = 1",),
        followups=(followup,),
        answers=(say("Little."),),
    )
    aloud = silent.model_copy(update={"answers": (say("I would add."), say("Little."))})

    for exchange in (silent, aloud):
        review.show_review(terminal.screen, State(exchanges=(exchange,)))

    assert "Follow-up: What does it cost? You: Little. 1 word in 2 s Your code" in terminal.words
    assert (
        "You: I would add. 3 words in 2 s Follow-up: What does it cost? You: Little."
        in terminal.words
    )
