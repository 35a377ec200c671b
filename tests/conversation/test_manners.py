from random import Random
from typing import get_args

import pytest

from interviewer.conversation import aids
from interviewer.conversation.manners import WORDINGS, opening, over, turn
from interviewer.conversation.plan import Planned
from interviewer.conversation.state import Exchange
from interviewer.values.events import Manner, Said
from interviewer.values.interview import Question
from interviewer.values.knowledge import Topic
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.exchange import exchange, on_table
from tests.fakes.grader import FakeCoverage
from tests.fakes.interview import sample_question, session_head, task_question

MANNERS: list[Manner] = list(get_args(Manner))
STRONG = exchange(None, "Lazy, little memory, and only once.")
WRONG = exchange(None, "It works all values out up front and keeps a list of them.")
UNKNOWN = exchange(None, "I don't know, honestly.")
SKIPPED = exchange(None, skipped=True)
ELSEWHERE = sample_question(2).model_copy(update={"section": "Databases"})


def rng(seed: int = 0) -> Random:
    return Random(seed)  # noqa: S311 - variety, not secrecy


def leads(manner: Manner, *before: Exchange, question: Question = ELSEWHERE) -> set[str]:
    return {turn(WORDINGS[manner], before, question, rng(seed)) for seed in range(60)}


@pytest.mark.parametrize("manner", MANNERS)
def test_what_is_said_to_an_answer_does_not_tell_what_it_was_worth(manner: Manner) -> None:
    wording = WORDINGS[manner]

    for seed in range(20):
        after = [turn(wording, [last], ELSEWHERE, rng(seed)) for last in (STRONG, WRONG)]
        assert after[0] == after[1]
        assert over(wording, [STRONG], rng(seed)) == over(wording, [WRONG], rng(seed))


@pytest.mark.parametrize("manner", MANNERS)
def test_an_answer_and_none_and_a_question_that_was_left_are_received_in_words_of_their_own(
    manner: Manner,
) -> None:
    said = [leads(manner, last) for last in (STRONG, UNKNOWN, SKIPPED)]

    assert not said[0] & said[1]
    assert not said[1] & said[2]
    assert not said[0] & said[2]
    assert not any("thank" in text.lower() for text in said[1] | said[2])


@pytest.mark.parametrize("manner", MANNERS)
def test_who_knows_nothing_twice_in_a_row_hears_other_words_than_the_first_time(
    manner: Manner,
) -> None:
    once = leads(manner, STRONG, UNKNOWN)
    twice = leads(manner, UNKNOWN, UNKNOWN)

    assert once == leads(manner, UNKNOWN)
    assert not once & twice
    assert leads(manner, UNKNOWN, STRONG) == leads(manner, STRONG)
    # Who answered and did not know what goes beyond it knows something.
    answered = exchange(None, "Lazy, little memory, and only once.", "I don't know, honestly.")
    for before in (answered, SKIPPED):
        assert leads(manner, before, UNKNOWN) == once


@pytest.mark.parametrize("manner", MANNERS)
def test_neither_receipt_nor_lead_is_said_twice_in_a_row(manner: Manner) -> None:
    wording, last, random = WORDINGS[manner], STRONG, rng()
    firsts, seconds = {*wording.heard}, {*wording.turn, *wording.section}

    for number in range(60):
        lead = turn(wording, [last], sample_question(number), random)
        for words in firsts | seconds:
            assert not (words in lead and words in last.lead)
        last = STRONG.model_copy(update={"lead": lead})


def test_a_lead_may_name_another_section_and_says_that_code_is_to_be_written() -> None:
    named = leads("neutral", STRONG)
    same = leads("neutral", STRONG, question=sample_question(2))
    code = leads("neutral", STRONG, question=task_question(2))

    assert any("Databases" in text for text in named)
    assert not all("Databases" in text for text in named)
    assert not any("Features" in text for text in same)
    assert all(text.endswith(WORDINGS["neutral"].task) for text in code)


@pytest.mark.parametrize(
    ("sections", "minutes", "said"),
    [
        (["Testing"], None, "I have one question for you. Today it is all about Testing."),
        (["Testing", "Testing", "Databases"], None,
         "I have 3 questions for you. We start with Testing and come to Databases."),
        (["Testing", "Databases", "Design"], 30,
         ("I have 3 questions for you, and we have 30 minutes. We start with Testing and come to "
          "other subjects.")),
    ],
)  # fmt: skip
def test_what_is_ahead_is_said_as_one_says_it_aloud_and_lists_no_sections(
    sections: list[str], minutes: int | None, said: str
) -> None:
    planned = [
        Planned(topic=Topic(id="t", section=name, title="T", path="g.md", line=1), reason="new")
        for name in sections
    ]

    text = opening(session_head("real", len(planned), minutes), planned)

    assert text == f"{WORDINGS['neutral'].welcome} {said}"


def test_nothing_leads_over_to_the_first_question() -> None:
    assert not turn(WORDINGS["neutral"], [], ELSEWHERE, rng())


@pytest.mark.parametrize("is_real", [True, False])
def test_an_interviewer_who_gives_no_hint_says_so_in_words_and_names_no_command(
    *, is_real: bool
) -> None:
    table = on_table(points=())

    event = aids.hint(table, FakeCoverage(table.question, FakeEmbedder()), is_real=is_real)

    assert isinstance(event, Said)
    texts = (aids.NO_HINTS_IN_REAL, aids.NO_HINT, aids.NO_MORE_HINTS, aids.NO_SIMPLER)
    assert event.text in texts
    assert not any("/" in text for text in texts)
