"""What all tests share."""

import signal

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--live", action="store_true", help="also ask a real Ollama server")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--live"):
        return
    live = [item for item in items if item.get_closest_marker("live")]
    config.hook.pytest_deselected(items=live)
    items[:] = [item for item in items if item not in live]


def pytest_configure() -> None:
    # A shell starts what it puts in the background with Ctrl-C ignored, and so does many a CI: then
    # no key would interrupt anything, here or in the programs that tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
