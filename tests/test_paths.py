"""Paths: one variable moves every folder we write to."""

import re
from pathlib import Path

import pytest

import interviewer
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


def test_whatever_is_kept_is_forgotten_too() -> None:
    places = paths.folders({"INTERVIEWER_HOME": "/home/me/interviews"})
    roots = {places.config, places.data, places.cache}
    named = {
        getattr(places, name)
        for name, value in vars(paths.Folders).items()
        if isinstance(value, property) and name != "kept"
    }

    assert named - roots <= {path for kept in places.kept.values() for path in kept}


def test_no_other_module_makes_up_a_place_to_write_to() -> None:
    made_up = re.compile(r"\.(?:config|data|cache) /")

    users = [
        path.name
        for path in Path(interviewer.__file__).parent.rglob("*.py")
        if made_up.search(path.read_text(encoding="utf-8"))
    ]

    assert users == ["paths.py"]
