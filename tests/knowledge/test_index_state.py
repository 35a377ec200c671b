"""What the index holds, told without Chroma."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from interviewer.errors import KnowledgeError
from interviewer.knowledge.index_state import index_state
from interviewer.knowledge.library import Library

GUIDE = "1. **Basics**\n   - Lists\n   - Dicts\n"


def test_there_is_no_index_before_it_is_built_and_asking_makes_none(tmp_path: Path) -> None:
    folder = tmp_path / "index"

    assert index_state(folder) is None
    assert not folder.exists()


def test_an_index_that_was_built_tells_how_much_and_when(tmp_path: Path) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text(GUIDE)
    before = datetime.now(UTC).replace(microsecond=0)
    library, summary = Library.open(tmp_path / "index", [guide], [])
    library.close()

    state = index_state(tmp_path / "index")

    assert state is not None
    assert state.passages == summary.guide_passages
    assert state.written is not None
    assert before <= state.written <= datetime.now(UTC)


def test_a_file_that_is_no_database_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"x" * 4096)

    with pytest.raises(KnowledgeError) as caught:
        index_state(tmp_path)

    assert "index --rebuild" in caught.value.hint
