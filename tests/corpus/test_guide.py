"""The guide that ships: complete by the linter's count and by the list it was ordered from."""

import re
from pathlib import Path

import pytest

from interviewer.grading.advice import plain_advice
from interviewer.knowledge.guide import Chapter, read_guides
from interviewer.knowledge.lint import KEY_POINTS, check_guide
from interviewer.knowledge.words import overlap
from interviewer.paths import bundled
from interviewer.values.knowledge import LEVELS, Topic

ORDERED = {
    "Python fundamentals": [
        "Data types",
        "List comprehensions and generator expressions",
        "Functions: args, kwargs, decorators, lambdas",
        "Object-oriented programming: classes, inheritance, polymorphism",
        "Context managers",
        "Exception handling",
    ],
    "Python-specific features": [
        "The GIL",
        "Memory management and garbage collection",
        "Mutable and immutable types",
        "Iterators and generators",
        "Magic methods",
        "The module import system",
        "Virtual environments",
    ],
    "Standard library": [
        "Collections: defaultdict, Counter, namedtuple",
        "datetime",
        "json",
        "os and sys",
        "re",
        "threading and multiprocessing",
    ],
    "Modern Python development": [
        "FastAPI for REST APIs",
        "SQLAlchemy as ORM",
        "Pydantic for validation",
        "pytest",
        "Dependency injection in FastAPI",
        "async and await",
    ],
    "Design patterns and practices": [
        "Repository pattern",
        "Service layer",
        "Dependency injection",
        "SOLID",
        "Clean Architecture",
    ],
    "Common interview tasks": [
        "String manipulation",
        "List and array operations",
        "Dictionary operations",
        "Sorting and searching",
        "Problem-solving approach",
    ],
    "Testing": [
        "Unit tests with pytest",
        "Fixtures",
        "Mocking",
        "Test organisation",
        "Coverage",
    ],
    "Databases": [
        "SQL basics",
        "ORM concepts",
        "Migrations",
        "CRUD",
        "Relationships",
    ],
}
HINTS = {
    "repository-pattern": "app/repositories",
    "service-layer": "app/services",
    "dependency-injection": "app/dependencies",
}
TOPICS = [
    topic for chapter in read_guides((bundled("corpus") / "guide",)) for topic in chapter.topics
]
SECOND_VERB = re.compile(
    r"(?:[,;]|\band|\bor) (?:knows|mentions|names|says|speaks|starts|may (?:add|give|name)|would)\b"
)
"""What stops being a sentence once the line is told to the candidate and only its first verb is."""
NOT_A_STEM = ("ches", "shes", "sses", "xes")
SAME_SCENE = 0.5


def test_the_linter_finds_nothing(chapters: list[Chapter], repo_folder: Path) -> None:
    findings = check_guide(chapters, (repo_folder,))

    assert [f"{f.path}:{f.line}: {f.message}" for f in findings] == []


def test_the_chapters_and_their_topics_are_those_ordered_in_that_order(
    chapters: list[Chapter],
) -> None:
    found = {
        section: [topic.title for topic in chapter.topics if topic.section == section]
        for chapter in chapters
        for section in dict.fromkeys(topic.section for topic in chapter.topics)
    }

    assert found == ORDERED
    assert list(found) == list(ORDERED)
    assert [chapter.path[:2] for chapter in chapters] == [f"{n:02}" for n in range(1, 9)]


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_a_topic_has_notes_points_mistakes_and_questions_at_three_levels(topic: Topic) -> None:
    low, high = KEY_POINTS

    assert (low, high) == (3, 6)
    assert low <= len(topic.key_points) <= high
    assert all(point.covered and point.wrong and point.followup for point in topic.key_points)
    assert topic.mistakes
    assert {question.level for question in topic.questions} == set(LEVELS)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_the_notes_of_a_topic_are_as_long_as_a_colleague_would_talk(topic: Topic) -> None:
    prose = "".join(topic.notes.split("```")[::2])

    assert 120 <= len(prose.split()) <= 400


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_a_topic_that_points_into_the_repository_asks_about_its_code(topic: Topic) -> None:
    about_code = [question for question in topic.questions if question.code]

    assert bool(about_code) or not topic.path_hints


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_what_counts_as_said_can_be_told_to_the_candidate(topic: Topic) -> None:
    for point in topic.key_points:
        verb, _, rest = point.covered.partition(" ")

        assert re.fullmatch(r"[a-z]+s", verb), point.covered
        assert not verb.endswith(NOT_A_STEM), point.covered
        assert not SECOND_VERB.search(rest), point.covered
        assert not re.match(r"(?:that )?they\b", rest), point.covered


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_a_followup_is_another_scene_than_the_questions_after_its_point(topic: Topic) -> None:
    for point in topic.key_points:
        for question in topic.questions:
            same = overlap(point.followup, question.text, ignoring=topic.title)

            assert point.id not in question.key_points or same < SAME_SCENE, point.followup


@pytest.mark.parametrize(("topic", "hint"), HINTS.items())
def test_the_patterns_point_at_their_folders(topic: str, hint: str) -> None:
    (found,) = [one for one in TOPICS if one.id == topic]

    assert hint in found.path_hints


def test_every_advice_is_a_sentence_about_a_full_answer() -> None:
    points = [point for topic in TOPICS for point in topic.key_points]
    told = {point.id: plain_advice(point, "missing") for point in points}

    assert [text for text in told.values() if not text.startswith("Next time: a full ans")] == []
    assert [text for text in told.values() if "says they " in text] == []


def test_there_are_at_least_fifteen_tasks_from_easy_to_medium() -> None:
    tasks = [task for topic in TOPICS for task in topic.tasks]

    assert len(tasks) >= 15
    assert {task.level for task in tasks} == {"easy", "medium"}
    assert {topic.section for topic in TOPICS if topic.tasks} == {"Common interview tasks"}


def test_the_page_about_the_guide_names_only_files_that_are_there(
    guide_folder: Path, repo_folder: Path
) -> None:
    rows = (guide_folder / "README.md").read_text(encoding="utf-8").splitlines()

    named = [row.split("`")[1] for row in rows if row.startswith("| `")]

    assert len(named) > 20
    assert [name for name in named if not (repo_folder / name).exists()] == []
