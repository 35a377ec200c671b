"""Builds of an index that are killed at a random moment, and what is found afterwards."""

import subprocess
import sys
import time
from pathlib import Path
from random import Random

from interviewer.knowledge.library import Backing, Library, collection_names
from interviewer.knowledge.store import Store
from tests.fakes.embedder import FakeEmbedder

# The library is imported before the clock runs: what is killed is the build.
_CHILD = """
import sys
import chromadb
from tests.fakes.killed_build import build
print("ready", flush=True)
build(*sys.argv[1:])
"""
Contents = dict[str, str]
"""Where each passage stands, by its id."""


def build(folder: str, guide: str, repo: str) -> str:
    """Bring an index up to date, as `start` does; vectors are made without a model.

    Returns why the index had to be made anew; empty if it had not.
    """
    backing = Backing(embedder=FakeEmbedder())
    library, summary = Library.open(Path(folder), [Path(guide)], [Path(repo)], backing=backing)
    library.close()
    return summary.rebuilt


def kill_build(folder: Path, guide: Path, repo: Path, after_s: float) -> bool:
    """Start a build in a process and kill it; tell whether it was still at it."""
    places = [str(folder), str(guide), str(repo)]
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, *places], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(after_s)
        process.kill()
        return process.wait() != 0


def contents(folder: Path, guide: Path, repo: Path) -> Contents:
    """Return all that an index finds: each passage must be the nearest to its own text."""
    embedder = FakeEmbedder()
    found: Contents = {}
    with Store(folder) as store:
        for name in collection_names([guide], [repo]).values():
            passages = store.passages(name, sorted(store.ids(name)))
            for passage in passages:
                vector = embedder.embed([f"{passage.header}\n{passage.text}"])[0]
                near = store.nearest(name, vector, 10)
                assert max(near.values()) > 0.9999, f"{passage.location} is not found"
                found[passage.id] = f"{passage.location} {passage.header}"
    return found


def write_sources(guide: Path, repo: Path, random: Random, modules: int) -> None:
    """Write a guide and a repository; when called again, change some files and remove some."""
    guide.mkdir(exist_ok=True)
    topics = "".join(f"- Topic {random.randrange(9)} of {n}\n" for n in range(10))
    (guide / "chapter.md").write_text(f"# Section\n\n{topics}", encoding="utf-8")
    repo.mkdir(exist_ok=True)
    for number in range(modules):
        module = repo / f"module_{number}.py"
        if random.random() < 1 / 10:
            module.unlink(missing_ok=True)
        elif not module.exists() or random.random() < 1 / 3:
            body = "\n\n".join(_function(random, name) for name in range(12))
            module.write_text(f'"""Module {number}."""\n\n\n{body}\n', encoding="utf-8")
    (repo / "kept.py").write_text("def kept():\n    return 1\n", encoding="utf-8")


def _function(random: Random, name: int) -> str:
    words = " ".join(random.choice("abcdefghij") * 4 for _ in range(6))
    return f'def do_{name}_{random.randrange(1000)}(value):\n    """{words}."""\n    return value\n'
