import json
from collections.abc import Sequence
from random import Random

import pytest

from interviewer.conversation.generate import ABOUT_CODE, ATTEMPTS, POINTS_A_QUESTION
from interviewer.conversation.pose import FROM_BANK, NOTHING_NEW, Posed, Poser
from interviewer.errors import ModelUnavailable
from interviewer.knowledge import askable
from interviewer.knowledge.library import Library
from interviewer.values.history import ProvenQuestion
from interviewer.values.knowledge import LEVELS, KeyPoint, Level, QuestionKind, Topic
from tests.fakes.interview import DOUBLE
from tests.fakes.scripted import Reply, ScriptedModel

GOOD = "How do generators help when a file is larger than memory?"
MID = "Why would you write a generator instead of filling a list?"
WITH_CODE = "What does this code do when nobody loops over it?"
SENIOR = "How would you share a generator between consumers?"
JUNIOR = "What does a generator cost when there are very many values?"
PLAIN = "What can you tell me about Decorators, and when would you use it?"
CLAIM = "A decorator takes a function and returns another one in its place."


def poser(
    library: Library,
    *script: Reply,
    level: Level = "mid",
    asked: Sequence[str] = (),
    seed: int = 1,
    with_model: bool = True,
) -> tuple[Poser, ScriptedModel]:
    model = ScriptedModel(list(script))
    rng = Random(seed)  # noqa: S311 - variety, not secrecy
    return Poser(model if with_model else None, library, level, rng, asked), model


def topic(library: Library, name: str) -> Topic:
    return next(topic for topic in library.topics if topic.id == name)


def bare(topic: Topic) -> Topic:
    """Leave a topic without prepared questions, so that the model poses."""
    return topic.model_copy(update={"questions": ()})


def drafted(*points: tuple[str, str]) -> str:
    return json.dumps({"points": [{"point": p, "followup": f} for p, f in points]})


@pytest.mark.parametrize(
    ("level", "asked", "expected"),
    [
        ("junior", [], {JUNIOR}),
        ("mid", [], {MID, WITH_CODE}),
        ("senior", [], {SENIOR}),
        ("mid", [MID], {WITH_CODE}),
        ("senior", [SENIOR], {MID, WITH_CODE}),
        ("mid", [MID, WITH_CODE], {JUNIOR, SENIOR}),
        ("mid", [JUNIOR, MID, WITH_CODE, SENIOR], {JUNIOR}),
    ],
)
def test_the_guide_s_question_is_fresh_and_of_the_nearest_level(
    library: Library, level: Level, asked: list[str], expected: set[str]
) -> None:
    found = set()
    for seed in range(25):
        asker, _ = poser(library, level=level, asked=asked, seed=seed, with_model=False)
        found.add(asker.pose(topic(library, "generators")).question.text)

    assert found == expected


def test_a_question_put_in_other_words_counts_as_asked(library: Library) -> None:
    reworded = "Why write a generator rather than fill a list?"
    found = set()

    for seed in range(9):
        asker, _ = poser(library, asked=[reworded], seed=seed, with_model=False)
        found.add(asker.pose(topic(library, "generators")).question.text)

    assert found == {WITH_CODE}


def test_what_was_asked_longest_ago_comes_again_and_says_so(library: Library) -> None:
    asker, _ = poser(library, asked=[SENIOR, MID, WITH_CODE, JUNIOR, MID], with_model=False)

    posed = [asker.pose(topic(library, "generators")) for _ in range(3)]

    assert [item.question.text for item in posed] == [SENIOR, WITH_CODE, JUNIOR]
    assert {item.note for item in posed} == {NOTHING_NEW}


def test_of_questions_of_one_level_the_one_on_what_is_due_comes(library: Library) -> None:
    found = set()

    for seed in range(9):
        asker, _ = poser(library, seed=seed, with_model=False)
        found.add(asker.pose(topic(library, "generators"), due=["memory"]).question.text)

    assert found == {MID}


