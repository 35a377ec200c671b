"""The embedder and a small library, loaded once for all tests of the room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.knowledge.embedder import MiniLM
from interviewer.knowledge.library import Library
from tests.fakes.chroma_server import chroma_server
from tests.fakes.guide import write_guide, write_repo


@pytest.fixture(scope="session")
def embedder() -> MiniLM:
    return MiniLM()


@pytest.fixture(scope="session")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_repo(tmp_path_factory.mktemp("source") / "repo")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, repo: Path) -> Iterator[Library]:
    """A library of one chapter and one repository; tests only read it."""
    folder = tmp_path_factory.mktemp("library")
    opened, _ = Library.open(folder / "index", [write_guide(folder / "guide")], [repo])
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server, the same for all tests."""
    with chroma_server(tmp_path_factory.mktemp("chroma")) as url:
        yield url
