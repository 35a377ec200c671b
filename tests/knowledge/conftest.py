"""The embedder and a small library, loaded once for all tests of the room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.knowledge.chroma import Server
from interviewer.knowledge.embedder import MiniLM
from interviewer.knowledge.library import Library
from interviewer.knowledge.store import Store
from tests.fakes.chroma_server import NAME, OTHER, chroma_server
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


@pytest.fixture(params=["folder", "server"])
def server(request: pytest.FixtureRequest) -> Server | None:
    return Server(request.getfixturevalue("chroma_url")) if request.param == "server" else None


@pytest.fixture
def store(tmp_path: Path, server: Server | None) -> Iterator[Store]:
    """A store without collections."""
    with Store(tmp_path / "index", server) as opened:
        opened.forget([NAME, OTHER])
        yield opened
