"""Paths: one variable moves every folder we write to."""

from pathlib import Path

import pytest

from interviewer import paths
from interviewer.errors import InterviewerError


def test_the_home_variable_moves_every_folder(tmp_path: Path) -> None:
    found = paths.folders({"INTERVIEWER_HOME": str(tmp_path)})

    for path in (found.config, found.data, found.cache, found.settings_file, found.sessions,
                 found.index, found.models):  # fmt: skip
        assert path.is_relative_to(tmp_path)


def test_without_it_the_platform_decides() -> None:
    found = paths.folders({})

    assert found.data.name == "interviewer"


def test_a_private_folder_is_its_owners_only(tmp_path: Path) -> None:
    made = paths.make_private_folder(tmp_path / "a" / "b")

    assert made.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_says_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(InterviewerError, match="Cannot create the folder") as caught:
        paths.make_private_folder(tmp_path / "file" / "below")

    assert "INTERVIEWER_HOME" in caught.value.hint


@pytest.mark.parametrize("name", ["prompts", "corpus"])
def test_the_texts_that_ship_are_found(name: str) -> None:
    assert paths.bundled(name).is_dir()
