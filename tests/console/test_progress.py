"""Progress on the terminal, and as a page."""

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from interviewer.console.progress import LABEL, show_progress
from interviewer.console.progress_page import progress_page
from interviewer.transcripts.outcomes import AnswerTotals, SessionOutcome
from interviewer.transcripts.progress import progress_of
from interviewer.transcripts.record import record_of
from interviewer.values.progress import Progress
from tests.console.test_inert import ATTACK, assert_inert
from tests.fakes.outcomes import DAY, left_out, outcome, session, topic
from tests.fakes.screen import FakeTerminal

GUIDE = (topic("generators"), topic("decorators"), topic("pytest", "Testing"))
SPOKEN = AnswerTotals(1, 40, timed_words=40, seconds=30.0, ways=frozenset({"typed"}))
HOSTILE = f'{ATTACK}</title><script>alert(1)</script><svg onload="alert(1)"> javascript:x'


def sessions(*scores: float) -> list[SessionOutcome]:
    return [
        session(
            outcome(score, day=day, rating=4, totals=SPOKEN),
            outcome(score, "decorators", day=day), outcome(score / 2, day=day),
        )
        for day, score in enumerate(scores)
    ]  # fmt: skip


def progress(*held: SessionOutcome, after: float = 9) -> Progress:
    return progress_of(record_of(held), GUIDE, DAY + timedelta(days=after))


def shown(found: Progress, width: int = 100) -> FakeTerminal:
    terminal = FakeTerminal(width)
    show_progress(terminal.screen, found)
    return terminal


def full_progress() -> Progress:
    """Return progress with something to tell in each of its parts."""
    held = sessions(0.2, 0.3, 0.45, 0.5, 0.65, 0.7, 0.8, 0.85, 0.9)
    extra = session(*held[-1].questions, left_out("pytest", day=8), outcome(None, day=8))
    return progress(*held[:-1], extra)


@pytest.fixture(scope="module")
def rising() -> Progress:
    return full_progress()


def test_the_terminal_tells_how_it_goes_and_what_comes_next(rising: Progress) -> None:
    words = shown(rising).words

    assert "9 sessions, 29 questions: 27 graded, 1 left out, 1 without a grade." in words
    assert "9 days in a row" in words
    assert re.search(r"Your scores rise by 0\.\d\d of 10 a session over the last 9", words)
    assert re.search(r"You rate yourself \d\.\d of a band above the grades over 9 quest", words)
    assert "40 words an answer in the last session, 40 before; 80 words a minute" in words
    assert "1 answer without a grade; the latest: interviewer regrade 20260310" in words
    assert words.index("What to practise next") > words.index("Due now:")
    assert "interviewer start --topic pytest" in words


@pytest.mark.parametrize(("after", "is_told"), [(2, True), (3, True), (4, False)])
def test_a_streak_holds_until_a_whole_day_is_missed(after: int, *, is_told: bool) -> None:
    words = shown(progress(*sessions(0.4, 0.5, 0.6), after=after)).words

    assert ("3 days in a row; the longest were 3." in words) == is_told


def test_each_topic_has_a_figure_or_a_sign_that_needs_no_colour() -> None:
    held = session(outcome(0.52), outcome(None, "decorators"))

    text = shown(progress(held, after=0)).text

    assert re.search(r"5\.2 {2}Generators +\? {2}Decorators", text)
    assert re.search(r"· {2}Pytest", text)
    assert "Features  mastery 5.2, 2 of 2 topics asked" in text


@pytest.mark.parametrize(("mastery", "style"), [(0.9, "42"), (0.6, "46"), (0.4, "43"), (0.1, "41")])
def test_a_topic_has_the_colour_of_its_band(mastery: float, style: str) -> None:
    terminal = FakeTerminal(100, colour=True)

    show_progress(terminal.screen, progress(session(outcome(mastery)), after=0))

    assert re.search(rf"\x1b\[\d+;{style}m +{mastery * 10:.1f} ", terminal.raw)


@pytest.mark.parametrize("width", [40, 60, 100, 160])
def test_no_line_is_wider_than_the_terminal_and_no_chart_is_cut(
    rising: Progress, width: int
) -> None:
    lines = shown(rising, width).text.splitlines()

    charts = [line.rstrip() for line in lines if "│" in line]
    assert max(map(len, lines)) <= width
    assert len(charts) == 8
    assert all(re.search(r"│ +\d\.\d \(3\)$", line) for line in charts)
    assert len({line.index("│") for line in charts}) == 1


