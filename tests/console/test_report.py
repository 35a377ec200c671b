"""The report of a session: what stands on the page, whatever the session was."""

import html
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from interviewer.console.export import markdown, table
from interviewer.console.report import report_page
from interviewer.console.waits import wait_chart
from interviewer.conversation.state import replay
from interviewer.values.events import (
    EVENT,
    Answered,
    AnyEvent,
    ClosingAnswered,
    ClosingAsked,
    FollowedUp,
    Graded,
    QuestionAsked,
)
from interviewer.values.text import safe
from tests.console.test_inert import attacked, hostile_session
from tests.fakes.events import SESSIONS
from tests.fakes.held import CODE, FIRST, GRADE, SECOND, held_session
from tests.fakes.interview import sample_question, say, session_head

ATTACK = (
    "</script></style></title></textarea><script>document.title='own'</script>"
    "<svg onload=\"document.title='own'\"></svg><img src=x onerror=\"document.title='own'\">"
    "<a href=\"javascript:document.title='own'\">j</a>'\" autofocus onfocus=alert(1) "
    "javascript:alert(1) {{ 7*7 }}{% raw %} \x1b[2J\x1b]8;;http://e.example\x07\u202e\u2066\x00"
    " 👩🏽‍💻 مرحبا بالعالم " + "x" * 120
)


