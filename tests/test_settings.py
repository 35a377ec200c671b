"""Settings: four sources, one frozen value, and errors that name the nearest right key."""

import stat
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from interviewer import settings
from interviewer.errors import SettingsError
from interviewer.paths import Folders


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "config", tmp_path / "data", tmp_path / "cache")


def write_file(folders: Folders, text: str) -> None:
    folders.config.mkdir(parents=True)
    folders.settings_file.write_text(text, encoding="utf-8")


def test_without_any_source_the_defaults_hold(folders: Folders) -> None:
    loaded = settings.load({}, folders, {})

    assert loaded == settings.Settings()


def test_what_a_server_asks_for_is_known_and_never_shown(folders: Folders) -> None:
    environment = {"INTERVIEWER_OPENAI_KEY": "s3cret", "INTERVIEWER_CHROMA_TOKEN": "s3cret"}

    loaded = settings.load({}, folders, environment)

    assert loaded.chroma_token is not None
    assert loaded.chroma_token.get_secret_value() == "s3cret"
    assert "s3cret" not in f"{loaded!r} {loaded.model_dump_json()}"


def test_flags_win_over_environment_over_file_over_defaults(folders: Folders) -> None:
    write_file(folders, 'questions = 2\nlevel = "junior"\nmode = "real"\n')
    environment = {"INTERVIEWER_QUESTIONS": "3", "INTERVIEWER_LEVEL": "senior"}

    loaded = settings.load({"questions": 4, "model": None}, folders, environment)

    assert (loaded.questions, loaded.level) == (4, "senior")
    assert (loaded.mode, loaded.model) == ("real", None)


@pytest.mark.parametrize(
    ("flags", "by_clock"),
    [({}, False), ({"minutes": 25}, True), ({"minutes": 25, "questions": 5}, False)],
)
def test_minutes_alone_make_a_session_as_long_as_its_clock(
    folders: Folders, flags: dict[str, int], *, by_clock: bool
) -> None:
    assert settings.load(flags, folders, {}).by_clock is by_clock


def test_lists_in_the_environment_are_separated_like_paths(folders: Folders) -> None:
    loaded = settings.load({}, folders, {"INTERVIEWER_TOPIC": "the-gil:json"})

    assert loaded.topic == ("the-gil", "json")


def test_the_home_variable_is_no_setting(folders: Folders) -> None:
    loaded = settings.load({}, folders, {"INTERVIEWER_HOME": "/somewhere"})

    assert loaded == settings.Settings()


@pytest.mark.parametrize(
    ("file", "environment", "flags", "message", "hint"),
    [
        ("qestions = 3", {}, {}, "Unknown setting 'qestions' in the settings file", "'questions'"),
        ("", {"INTERVIEWER_MODELL": "x"}, {}, "'modell' in the environment", "'model'"),
        ("", {}, {"levle": "mid"}, "'levle' in the command line", "'level'"),
        ("questions = 0", {}, {}, "'questions' in the settings file", "Correct 'questions'"),
        ("", {}, {"level": "guru"}, "'guru'", "Correct 'level' in the command line"),
        ("", {"INTERVIEWER_MINUTES": "soon"}, {}, "'soon'", "Correct 'minutes'"),
        ("= broken", {}, {}, "Cannot read the settings file", "move it away"),
    ],
)
def test_a_wrong_setting_is_named_with_its_source_and_the_way_out(
    folders: Folders,
    file: str,
    environment: dict[str, str],
    flags: dict[str, str],
    message: str,
    hint: str,
) -> None:  # fmt: skip
    write_file(folders, file)

    with pytest.raises(SettingsError) as caught:
        settings.load(flags, folders, environment)

    assert message in str(caught.value)
    assert hint in caught.value.hint


def set_level(document: MutableMapping[str, Any]) -> None:
    document["level"] = "senior"


