"""The settings in force: flags over environment over the settings file over defaults."""

import difflib
import os
import tempfile
import tomllib
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from interviewer.errors import SettingsError
from interviewer.paths import HOME_VARIABLE, Folders, make_private_folder

PREFIX = "INTERVIEWER_"
NO_PROFILE = "none"
LISTS = ("guide", "repo", "topic", "section", "kind")


class Profile(BaseModel):
    """A named set of guides and repositories, as for one job among several."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    guide: tuple[Path, ...] = ()
    repo: tuple[Path, ...] = ()


class Settings(BaseModel):
    """What the user chose; every field has a variable and a key of the same name, many a flag."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str | None = None
    """`ollama/NAME`, `embedded/NAME`, `openai/NAME` or `none`; unset lets the program choose."""
    openai_url: str | None = None
    """Where a server that speaks OpenAI's protocol is, up to and with its `/v1`."""
    openai_key: SecretStr | None = None
    """Sent to that server alone, and shown nowhere."""
    guide: tuple[Path, ...] = ()
    repo: tuple[Path, ...] = ()
    profile: str = NO_PROFILE
    """Which of the profiles gives guides and repositories."""
    profiles: dict[str, Profile] = {}
    topic: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    kind: tuple[Literal["concept", "read_code", "write_code"], ...] = ()
    """Kinds of question; unset means all in a terminal, and no coding tasks in a pipe."""
    questions: int = Field(default=5, ge=1, le=50)
    minutes: int | None = Field(default=None, ge=1, le=240)
    level: Literal["junior", "mid", "senior"] = "mid"
    mode: Literal["practice", "real"] = "practice"
    manner: Literal["friendly", "neutral", "tough"] = "neutral"
    """How the interviewer speaks; it changes no grade."""
    seed: int | None = None
    voice: str = "heart"
    """The voice that speaks; the others are downloaded when they are first asked for."""
    speed: float = Field(default=1.0, ge=0.5, le=2)
    """Of that voice."""
    volume: float = Field(default=1.0, gt=0, le=4)
    microphone: str | None = None
    """Its number or a part of its name; unset means the system's default."""
    loudspeaker: str | None = None
    """As above."""
    hearing: str = "whisper/tiny.en"
    """The model that understands spoken answers."""
    hands_free: bool = False
    """Let a spoken answer end by silence; else a key begins and ends it."""
    silence_s: float = Field(default=3.5, ge=2, le=30)
    """The silence that ends a hands-free answer; people think in pauses of 2 s."""
    self_rating: bool = True
    """Ask for your own rating before a grade is shown; never in a pipe."""
    threads: int | None = Field(default=None, ge=1, le=256)
    """CPU threads of a model that is embedded or on Ollama; unset leaves their number to it."""
    embedder: str | None = None
    """`ollama/NAME` to embed passages by Ollama; unset means the model in this process."""
    chroma_url: str = ""
    """A Chroma server that keeps the index, `http(s)://host:port`; empty means a folder of ours."""
    chroma_token: SecretStr | None = None
    """Sent to that server alone, and shown nowhere."""
    python_docs: Path | None = None
    """A folder with pages of Python's documentation as text; unset means where Debian has them."""

    @property
    def by_clock(self) -> bool:
        """Tell whether the time alone says how long a session is: minutes were chosen, no count."""
        return self.minutes is not None and "questions" not in self.model_fields_set


def load(
    flags: Mapping[str, Any],
    folders: Folders,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Merge the four sources into one frozen value; a flag that is None or empty was not given.

    Raises:
        SettingsError: a key is unknown or a value is out of range; names the source.
    """
    environment = os.environ if environment is None else environment
    merged: dict[str, Any] = {}
    file = _from_file(folders.settings_file)
    for source, values in (
        (f"the settings file {str(folders.settings_file)!r}", file),
        ("the environment", _from_environment(environment)),
        ("the command line", {k: v for k, v in flags.items() if v is not None and v != []}),
    ):
        _check(values, source)
        if "profile" in values:
            paths = _profile(values["profile"], file, source)
            # `profiles use` means more than paths that stood in the file before; a flag is for now.
            merged |= values | paths if values is file else paths | values
        else:
            merged |= values
    return Settings.model_validate(merged)


def profiles(folders: Folders) -> tuple[dict[str, Profile], str]:
    """Return the profiles of the settings file, and the name of the one in use.

    Raises:
        SettingsError: the file cannot be read, or holds what no setting may be.
    """
    values = _from_file(folders.settings_file)
    _check(values, f"the settings file {str(folders.settings_file)!r}")
    kept = Settings.model_validate(values)
    return kept.profiles, kept.profile


def _profile(name: str, file: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Return the guides and repositories of a profile."""
    known = file.get("profiles", {})
    if name != NO_PROFILE and name not in known:
        raise SettingsError(
            f"There is no profile {name!r}, which {source} names.",
            hint=f"Known profiles: {', '.join([*known, NO_PROFILE])}. "
            f"`interviewer profiles add {name}` makes one.",
        )
    paths = file if name == NO_PROFILE else known[name]
    return {key: paths.get(key, ()) for key in Profile.model_fields}


def change_settings(folders: Folders, change: Callable[[MutableMapping[str, Any]], None]) -> None:
    """Change the settings file as a whole or not at all, keeping its comments and its order.

    Args:
        folders: whose settings file it is; it is made if it is not there.
        change: alters the document it is given, as it would a dictionary.

    Raises:
        SettingsError: the file cannot be read or written, or would hold what no setting may be.
    """
    import tomlkit  # noqa: PLC0415 - only for those who change something

    # A settings file that is a link to one kept elsewhere stays a link.
    path = folders.settings_file.resolve()
    _from_file(path)
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8") if path.exists() else "")
    except (OSError, ValueError) as error:
        # It is stricter than the reader of _from_file, as about keys of a hundred parts.
        raise _unreadable(path, error) from error
    change(document)
    text = tomlkit.dumps(document)
    _check(tomllib.loads(text), f"the settings file {str(path)!r}")
    try:
        _replace(path, text)
    except OSError as error:
        raise SettingsError(
            f"Cannot write the settings file {str(path)!r}: {error.strerror}.",
            hint="Make its folder writable, and look whether the disk is full.",
        ) from error


def _replace(path: Path, text: str) -> None:
    make_private_folder(path.parent)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=".settings-", delete=False
    ) as new:
        try:
            new.write(text)
            new.flush()
            os.fsync(new.fileno())
            new.close()  # Windows moves no file that is open.
            Path(new.name).replace(path)
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise


def _check(values: Mapping[str, Any], source: str) -> None:
    known = Settings.model_fields
    for key in values:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)[0]
            raise SettingsError(
                f"Unknown setting {key!r} in {source}.",
                hint=f"Did you mean {near!r}? Known settings: {', '.join(known)}.",
            )
    try:
        Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = first["loc"][0]
        raise SettingsError(
            f"Setting {name!r} in {source}: {first['msg']}, found {first['input']!r}.",
            hint=f"Correct {name!r} in {source}.",
        ) from error


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> SettingsError:
    return SettingsError(
        f"Cannot read the settings file {str(path)!r}: {error}.",
        hint="Correct the file, or move it away to go back to the defaults.",
    )


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, text in environment.items():
        if not name.startswith(PREFIX) or name == HOME_VARIABLE or not text:
            continue
        key = name.removeprefix(PREFIX).lower()
        values[key] = tuple(text.split(os.pathsep)) if key in LISTS else text
    return values
