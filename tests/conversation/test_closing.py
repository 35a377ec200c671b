import pytest

from interviewer.conversation.closing import HERE, NOTHING, answer, is_announced, is_none
from interviewer.conversation.simpler import easier_wording
from interviewer.errors import ModelInterrupted
from interviewer.knowledge.library import Library
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.interview import LAZY, sample_question, sample_topic
from tests.fakes.scripted import Reply, ScriptedModel

ASKED = "How many values does a generator keep in memory at a time?"
SAYS = "It keeps a single value in memory at a time, however long the sequence is."
QUESTION = sample_question(1, (LAZY,)).model_copy(
    update={"text": "Why would you write a generator instead of filling a list at once?"}
)


@pytest.mark.parametrize(
    "text",
    [
        *("", "No.", "no, thanks!", "That’s all", "NOPE", "Not really.", "I'm good, thank you!"),
        *("No, I don't have any questions.", "No, that was everything from my side, thanks."),
        *("I think that's it.", "No more questions", "Nothing else, thank you very much."),
    ],
)
def test_a_candidate_may_have_no_question(text: str) -> None:
    assert is_none(text)
    assert not is_announced(text)
    assert not is_none(f"{text} Why is it so?")
    assert not is_none(f"{text} But tell me how the cache works")


@pytest.mark.parametrize("text", ["Yes.", "Yes, I have one.", "Sure, I do have a few questions."])
def test_a_candidate_may_say_first_that_there_is_a_question(text: str) -> None:
    assert is_announced(text)
    assert not is_none(text)
    assert not is_announced(f"{text} How does the cache work?")


@pytest.mark.parametrize("text", ["Is everything good?", "How is the session closed", "Why?"])
def test_a_question_is_neither(text: str) -> None:
    assert not is_none(text)
    assert not is_announced(text)


def test_without_a_model_the_best_passage_answers_with_its_place(library: Library) -> None:
    answered = answer(None, library, ASKED)

    assert answered.text == f"{HERE}: “{SAYS}”"
    assert answered.sources[0].location.startswith("features.md:")


def test_a_question_about_the_code_is_answered_from_the_code(library: Library) -> None:
    asked = "How does a generator number rows lazily"

    anywhere = answer(None, library, f"{asked}?")
    in_code = answer(None, library, f"{asked} in the repository?")

    assert anywhere.sources[0].kind == "guide"
    assert {source.kind for source in in_code.sources} == {"code"}
    assert in_code.text == f"{HERE}: {in_code.sources[0].header}."


def test_what_neither_guide_nor_repository_knows_is_not_answered(library: Library) -> None:
    answered = answer(None, library, "Which football club won the cup in the year 1954?")

    assert (answered.text, answered.sources) == (NOTHING, ())


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("A generator keeps a single value in memory.", "A generator keeps a single value"),
        ("We pay very well and have a nice kitchen with fruit.", HERE),
        (ModelInterrupted("It stopped.", hint="Try again."), HERE),
    ],
)
def test_a_model_answers_from_the_passages_or_they_do(
    library: Library, reply: Reply, said: str
) -> None:
    model = ScriptedModel([reply])

    answered = answer(model, library, ASKED)

    assert answered.text.startswith(said)
    assert answered.sources


@pytest.mark.parametrize(
    ("reply", "is_kept"),
    [
        ("Why write a generator and not fill a list at once?", True),
        ("Why would you write a generator? It computes each value only when asked.", False),
        ("What is the capital city of the republic of France today?", False),
        ("Would a generator compute each value only when somebody asks?", False),
        (QUESTION.text, False),
    ],
)
def test_easier_words_of_a_model_are_kept_if_they_ask_the_same_and_tell_nothing(
    reply: str, *, is_kept: bool
) -> None:
    model = ScriptedModel([reply])

    text = easier_wording(model, FakeEmbedder(), sample_topic(), QUESTION)

    assert text == (reply if is_kept else None)


def test_an_easier_question_of_the_guide_goes_first_if_it_has_the_same_points(
    library: Library,
) -> None:
    topic = next(topic for topic in library.topics if topic.title == "Generators")
    points = tuple(point for point in topic.key_points if point.id == "memory")
    same = sample_question(1, points)
    other = sample_question(1, topic.key_points)

    assert easier_wording(None, FakeEmbedder(), topic, same) == topic.questions[0].text
    assert easier_wording(None, FakeEmbedder(), topic, other) is None
