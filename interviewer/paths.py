"""Where files live: three folders of the user's, and the texts that ship with the package."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from interviewer.errors import InterviewerError

HOME_VARIABLE = "INTERVIEWER_HOME"
BINARY = getattr(os, "O_BINARY", 0)
"""For `os.open`: without it Windows writes two bytes for each line end."""


@dataclass(frozen=True)
class Folders:
    """The folders we write to; nothing is written anywhere else."""

    config: Path
    data: Path
    cache: Path

    @property
    def settings_file(self) -> Path:
        """The TOML file with the user's settings."""
        return self.config / "settings.toml"

    @property
    def sessions(self) -> Path:
        """One JSON Lines file a session."""
        return self.data / "sessions"

    @property
    def history(self) -> Path:
        """The lines that were typed, for the arrow keys."""
        return self.data / "history"

    @property
    def evaluations(self) -> Path:
        """Grades of `evaluate`, so that none is made twice."""
        return self.cache / "evaluations"

    @property
    def index(self) -> Path:
        """The Chroma store; it can be rebuilt, so it is cache."""
        return self.cache / "index"

    @property
    def session_index(self) -> Path:
        """What lists and searches read instead of all transcripts; made anew when it is gone."""
        return self.cache / "sessions.sqlite3"

    @property
    def trash(self) -> Path:
        """Where deleted transcripts go."""
        return self.data / "trash"

    @property
    def models(self) -> Path:
        """Downloaded weights."""
        return self.cache / "models"

    @property
    def voices(self) -> Path:
        """Downloaded voices."""
        return self.cache / "voices"

    @property
    def kept(self) -> dict[str, tuple[Path, ...]]:
        """All that we write, there or not, by what it is: what `forget` removes."""
        return {
            "settings": (self.settings_file, *self.config.glob(".settings-*")),
            "transcripts": (self.sessions, self.trash),
            "lines you typed": (self.history,),
            "evaluations": (self.evaluations,),
            "index": (self.index, self.index.with_suffix(".lock")),
            # SQLite leaves the journal when it is killed.
            "index of sessions": (
                self.session_index,
                self.session_index.with_suffix(".sqlite3-journal"),
            ),
            "models": (self.models,),
            "voices": (self.voices,),
        }


def folders(environment: Mapping[str, str] | None = None) -> Folders:
    """Return the folders in force; `INTERVIEWER_HOME` moves all three below one folder.

    Raises:
        InterviewerError: the user has no home, and the variable is not set.
    """
    environment = os.environ if environment is None else environment
    if home := environment.get(HOME_VARIABLE):
        root = Path(home).expanduser().absolute()
        return Folders(root / "config", root / "data", root / "cache")
    dirs = platformdirs.PlatformDirs("interviewer", appauthor=False)
    try:
        return Folders(dirs.user_config_path, dirs.user_data_path, dirs.user_cache_path)
    except RuntimeError as error:
        # A user without a home, as in some containers.
        raise InterviewerError(
            "There is no home folder to keep settings and transcripts in.",
            hint=f"Set {HOME_VARIABLE} to a folder of your own.",
        ) from error


def make_private_folder(path: Path) -> Path:
    """Create a folder that only its owner can read, and return it.

    Raises:
        InterviewerError: the folder cannot be created.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InterviewerError(
            f"Cannot create the folder {str(path)!r}: {error.strerror}.",
            hint=f"Make it writable, or set {HOME_VARIABLE} to a folder that is.",
        ) from error
    return path


def bundled(name: str) -> Path:
    """Return the folder `prompts` or `corpus` that ships with the package.

    The wheel carries them inside the package; a source checkout has them at its top.
    """
    package = Path(__file__).parent
    inside = package / "bundled" / name
    return inside if inside.is_dir() else package.parent / name