@pytest.mark.parametrize(
    ("level", "deeper"), [("junior", {MID}), ("mid", {SENIOR}), ("senior", {""})]
)
def test_a_question_brings_a_deeper_one_of_the_next_level_without_code(
    library: Library, level: Level, deeper: set[str]
) -> None:
    found = set()

    for seed in range(9):
        asker, _ = poser(library, seed=seed, with_model=False)
        found.add(asker.pose(topic(library, "generators"), level=level).deeper)

    assert found == deeper


def test_a_question_at_hand_for_each_level_counts_as_asked_only_once_it_is_given(
    library: Library,
) -> None:
    asker, _ = poser(library, with_model=False)
    about = topic(library, "generators")
    kinds: list[QuestionKind] = ["concept"]

    ready = asker.at_hand(about, kinds, LEVELS)
    again = asker.at_hand(about, kinds, LEVELS)
    given = asker.give(ready["senior"])
    after = asker.at_hand(about, kinds, LEVELS)

    assert {level: posed.question.text for level, posed in ready.items()} == {
        "junior": JUNIOR, "mid": MID, "senior": SENIOR,
    }  # fmt: skip
    assert again == ready
    assert given == ready["senior"]
    assert SENIOR not in {posed.question.text for posed in after.values()}


def test_no_question_is_asked_that_another_keeps_as_its_deeper_one(library: Library) -> None:
    asker, _ = poser(library, with_model=False)

    first = asker.pose(topic(library, "generators"))
    others = [asker.pose(topic(library, "generators")).question.text for _ in range(2)]

    assert first.deeper == SENIOR
    assert SENIOR not in others


def test_no_question_of_the_guide_comes_twice_while_others_are_left(library: Library) -> None:
    asker, _ = poser(library, with_model=False)

    posed = [asker.pose(topic(library, "generators")).question.text for _ in range(4)]

    assert set(posed) == {MID, WITH_CODE, JUNIOR, SENIOR}


def test_a_question_that_comes_again_is_told_apart_by_its_id(library: Library) -> None:
    asker, _ = poser(library, with_model=False)

    posed = [asker.pose(topic(library, "decorators")).question for _ in range(3)]

    assert {question.text for question in posed} == {PLAIN}
    assert len({question.id for question in posed}) == 3


def test_the_same_question_has_the_same_id_in_every_session(library: Library) -> None:
    first, _ = poser(library, with_model=False)
    second, _ = poser(library, asked=[PLAIN], with_model=False)

    ids = {p.pose(topic(library, "decorators")).question.id for p in (first, second)}

    assert len(ids) == 1


def test_a_guide_s_question_is_held_to_the_key_points_it_names(library: Library) -> None:
    asker, model = poser(library, asked=[WITH_CODE])

    posed = asker.pose(topic(library, "generators"))

    assert [point.id for point in posed.question.key_points] == ["lazy", "memory"]
    assert posed.question.origin == "guide"
    assert posed.question.kind == "concept"
    assert posed.rejected == ()
    assert model.heard == []


def test_a_question_about_code_shows_it_and_names_it_as_its_first_source(
    library: Library,
) -> None:
    asker, _ = poser(library, asked=[MID])

    question = asker.pose(topic(library, "generators")).question

    assert question.kind == "read_code"
    assert question.code is not None
    assert question.code.location == "app/rows.py:6"
    assert question.code.text.startswith("def numbered")
    assert question.sources[0] == question.code


def test_a_question_stands_on_the_notes_of_its_topic_and_on_code(library: Library) -> None:
    asker, _ = poser(library, asked=[WITH_CODE])

    sources = asker.pose(topic(library, "generators")).question.sources

    assert [source.kind for source in sources] == ["guide", "code"]
    assert "computes each value only" in sources[0].text


KEPT = "Where does a generator leave its values while nobody asks for them?"


def banked(*questions: tuple[str, Level, str]) -> dict[str, tuple[ProvenQuestion, ...]]:
    made = [
        ProvenQuestion(text=text, level=level, key_points=(KeyPoint(id=point, text="As it was."),))
        for text, level, point in questions
    ]
    return {"generators": tuple(made)}


