"""Passages, key points and topics as values."""

import pytest
from pydantic import ValidationError

from interviewer.values.knowledge import KeyPoint, Passage, PreparedQuestion, Topic

PASSAGE = Passage(
    id="sha256:1",
    path="app/db.py",
    first_line=12,
    last_line=20,
    kind="code",
    symbol="get_session",
    header="app/db.py › get_session()",
    text="def get_session(): ...",
)


def test_the_place_to_read_a_passage_is_its_path_and_first_line() -> None:
    assert PASSAGE.location == "app/db.py:12"


def test_a_passage_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        PASSAGE.text = "another"  # type: ignore[misc]


@pytest.mark.parametrize("weight", [0, 4, -1])
def test_a_key_point_weighs_one_to_three(weight: int) -> None:
    with pytest.raises(ValidationError, match="weight"):
        KeyPoint(id="a", text="A claim.", weight=weight)


def test_a_key_point_weighs_one_unless_it_says_otherwise() -> None:
    assert KeyPoint(id="a", text="A claim.").weight == 1


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (KeyPoint, {"id": "a", "text": "b", "weigth": 2}),
        (PreparedQuestion, {"level": "expert", "text": "b", "key_points": [], "line": 1}),
        (Passage, PASSAGE.model_dump() | {"kind": "video"}),
        (Topic, {"id": "a", "section": "b", "title": "c", "path": "d"}),
    ],
)
def test_what_does_not_fit_is_refused(
    model: type[KeyPoint | PreparedQuestion | Passage | Topic], values: dict[str, object]
) -> None:
    with pytest.raises(ValidationError):
        model.model_validate(values)


def test_a_passage_survives_being_written_as_json() -> None:
    assert Passage.model_validate_json(PASSAGE.model_dump_json()) == PASSAGE
