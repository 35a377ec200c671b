import pytest

from interviewer.console import debrief, render
from interviewer.conversation.state import State
from interviewer.knowledge.code import without_docstrings
from interviewer.values.events import Overridden
from interviewer.values.grade import Grade, Ungraded
from interviewer.values.interview import Question
from interviewer.values.knowledge import Passage
from tests.fakes.exchange import UNGRADED, exchange, graded, verdict
from tests.fakes.interview import LAZY, MEMORY, ONCE, sample_question, session_head
from tests.fakes.screen import FakeTerminal


def code_question(text: str) -> Question:
    code = Passage(
        id="sha256:2",
        path="app/rows.py",
        first_line=98,
        last_line=98 + text.count("\n"),
        kind="code",
        symbol="f",
        header="app/rows.py › f",
        text=text,
    )
    return sample_question(1).model_copy(update={"code": code, "kind": "read_code"})


def test_code_is_shown_with_its_place_and_numbers_but_without_docstrings() -> None:
    terminal = FakeTerminal()
    question = code_question('def f():\n    """The answer."""\n    return 1')

    render.show_question(terminal.screen, exchange(question=question), 5)

    assert "app/rows.py:98 98 def f(): … 100 return 1" in terminal.words.replace("  ", " ")
    assert "The answer." not in terminal.text
    assert terminal.words.endswith(question.text)


def test_what_is_left_out_of_code_shows_as_an_ellipsis_and_no_number_stands_alone() -> None:
    terminal = FakeTerminal()
    code = code_question(
        'class A:\n    """Say.\n\n    More.\n    """\n\n    x = 1\n\n    y = 2'
    ).code
    assert code

    terminal.screen.code(without_docstrings(code), code.location)

    shown = [line.strip() for line in terminal.text.splitlines()]
    assert shown == [code.location, "98 class A:", "…", "104     x = 1", "105", "106     y = 2"]


@pytest.mark.parametrize(("count", "more"), [(45, None), (46, "… 1 more"), (60, "… 15 more")])
def test_long_code_is_cut_and_says_how_much_is_missing(count: int, more: str | None) -> None:
    terminal = FakeTerminal()
    text = "\n".join(f"x{number} = 1" for number in range(count))

    render.show_question(terminal.screen, exchange(question=code_question(text)), 5)

    assert terminal.words.count("= 1") == 45
    assert ("more lines in the file" in terminal.words) == (more is not None)
    assert (more or "") in terminal.words


def test_a_question_of_the_model_without_a_reason_says_where_it_is_from() -> None:
    terminal = FakeTerminal()
    question = sample_question(1).model_copy(update={"origin": "model"})

    render.show_sources(terminal.screen, exchange(question=question))

    assert terminal.words.startswith("This question is posed by the model.")


def test_why_a_question_came_up_is_a_sentence() -> None:
    terminal = FakeTerminal()
    why = exchange().model_copy(update={"reason": "new: you have not been asked about it."})

    render.show_sources(terminal.screen, why)

    assert terminal.words.startswith("New: you have not been asked about it. This question is from")


def test_sources_are_shown_with_the_scores_that_a_search_gave_them() -> None:
    terminal = FakeTerminal(100)
    own = sample_question(1).sources[0]
    found = own.model_copy(update={"path": "app/rows.py", "header": "app/rows.py › f"})
    question = sample_question(1).model_copy(
        update={"sources": (own, found), "scores": (None, 1.204)}
    )

    render.show_sources(terminal.screen, exchange(question=question))

    assert f"{own.location} {own.header} app/rows.py:12 f · score 1.20" in terminal.words
    assert render.SCORED in terminal.words


@pytest.mark.parametrize("scores", [(), (None,), (None, 0.5)])
def test_without_scores_nothing_is_said_of_them(scores: tuple[float | None, ...]) -> None:
    terminal = FakeTerminal(100)
    question = sample_question(1).model_copy(update={"scores": scores})

    render.show_places(terminal.screen, question.sources, question.scores)

    assert question.sources[0].location in terminal.words
    assert "score" not in terminal.words