def test_a_change_keeps_comments_and_order(folders: Folders) -> None:
    write_file(folders, "# My settings.\nquestions = 3  # not too many\nmode = 'real'\n")

    settings.change_settings(folders, set_level)

    assert folders.settings_file.read_text(encoding="utf-8") == (
        "# My settings.\nquestions = 3  # not too many\nmode = 'real'\nlevel = \"senior\"\n"
    )
    assert settings.load({}, folders, {}).level == "senior"


def test_a_change_makes_the_file_where_there_is_none(folders: Folders) -> None:
    settings.change_settings(folders, set_level)

    assert folders.settings_file.read_text(encoding="utf-8") == 'level = "senior"\n'
    assert stat.S_IMODE(folders.config.stat().st_mode) == 0o700


def test_a_change_to_what_no_setting_may_be_leaves_the_file_as_it_was(folders: Folders) -> None:
    write_file(folders, "questions = 3\n")

    with pytest.raises(SettingsError, match=r"'level'.*'guru'"):
        settings.change_settings(folders, lambda document: document.update(level="guru"))

    assert folders.settings_file.read_text(encoding="utf-8") == "questions = 3\n"
    assert list(folders.config.iterdir()) == [folders.settings_file]


def test_a_settings_file_that_is_a_link_stays_one(folders: Folders, tmp_path: Path) -> None:
    kept = tmp_path / "kept.toml"
    kept.write_text("questions = 3\n", encoding="utf-8")
    folders.config.mkdir(parents=True)
    folders.settings_file.symlink_to(kept)

    settings.change_settings(folders, set_level)

    assert folders.settings_file.is_symlink()
    assert "senior" in kept.read_text(encoding="utf-8")


def test_a_broken_settings_file_is_not_written_over(folders: Folders) -> None:
    write_file(folders, "= broken")

    with pytest.raises(SettingsError, match="Cannot read the settings file"):
        settings.change_settings(folders, set_level)

    assert folders.settings_file.read_text(encoding="utf-8") == "= broken"


def test_a_settings_file_that_cannot_be_written_is_an_error_with_its_remedy(
    folders: Folders,
) -> None:
    folders.settings_file.mkdir(parents=True)

    with pytest.raises(SettingsError, match="settings file") as caught:
        settings.change_settings(folders, set_level)

    assert caught.value.hint


PROFILES = """
guide = ["/plain"]
repo = ["/plain-repo"]
[profiles.work]
guide = ["/work"]
[profiles.other]
guide = ["/other"]
repo = ["/other-repo"]
"""


@pytest.mark.parametrize(
    ("file", "environment", "flags", "guide", "repo"),
    [
        ("", {}, {}, "/plain", "/plain-repo"),
        ("profile = 'work'", {}, {}, "/work", None),
        ("profile = 'work'", {"INTERVIEWER_PROFILE": "other"}, {}, "/other", "/other-repo"),
        ("profile = 'work'", {}, {"profile": "none"}, "/plain", "/plain-repo"),
        ("profile = 'work'", {"INTERVIEWER_GUIDE": "/env"}, {}, "/env", None),
        ("", {"INTERVIEWER_GUIDE": "/env"}, {"profile": "work"}, "/work", None),
        ("", {}, {"profile": "other", "guide": [Path("/flag")]}, "/flag", "/other-repo"),
    ],
)
def test_a_profile_gives_guide_and_repository_where_nothing_nearer_does(
    folders: Folders,
    file: str,
    environment: dict[str, str],
    flags: dict[str, Any],
    guide: str,
    repo: str | None,
) -> None:  # fmt: skip
    write_file(folders, file + PROFILES)

    loaded = settings.load(flags, folders, environment)

    assert loaded.guide == (Path(guide),)
    assert loaded.repo == ((Path(repo),) if repo else ())


def test_a_profile_that_is_not_there_is_named_with_those_that_are(folders: Folders) -> None:
    write_file(folders, PROFILES)

    with pytest.raises(SettingsError, match="no profile 'wrok', which the command line") as caught:
        settings.load({"profile": "wrok"}, folders, {})

    assert "work, other, none" in caught.value.hint
