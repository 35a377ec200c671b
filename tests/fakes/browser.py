"""A headless Chromium that notes whatever a page asks for and complains of."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

NEEDED = "NEED_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome")


class Visit:
    """A page that is open, what it asked for besides its own file, and what it complained of."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.requests: list[str] = []
        self.failures: list[str | None] = []
        self.complaints: list[str] = []
        own = path.as_uri()
        page.on("request", lambda r: None if r.url.split("#")[0] == own else self._asked(r.url))
        page.on("requestfailed", lambda request: self.failures.append(request.failure))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._interrupted)
        page.goto(own)

    def _asked(self, url: str) -> None:
        self.requests.append(url)

    def _interrupted(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def texts(self, selector: str) -> list[str]:
        """Return the texts of what can be seen of a selector."""
        return [
            found.inner_text() for found in self.page.locator(selector).all() if found.is_visible()
        ]


class Viewer:
    """Opens pages, each in a context of its own."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    @contextmanager
    def visit(self, path: Path, *, width: int = 1000, **options: Any) -> Iterator[Visit]:  # noqa: ANN401 - Playwright's own
        context = self._browser.new_context(viewport={"width": width, "height": 800}, **options)
        try:
            yield Visit(context.new_page(), path)
        finally:
            context.close()


@contextmanager
def chromium() -> Iterator[Viewer]:
    """Start the system's Chromium; without one a test is skipped, or fails where it is needed."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        say = pytest.fail if os.environ.get(NEEDED) else pytest.skip
        say(f"There is no Chromium to look at pages with; none of {NAMES} is installed.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield Viewer(browser)
        finally:
            browser.close()