@pytest.mark.parametrize(
    ("grades", "summary"),
    [
        ([], "No question was graded."),
        ([None, UNGRADED], "No question was graded."),
        ([graded(score=0.8)], "8.0 of 10 over 1 graded question: strong hire"),
        ([graded(score=0.8), graded(score=0.4)], "6.0 of 10 over 2 graded questions: hire"),
        (
            [graded(score=1), UNGRADED, None],
            "10.0 of 10 over 1 graded question: strong hire, 2 not graded",
        ),
    ],
)
def test_the_mean_is_over_graded_questions_only(
    grades: list[Grade | Ungraded | None], summary: str
) -> None:
    terminal = FakeTerminal(100)
    exchanges = tuple(exchange(grade, number=n) for n, grade in enumerate(grades, 1))

    debrief.show_debrief(terminal.screen, State(started=session_head(), exchanges=exchanges))

    shown = terminal.words.removesuffix(" To come back to next time: Generators.")
    shown = shown.removesuffix(f" {debrief.ALL_WELL}")
    assert shown == f"That was it. Here is how it went. {summary}"


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ([4], "You rated yourself 1.0 bands above the grades, on average, over 1 question."),
        (
            [1, 2],
            "You rated yourself 1.5 bands below the grades, on average, over 2 questions.",
        ),
        ([4, 2], "You rated yourself as the grades did, on average, over 2 questions."),
    ],
)
def test_the_debrief_says_how_far_own_ratings_are_from_the_grades(
    ratings: list[int], said: str
) -> None:
    terminal = FakeTerminal(100)
    rated = [
        exchange(graded(), number=number).model_copy(update={"self_rating": rating})
        for number, rating in enumerate(ratings, 1)
    ]
    bare = exchange(UNGRADED, number=9).model_copy(update={"self_rating": 4})

    debrief.show_debrief(terminal.screen, State(exchanges=(*rated, bare)))

    assert terminal.words.removesuffix(f" {debrief.ALL_WELL}").endswith(said)


def test_what_counts_in_the_summary_is_the_grade_after_overrides() -> None:
    terminal = FakeTerminal(100)
    told = Overridden(
        question="q-1", key_point="lazy", before="missing", after="covered", why="I said so."
    )
    disputed = exchange(graded(verdict("lazy", "missing", 0.0), score=0.0)).model_copy(
        update={"overrides": (told,)}
    )

    debrief.show_debrief(terminal.screen, State(exchanges=(disputed,)))

    assert "5.0 of 10 over 1 graded question" in terminal.words
    assert "Worth working on" not in terminal.words


def test_the_debrief_quotes_the_surest_point_that_was_made() -> None:
    terminal = FakeTerminal(100)
    exchanges = (
        exchange(graded(verdict("lazy", "covered", 0.7, "it is lazy"))),
        exchange(graded(verdict("once", "covered", 0.9, "only once")), number=2),
        exchange(graded(verdict("memory", "partly", 0.99, "some memory")), number=3),
        exchange(graded(verdict("memory", "covered", 1.0)), number=4),
    )

    debrief.show_debrief(terminal.screen, State(exchanges=exchanges))

    assert "Went well: Generators. You said “only once”" in terminal.words


def test_the_debrief_names_the_three_heaviest_gaps_and_where_to_read() -> None:
    terminal = FakeTerminal(100)
    bare = sample_question(2).model_copy(update={"sources": ()})
    exchanges = (
        exchange(graded(verdict("once", "missing", 0.0), verdict("memory", "wrong", 0.3))),
        exchange(
            graded(verdict("memory", "missing", 0.1), verdict("lazy", "partly", 0.4)),
            number=2,
            question=bare,
        ),
        exchange(graded(verdict("lazy", "missing", 0.2), verdict("gone", "missing")), number=3),
        exchange(UNGRADED, number=4),
    )

    debrief.show_debrief(terminal.screen, State(exchanges=exchanges))

    gaps = terminal.words.split("Worth working on, the heaviest first: ")[1]
    place = "read guide/features.md:12"
    gaps = gaps.removesuffix(f" {debrief.ALL_WELL}")
    assert gaps == f"• {LAZY.text} {place} • {MEMORY.text} • {MEMORY.text} {place}"
    assert ONCE.text not in gaps


def test_only_a_real_interview_shows_all_grades_in_the_debrief() -> None:
    exchanges = (exchange(graded(score=1)), exchange(None, number=2))
    shown = {}
    for mode, head in (("practice", session_head()), ("real", session_head("real"))):
        terminal = FakeTerminal(100)
        debrief.show_debrief(terminal.screen, State(started=head, exchanges=exchanges))
        shown[mode] = terminal.words

    assert f"1. {sample_question(1).text} 10.0 of 10 hire" in shown["real"]
    assert "2. " not in shown["real"]
    assert "1. " not in shown["practice"]
