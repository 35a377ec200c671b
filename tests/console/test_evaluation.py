"""An evaluation on the terminal and on its page."""

import re

from interviewer.console.evaluation import evaluation_page, show_evaluation
from interviewer.grading.evaluation import Evaluation, evaluate
from tests.fakes.evaluation import HEAD, graded_answer, result
from tests.fakes.screen import FakeTerminal


def evaluation(question: str = "q") -> Evaluation:
    answers = [graded_answer(n, score=n / 5, question=f"{question}{n % 2}") for n in range(6)]
    results = [result(n, score=(n + 1) / 10 if n else None) for n in range(6)]
    return evaluate(HEAD, answers, results)


def test_the_terminal_shows_figures_errors_and_how_to_get_them_again() -> None:
    terminal = FakeTerminal(width=100)

    show_evaluation(terminal.screen, evaluation())

    assert "6 answers to 2 questions; ungraded: 1 (16.7%; 1 × The model is away.)" in terminal.words
    assert re.search(r"Pearson +1\.00 \[1\.00,1\.00\]", terminal.text)
    assert re.search(r"within questions +1\.00 \[1\.00,1\.00\]", terminal.text)
    assert re.search(r"1\.0 +1 +0\.60 +-0\.40 +0\.40", terminal.text)
    assert "scripted/test sha256:0" in terminal.words
    assert HEAD.command in terminal.words


def test_what_is_not_defined_is_said_to_be_so() -> None:
    terminal = FakeTerminal(width=100)
    answers = [graded_answer(n, score=0.5) for n in range(6)]

    show_evaluation(terminal.screen, evaluate(HEAD, answers, [result(n) for n in range(6)]))

    assert re.search(r"Pearson +not defined", terminal.text)
    assert re.search(r"RMSE +0\.00", terminal.text)


def test_no_row_is_cut_on_a_narrow_terminal() -> None:
    terminal = FakeTerminal(width=60)
    answers = [graded_answer(n, score=n / 5, second=0.4) for n in range(6)]

    show_evaluation(terminal.screen, evaluate(HEAD, answers, [result(n) for n in range(6)]))

    assert "…" not in terminal.text
    assert max(map(len, terminal.text.splitlines())) <= 60


def test_the_page_has_a_dot_for_each_graded_answer_with_its_question() -> None:
    page = evaluation_page(evaluation("Why <b>? \x1b[31m\u202e"))

    titles = re.findall(r'class="point"[^>]*><title>([^<]*)</title>', page)
    assert len(titles) == 5
    assert titles[0].startswith("About Why &lt;b&gt;? \\u001b[31m\\u202e1?")
    assert "answer a1: human 0.20, ours 0.20" in titles[0]


def test_a_dot_stands_where_its_scores_are() -> None:
    page = evaluation_page(evaluation())

    dots = re.findall(r'class="point" cx="([\d.-]+)" cy="([\d.-]+)"', page)
    assert [float(y) for _, y in dots] == [400, 350, 300, 250, 200]
    for number, (x, _) in enumerate(dots, 1):
        assert abs(float(x) - 100 * number) <= 8.1


def test_the_same_evaluation_makes_the_same_page() -> None:
    assert evaluation_page(evaluation()) == evaluation_page(evaluation())
