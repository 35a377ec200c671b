from interviewer.conversation import aids
from interviewer.values.events import Corrected
from interviewer.values.interview import Answer, Delivery
from tests.fakes.exchange import on_table
from tests.fakes.interview import say

DELIVERY = Delivery(words=3, speaking_s=1, first_word_s=1, monologue_s=1, fillers=0)


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