class Tags(HTMLParser):
    """The tags of a page, their attributes, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def attacked_session() -> list[AnyEvent]:
    dumped = [json.loads(EVENT.dump_json(event)) for event in held_session()]
    return [EVENT.validate_json(json.dumps(attacked(event, attack=ATTACK))) for event in dumped]


def words_of(page: str) -> str:
    """Return what a person reads, as one line."""
    body = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)
    apart = re.sub(r"</(?:p|div|h\d)>", " ", body)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", apart)).split())


def test_a_report_begins_with_what_to_study_and_where() -> None:
    words = words_of(report_page(held_session()))

    study = words[words.index("What to study next") : words.index("Score and key points")]
    assert study.index("holds a single value") < study.index("Iterating over it again")
    assert "guide/features.md:12" in study
    assert "✗ missing in question 1" in study
    assert "interviewer start --topic topic-1" in study


def test_evidence_is_marked_where_it_was_said_with_the_number_of_its_point() -> None:
    page = report_page(held_session())

    marks = re.findall(r'<mark class="(\w+)">(.*?)</mark>', page)
    assert [(kind, words_of(text)) for kind, text in marks] == [
        ("covered", f"{FIRST[9:]}evidence for point 1.1"),
        ("missing", f"{SECOND}evidence for point 1.3"),
    ]
    assert 'href="#p1.1"' in page
    assert 'id="p1.1"' in page


def test_a_quote_that_does_not_stand_where_the_grade_has_it_is_not_marked() -> None:
    events = held_session()
    first = next(number for number, event in enumerate(events) if isinstance(event, Answered))
    events[first] = Answered(answer=say(f"Well. {FIRST}"))

    page = report_page(events)

    assert "<mark" not in page
    assert FIRST[9:] in words_of(page)


def test_every_question_shows_what_became_of_it() -> None:
    words = words_of(report_page(held_session()))

    assert "You overrode wrong with missing: Not quite." in words
    assert "You rated yourself: strong hire." in words
    assert "The grader's own: 6.0 of 10." in words
    assert "Say that it holds one value." in words
    assert "1 of 3 cases passed." in words
    assert "double(4) should give 8, gave 16" in words
    assert "1 hidden case: Oops" in words
    assert "def double(n): return 2 * n" in words
    assert "Not graded: The model is away. Grade it later." in words
    assert "You skipped this question." in words
    assert "Your note of 2 January 2026, 03:08 Look at itertools.tee." in words
    assert "How do you deploy? From the main branch." in words


def test_an_answer_in_parts_stands_below_its_question() -> None:
    events: list[AnyEvent] = [session_head()]
    for asked in ("Why?", "How?"):
        events.append(ClosingAsked(text=asked))
        events += [ClosingAnswered(text=f"{asked[:-1]} {part}.") for part in ("so", "more")]

    words = words_of(report_page(events))

    assert "Why? Why so. Why more. How? How so. How more." in words


def test_what_was_said_without_being_asked_again_is_shown_too() -> None:
    events: list[AnyEvent] = [
        QuestionAsked(number=1, question=sample_question()),
        *(Answered(answer=say(text)) for text in ("One thing.", "Another.", "")),
        FollowedUp(key_point="", text="And then?"),
        FollowedUp(key_point="", text="And now?"),
        FollowedUp(key_point="", text="And at last?"),
    ]

    words = words_of(report_page(events))

    assert "You One thing. Follow-up And then? You Another. Follow-up And now? You" in words
    assert "Follow-up And at last? You No answer." in words
    assert words.count("No answer.") == 1


def test_code_keeps_its_line_numbers_and_gets_classes() -> None:
    page = report_page(held_session())

    assert 'aria-hidden="true">6</span><span class="k">def</span>' in page
    assert "app/rows.py:6" in page


def test_what_is_left_out_of_code_is_an_ellipsis_in_place_of_a_number() -> None:
    code = CODE.model_copy(update={"text": 'def numbered(rows):\n    """Say."""\n    yield 1'})
    events = [
        event.model_copy(update={"question": event.question.model_copy(update={"code": code})})
        if isinstance(event, QuestionAsked)
        else event
        for event in held_session()
    ]

    numbers = re.findall(r'class="ln" aria-hidden="true">([^<]*)<', report_page(events))

    assert "6 … 8" in " ".join(numbers)


def test_a_session_without_a_grade_says_how_to_get_one() -> None:
    events = [event for event in held_session() if not isinstance(event, Graded)]

    words = words_of(report_page(events))

    assert "No question was graded" in words
    assert "interviewer regrade 20260102-030405-abcd grades what you answered." in words


def test_a_command_to_copy_cannot_be_talked_into_another_one() -> None:
    question = sample_question(1).model_copy(update={"topic": "x; rm -rf ~"})
    grade = GRADE.model_copy(update={"verdicts": GRADE.verdicts[1:2]})
    events: list[AnyEvent] = [
        QuestionAsked(number=1, question=question),
        Answered(answer=say("It depends.")),
        Graded(question="q-1", grade=grade),
    ]

    words = words_of(report_page(events))

    assert "interviewer start --topic 'x; rm -rf ~'" in words


def test_an_empty_session_has_a_page_that_says_so() -> None:
    assert "No question was asked in this session." in words_of(report_page([session_head()]))
    assert "No question was asked in this session." in words_of(report_page([]))


@settings(max_examples=60, deadline=None)
@given(SESSIONS)
def test_any_sequence_of_events_has_a_page(events: list[AnyEvent]) -> None:
    page = report_page(events)

    assert page.endswith("</html>")


def test_no_field_of_any_event_becomes_markup() -> None:
    tame = Tags(report_page(held_session()))

    page = report_page(attacked_session())

    seen = Tags(page)
    assert seen.tags <= tame.tags
    assert seen.attributes <= tame.attributes
    assert seen.links
    assert all(link.startswith("#") for link in seen.links)
    assert page.count("<script>") == 1
    assert not {"\x1b", "\u202e", "\u2066", "\x00"} & set(page)
    assert "\\u202e" in page
    assert page.count("&lt;script&gt;") > 40


@pytest.mark.parametrize("pick", range(4))
def test_no_text_of_any_kind_of_event_becomes_markup_or_command(pick: int) -> None:
    events = hostile_session(pick, ATTACK)

    page = report_page(events)
    state = replay(events)
    exports = [markdown(state, ATTACK), table(state)]

    seen = Tags(page)
    assert not seen.tags & {"img", "textarea", "iframe", "object", "form"}
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert all(link.startswith("#") for link in seen.links)
    assert page.count("<script>") == 1
    assert page.count("&lt;script&gt;") > 10
    for text in (page, *exports):
        assert not {"\x1b", "\u202e", "\u2066", "\x00"} & set(text)
    assert "<script" not in exports[0].replace("\\<", "")


@pytest.mark.parametrize("answer", ["x" * 10**6, "مرحبا " * 1000, "🙂" * 1000, "\ud800"])
def test_any_answer_fits_on_a_page(answer: str) -> None:
    events: list[AnyEvent] = [
        QuestionAsked(number=1, question=sample_question()),
        Answered(answer=say(answer)),
    ]

    page = report_page(events)

    assert safe(answer) in page


def test_a_report_of_twenty_questions_is_under_500_kilobytes() -> None:
    events: list[AnyEvent] = [session_head(questions=20)]
    for number in range(1, 21):
        question = sample_question(number)
        events += [
            QuestionAsked(number=number, question=question, gap_ms=20),
            *(Answered(answer=say(f"{FIRST} " * 40)) for _ in range(3)),
            Graded(question=question.id, grade=GRADE),
        ]

    assert len(report_page(events).encode()) < 500_000


def test_waits_stand_on_a_scale_of_ten_with_the_pause_that_people_leave() -> None:
    events: list[AnyEvent] = [
        QuestionAsked(number=1, question=sample_question()),
        FollowedUp(key_point="", text="Why?", gap_ms=100),
        FollowedUp(key_point="", text="Why?", gap_ms=0),
        QuestionAsked(number=2, question=sample_question(2), gap_ms=10**9),
    ]

    chart = wait_chart(events)

    assert chart
    assert [row for row, _ in chart.rows] == ["follow-up to 1", "follow-up to 1", "question 2"]
    assert [(point.x, round(point.y, 3)) for point in chart.points] == [(0, 0.25), (0.5, 0), (1, 1)]
    assert (chart.median, chart.longest) == (0.1, 10**6)
    assert 0.25 < chart.rules[0][0] < 0.5


def test_without_a_wait_there_is_no_chart() -> None:
    assert wait_chart([QuestionAsked(number=1, question=sample_question())]) is None
