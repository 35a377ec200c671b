from interviewer.grading.support import find_support
from tests.fakes.interview import LAZY, MEMORY, NOTES, sample_question

WRAPPED = NOTES.model_copy(
    update={
        "id": "sha256:9",
        "text": "Some words first.\n\nA generator has no length. It holds a single\n"
        "value in memory at a time. That is all.",
    }
)
CODE = NOTES.model_copy(update={"id": "sha256:8", "kind": "code", "path": "app/rows.py"})


def test_a_point_is_explained_by_the_sentence_that_says_most_of_it() -> None:
    question = sample_question().model_copy(update={"sources": (CODE, NOTES, WRAPPED)})

    found = find_support(question, MEMORY)

    assert found is not None
    assert found.quote == "It holds a single value in memory at a time."
    assert found.location == "guide/features.md:14"


def test_a_passage_that_a_point_names_goes_before_all_others() -> None:
    question = sample_question().model_copy(update={"sources": (NOTES, WRAPPED)})
    point = LAZY.model_copy(update={"passages": (WRAPPED.id,), "line": 0})

    found = find_support(question, point)

    assert found is not None
    assert found.location == WRAPPED.location


def test_where_no_sentence_says_it_the_guides_own_line_does() -> None:
    point = LAZY.model_copy(update={"text": "Threads share nothing here.", "line": 77})

    found = find_support(sample_question(), point)

    assert found is not None
    assert (found.quote, found.location) == (point.text, "guide/features.md:77")


def test_without_a_source_there_is_nothing_to_read() -> None:
    assert find_support(sample_question().model_copy(update={"sources": ()}), LAZY) is None
