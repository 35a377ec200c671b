import re
from functools import cache
from random import Random

import pytest

from interviewer.conversation.followup import (
    KEPT,
    MAX_FOLLOWUPS,
    Move,
    asked_again,
    pick_followup,
)
from interviewer.conversation.manners import WORDINGS
from interviewer.conversation.state import Exchange
from interviewer.grading.coverage import Coverage
from interviewer.knowledge.embedder import MiniLM
from interviewer.values.events import FollowedUp
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.exchange import on_table
from tests.fakes.grader import FakeCoverage
from tests.fakes.interview import LAZY, MEMORY, ONCE, sample_question

RNG = Random(3)  # noqa: S311 - variety, not secrecy
WORDING = WORDINGS["neutral"]
LONG = "It reads very much like a list does, and one can put it wherever a loop wants something."


def coverage(table: Exchange) -> Coverage:
    return FakeCoverage(table.question, FakeEmbedder())


def pick(table: Exchange) -> Move | None:
    return pick_followup(table, coverage(table), RNG, WORDING)


@pytest.mark.parametrize(
    ("table", "aimed_at"),
    [
        (on_table(LONG), "lazy"),
        (on_table("It is lazy in its work."), "memory"),
        (on_table("Memory stays small with it."), "lazy"),
        (on_table("Lazy, and memory stays small."), "once"),
        (on_table("It is lazy.", "Then memory stays small."), "once"),
        (on_table(LONG, asked_on=("lazy",)), "memory"),
        (on_table(LONG, hints=(LAZY.followup,)), "memory"),
        (on_table(LONG, asked_on=("lazy",), hints=(MEMORY.followup,)), "once"),
    ],
)
def test_a_followup_goes_to_the_weightiest_point_that_is_open(
    table: Exchange, aimed_at: str
) -> None:
    move = pick(table)

    assert move is not None
    assert move.key_point == aimed_at
    followups = {point.id: point.followup for point in (LAZY, MEMORY, ONCE)}
    assert move.text == f"{move.lead} {followups[aimed_at]}"


@pytest.mark.parametrize(
    "table",
    [
        on_table(),
        on_table(""),
        on_table("I don't know.", points=(LAZY.model_copy(update={"followup": ""}),)),
        on_table("I don't know.", hints=(LAZY.followup, MEMORY.followup, ONCE.followup)),
        on_table("I don't know.", "No idea."),
        on_table("It is lazy in its work.", "No idea, sorry."),
        on_table("Why would you write a generator, for reason 1?"),
        on_table("Lazy, little memory, and only once."),
        on_table(LONG, asked_on=("lazy", "memory", "once")[:MAX_FOLLOWUPS]),
        on_table(LONG, asked_on=("lazy",), hints=(MEMORY.followup, ONCE.followup)),
        on_table(LONG, points=()),
        on_table(LONG, points=(LAZY.model_copy(update={"followup": ""}),)),
    ],
    ids=[
        "nothing asked", "empty", "no easier way in", "all hinted at", "knows neither", "gives up",
        "question given back", "all said",
        "asked on often enough", "all nudged at", "no key points", "no follow-up to ask",
    ],
)  # fmt: skip
def test_there_is_no_followup_when_asking_on_leads_nowhere(table: Exchange) -> None:
    assert pick(table) is None


@pytest.mark.parametrize(
    ("answer", "is_over"),
    [
        ("That's all I know.", True),
        ("No, that’s it", True),
        ("I already said that.", True),
        ("As I just said.", True),
        ("I don't know, nothing else comes to mind.", True),
        ("I have nothing to add.", True),
        ("I can't think of anything else!", True),
        ("That is all that stays in memory, one value.", False),
        ("Nothing else than one value stays, the list is never built.", False),
        ("I already said that it needs one value at a time, so it costs little.", False),
    ],
)
def test_who_has_nothing_more_to_say_is_not_asked_on(answer: str, *, is_over: bool) -> None:
    move = pick(on_table("It is lazy in its work.", answer))

    assert (move is None) is is_over


