import pytest

from interviewer.conversation import aids
from interviewer.conversation.aids import GAP, next_hint
from interviewer.conversation.followup import asked_on
from interviewer.conversation.state import Exchange
from interviewer.values.events import Corrected, Reworded, Said
from interviewer.values.interview import Answer, Delivery
from interviewer.values.knowledge import KeyPoint
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.exchange import on_table
from tests.fakes.grader import FakeCoverage
from tests.fakes.interview import LAZY, MEMORY, ONCE, say

DELIVERY = Delivery(words=3, speaking_s=1, first_word_s=1, monologue_s=1, fillers=0)
BEGUN = "A good answer begins like this: “A generator computes …”"
GAPPED = f"Fill the gaps: “A generator {GAP} each value only when somebody asks.”"


def hint_to(table: Exchange) -> str | None:
    return next_hint(table, FakeCoverage(table.question, FakeEmbedder()))


@pytest.mark.parametrize(
    ("table", "hint"),
    [
        (on_table(), LAZY.followup),
        (on_table("It is lazy in its work."), MEMORY.followup),
        (on_table("Lazy, little memory, and only once."), None),
        (on_table(points=()), None),
    ],
)
def test_the_first_hint_asks_towards_the_weightiest_open_point(
    table: Exchange, hint: str | None
) -> None:
    assert hint_to(table) == hint


def test_each_hint_gives_a_little_more_and_there_are_three() -> None:
    given: tuple[str, ...] = ()

    for expected in (LAZY.followup, BEGUN, GAPPED):
        assert hint_to(on_table(hints=given)) == expected
        given += (expected,)

    assert hint_to(on_table(hints=given)) is None


def test_a_followup_on_the_table_is_a_nudge_so_hints_begin_with_what_gives_more() -> None:
    given: tuple[str, ...] = ()

    for expected in (
        "A good answer begins like this: “It holds a …”",
        f"Fill the gaps: “It holds a single value in {GAP} at a time.”",
    ):
        assert hint_to(on_table("It builds a list.", asked_on=("memory",), hints=given)) == expected
        given += (expected,)

    assert hint_to(on_table("It builds a list.", asked_on=("memory",), hints=given)) is None


@pytest.mark.parametrize("hinted", [LAZY, MEMORY])
def test_a_hint_is_about_the_followup_on_the_table_whatever_came_before(hinted: KeyPoint) -> None:
    table = on_table("No idea.", asked_on=("lazy", "once"), hints=(hinted.followup,))

    assert hint_to(table) == "A good answer begins like this: “Iterating over it …”"


def test_a_followup_whose_point_was_made_since_has_no_say_in_the_hint() -> None:
    assert hint_to(on_table("It is lazy.", asked_on=("lazy",))) == MEMORY.followup


def test_a_hint_goes_on_to_another_point_when_the_first_was_made() -> None:
    assert hint_to(on_table("It is lazy.", hints=(LAZY.followup, BEGUN))) == MEMORY.followup


def test_no_hint_says_the_whole_point() -> None:
    for point in (LAZY, MEMORY, ONCE):
        hints = (point.followup,)
        begun = hint_to(on_table(hints=hints, points=(point,)))
        assert begun is not None
        gapped = hint_to(on_table(hints=(*hints, begun), points=(point,)))
        assert gapped is not None

        for text in (begun, gapped):
            assert point.text not in text


def test_what_was_said_stays_with_the_text_that_takes_its_place() -> None:
    spoken = Answer(text="it is lacy", given="spoken", raw="it is lacy", delivery=DELIVERY)
    exchange = on_table().model_copy(update={"answers": (spoken,)})

    event = aids.correct(exchange, say("it is lazy"))

    assert isinstance(event, Corrected)
    assert event.answer == spoken.model_copy(update={"text": "it is lazy"})


def test_a_typed_answer_is_replaced_as_a_whole() -> None:
    event = aids.correct(on_table("it is lacy"), say("it is lazy"))

    assert isinstance(event, Corrected)
    assert event.answer == say("it is lazy")


def test_without_easier_words_the_heaviest_point_is_asked_for() -> None:
    event = aids.simplify(on_table(), None)

    assert isinstance(event, Reworded)
    assert event.text == LAZY.followup


def test_what_was_asked_for_in_easier_words_is_not_asked_again_and_a_hint_goes_on_from_it() -> None:
    exchange = on_table().model_copy(update={"reworded": LAZY.followup})

    assert asked_on(exchange) == [LAZY.id]
    hint = aids.hint(exchange, FakeCoverage(exchange.question, FakeEmbedder()), is_real=False)
    assert LAZY.text.split()[0] in hint.text
    assert hint.text != LAZY.followup


def test_a_follow_up_and_what_was_put_easier_before_have_no_easier_words() -> None:
    for exchange in (
        on_table("It is so.", asked_on=("lazy",)),
        on_table().model_copy(update={"reworded": "What is it for?"}),
    ):
        assert isinstance(aids.simplify(exchange, None), Said)
