"""What can be said aloud."""

import pytest

from interviewer.knowledge.askable import MAX_WORDS, faults, given_away

CLAIM = "A generator computes each value only when somebody asks."


@pytest.mark.parametrize(
    "text",
    [
        "Why would you write a generator?",
        "You have 3 * 4 apples. What now?",
        f"{'word ' * (MAX_WORDS - 1)}last?",
        "Where could this surprise its callers? ",
        "What does __init__ promise?",
    ],
)
def test_one_short_plain_question_has_no_fault(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Tell me about generators.", "has 0 question marks instead of one"),
        ("What is it? And why?", "has 2 question marks instead of one"),
        ("What is it? Say more.", "goes on after its question mark"),
        (f"{'word ' * MAX_WORDS}last?", f"has {MAX_WORDS + 1} words, more than {MAX_WORDS}"),
        ("What does `yield` do?", "has markup"),
        ("What does **this** do?", "has markup"),
        ("- What does this do?", "has markup"),
        ("# What does this do?", "has markup"),
        ("What is at https://example.org?", "has markup"),
        ("What does\nthis do?", "line breaks"),
    ],
)
def test_what_cannot_be_said_as_one_question_is_named(text: str, fault: str) -> None:
    (found,) = faults(text)

    assert fault in found


def test_several_faults_are_all_named() -> None:
    assert len(faults(f"`{'word ' * 60}`")) == 3


def test_a_question_that_holds_most_words_of_a_claim_gives_it_away() -> None:
    text = "Is each value computed only when somebody asks?"

    assert given_away(text, ["Something else entirely.", CLAIM], "Generators") == CLAIM


@pytest.mark.parametrize("text", ["When does the work happen?", "What is a generator's value?", ""])
def test_a_question_that_leads_to_a_claim_gives_nothing_away(text: str) -> None:
    assert given_away(text, [CLAIM], "Generators") is None


def test_the_words_of_the_topic_give_nothing_away() -> None:
    claim = "A context manager cleans up."
    question = "What is a context manager?"

    assert given_away(question, [claim], "Exceptions") == claim
    assert given_away(question, [claim], "Context managers") is None