@pytest.mark.parametrize(
    "text",
    [
        "Actually no, I meant the whole list is built.",
        "Wait, sorry, I meant that it is lazy only at times.",
        "Let me correct that: nothing is built.",
        "Scratch that, it is an iterator.",
    ],
)
def test_who_puts_right_what_was_said_is_asked_the_same_once_more(text: str) -> None:
    first = on_table("It is lazy in its work.", text, asked_on=("memory",))
    again = on_table("It is lazy in its work.", text, text, asked_on=("memory",))

    assert asked_again(first, coverage(first)) == f"{KEPT} {first.followups[-1].text}"
    assert asked_again(again, coverage(again)) is None


@pytest.mark.parametrize(
    "table",
    [
        on_table("Actually no, I meant that it is lazy."),
        on_table("It is lazy.", "Actually no, I meant memory stays small.", asked_on=("memory",)),
        on_table("It is lazy.", "It means that actually nothing is built.", asked_on=("memory",)),
    ],
    ids=["nothing was asked on", "it says the point", "no second thought"],
)
def test_what_answers_the_followup_is_not_asked_again(table: Exchange) -> None:
    assert asked_again(table, coverage(table)) is None


def test_a_followup_says_back_what_made_a_point() -> None:
    move = pick(on_table("Well, so basically it is lazy until you need one. Other things too."))

    assert move == Move(
        key_point="memory",
        text=f"You said “it is lazy until you need one”. {MEMORY.followup}",
        lead="You said “it is lazy until you need one”.",
    )


@pytest.mark.parametrize(
    "answer",
    [
        "Lazy. Much more could be said of how it reads and where it fits.",
        "It is lazy when somebody asks for a value and does its work then, however long it takes.",
    ],
    ids=["too short", "too long"],
)
def test_a_sentence_is_said_back_only_if_it_is_neither_short_nor_long(answer: str) -> None:
    move = pick(on_table(answer, points=(LAZY, MEMORY)))

    assert move is not None
    assert "You said" not in move.text


def test_a_quote_never_holds_the_claim_of_another_point() -> None:
    point = LAZY.model_copy(update={"text": "It holds a single value lazily."})
    table = on_table("Lazy, it holds a single value at a time.", points=(point, MEMORY))

    move = pick(table)

    assert move is not None
    assert "You said" not in move.text


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("It reads well.", "example"), (LONG, "example"), (f"Lazy. {LONG}", "open")],
    ids=["short", "long but empty", "with one of the points"],
)
def test_a_vague_answer_is_asked_for_an_example_and_another_is_pressed(
    answer: str, kind: str
) -> None:
    moves = [pick(on_table(answer)) for _ in range(12)]

    found = [move for move in moves if move]
    assert len(found) == 12
    assert {move.kind for move in found} == {kind}
    assert len({move.text for move in found}) > 1


def test_who_does_not_know_is_shown_one_easier_way_in() -> None:
    move = pick(on_table("I don't know."))

    assert move is not None
    assert (move.kind, move.key_point) == ("easier", "once")
    assert move.text.endswith(f" {ONCE.followup}")


def test_after_the_easier_way_in_nothing_more_is_asked() -> None:
    table = on_table("I don't know.")
    move = pick(table)
    assert move is not None
    asked = FollowedUp(**move.model_dump())
    after = on_table("I don't know.", LONG).model_copy(update={"followups": (asked,)})

    assert pick(after) is None


WRONG = MEMORY.model_copy(update={"wrong": "It builds the whole list beforehand."})


@pytest.mark.parametrize("rest", ["", "It is lazy too."])
def test_what_was_wrong_is_said_back_and_asked_about_before_other_points(rest: str) -> None:
    move = pick(on_table(f"It builds the whole list beforehand. {rest}", points=(LAZY, WRONG)))

    assert move is not None
    assert (move.kind, move.key_point) == ("challenge", "memory")
    assert move.text.startswith("You said “It builds the whole list beforehand”. ")
    assert move.text.endswith(f" {WRONG.followup}")


NAMED = (
    LAZY.model_copy(update={"wrong": "says that everything is worked out up front."}),
    MEMORY.model_copy(update={"wrong": "says that it builds the whole list in memory first."}),
    ONCE.model_copy(update={"wrong": "says that a second loop starts over from the beginning."}),
)


@cache
def by_meaning() -> Coverage:
    return Coverage(sample_question(1, NAMED), MiniLM())


