"""The library: kept in step with its guide and repositories, and searched."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from interviewer.errors import KnowledgeError
from interviewer.knowledge.embedder import Vectors
from interviewer.knowledge.indexing import Step
from interviewer.knowledge.library import Backing, Library, Summary, forget_index
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.guide import CHAPTER, write_guide, write_repo


def bring_up(index: Path, guides: Sequence[Path], repos: Sequence[Path] = ()) -> Summary:
    """Open and close a library; return what that did."""
    library, summary = Library.open(index, guides, repos)
    library.close()
    return summary


def test_a_library_knows_its_topics_and_their_notes(library: Library) -> None:
    (topic,) = library.topics

    notes = library.notes(topic)

    assert topic.id == "generators"
    assert [note.id for note in notes] == list(topic.passages)
    assert notes[0].text.startswith("A generator function")


def test_what_is_searched_for_is_found_best_first(library: Library) -> None:
    found = library.search("code", "send an email message", 5)

    scores = [hit.score for hit in found]
    assert found[0].passage.symbol == "send_mail"
    assert scores == sorted(scores, reverse=True)
    assert all(-1 <= hit.cosine <= 1.0001 for hit in found)


def test_the_guide_and_the_code_are_searched_apart(library: Library) -> None:
    assert {hit.passage.kind for hit in library.search("guide", "countdown", 9)} == {"guide"}
    assert {hit.passage.kind for hit in library.search("code", "countdown", 9)} == {"code"}


@pytest.mark.parametrize("hint", ["app/mail.py", "app/values.py"])
def test_code_for_a_topic_comes_first_from_where_the_guide_points(
    library: Library, hint: str
) -> None:
    topic = library.topics[0].model_copy(update={"path_hints": (hint,)})

    found = library.code_for(topic)

    assert found[0].passage.path == hint
    assert found[0].score > 1
    assert len(found) == 2


def test_a_hint_may_be_a_folder_but_no_beginning_of_a_name(library: Library) -> None:
    topic = library.topics[0]

    plain, folder, beginning = (
        [
            hit.passage.id
            for hit in library.code_for(topic.model_copy(update={"path_hints": hints}), 9)
        ]
        for hints in ((), ("app/",), ("app/mai",))
    )

    assert plain == folder == beginning
    assert len(plain) == 3


def test_code_too_short_to_explain_anything_is_not_shown(library: Library) -> None:
    searched = {hit.passage.header for hit in library.search("code", "itertools values", 9)}

    shown = {hit.passage.header for hit in library.code_for(library.topics[0], 9)}

    assert "app/values.py" in searched
    assert "app/values.py" not in shown


def test_a_symbol_is_looked_up_in_the_repository(library: Library) -> None:
    found = library.symbol("app/values.py::countdown")

    assert found is not None
    assert found.symbol == "countdown"
    assert library.symbol("app/values.py::count") is None


def test_without_a_repository_there_is_no_code(tmp_path: Path) -> None:
    guide = write_guide(tmp_path / "guide", "- Generators\n- Sets\n")

    library, summary = Library.open(tmp_path / "index", [guide], [])

    assert library.code_for(library.topics[0]) == []
    assert library.symbol("app/values.py::countdown") is None
    assert (summary.topics, summary.guide_passages, summary.code_passages) == (2, 2, 0)
    library.close()


def test_only_what_is_new_is_embedded_and_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    guide = write_guide(tmp_path / "guide")
    repo = write_repo(tmp_path / "repo")
    index = tmp_path / "index"

    first = bring_up(index, [guide], [repo])
    again = bring_up(index, [guide], [repo])
    write_guide(tmp_path / "guide", CHAPTER.replace("A generator function", "A generator"))
    (repo / "app" / "mail.py").unlink()
    changed = bring_up(index, [guide], [repo])
    last = bring_up(index, [guide], [repo])

    assert (first.added, first.removed) == (first.guide_passages + first.code_passages, 0)
    assert (first.guide_passages, first.code_passages) == (1, 5)
    assert (again.added, again.removed) == (0, 0)
    assert (changed.added, changed.removed) == (1, 3)
    assert (last.added, last.removed) == (0, 0)


def test_an_index_serves_several_guides_and_forgets_none_of_them(tmp_path: Path) -> None:
    own = write_guide(tmp_path / "own")
    other = write_guide(tmp_path / "other", "- Sets\n")
    index = tmp_path / "index"
    bring_up(index, [own])

    second = bring_up(index, [other])

    assert (second.added, second.removed) == (1, 0)
    assert bring_up(index, [own]).added == 0


def test_the_order_in_which_guides_are_given_does_not_matter(tmp_path: Path) -> None:
    guides = [write_guide(tmp_path / "a", "- Sets\n"), write_guide(tmp_path / "b", "- Lists\n")]
    bring_up(tmp_path / "index", guides)

    assert bring_up(tmp_path / "index", guides[::-1]).added == 0


def test_progress_is_told_a_file_at_a_time_with_the_passages_so_far(tmp_path: Path) -> None:
    guide, repo = write_guide(tmp_path / "guide"), write_repo(tmp_path / "repo")
    told: list[Step] = []

    library, summary = Library.open(tmp_path / "index", [guide], [repo], told.append)

    library.close()
    assert [step.files for step in told] == [1, 1, 1, 2, 3, 3]
    assert told[-1].passages == summary.code_passages


def test_a_forgotten_index_is_built_anew(tmp_path: Path) -> None:
    guide = write_guide(tmp_path / "guide")
    bring_up(tmp_path / "index", [guide])

    forget_index(tmp_path / "index")
    forget_index(tmp_path / "index")

    assert not (tmp_path / "index").exists()
    assert bring_up(tmp_path / "index", [guide]).added == 1


def test_when_damage_shows_in_the_code_the_guide_is_made_anew_too(tmp_path: Path) -> None:
    guide, repo = write_guide(tmp_path), write_repo(tmp_path)
    bring_up(tmp_path / "index", [guide], [repo])
    (tmp_path / "index" / "chroma.sqlite3").write_bytes(b"this is no database" * 100)
    (repo / "app" / "new.py").write_text("def added():\n    return 1\n")

    library, _ = Library.open(tmp_path / "index", [guide], [repo])

    with contextlib.closing(library):
        assert library.search("guide", "countdown", 9)
        assert library.search("code", "added", 9)[0].passage.symbol == "added"


def test_a_file_below_two_roots_is_read_once(tmp_path: Path) -> None:
    guide, repo = write_guide(tmp_path / "guide"), write_repo(tmp_path / "repo")

    once = bring_up(tmp_path / "one", [guide], [repo])
    twice = bring_up(tmp_path / "two", [guide], [repo, repo / "app", repo])
    again = bring_up(tmp_path / "two", [guide], [repo, repo / "app", repo])

    assert twice.code_passages == once.code_passages
    assert (again.added, again.removed) == (0, 0)


def test_what_was_passed_over_is_counted_and_named(tmp_path: Path) -> None:
    guide, repo = write_guide(tmp_path / "guide"), write_repo(tmp_path / "repo")
    (repo / "made.py").write_text("# @generated\nx = 1\n", encoding="utf-8")
    (repo / ".env").write_text("KEY=1\n", encoding="utf-8")

    first = bring_up(tmp_path / "index", [guide], [repo])
    again = bring_up(tmp_path / "index", [guide], [repo])

    assert first.skipped == again.skipped == {"secret": 1, "generated": 1}
    assert {Path(skip.path) for skip in again.skips} == {repo / ".env", repo / "made.py"}


def test_a_sync_that_fails_closes_the_store(tmp_path: Path) -> None:
    class Failing(FakeEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            raise KnowledgeError(f"cannot embed {len(texts)}", hint="Try again.")

    guide = write_guide(tmp_path / "guide")

    with pytest.raises(KnowledgeError, match="cannot embed"):
        Library.open(tmp_path / "index", [guide], [], backing=Backing(embedder=Failing()))

    # Chroma keeps a folder's store open for all of a process until the last one closes it.
    assert str(tmp_path / "index") not in open_stores()
    assert bring_up(tmp_path / "index", [guide]).added == 1


def open_stores() -> set[str]:
    return set(SharedSystemClient._identifier_to_system)  # noqa: SLF001 - there is no other way


def test_a_missing_guide_leaves_no_index_behind(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="There is no guide"):
        Library.open(tmp_path / "index", [tmp_path / "absent.md"], [])

    assert not (tmp_path / "index").exists()


def test_names_and_texts_that_are_no_unicode_are_kept_out_of_harms_way(tmp_path: Path) -> None:
    guide = write_guide(tmp_path / "guide", "- Generators\n")
    repo = write_repo(tmp_path / "repo\udcff")
    (repo / "odd\udcff.py").write_bytes(b"# coding: utf-7\nx = '+2AA-'\n")

    summary = bring_up(tmp_path / "index", [guide], [repo])

    assert summary.code_passages == 6
    assert bring_up(tmp_path / "index", [guide], [repo]).added == 0


def test_a_topic_that_no_guide_has_notes_on_stands_on_pythons_own_words(tmp_path: Path) -> None:
    guide = tmp_path / "topics.md"
    guide.write_text("# Heaps\n\n- heapq\n", encoding="utf-8")

    library, summary = Library.open(tmp_path / "index", [guide], [])

    with contextlib.closing(library):
        notes = library.notes(library.topics[0])
    assert notes[0].kind == "docs"
    assert "heapq" in notes[0].header
    assert summary.guide_passages + summary.code_passages == summary.added


def test_it_stands_on_the_documentation_too_where_that_is(tmp_path: Path) -> None:
    guide, docs = tmp_path / "topics.md", tmp_path / "docs"
    guide.write_text("# Style\n\n- Duck typing\n", encoding="utf-8")
    docs.mkdir()
    page = "Duck typing\n===========\n\nDuck typing asks what an object can do, not its type.\n"
    (docs / "glossary.rst").write_text(page, encoding="utf-8")

    library, _ = Library.open(tmp_path / "index", [guide], [], backing=Backing(python_docs=docs))

    with contextlib.closing(library):
        notes = library.notes(library.topics[0])
    assert notes[0].location == "python/glossary.rst:1"
