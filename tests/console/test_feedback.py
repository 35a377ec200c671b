import pytest

from interviewer.console import feedback
from interviewer.conversation.dispute import GradeChange, VerdictChange
from interviewer.grading.code_points import CASES
from interviewer.values.coding import CaseResult, CodeRun
from interviewer.values.events import FeedbackGiven, FollowedUp, Overridden
from interviewer.values.grade import Evidence, VerdictName
from interviewer.values.interview import Delivery
from tests.fakes.exchange import UNGRADED, exchange, graded, verdict
from tests.fakes.interview import LAZY, MEMORY, NOTES, ONCE, sample_question, task_question
from tests.fakes.screen import FakeTerminal


@pytest.mark.parametrize(
    ("name", "mark"), [("covered", "✓"), ("partly", "~"), ("missing", "✗"), ("wrong", "!")]
)
def test_each_verdict_has_its_mark_and_its_word(name: VerdictName, mark: str) -> None:
    terminal = FakeTerminal()

    feedback.show_feedback(
        terminal.screen, exchange(graded(verdict("lazy", name, quote="so lazy")))
    )

    said = f"5.0 of 10 hire {mark} {name}: {LAZY.text} you said “so lazy”"
    assert terminal.words.startswith(said)


@pytest.mark.parametrize(
    ("model", "chances", "said"),
    [
        ("none", [0.9], "unsure: judged by words alone, without a model"),
        ("fake", [0.4, 0.45, 0.9], "unsure: 2 of 3 points could go either way"),
        ("fake", [0.9], "unsure: the measures disagree"),
    ],
)
def test_a_grade_with_low_confidence_says_in_words_why(
    model: str, chances: list[float], said: str
) -> None:
    terminal = FakeTerminal(100)
    verdicts = [
        verdict(point.id, "covered", chance)
        for point, chance in zip((LAZY, MEMORY, ONCE), chances, strict=False)
    ]
    grade = graded(*verdicts, confident=False).model_copy(update={"model": model})

    feedback.show_feedback(terminal.screen, exchange(grade))

    assert terminal.words.startswith(f"5.0 of 10 hire · {said} ✓")


@pytest.mark.parametrize(
    ("more", "quote", "is_review", "is_told"),
    [
        ("I would cache. Under load, that is.", "It is lazy.", False, True),
        ("I would cache. Under load, that is.", "It is lazy.", True, True),
        ("I would cache. Under load, that is.", "I would cache.", False, False),
        ("I don't know, sorry.", "It is lazy.", False, False),
    ],
)
def test_an_answer_beyond_the_key_points_is_said_to_be_in_no_grade_unless_it_is_evidence(
    more: str, quote: str, *, is_review: bool, is_told: bool
) -> None:
    terminal = FakeTerminal(100)
    said = exchange(None, "It is lazy.", more)
    start = said.text.index(quote)
    found = verdict("lazy", "covered").model_copy(
        update={"evidence": Evidence(start=start, end=start + len(quote), quote=quote)}
    )
    deeper = FollowedUp(key_point="", text="And under load?", kind="deeper")
    said = said.model_copy(update={"followups": (deeper,), "grade": graded(found)})

    feedback.show_feedback(terminal.screen, said, is_review=is_review)

    told = "+ beyond the key points, in no grade: “Under load, that is. …”"
    assert (told in terminal.words) == is_told


def test_what_was_wrong_is_put_beside_what_the_guide_says() -> None:
    terminal = FakeTerminal(100)
    grade = graded(verdict("lazy", "wrong", quote="it makes a list"))

    feedback.show_feedback(terminal.screen, exchange(grade))

    assert "you said “it makes a list”" in terminal.words
    assert f"the guide says “{NOTES.text}” guide/features.md:12" in terminal.words


def test_the_heaviest_open_point_has_advice_and_a_place_to_read() -> None:
    terminal = FakeTerminal(100)
    told = MEMORY.model_copy(update={"covered": "says that memory stays small"})
    question = sample_question(points=(told, ONCE))
    grade = graded(verdict("memory", "missing"), verdict("once", "missing"))

    feedback.show_feedback(terminal.screen, exchange(grade, question=question))

    row, other = terminal.words.split(f"✗ missing: {ONCE.text}")
    assert row.endswith(
        "→ Next time: a full answer says that memory stays small. guide/features.md:12 "
    )
    assert "→" not in other


def test_advice_that_the_model_wrote_on_that_point_goes_before_the_plain_one() -> None:
    terminal = FakeTerminal(100)
    written = FeedbackGiven(question="q-1", key_point="lazy", text="Say that it is lazy.")
    grade = graded(verdict("lazy", "missing"))
    about = exchange(grade).model_copy(update={"feedback": written})
    of_another = exchange(graded(verdict("memory", "missing"))).model_copy(
        update={"feedback": written}
    )

    feedback.show_feedback(terminal.screen, about)
    feedback.show_feedback(terminal.screen, of_another)

    first, second = terminal.words.split(MEMORY.text)
    assert "→ Say that it is lazy." in first
    assert "→ Next time:" in second