def from_bank(
    library: Library, about: Topic, bank: dict[str, tuple[ProvenQuestion, ...]], *asked: str,
    kinds: Sequence[QuestionKind] = ("concept", "read_code"), level: Level = "mid",
) -> Posed:  # fmt: skip
    rng = Random(1)  # noqa: S311 - variety, not secrecy
    return Poser(None, library, level, rng, asked, bank).pose(about, kinds)


def test_a_kept_question_comes_before_the_model_is_asked_for_one(library: Library) -> None:
    posed = from_bank(library, bare(topic(library, "generators")), banked((KEPT, "mid", "lazy")))

    assert (posed.question.text, posed.question.origin) == (KEPT, "model")
    assert posed.question.key_points == topic(library, "generators").key_points[:1]
    assert posed.question.sources
    assert posed.note == FROM_BANK


def test_a_kept_question_waits_until_the_guide_has_none_that_is_fresh(library: Library) -> None:
    posed = from_bank(library, topic(library, "generators"), banked((KEPT, "mid", "lazy")))

    assert posed.question.origin == "guide"


def test_of_the_kept_questions_the_one_of_the_nearest_level_comes(library: Library) -> None:
    bank = banked((KEPT, "junior", "lazy"), (SENIOR, "senior", "once"))
    about = bare(topic(library, "generators"))

    found = {from_bank(library, about, bank, level=level).question.text for level in LEVELS[::2]}

    assert found == {KEPT, SENIOR}


@pytest.mark.parametrize(
    ("asked", "point", "kinds"),
    [
        ([KEPT], "lazy", ("concept",)),
        ([], "gone", ("concept",)),
        ([], "lazy", ("read_code",)),
    ],
    ids=["asked lately", "on a point the guide has no more", "of another kind than wanted"],
)
def test_a_kept_question_that_does_not_fit_is_not_asked(
    library: Library, asked: list[str], point: str, kinds: Sequence[QuestionKind]
) -> None:
    about, bank = bare(topic(library, "generators")), banked((KEPT, "mid", point))

    posed = from_bank(library, about, bank, *asked, kinds=kinds)

    assert posed.question.text != KEPT


def test_a_kept_question_on_a_topic_without_key_points_brings_its_own(library: Library) -> None:
    about = bare(topic(library, "generators")).model_copy(update={"key_points": ()})

    posed = from_bank(library, about, banked((KEPT, "mid", "drafted")))

    assert [point.text for point in posed.question.key_points] == ["As it was."]


def test_a_source_has_the_score_of_the_search_that_found_it(library: Library) -> None:
    asker, _ = poser(library, asked=[WITH_CODE], with_model=False)

    own = asker.pose(topic(library, "generators")).question
    bullet = asker.pose(near_to(topic(library, "decorators"))).question

    assert [score is not None for score in own.scores] == [False, True]
    assert bullet.sources[0].symbol == "decorators"
    assert bullet.scores[0]


def near_to(noted: Topic) -> Topic:
    """Return a bullet without notes about the same."""
    gone = {"notes": "", "passages": (), "key_points": (), "questions": (), "id": "bullet"}
    return noted.model_copy(update=gone)


def test_a_question_whose_code_is_not_in_the_repository_is_never_asked(library: Library) -> None:
    asker, _ = poser(library, with_model=False)

    question = asker.pose(topic(library, "hashing")).question

    assert question.text == "What can you tell me about Hashing, and when would you use it?"
    assert [point.id for point in question.key_points] == ["equal"]


def test_a_model_s_question_is_asked_when_the_model_is_preferred(library: Library) -> None:
    asker, model = poser(library, f' Question: "{GOOD}" ')

    posed = asker.pose(bare(topic(library, "generators")))

    assert posed.question.text == GOOD
    assert posed.question.origin == "model"
    assert posed.rejected == ()
    assert len(posed.question.key_points) <= POINTS_A_QUESTION
    assert "lazy" in [point.id for point in posed.question.key_points]
    prompt = model.heard[0][-1].content
    assert "Generators" in prompt
    assert "computes each value only" in prompt


