import pytest

from interviewer.console.debrief import show_debrief
from interviewer.conversation.state import State
from interviewer.values.interview import Answer, Delivery
from tests.fakes.exchange import exchange, graded, verdict
from tests.fakes.screen import FakeTerminal


@pytest.mark.parametrize(("fillers", "count"), [(20, 1), (2, 0)])
def test_the_debrief_says_one_sentence_on_delivery_where_something_stands_out(
    fillers: int, count: int
) -> None:
    terminal = FakeTerminal()
    delivery = Delivery(words=140, speaking_s=60, first_word_s=1, monologue_s=30, fillers=fillers)
    answer = Answer(text="it is lazy", given="spoken", raw="it is lazy", delivery=delivery)
    spoken = exchange(graded(verdict("lazy", "covered"))).model_copy(update={"answers": (answer,)})

    show_debrief(terminal.screen, State(exchanges=(spoken,), ended="complete"))

    assert terminal.words.count("How it sounded:") == count
