"""Answers that no model needs to see."""

import pytest

from interviewer.grading.settled import settle

QUESTION = "What does a with statement do for you?"


@pytest.mark.parametrize("answer", ["", "   ", "...", "\n\n", "?!"])
def test_nothing_said_is_empty(answer: str) -> None:
    assert settle(answer, QUESTION) == "empty"


@pytest.mark.parametrize(
    "answer",
    [
        "I don't know.",
        "No idea, sorry.",
        "pass",
        "Hmm, can we skip this one?",
        "not sure",
        "I do not know what a with statement does",
        "Sorry, I can't remember that.",
        "dunno",
    ],
)
def test_not_knowing_is_heard_in_many_words(answer: str) -> None:
    assert settle(answer, QUESTION) == "dont_know"


@pytest.mark.parametrize(
    "answer",
    [
        QUESTION,
        "What a with statement does for you.",
        "with statement!!",
        "Does a with statement do?",
    ],
)
def test_the_question_given_back_is_no_answer(answer: str) -> None:
    assert settle(answer, QUESTION) == "copied"


@pytest.mark.parametrize(
    "answer",
    [
        "It closes the file.",
        "I don't know the details, but the file is closed even when an exception is raised.",
        "It runs the exit step; I'm not sure about the order.",
        "use pass",
        "Skip it if it is empty.",
        "pass the file to the with statement and it is closed",
    ],
)
def test_an_answer_with_a_claim_is_left_to_the_judge(answer: str) -> None:
    assert settle(answer, QUESTION) is None
