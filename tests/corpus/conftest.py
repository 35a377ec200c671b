"""The corpus that ships, read once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from interviewer.knowledge.guide import Chapter, read_guides
from interviewer.paths import bundled
from tests.corpus.children import Children, run_chapter, run_repository


@pytest.fixture(scope="session")
def guide_folder() -> Path:
    return bundled("corpus") / "guide"


@pytest.fixture(scope="session")
def repo_folder() -> Path:
    return bundled("corpus") / "repo"


@pytest.fixture(scope="session")
def chapters(guide_folder: Path) -> list[Chapter]:
    """The chapters of the guide, the page about it left out."""
    return [chapter for chapter in read_guides((guide_folder,)) if chapter.topics]


@pytest.fixture(scope="session")
def children(
    chapters: list[Chapter], repo_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Children]:
    """The examples and the repository's tests, two processes at a time."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield Children(
            repository=pool.submit(run_repository, repo_folder, tmp_path_factory.mktemp("own")),
            examples={
                chapter.path: pool.submit(run_chapter, chapter, tmp_path_factory.mktemp("examples"))
                for chapter in chapters
            },
        )
        pool.shutdown(cancel_futures=True)
