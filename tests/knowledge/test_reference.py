"""Bare bullets of a user's guide borrow from the topic of the shipped guide that they name."""

from pathlib import Path

import pytest

from interviewer.knowledge.embedder import MiniLM
from interviewer.knowledge.guide import parse_chapter
from interviewer.knowledge.library import REFERENCE, Library
from interviewer.knowledge.passages import guide_passages
from interviewer.knowledge.reference import fill_bare, is_bare
from interviewer.values.knowledge import Topic
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.guide import CHAPTER, write_guide


def topics(text: str, name: str = "own.md") -> list[Topic]:
    return guide_passages(parse_chapter(text, name))[1]


KNOWN = topics(CHAPTER + "\n## Virtual environments\n\nNotes.\n", "01-features.md")


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("- Generators\n", True),
        ("- Generators (see app)\n", True),
        ("## Generators\n", True),
        ("- Generators\n  - lazy\n", False),
        ("## Generators\n\nNotes.\n", False),
        ("## Generators\n\n### Key points\n\n- (1): A claim.\n", False),
        ("## Generators\n\n### Questions\n\n- mid (): Why?\n", False),
    ],
)
def test_a_topic_is_bare_when_it_brings_nothing_to_ask_or_grade_with(
    text: str,
    bare: bool,  # noqa: FBT001
) -> None:
    (topic,) = topics(text)

    assert is_bare(topic) is bare


def test_a_bare_topic_keeps_its_place_and_gets_what_the_other_has() -> None:
    (own,) = topics("# Mine\n\n- The generators (see lib/lazy.py)\n")

    (filled,) = fill_bare([own], KNOWN, FakeEmbedder())

    kept = {"id", "section", "title", "path", "line", "path_hints"}
    assert filled.model_dump(include=kept) == own.model_dump(include=kept)
    assert filled.key_points == KNOWN[0].key_points
    assert filled.mistakes == KNOWN[0].mistakes
    assert filled.passages == (*KNOWN[0].passages, *own.passages)


def test_questions_about_the_code_of_another_repository_are_left_out() -> None:
    (filled,) = fill_bare(topics("- Generators\n"), KNOWN, FakeEmbedder())

    assert [question.level for question in filled.questions] == ["junior", "mid"]


@pytest.mark.parametrize(
    "text", ["- Metaclasses\n", "- Generators\n  - my own notes\n", "## Generators\n\nNotes.\n"]
)
def test_a_topic_unknown_to_the_reference_or_with_notes_stays_as_it_is(text: str) -> None:
    own = topics(text)

    assert fill_bare(own, KNOWN, FakeEmbedder()) == own
    assert fill_bare(own, [], FakeEmbedder()) == own


def test_the_topics_stay_in_their_order() -> None:
    own = topics("- Sets\n- Virtual environments\n- Lists\n- Generators\n")

    filled = fill_bare(own, KNOWN, FakeEmbedder())

    assert [topic.id for topic in filled] == [topic.id for topic in own]
    assert [bool(topic.key_points) for topic in filled] == [False, False, False, True]


@pytest.mark.parametrize(
    ("title", "same"),
    [("Generator functions", True), ("Virtual envs", True), ("Binary search", False)],
)
def test_titles_that_mean_the_same_are_known_for_it(
    embedder: MiniLM,
    title: str,
    same: bool,  # noqa: FBT001
) -> None:
    (own,) = topics(f"- {title}\n")

    (filled,) = fill_bare([own], KNOWN, embedder)

    assert (filled != own) is same


def test_a_library_backs_bare_topics_with_the_reference(tmp_path: Path) -> None:
    own = write_guide(tmp_path / "own", "- Generators\n- Binary search\n", "list.md")
    shipped = write_guide(tmp_path / "shipped")

    library, summary = Library.open(tmp_path / "index", [own], [], reference=[shipped])

    generators, search = library.topics
    assert [note.path for note in library.notes(generators)] == [
        f"{REFERENCE}01-features.md",
        "list.md",
    ]
    assert [note.path for note in library.notes(search)] == ["list.md"]
    assert (summary.topics, summary.guide_passages) == (2, 3)
    library.close()


def test_a_bare_topic_without_a_namesake_has_the_nearest_notes(tmp_path: Path) -> None:
    text = "- Looping lazily with yield\n- Sets\n"
    own = write_guide(tmp_path / "own", text, "list.md")
    shipped = write_guide(tmp_path / "shipped")

    library, _ = Library.open(tmp_path / "index", [own], [], reference=[shipped])

    assert [note.symbol for note in library.notes(library.topics[0])] == [
        "generators",
        "looping-lazily-with-yield",
    ]
    assert [note.symbol for note in library.notes(library.topics[1])] == ["sets"]
    library.close()


def test_a_guide_with_notes_of_its_own_borrows_nothing(tmp_path: Path) -> None:
    own = write_guide(tmp_path / "own", "## Generators\n\nMy notes.\n")

    library, summary = Library.open(
        tmp_path / "index", [own], [], reference=[tmp_path / "never read"]
    )

    assert summary.guide_passages == 1
    assert library.topics[0].key_points == ()
    library.close()
