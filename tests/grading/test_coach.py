from interviewer.errors import ModelUnavailable
from interviewer.grading.coach import NO_ANSWER, Coach
from interviewer.grading.judge import Judge
from interviewer.grading.model_answer import prepared_answer
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.exchange import UNGRADED, graded, verdict
from tests.fakes.interview import LAZY, MEMORY, ONCE, sample_question
from tests.fakes.scripted import Reply, ScriptedModel

QUESTION = sample_question()
HOLDS = "Say that a generator computes each value only when somebody asks."
DOWN = ModelUnavailable("The server is down.", hint="Start it.")


def coach(*replies: Reply) -> tuple[Coach, ScriptedModel]:
    model = ScriptedModel(list(replies))
    return Coach(model, FakeEmbedder()), model


def test_advice_of_the_model_that_holds_is_given() -> None:
    helper, model = coach(HOLDS)

    text = helper.advise(QUESTION, "It is nice.", LAZY)

    assert text == HOLDS
    assert LAZY.text in model.heard[0][-1].content


def test_advice_begins_as_the_grading_of_the_same_answer_did() -> None:
    helper, model = coach(HOLDS, *[{"a": 1.0}] * 3)

    helper.advise(QUESTION, "It is nice.", LAZY)
    point = LAZY.model_copy(update={"wrong": "All values are computed at once."})
    Judge(model).words(QUESTION.model_copy(update={"key_points": (point,)}), "It is nice.")

    advised, *_, judged = model.heard
    assert advised[0] == judged[0]
    shared = judged[1].content.split("Which of these")[0]
    assert "It is nice." in shared
    assert advised[1].content.startswith(shared)


def test_advice_that_praises_what_is_missing_is_dropped() -> None:
    helper, _ = coach("Great work, you covered laziness very well.")

    assert helper.advise(QUESTION, "It is nice.", LAZY) == ""


def test_a_model_that_fails_leaves_the_prepared_texts() -> None:
    helper, _ = coach(DOWN, DOWN)

    assert helper.advise(QUESTION, "It is nice.", LAZY) == ""
    assert helper.model_answer(QUESTION) == prepared_answer(QUESTION)


def test_the_model_is_asked_for_advice_only_where_the_guide_has_none() -> None:
    told = LAZY.model_copy(update={"covered": "says that it is lazy"})
    grade = graded(verdict("lazy", "missing"), verdict("memory", "covered"))
    helper, _ = coach()

    assert helper.topic_of_advice(QUESTION, grade) == LAZY
    assert helper.topic_of_advice(sample_question(points=(told, MEMORY)), grade) is None
    assert helper.topic_of_advice(QUESTION, UNGRADED) is None
    assert helper.topic_of_advice(QUESTION, graded(verdict("lazy", "covered"))) is None
    assert Coach(None, FakeEmbedder()).topic_of_advice(QUESTION, grade) is None


def test_a_model_answer_that_holds_is_shown_and_any_other_gives_way_to_the_prepared_one() -> None:
    written = f"In short, {LAZY.text} {MEMORY.text} {ONCE.text}"
    good, _ = coach(written)
    bad, _ = coach("A generator is a great thing.")

    assert good.model_answer(QUESTION) == written
    assert bad.model_answer(QUESTION) == prepared_answer(QUESTION)


def test_without_a_model_the_answer_is_the_prepared_one_and_without_points_there_is_none() -> None:
    helper = Coach(None, FakeEmbedder())

    assert helper.model_answer(QUESTION) == prepared_answer(QUESTION)
    assert helper.model_answer(sample_question(points=())) == NO_ANSWER
