from collections.abc import Iterator
from contextlib import closing

import pytest

from interviewer.knowledge.library import Library
from tests.fakes.library import open_library


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with closing(open_library(tmp_path_factory.mktemp("library"))) as opened:
        yield opened