@pytest.mark.parametrize(
    "answer",
    [
        "I'd use a generator instead of building the whole list.",
        "A generator computes values only when somebody asks, rather than all at once.",
        "It computes each value when asked and not before.",
        "Rather than working everything out up front, it computes a value when somebody asks.",
        "Without building a list, it holds a single value in memory at a time.",
        "Nothing is computed until somebody asks for a value.",
        "It does not start over, a second loop gives nothing.",
    ],
)
def test_what_is_right_and_says_what_it_is_not_is_no_challenge(answer: str) -> None:
    move = pick_followup(on_table(answer, points=NAMED), by_meaning(), RNG, WORDING)

    assert move is None or move.kind != "challenge"


@pytest.mark.parametrize(
    ("answer", "aimed_at"),
    [
        ("Everything is worked out up front when you call it.", "lazy"),
        ("It works out all the values up front and keeps the whole list in memory.", "lazy"),
        ("It builds the whole list in memory first.", "memory"),
        ("A second loop just starts over from the beginning.", "once"),
        ("You can loop over it a second time and it starts from the beginning again.", "once"),
    ],
)
def test_what_is_wrong_in_words_of_one_s_own_is_challenged(answer: str, aimed_at: str) -> None:
    move = pick_followup(on_table(answer, points=NAMED), by_meaning(), RNG, WORDING)

    assert move is not None
    assert (move.kind, move.key_point) == ("challenge", aimed_at)


def test_a_wrong_answer_is_challenged_once() -> None:
    table = on_table(
        "It builds the whole list beforehand.", "It builds the whole list beforehand.",
        asked_on=("memory",), points=(WRONG,),
    )  # fmt: skip

    assert pick(table) is None


def test_a_complete_answer_is_taken_further_once() -> None:
    table = on_table("Lazy, little memory, and only once.")
    after = on_table("Lazy, little memory, and only once.", "Yes.", asked_on=("",))

    move = pick_followup(table, coverage(table), RNG, WORDING, "What happens under load?")

    assert move is not None
    assert (move.kind, move.key_point) == ("deeper", "")
    assert move.text.endswith(" What happens under load?")
    assert pick_followup(after, coverage(after), RNG, WORDING, "What happens under load?") is None


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("It is a lazy-ish value.", "You said “It is a lazy-ish value”. "),
        ("Lazy-ish.", ""),
    ],
)
def test_brief_words_that_made_a_point_in_part_are_asked_for_an_example_once(
    answer: str, said: str
) -> None:
    table = on_table(answer, points=(LAZY,))
    after = on_table(answer, "Well, so.", points=(LAZY,), asked_on=("",))

    assert pick(table) == Move(key_point="", text=f"{said}{WORDING.example}", kind="example")
    assert pick(after) is None


@pytest.mark.parametrize(
    "table",
    [
        on_table("It is a lazy-ish value.", points=(LAZY,), asked_on=("lazy",)),
        on_table("It is lazy by all means.", points=(LAZY,)),
        on_table("It is a lazy-ish value.", "No idea.", points=(LAZY,)),
    ],
    ids=["asked on before", "made in full", "gave up"],
)
def test_no_example_is_asked_of_who_said_enough_or_gave_up(table: Exchange) -> None:
    assert pick(table) is None


def test_at_length_a_point_that_was_made_in_part_is_asked_on_unless_another_is_sure() -> None:
    unsure = pick(on_table(f"Lazy-ish, memory-ish. {LONG} {LONG}", points=(LAZY, MEMORY)))
    sure = pick(on_table(f"Lazy-ish, and memory. {LONG} {LONG}", points=(LAZY, MEMORY)))

    assert unsure is not None
    assert (unsure.key_point, unsure.kind) == ("lazy", "example")
    assert sure is None


@pytest.mark.parametrize("answer", ["It is lazy in its work.", "I don't know.", LONG])
def test_an_incomplete_answer_is_not_taken_further(answer: str) -> None:
    table = on_table(answer)

    move = pick_followup(table, coverage(table), RNG, WORDING, "What happens under load?")

    assert move is not None
    assert move.kind != "deeper"


@pytest.mark.parametrize("answer", ["It reads well.", LONG, "I don't know.", "It builds a list."])
def test_no_followup_thanks_or_praises(answer: str) -> None:
    for _ in range(12):
        move = pick(on_table(answer, points=(LAZY, WRONG, ONCE)))

        assert move is not None
        assert not re.search(r"thank|great|good|right|correct|wrong", move.text, re.IGNORECASE)
