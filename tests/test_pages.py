"""Pages: what a value can do to one, and what a page can do to its reader."""

import base64
import hashlib
import re
from pathlib import Path

import jinja2
import pytest

from interviewer import pages
from interviewer.console.evaluation import evaluation_page
from interviewer.errors import InterviewerError
from interviewer.grading.evaluation import evaluate
from tests.fakes.evaluation import HEAD, graded_answer, result

HOSTILE = '</title><script>alert(1)</script><img src=x onerror="alert(1)">'


@pytest.fixture
def page() -> str:
    answer = graded_answer(question=HOSTILE)
    head = HEAD.model_copy(update={"file": HOSTILE, "command": HOSTILE})
    return evaluation_page(evaluate(head, [answer], [result()]))


def test_no_value_becomes_markup(page: str) -> None:
    tags = set(re.findall(r"<([a-z0-9]+)", page))

    assert "&lt;script&gt;" in page
    assert not tags & {"script", "img", "link", "iframe", "object", "a"}


def test_the_policy_allows_the_pages_own_style_and_nothing_else(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    style = re.search(r"<style>(.*)</style>", page, re.DOTALL)

    assert policy
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1].split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
    assert " style=" not in page


def test_control_and_bidi_characters_of_a_value_are_seen_and_not_obeyed() -> None:
    head = HEAD.model_copy(update={"file": "\u202eexe.\x1b[2J"})

    page = evaluation_page(evaluate(head, [graded_answer()], [result()]))

    assert "\\u202eexe.\\u001b[2J" in page
    assert not {"\u202e", "\x1b"} & set(page)


def test_a_value_that_a_template_lacks_is_a_bug_and_not_an_empty_place() -> None:
    evaluation = evaluate(HEAD, [graded_answer()], [result()])

    with pytest.raises(jinja2.UndefinedError, match="summary"):
        pages.render("evaluation.html", evaluation=evaluation, tables=(), facts=(), points=())


def test_a_page_that_cannot_be_written_has_a_next_step(tmp_path: Path) -> None:
    with pytest.raises(InterviewerError, match="Cannot write the page") as caught:
        pages.write(tmp_path / "no" / "page.html", "")

    assert "folder" in caught.value.hint
