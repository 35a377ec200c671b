"""What all tests share."""

import os
import signal
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.fakes.browser import Viewer


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--live", action="store_true", help="also ask a real Ollama server")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--live"):
        return
    live = [item for item in items if item.get_closest_marker("live")]
    config.hook.pytest_deselected(items=live)
    items[:] = [item for item in items if item not in live]


def pytest_configure() -> None:
    # pytest-xdist tells its workers how wide they shall think a terminal is.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    # A shell starts what it puts in the background with Ctrl-C ignored, and so does many a CI: then
    # no key would interrupt anything, here or in the programs that tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # And `nohup` has the end of a terminal ignored.
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(scope="module")
def viewer() -> "Iterator[Viewer]":
    """Return a browser to look at pages with: one a module, as its event loop is in others' way."""
    from tests.fakes.browser import chromium  # noqa: PLC0415 - only for pages

    with chromium() as found:
        yield found
