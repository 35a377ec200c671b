"""What goes when a prompt would not fit, and how its length is guessed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.errors import ModelError
from interviewer.models.chat import Message
from interviewer.models.context import PromptGauge, last_user_turn, shorten

RECORDING = (
    Path(__file__).parent / "ollama" / "wire" / "history_longer_than_ctx_truncate_false.json"
)


def chat(turns: int) -> list[Message]:
    roles = ("user", "assistant")
    said = [Message(role=roles[n % 2], content=f"turn {n}") for n in range(turns)]
    return [Message(role="system", content="Be brief."), *said]


def test_what_fits_is_left_alone() -> None:
    messages = chat(5)

    assert shorten(messages, [10] * 6, 60, keep_from=5) == messages


def test_the_oldest_turns_go_first_and_the_rest_begins_with_the_same_role() -> None:
    messages = chat(9)

    kept = shorten(messages, [10] * 10, 80, keep_from=9)

    assert kept == [messages[0], *messages[3:]]


def test_the_same_turns_are_missing_for_several_turns_in_a_row() -> None:
    kept = [shorten(chat(n), [10] * (n + 1), 200, keep_from=n) for n in (21, 23, 25)]

    assert len({messages[1].content for messages in kept}) < 3
    assert all(len(messages) <= 20 for messages in kept)


def test_nothing_from_the_protected_turn_on_is_dropped() -> None:
    messages = chat(5)

    with pytest.raises(ModelError, match="takes about 50 tokens and the model has room for 45"):
        shorten(messages, [10] * 6, 45, keep_from=2)


@given(
    turns=st.integers(1, 30),
    cost=st.integers(1, 50),
    budget=st.integers(100, 1000),
)
def test_what_is_kept_fits_and_has_the_system_text_and_the_last_turn(
    turns: int, cost: int, budget: int
) -> None:
    messages = chat(turns)

    kept = shorten(messages, [cost] * len(messages), budget, keep_from=turns)

    assert len(kept) * cost <= budget
    assert kept[0] == messages[0]
    assert kept[-1] == messages[-1]
    assert kept[1:] == messages[len(messages) - len(kept) + 1 :]


def test_the_last_user_turn_is_found_before_what_follows_it() -> None:
    assert last_user_turn(chat(4)) == 3


def test_a_guess_is_no_lower_than_what_a_real_server_counted() -> None:
    body = json.loads(RECORDING.read_text(encoding="utf-8"))["request"]["body"]
    messages = [Message.model_validate(message) for message in body["messages"]]

    assert 730 <= sum(PromptGauge().costs(messages)) <= 2 * 730


def test_a_guess_comes_closer_once_the_server_has_counted() -> None:
    gauge = PromptGauge()
    messages = [Message(role="user", content="generators are lazy " * 100)]
    before = sum(gauge.costs(messages))

    gauge.learn(messages, before // 2)

    assert before // 2 <= sum(gauge.costs(messages)) < before


def test_a_denser_text_than_thought_raises_the_guess() -> None:
    gauge = PromptGauge()
    messages = [Message(role="user", content="x" * 900)]

    gauge.learn(messages, 2000)

    assert sum(gauge.costs(messages)) >= 2000


def test_a_count_far_below_what_was_learnt_shows_a_cut_prompt() -> None:
    gauge = PromptGauge()
    short = [Message(role="user", content="generators are lazy " * 100)]
    gauge.learn(short, 400)

    assert gauge.was_cut([Message(role="user", content=short[0].content * 4)], 800)
    assert not gauge.was_cut([Message(role="user", content=short[0].content * 4)], 1500)


def test_a_count_that_is_missing_shows_nothing() -> None:
    assert not PromptGauge().was_cut([Message(role="user", content="word " * 900)], 0)
