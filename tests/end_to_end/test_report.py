"""The report in a browser: it loads nothing, obeys nothing it quotes, and can be read anywhere."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from interviewer import pages
from interviewer.console.report import report_page
from tests.console.test_report import attacked_session
from tests.fakes.browser import Viewer
from tests.fakes.held import FIRST, held_session

PHONE = 360


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    pages.write(path, report_page(held_session()))
    return path


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("attack") / "report.html"
    pages.write(path, report_page(attacked_session()))
    return path


def test_it_opens_from_its_file_and_asks_for_nothing(viewer: Viewer, report: Path) -> None:
    with viewer.visit(report) as visit:
        assert visit.texts("h1") == ["Your interview of 2 January 2026, 03:04"]
        assert len(visit.texts("article")) == 4
        assert (visit.requests, visit.complaints) == ([], [])


def test_the_policy_lets_no_script_style_or_picture_in(viewer: Viewer, report: Path) -> None:
    sneak = """(markup) => { document.querySelector('footer').innerHTML = markup; }"""
    with viewer.visit(report) as visit:
        visit.page.evaluate(
            sneak,
            "<img src='http://127.0.0.1:9/x.png'><p style='color: red'>p</p>"
            "<img src=x onerror=\"document.title = 'own'\">",
        )
        visit.page.wait_for_timeout(50)

        assert visit.failures == ["csp", "csp"]
        assert len(visit.requests) == 2
        assert visit.page.title() != "own"
        refused = str([text for text in visit.complaints if "Content Security Policy" in text])
        assert all(kind in refused for kind in ("img-src", "style-src", "script-src"))


def test_a_search_leaves_the_questions_that_have_all_its_words(
    viewer: Viewer, report: Path
) -> None:
    with viewer.visit(report) as visit:
        visit.page.get_by_label("Search").fill("generator STARTS again")

        assert visit.texts("[role=status]") == ["1 of 4 questions"]
        assert [text.split("\n")[0][:10] for text in visit.texts("article")] == ["Question 1"]


@pytest.mark.parametrize(
    ("label", "choice", "left"),
    [
        ("Key points", "missing", ["q1"]),
        ("Key points", "covered", ["q1"]),
        ("Score", "not graded", ["q2", "q3"]),
        ("Score", "skipped", ["q4"]),
        ("Topic", "Generators", ["q1", "q2", "q3", "q4"]),
    ],
)
def test_a_filter_leaves_the_questions_of_its_choice(
    viewer: Viewer, report: Path, label: str, choice: str, left: list[str]
) -> None:
    with viewer.visit(report) as visit:
        visit.page.get_by_role("combobox", name=label).select_option(choice)

        shown = visit.page.locator("article:not([hidden])").all()
        assert [question.get_attribute("id") for question in shown] == left


def test_a_link_to_a_question_that_is_left_out_shows_it(viewer: Viewer, report: Path) -> None:
    with viewer.visit(report) as visit:
        visit.page.get_by_label("Search").fill("nowhere to be found")
        assert visit.texts("article") == []

        visit.page.locator(".overview a").first.click()

        assert len(visit.texts("article")) == 4
        assert visit.page.get_by_label("Search").input_value() == ""
        assert visit.complaints == []


def test_without_scripts_it_is_whole_and_offers_no_search(viewer: Viewer, report: Path) -> None:
    with viewer.visit(report, java_script_enabled=False) as visit:
        assert len(visit.texts("article")) == 4
        assert visit.texts(".filter") == []
        assert FIRST[:9] in visit.texts("article")[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_no_fault_that_rules_of_accessibility_know(
    viewer: Viewer, report: Path, scheme: str
) -> None:
    with viewer.visit(report, color_scheme=scheme) as visit:
        found = Axe().run(visit.page)

        assert found.violations_count == 0, found.generate_report()


def test_it_is_dark_where_the_reader_wants_it_dark(viewer: Viewer, report: Path) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"

    with viewer.visit(report) as light, viewer.visit(report, color_scheme="dark") as dark:
        assert light.page.evaluate(paper) == "rgb(255, 255, 255)"
        assert dark.page.evaluate(paper) == "rgb(23, 23, 27)"


def test_the_first_key_of_a_keyboard_leads_to_the_questions(viewer: Viewer, report: Path) -> None:
    with viewer.visit(report) as visit:
        visit.page.keyboard.press("Tab")
        focused = visit.page.evaluate(
            "[document.activeElement.textContent,"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        visit.page.keyboard.press("Enter")

        assert focused == ["Skip to the questions", "solid"]
        assert visit.page.evaluate("document.activeElement.id") == "questions"


@pytest.mark.parametrize("name", ["report", "attack"])
def test_a_phone_shows_it_without_scrolling_sideways(
    viewer: Viewer, name: str, request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue(name)

    with viewer.visit(path, width=PHONE) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_it_prints_in_light_colours_without_what_needs_a_screen(
    viewer: Viewer, report: Path
) -> None:
    with viewer.visit(report, color_scheme="dark") as visit:
        printed = visit.page.pdf()
        visit.page.emulate_media(media="print")

        assert printed.startswith(b"%PDF")
        assert visit.texts(".filter") == []
        ink = visit.page.evaluate("getComputedStyle(document.body).color")
        assert ink == "rgb(29, 29, 33)"


def test_whatever_it_quotes_is_read_and_not_run(viewer: Viewer, attack: Path) -> None:
    with viewer.visit(attack) as visit:
        visit.page.wait_for_timeout(50)

        assert (visit.requests, visit.complaints) == ([], [])
        assert visit.page.title() == "Interview of 2 January 2026, 03:04"
        assert visit.page.locator("script").count() == 1
        assert visit.page.locator("img, [onload], [onerror], [onfocus]").count() == 0
        assert "<script>document.title='own'</script>" in visit.texts("article")[0]
        assert "مرحبا" in visit.texts("article")[0]
        visit.page.get_by_label("Search").fill("</script>")
        assert visit.texts("[role=status]") == ["4 of 4 questions"]
