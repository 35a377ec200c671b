import pytest

from interviewer.grading.self_rating import gap
from interviewer.values.grade import Band
from tests.fakes.exchange import graded


@pytest.mark.parametrize(
    ("rating", "band", "bands_above"),
    [(4, "strong hire", 0), (4, "no", 3), (1, "strong hire", -3), (2, "leaning no", 0)],
)
def test_a_rating_is_compared_with_its_grade_by_bands(
    rating: int, band: Band, bands_above: int
) -> None:
    grade = graded().model_copy(update={"band": band})

    assert gap(rating, grade) == bands_above
