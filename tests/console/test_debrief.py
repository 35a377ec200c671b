import pytest

from interviewer.console.debrief import ALL_WELL, THANKS, show_debrief
from interviewer.conversation.state import State
from interviewer.values.interview import Answer, Delivery, Question
from tests.fakes.exchange import exchange, graded, verdict
from tests.fakes.interview import sample_question, session_head
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


def titled(number: int, title: str) -> Question:
    return sample_question(number).model_copy(update={"title": title})


def test_the_debrief_names_what_comes_again_the_weakest_first_or_that_nothing_does() -> None:
    lists = exchange(graded(score=0.4), number=1, question=titled(1, "Lists: index, slice"))
    loops = exchange(graded(score=0.1), number=2, question=titled(2, "Loops"))
    sets = exchange(graded(score=0.9), number=3, question=titled(3, "Sets"))
    weak, strong, unanswered = FakeTerminal(100), FakeTerminal(100), FakeTerminal(100)

    show_debrief(weak.screen, State(exchanges=(lists, loops, sets), ended="complete"))
    show_debrief(strong.screen, State(exchanges=(sets,), ended="complete"))
    show_debrief(unanswered.screen, State(exchanges=(exchange(),), ended="complete"))

    assert weak.words.endswith("To come back to next time: Loops; Lists: index, slice.")
    assert strong.words.endswith(ALL_WELL)
    assert ALL_WELL not in unanswered.words


def test_a_real_debrief_ends_with_what_it_comes_to_for_that_is_what_the_window_shows() -> None:
    terminal = FakeTerminal(100)
    made = exchange(graded(verdict("lazy", "covered", 0.9, "it is lazy"), score=0.9), number=1)
    gone = exchange(graded(verdict("lazy", "missing", 0.0), score=0.1), number=2)

    show_debrief(
        terminal.screen, State(started=session_head("real"), exchanges=(made, gone), ended="time")
    )

    places = [
        terminal.words.index(text)
        for text in (
            THANKS, "9.0 of 10", "1.0 of 10", "5.0 of 10 over 2 graded questions: hire",
            "Went well:", "Worth working on", "To come back to next time:",
        )
    ]  # fmt: skip
    assert places == sorted(places)