def test_a_terminal_too_narrow_for_charts_is_no_reason_to_fail(rising: Progress) -> None:
    assert "interviewer start" in shown(rising, 20).words


def test_a_score_stands_where_it_is_with_its_interval_about_it() -> None:
    held = session(outcome(0.5), outcome(0.6), outcome(0.4))

    line = next(line for line in shown(progress(held)).text.splitlines() if "│" in line)

    chart = line[LABEL + 1 : line.rindex("│")]
    dot = chart.index("●")
    assert dot == round(0.5 * (len(chart) - 1))
    # 0.5 ± 4.303 · 0.1 / √3
    assert chart.index("─") == round((0.5 - 0.2484) * (len(chart) - 1))
    assert chart.rindex("─") == round((0.5 + 0.2484) * (len(chart) - 1))


def test_what_cannot_be_told_is_said_to_be_so() -> None:
    words = shown(progress(*sessions(0.4, 0.5))).words

    assert "Too few sessions to tell whether you get better: 2 of 5 graded by words alone." in words
    assert "Too few ratings of your own to tell how well you judge yourself: 2 of 5." in words


def test_sessions_without_a_grade_are_shown_as_such() -> None:
    words = shown(progress(session(outcome(None)))).words

    assert "1 session, 1 question: 0 graded, 1 without a grade." in words
    assert "No question was graded yet, so there are no scores to compare." in words
    assert "│" not in words


def test_where_graders_changed_each_is_named() -> None:
    held = sessions(*[0.4, 0.6] * 3)
    first = replace(held[0], questions=tuple(replace(q, grader="big") for q in held[0].questions))

    words = shown(progress(first, *held[1:])).words

    assert "No clear change over the last 5 sessions" in words
    assert "Only sessions graded by words alone are compared" in words
    assert "big 3.3 over 3 questions, words alone 4.3 over 15 questions" in words


def hostile() -> Progress:
    held = sessions(*[0.5, 0.6] * 3)
    bad = [
        replace(q, topic=HOSTILE, section=HOSTILE, title=HOSTILE, grader=HOSTILE)
        for s in held
        for q in s.questions
    ]
    guide = [
        t.model_copy(update={"id": HOSTILE, "section": HOSTILE, "title": HOSTILE, "path": HOSTILE})
        for t in GUIDE[:1]
    ]
    row = SessionOutcome(HOSTILE, DAY, tuple(bad))
    return progress_of(record_of([row, *held]), guide, DAY + timedelta(days=9))


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("colour", [True, False])
def test_progress_of_attacks_is_inert_on_the_terminal(width: int, *, colour: bool) -> None:
    terminal = FakeTerminal(width, colour=colour)

    show_progress(terminal.screen, hostile())

    assert_inert(terminal)


class _Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}


def test_progress_of_attacks_is_inert_on_its_page() -> None:
    page = progress_page(hostile())

    found = _Tags(page)
    assert "&lt;script&gt;" in page
    assert not {"script", "img", "link", "iframe", "a"} & set(found.tags)
    assert not {a for a in found.attributes if a.startswith("on") or a in ("style", "href")}
    assert not set(ATTACK) & set(page) & set("\x1b\x07\x00\x9b\u202e\u2066\u200f\r")


def test_the_page_has_a_dot_for_each_session_and_a_row_for_each_figure(rising: Progress) -> None:
    page = progress_page(rising)

    plots = re.findall(r'<svg class="plot".*?</svg>', page, re.DOTALL)
    assert [plot.count("<circle") for plot in plots] == [9, 9, 9]
    assert plots[0].count('class="interval') == 9
    assert page.count('class="strong-hire"') + page.count('class="hire"') >= 2
    assert 'id="next"' in page
    assert "interviewer start --topic pytest" in page
    assert re.search(r'<td class="same">.*?<span>\d</span>', page)
    assert page.count('scope="row"') >= 9 + 3 + 4
    assert len(page) < 100_000


def test_the_page_has_no_chart_of_nothing() -> None:
    page = progress_page(progress(session(outcome(None))))
    empty = progress_page(progress())

    assert "<circle" not in page + empty
    assert "Nothing was graded yet, so nothing is due." in page
    assert 'id="next"' in empty


def test_headings_of_the_page_are_in_order_and_each_section_is_named(rising: Progress) -> None:
    page = progress_page(rising)

    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    ids = set(re.findall(r' id="(\w+)"', page))
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert set(re.findall(r'aria-labelledby="(\w+)"', page)) == ids


def test_the_same_progress_makes_the_same_page(rising: Progress) -> None:
    assert progress_page(rising) == progress_page(rising)