def test_a_question_is_asked_without_the_backticks_of_the_model(library: Library) -> None:
    asker, _ = poser(library, GOOD.replace("generators", "`generators`"))

    posed = asker.pose(bare(topic(library, "generators")))

    assert (posed.question.text, posed.rejected) == (GOOD, ())


def test_the_model_does_not_see_what_was_asked_as_small_ones_ask_it_again(library: Library) -> None:
    asker, model = poser(library, GOOD, asked=["An old question?"])

    asker.pose(bare(topic(library, "generators")))

    assert "An old question?" not in model.heard[0][-1].content


def test_the_heaviest_point_is_always_aimed_at(library: Library) -> None:
    weights = (1, 2, 1, 3, 2)
    points = tuple(
        KeyPoint(id=f"p{n}", text=f"A generator does thing {n}.", weight=weight, followup="And?")
        for n, weight in enumerate(weights)
    )
    wide = topic(library, "generators").model_copy(update={"key_points": points})

    aims = []
    for seed in range(10):
        asker, _ = poser(library, GOOD, seed=seed)
        aims.append([p.id for p in asker.pose(bare(wide)).question.key_points])

    assert all("p3" in aim and len(aim) == POINTS_A_QUESTION for aim in aims)
    assert all(aim == sorted(aim) for aim in aims)
    assert len({tuple(aim) for aim in aims}) > 1


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        ("Generators are lazy.", "has 0 question marks instead of one"),
        ("Why? And how?", "has 2 question marks instead of one"),
        ("Why use a generator? Think.", "goes on after its question mark"),
        ("Why use a **generator** in a loop?", "has markup"),
        (
            "Why does a generator compute each value only when somebody asks for one?",
            "gives away 'A generator computes",
        ),
        ("What is your favourite season of the year?", "is not about the topic"),
        ("Why use a generator?", "is not put to the candidate"),
        ("How should I write a generator for my list?", "is not put to the candidate"),
        ("Which of these generators would you rather use?", "is not shown"),
        ("How would you turn the following list into a generator?", "is not shown"),
        ("What does this function yield, and when does it stop?", "is not shown"),
        (f"{GOOD[:-1]} today?", "was asked before"),
        ("", "has 0 question marks"),
    ],
)
def test_a_question_with_a_fault_is_thrown_away_with_the_reason(
    library: Library, reply: str, fault: str
) -> None:
    better = "When would a generator be the wrong choice for keeping values?"
    asker, model = poser(library, reply, better, asked=[GOOD])

    posed = asker.pose(bare(topic(library, "generators")))

    assert posed.question.text == better
    assert len(posed.rejected) == 1
    assert fault in posed.rejected[0]
    assert model.script == []


def test_after_enough_faults_the_guide_s_question_is_asked(library: Library) -> None:
    asker, model = poser(library, *["No question."] * (ATTEMPTS + 1))

    posed = asker.pose(bare(topic(library, "generators")))

    assert posed.question.origin == "guide"
    assert len(posed.rejected) == ATTEMPTS
    assert len(model.script) == 1


def test_a_failing_model_is_a_reason_for_rejection_and_no_error(library: Library) -> None:
    failure = ModelUnavailable("The server is gone.", hint="Start it.")
    asker, _ = poser(library, failure)

    posed = asker.pose(bare(topic(library, "generators")))

    assert posed.question.origin == "guide"
    assert posed.rejected == ("the model failed: The server is gone.",)


def test_the_model_is_asked_when_the_guide_has_no_fresh_question(library: Library) -> None:
    asker, _ = poser(library, GOOD, asked=[MID, WITH_CODE, JUNIOR, SENIOR])

    posed = asker.pose(topic(library, "generators"))

    assert posed.question.text == GOOD


