"""The lines below a topic: what is read, and what is named as unreadable."""

import pytest

from interviewer.knowledge.guide import parse_chapter
from interviewer.knowledge.topic_parts import TopicParts
from interviewer.values.knowledge import KeyPoint, PreparedQuestion, Topic


def read(text: str) -> tuple[Topic, list[tuple[int, str]]]:
    """Read the text as what stands from line 5 on below a topic on line 3."""
    chapter = parse_chapter(f"# S\n\n## T\n\n{text}\n", "a.md")
    return chapter.topics[0], [(finding.line, finding.message) for finding in chapter.findings]


@pytest.mark.parametrize(
    ("text", "hints", "notes", "lines"),
    [
        ("See: app/db.py, `app`\n\nNotes.", ("app/db.py", "app"), "Notes.", (7, 7)),
        ("See: app\n\nNotes.\n\n- more\n\nEnd.", ("app",), "Notes.\n\n- more\n\nEnd.", (7, 11)),
        ("See: app", ("app",), "", None),
        ("See: app, ,", ("app",), "", None),
        ("Notes.\n\nSee: app", (), "Notes.\n\nSee: app", (5, 7)),
        ("Notes see: app", (), "Notes see: app", (5, 5)),
        ("- item\n\n### Key points", (), "- item", (5, 5)),
        ("Notes.\n\n#### Detail\n\nMore.", (), "Notes.\n\n#### Detail\n\nMore.", (5, 9)),
    ],
)  # fmt: skip
def test_notes_and_hints_are_what_stands_before_the_first_part(
    text: str, hints: tuple[str, ...], notes: str, lines: tuple[int, int] | None
) -> None:
    topic, findings = read(text)

    assert (topic.path_hints, topic.notes, topic.note_lines) == (hints, notes, lines)
    assert findings == []


@pytest.mark.parametrize(
    ("item", "name", "weight", "text"),
    [
        ("`lazy-one` (3): A claim.", "lazy-one", 3, "A claim."),
        ("lazy (2): A claim: with more.", "lazy", 2, "A claim: with more."),
        ("(2): A claim of five words.", "a-claim-of-five", 2, "A claim of five words."),
        ("A claim without marks.", "a-claim-without-marks", 1, "A claim without marks."),
        ("`lazy`: A claim.", "lazy-a-claim", 1, "`lazy`: A claim."),
        ("???", "point", 1, "???"),
    ],
)
def test_a_key_point_may_leave_out_its_id_and_weight(
    item: str, name: str, weight: int, text: str
) -> None:
    topic, findings = read(f"### Key points\n\n- {item}")

    assert topic.key_points == (KeyPoint(id=name, weight=weight, text=text, line=7),)
    assert findings == []


def test_a_key_point_says_what_covers_it_what_is_wrong_and_what_leads_to_it() -> None:
    topic, findings = read(
        "### Key points\n\n- `a` (1): A claim.\n  - covered: says so,\n    or so.\n"
        "  - Wrong: says: not.\n  - Follow-up: And then?"
    )

    (point,) = topic.key_points
    assert (point.covered, point.wrong, point.followup) == (
        "says so, or so.",
        "says: not.",
        "And then?",
    )
    assert findings == []


@pytest.mark.parametrize("weight", ["0", "4", "10"])
def test_a_weight_out_of_range_is_named_and_the_nearest_is_taken(weight: str) -> None:
    topic, findings = read(f"### Key points\n\n- `a` ({weight}): A.\n- `b` (1): B.")

    assert [(point.id, 1 <= point.weight <= 3) for point in topic.key_points] == [
        ("a", True),
        ("b", True),
    ]
    assert findings == [(7, f"The weight of a key point is 1, 2 or 3, found {weight}.")]


def test_a_detail_that_is_none_of_the_three_is_named_with_its_line() -> None:
    topic, findings = read("### Key points\n\n- `a` (1): A.\n  - Says: so.\n  - Wrong: no.")

    assert topic.key_points[0].wrong == "no."
    assert findings == [(8, "Expected 'Covered:', 'Wrong:' or 'Follow-up:'.")]


@pytest.mark.parametrize(
    ("item", "level", "ids", "code"),
    [
        ("junior (a): Why?", "junior", ("a",), ""),
        ("mid (a, `b`): Why?", "mid", ("a", "b"), ""),
        ("senior (a,b) [app/db.py::get]: Why?", "senior", ("a", "b"), "app/db.py::get"),
        ("senior(): Why?", "senior", (), ""),
    ],
)
def test_a_question_has_a_level_its_points_and_perhaps_code(
    item: str, level: str, ids: tuple[str, ...], code: str
) -> None:
    topic, findings = read(f"### Questions\n\nSome words.\n\n- {item}")

    assert topic.questions == (
        PreparedQuestion.model_validate(
            {"level": level, "text": "Why?", "key_points": ids, "code": code, "line": 9}
        ),
    )
    assert findings == []


@pytest.mark.parametrize(
    "item", ["beginner (a): Why?", "Why?", "mid: Why?", "mid (a) Why?", "mid (a):", "(a): Why?"]
)
def test_a_question_that_cannot_be_read_is_named_and_left_out(item: str) -> None:
    topic, findings = read(f"### Questions\n\n- {item}\n- mid (a): How?")

    assert [question.text for question in topic.questions] == ["How?"]
    assert findings == [(7, "Expected 'junior|mid|senior (key points): question'.")]


def test_an_unknown_heading_is_named_with_those_that_are_known() -> None:
    topic, findings = read("Notes.\n\n### Key point\n\n- `a` (1): A.")

    ((line, message),) = findings
    assert (line, topic.key_points) == (7, ())
    assert "'Key point'" in message
    assert "Key points, Common mistakes, Questions, Task: …" in message


def test_common_mistakes_are_a_list_of_texts() -> None:
    topic, _ = read("### Common mistakes\n\n- Using `==`\n  twice.\n- Another.")

    assert topic.mistakes == ("Using `==` twice.", "Another.")


def test_parts_begin_empty() -> None:
    parts = TopicParts("a.md", 3)

    assert (parts.notes, parts.key_points, parts.questions, parts.tasks) == ("", (), (), ())
