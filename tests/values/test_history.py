"""Days as a reader says them."""

from datetime import timedelta

import pytest

from interviewer.values.history import day_of
from tests.fakes.outcomes import DAY


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "today"), (-1, "Sunday"), (6, "Sunday"), (7, "2026-03-09"), (-7, "2026-02-23")],
)
def test_a_day_is_named_as_people_name_it(days: int, expected: str) -> None:
    assert day_of(DAY + timedelta(days=days), DAY) == expected
