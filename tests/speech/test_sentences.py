import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.speech.sentences import ON_SCREEN, Sentences


def cut(*pieces: str) -> list[str]:
    sentences = Sentences()
    return [*(s for piece in pieces for s in sentences.add(piece)), *sentences.rest()]


def test_a_sentence_is_out_as_soon_as_the_next_one_begins() -> None:
    sentences = Sentences()

    assert sentences.add("What is a generator") == []
    assert sentences.add("? And ") == ["What is a generator?"]
    assert sentences.add("how does it end?") == []
    assert sentences.rest() == ["And how does it end?"]


def test_what_comes_next_is_a_new_text() -> None:
    sentences = Sentences()
    sentences.add("An unfinished")
    sentences.rest()

    assert sentences.add("Another one. Then") == ["Another one."]


@pytest.mark.parametrize(
    "text",
    [
        "What does os.environ hold in Python 3.11 on startup?",
        "Say when a set wins, e.g. for lookups, and why.",
        "Dr. Hettinger would ask what sorted() returns.",
    ],
)
def test_a_stop_within_a_name_or_number_ends_no_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize("fence", ["```", "```python"])
def test_code_is_said_to_be_on_the_screen(fence: str) -> None:
    text = f"Look at this.\n{fence}\nx = 1. Or so.\n```\nWhat does it print?"

    assert cut(text) == ["Look at this.", ON_SCREEN, "What does it print?"]


def test_code_that_never_ends_is_not_said() -> None:
    assert cut("Look at this.\n```\nx = 1") == ["Look at this."]


@given(st.data())
def test_how_the_text_comes_in_changes_nothing(data: st.DataObject) -> None:
    text = "Look at `x`. See:\n```\nx = 1. Or so.\n```\nWhat? Why, then! It is ``"
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)))))

    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    assert cut(*pieces) == cut(text)
