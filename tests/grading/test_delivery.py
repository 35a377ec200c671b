import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.delivery import (
    LONG_MONOLOGUE_S,
    advise,
    describe,
    fillers,
    measure,
    together,
    without_sounds,
    words_a_minute,
)
from interviewer.values.interview import Answer, Delivery


def delivery(**figures: object) -> Delivery:
    usual = {
        "words": 140, "speaking_s": 60.0, "first_word_s": 1.0, "monologue_s": 40.0, "fillers": 0,
    }  # fmt: skip
    return Delivery.model_validate(usual | figures)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("I like generators. You know the GIL. It is a kind of lock.", []),
        ("Um, it is, uh, lazy. Hmm. Er, well, erm.", ["um", "uh", "hmm", "er", "erm"]),
        ("Like, it is, like, fast, you know, and I mean, lazy.", ["like", "like", "you know"]),
        ("I mean, it yields.", ["i mean"]),
        ("The human hummed about umbrellas, error and ahead.", []),
        ("Mm-hmm. Uhh, ummm.", ["mm-hmm", "uhh", "ummm"]),
        ("", []),
    ],
)
def test_fillers_are_counted_by_word_and_like_the_verb_is_none(raw: str, found: list[str]) -> None:
    assert fillers(raw) == found


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Um, a generator, uh, is lazy.", "a generator is lazy."),
        ("It is lazy. Hmm.", "It is lazy."),
        ("I like the hum of it.", "I like the hum of it."),
        ("uh", ""),
    ],
)
def test_sounds_are_left_out_of_the_text_and_words_stay(raw: str, text: str) -> None:
    assert without_sounds(raw) == text


@given(st.lists(st.sampled_from(["lazy", "error", "like", "human", "ah", "um,", "Uh", "it."])))
def test_what_is_left_without_sounds_has_none(words: list[str]) -> None:
    text = without_sounds(" ".join(words))

    assert without_sounds(text) == text
    assert [word for word in fillers(text) if word != "like"] == []


def test_pauses_and_the_longest_stretch_come_from_where_speech_was() -> None:
    spans = [(2.0, 10.0), (10.5, 12.0), (15.0, 16.0), (17.5, 40.0)]

    found = measure("word " * 80, spans)

    assert found is not None
    assert found.first_word_s == 2.0
    assert found.pauses_s == (3.0, 1.5)
    assert found.monologue_s == 22.5
    assert found.speaking_s == 38.0
    assert words_a_minute(found) == 126


@pytest.mark.parametrize(("raw", "spans"), [("", [(0.0, 1.0)]), ("Um.", [(0.0, 1.0)]), ("x", [])])
def test_of_an_answer_without_words_nothing_is_known(
    raw: str, spans: list[tuple[float, float]]
) -> None:
    assert measure(raw, spans) is None


def test_several_answers_are_taken_together_and_typed_ones_left_out() -> None:
    spoken = [
        Answer(text="a", given="spoken", delivery=delivery(fillers=1, pauses_s=(1.5,))),
        Answer(text="b", given="spoken", delivery=delivery(fillers=2, first_word_s=4.0)),
    ]

    found = together([*spoken, Answer(text="typed")])

    assert found == delivery(
        words=280, speaking_s=120.0, fillers=3, pauses_s=(1.5,), first_word_s=4.0
    )
    assert together([Answer(text="typed")]) is None


def test_what_is_said_of_fillers_is_a_lower_bound() -> None:
    line = describe(delivery(fillers=4, pauses_s=(1.5, 3.25)))

    assert "140 words a minute" in line
    assert "at least 4 fillers" in line
    assert "longest pause 3.2 s of 2" in line


def test_a_few_words_have_no_pace() -> None:
    assert "words a minute" not in describe(delivery(words=12, speaking_s=5.0))


def test_usual_delivery_needs_no_advice() -> None:
    assert advise(delivery(fillers=4, pauses_s=(2.0, 2.5))) == ""
    assert advise(None) == ""


@pytest.mark.parametrize(
    ("figures", "about"),
    [
        ({"monologue_s": LONG_MONOLOGUE_S + 10.0}, "without a break"),
        ({"fillers": 20}, "At least 20 fillers in 140 words"),
        ({"speaking_s": 40.0}, "210 words a minute"),
        ({"speaking_s": 120.0}, "70 words a minute"),
        ({"first_word_s": 15.0}, "15 s"),
    ],
)
def test_what_stands_out_gets_one_sentence(figures: dict[str, object], about: str) -> None:
    advice = advise(delivery(**figures))

    assert about in advice
    assert advice.count(". ") == 0
    assert advice.endswith(".")
