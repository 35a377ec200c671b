"""The page of progress in a browser: it loads nothing, and can be read anywhere."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from interviewer import pages
from interviewer.console.progress_page import progress_page
from tests.console.test_progress import full_progress, hostile
from tests.fakes.browser import Viewer

PHONE = 360


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "progress.html"
    pages.write(path, progress_page(full_progress()))
    return path


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("attack") / "progress.html"
    pages.write(path, progress_page(hostile()))
    return path


def test_it_opens_from_its_file_asks_for_nothing_and_begins_with_what_to_do(
    viewer: Viewer, page: Path
) -> None:
    with viewer.visit(page, java_script_enabled=False) as visit:
        assert visit.texts("h1") == ["How you are getting on"]
        assert visit.texts("h2")[:2] == ["What to practise next", "How the topics stand"]
        assert visit.page.locator("svg.plot").count() == 3
        assert (visit.requests, visit.complaints) == ([], [])


@pytest.mark.parametrize(("scheme", "width"), [("light", 1000), ("dark", 1000), ("light", PHONE)])
def test_it_has_no_fault_that_rules_of_accessibility_know(
    viewer: Viewer, page: Path, scheme: str, width: int
) -> None:
    with viewer.visit(page, width=width, color_scheme=scheme) as visit:
        visit.page.get_by_text("As a table").click()

        found = Axe().run(visit.page)

        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", ["page", "attack"])
def test_a_phone_shows_it_without_scrolling_sideways(
    viewer: Viewer, name: str, request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue(name)

    with viewer.visit(path, width=PHONE) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_whatever_it_quotes_is_read_and_not_run(viewer: Viewer, attack: Path) -> None:
    with viewer.visit(attack) as visit:
        visit.page.wait_for_timeout(50)

        assert (visit.requests, visit.complaints) == ([], [])
        assert visit.page.locator("script, img, [onload]").count() == 0
        assert any("<script>alert(1)</script>" in text for text in visit.texts(".heat li"))
