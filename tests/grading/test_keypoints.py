"""Drafted key points are kept only if a passage supports them."""

import json

import pytest

from interviewer.errors import Unparsable
from interviewer.grading.keypoints import draft_key_points
from interviewer.values.knowledge import Passage, Topic
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.scripted import ScriptedModel

TOPIC = Topic(id="queues", section="Basics", title="Queues", path="g.md", line=1)
PASSAGE = Passage(
    id="sha256:1", path="g.md", first_line=3, last_line=4, kind="guide", symbol="queues",
    header="Basics › Queues",
    text="A deque appends and pops at both ends in constant time. A list pops slowly at the front.",
)  # fmt: skip
SUPPORTED = "A deque appends and pops at both ends in constant time."
INVENTED = "The standard queue module stores every element in an encrypted database file."


def draft(*points: tuple[str, str]) -> str:
    return json.dumps({"points": [{"followup": f, "point": p} for p, f in points]})


def test_a_claim_of_a_passage_is_kept_and_names_it(embedder: FakeEmbedder) -> None:
    model = ScriptedModel([draft((SUPPORTED, "What does that cost?"), (INVENTED, "Where?"))])

    points = draft_key_points(model, TOPIC, [PASSAGE], embedder)

    assert [point.text for point in points] == [SUPPORTED]
    assert points[0].passages == (PASSAGE.id,)
    assert points[0].followup == "What does that cost?"


def test_the_same_claim_twice_is_one_point(embedder: FakeEmbedder) -> None:
    model = ScriptedModel([draft((SUPPORTED, "Why?"), (SUPPORTED, "Why?"))])

    points = draft_key_points(model, TOPIC, [PASSAGE], embedder)

    assert len(points) == 1


@pytest.mark.parametrize("followup", [SUPPORTED + "?", "One? Two?", "no question"])
def test_a_follow_up_that_tells_or_cannot_be_said_is_dropped(
    embedder: FakeEmbedder, followup: str
) -> None:
    model = ScriptedModel([draft((SUPPORTED, followup))])

    points = draft_key_points(model, TOPIC, [PASSAGE], embedder)

    assert points[0].followup == ""


def test_without_passages_nothing_is_asked(embedder: FakeEmbedder) -> None:
    assert draft_key_points(ScriptedModel([]), TOPIC, [], embedder) == ()


def test_nonsense_is_repaired_once_then_given_up(embedder: FakeEmbedder) -> None:
    repaired = ScriptedModel(["no json", draft((SUPPORTED, "Why?"))])
    hopeless = ScriptedModel(["no json", "still none"])

    assert draft_key_points(repaired, TOPIC, [PASSAGE], embedder)
    with pytest.raises(Unparsable):
        draft_key_points(hopeless, TOPIC, [PASSAGE], embedder)