def test_a_review_shows_numbers_the_rating_the_override_and_what_was_graded_before() -> None:
    terminal = FakeTerminal(100)
    told = Overridden(
        question="q-2", key_point="lazy", before="missing", after="covered", why="I said so."
    )
    disputed = exchange(graded(verdict("lazy", "missing", 0.0), score=0.0), number=2).model_copy(
        update={"overrides": (told,), "self_rating": 3, "earlier": (UNGRADED, graded(score=0.8))}
    )

    feedback.show_feedback(terminal.screen, disputed, is_review=True)

    assert terminal.words == (
        "5.0 of 10 hire You rated yourself: hire The grader's own: 0.0 of 10 hire, fake "
        "Graded before: not, The model is away. Graded before: 8.0 of 10 hire, fake "
        f"2.1 ✓ covered: {LAZY.text} you overrode missing with covered: “I said so.”"
    )


def test_what_moved_is_shown_by_question_and_point() -> None:
    terminal = FakeTerminal(100)
    moved = VerdictChange(point="2.1", key_point="lazy", before=None, after="wrong")

    for change in (
        GradeChange(number=2, before=None, after=0.25, verdicts=(moved,)),
        GradeChange(number=3, before=0.5, after=0.5, ungraded="The model is away."),
    ):
        feedback.show_change(terminal.screen, change)

    assert terminal.words == (
        "Question 2: not graded → 2.5 of 10 2.1 lazy: no verdict → wrong "
        "Question 3: 5.0 of 10, as before It could not be graded again: The model is away."
    )


def test_a_verdict_on_an_unknown_point_shows_its_id() -> None:
    terminal = FakeTerminal()

    feedback.show_feedback(terminal.screen, exchange(graded(verdict("speed", "missing"))))

    assert "✗ missing: speed" in terminal.words


def test_no_grade_is_never_shown_as_a_score() -> None:
    terminal = FakeTerminal()

    feedback.show_feedback(terminal.screen, exchange(UNGRADED))
    feedback.show_feedback(terminal.screen, exchange(None))

    assert terminal.words == "Not graded: The model is away. Grade it later."


@pytest.mark.parametrize(("score", "said"), [(0, "0.0"), (0.333, "3.3"), (1, "10.0")])
def test_scores_are_said_out_of_ten(score: float, said: str) -> None:
    assert feedback.points(score) == said


def test_how_an_answer_sounded_stands_beside_its_grade_and_changes_no_point_of_it() -> None:
    spoken, typed = FakeTerminal(100), FakeTerminal(100)
    given = exchange(graded(verdict("lazy", "covered")), "it is lazy")
    delivery = Delivery(words=80, speaking_s=60, first_word_s=2, monologue_s=50, fillers=30)
    said = given.answers[0].model_copy(update={"delivery": delivery})

    feedback.show_feedback(typed.screen, given)
    feedback.show_feedback(spoken.screen, given.model_copy(update={"answers": (said,)}))

    line = (
        "Delivery: 80 words a minute; first word after 2.0 s; 50 s at a stretch; at least 30 "
        "fillers."
    )
    assert spoken.words == typed.words.replace("hire ✓", f"hire {line} ✓")


@pytest.mark.parametrize(
    ("answer", "quote", "shown"),
    [
        ("It is lazy. Nothing is made.", "It is lazy.", "“It is lazy.”"),
        ("I would say, so it is lazy, and small.", "so it is lazy", "“… so it is lazy …”"),
        ("so lazy", "so lazy", "“so lazy”"),
    ],
)
def test_a_quote_shows_where_the_sentence_goes_on(answer: str, quote: str, shown: str) -> None:
    terminal = FakeTerminal()
    start = answer.index(quote)
    found = verdict("lazy", "covered", quote=quote)
    evidence = Evidence(start=start, end=start + len(quote), quote=quote)
    grade = graded(found.model_copy(update={"evidence": evidence}))

    feedback.show_feedback(terminal.screen, exchange(grade, answer))

    assert f"you said {shown}" in terminal.words


def test_advice_on_code_names_the_inputs_it_fails_on() -> None:
    terminal = FakeTerminal(100)
    results = (
        CaseResult(call="double(4)", expected="8", is_hidden=False, status="passed"),
        CaseResult(call="double(0)", expected="0", is_hidden=True, status="wrong", got="4"),
    )
    grade = graded(verdict(CASES, "partly"))
    about = exchange(grade, question=task_question()).model_copy(
        update={"runs": (CodeRun(results=results),)}
    )

    feedback.show_feedback(terminal.screen, about)

    assert "→ It fails 1 of 2 cases, with zero: double(0) should give 0 and gave 4." in (
        terminal.words
    )


@pytest.mark.parametrize(
    ("hints", "said"), [((), "hire ✗"), (("A?",), "hire, with 1 hint ✗"), (("A?", "B?"), "2 hints")]
)
def test_the_hints_taken_stand_beside_the_grade(hints: tuple[str, ...], said: str) -> None:
    terminal = FakeTerminal(100)
    about = exchange(graded(verdict("lazy", "missing"))).model_copy(update={"hints": hints})

    feedback.show_feedback(terminal.screen, about)

    assert said in terminal.words