def test_a_topic_without_key_points_gets_those_that_a_passage_supports(library: Library) -> None:
    points = drafted(
        (CLAIM, "What comes back when you apply one?"),
        ("The moon is made of green cheese and mice live there.", "What is the moon made of?"),
    )
    asker, _ = poser(library, points, "What happens when you decorate a method?")

    posed = asker.pose(bare(topic(library, "decorators")))

    assert posed.question.origin == "model"
    assert [point.text for point in posed.question.key_points] == [CLAIM]
    assert posed.question.key_points[0].passages == topic(library, "decorators").passages


def test_without_a_supported_key_point_there_is_no_model_s_question(library: Library) -> None:
    asker, _ = poser(library, drafted(("The moon is made of cheese and mice live there.", "Eh?")))

    posed = asker.pose(bare(topic(library, "decorators")))

    assert posed.question.text == PLAIN
    assert posed.rejected == ("no key point is supported by a passage",)


def test_a_draft_that_fits_no_schema_is_a_reason_for_rejection(library: Library) -> None:
    asker, _ = poser(library, "no JSON", "still none")

    posed = asker.pose(bare(topic(library, "decorators")))

    assert posed.question.text == PLAIN
    assert posed.rejected[0].startswith("the model failed: The model's reply does not fit")


def test_a_task_of_the_level_that_was_not_asked_is_put_with_its_own_key_points(
    library: Library,
) -> None:
    medium = DOUBLE.model_copy(update={"level": "medium", "statement": "Another.", "title": "M"})
    broken = DOUBLE.model_copy(update={"examples": (), "hidden_cases": ("double(1)",)})
    with_tasks = topic(library, "decorators").model_copy(update={"tasks": (DOUBLE, medium, broken)})

    junior, _ = poser(library, level="junior", with_model=False)
    mid, _ = poser(library, level="mid", with_model=False)
    again, _ = poser(library, level="junior", asked=[DOUBLE.statement], with_model=False)
    posed = [p.pose(with_tasks, ["write_code"]).question for p in (junior, mid, again)]

    assert [question.title for question in posed] == [DOUBLE.title, "M", "M"]
    assert posed[0].kind == "write_code"
    assert (posed[0].text, posed[0].task) == (DOUBLE.statement, DOUBLE)
    assert [point.id for point in posed[0].key_points] == ["passes-its-cases", "complexity"]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [("concept", {MID}), ("read_code", {WITH_CODE}), ("write_code", {MID, WITH_CODE})],
)
def test_a_question_is_of_the_wanted_kind_where_there_is_one(
    library: Library, kind: QuestionKind, texts: set[str]
) -> None:
    found = set()
    for seed in range(12):
        asker, _ = poser(library, seed=seed, with_model=False)
        found.add(asker.pose(topic(library, "generators"), [kind]).question.text)

    assert found == texts


def test_code_without_a_prepared_question_is_asked_about_with_points_that_it_supports(
    library: Library,
) -> None:
    claim = "The wrapper prints before the call, then calls the wrapped function with its args."
    points = drafted((claim, "What comes first?"), ("The moon is cheese, as mice know.", "Eh?"))
    asker, _ = poser(library, points)

    question = asker.pose(topic(library, "decorators"), ["read_code"]).question

    assert question.kind == "read_code"
    assert question.text in ABOUT_CODE
    assert askable.faults(question.text) == []
    assert question.code is not None
    assert question.code.symbol == "traced"
    assert [point.text for point in question.key_points] == [claim]
    assert question.key_points[0].passages == (question.code.id,)


def test_code_that_supports_no_key_point_is_not_asked_about(library: Library) -> None:
    cheese = drafted(("The moon is made of cheese and mice live there.", "Eh?"))
    asker, _ = poser(library, cheese, cheese, cheese)

    posed = asker.pose(topic(library, "decorators"), ["read_code"])

    assert posed.question.kind == "concept"
    assert "no key point is supported by app/rows.py:12" in posed.rejected
