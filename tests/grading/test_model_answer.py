import pytest

from interviewer.grading.model_answer import fault, prepared_answer
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.interview import LAZY, MEMORY, ONCE, sample_question

QUESTION = sample_question()
WHOLE = f"{LAZY.text} {MEMORY.text} {ONCE.text}"


def test_a_prepared_answer_makes_every_key_point_once_and_passes_its_own_check() -> None:
    answer = prepared_answer(QUESTION)

    assert answer == WHOLE
    assert fault(answer, QUESTION, FakeEmbedder()) is None


def test_without_key_points_there_is_no_prepared_answer() -> None:
    assert prepared_answer(sample_question(points=())) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "spoken sentences"),
        (f"- {WHOLE}", "spoken sentences"),
        (f"{WHOLE}\n```python\nx\n```", "spoken sentences"),
        (f"{WHOLE} {'word ' * 150}", "spoken sentences"),
        (f"Great question! {WHOLE}", "praises"),
        (f"{LAZY.text} {MEMORY.text}", "leaves out"),
        (WHOLE.replace("It holds", "It never holds"), "leaves out"),
        (f"{WHOLE} Kernel threads balance sockets across processors.", "no passage"),
    ],
)
def test_an_answer_that_lacks_a_point_praises_or_invents_is_no_model_answer(
    text: str, why: str
) -> None:
    found = fault(text, QUESTION, FakeEmbedder())

    assert found is not None
    assert why in found
