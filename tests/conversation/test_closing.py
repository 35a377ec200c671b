import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from interviewer.conversation.closing import NOTHING, answer, is_announced, is_none
from interviewer.conversation.simpler import easier_wording
from interviewer.errors import ModelInterrupted
from interviewer.knowledge.embedder import MiniLM
from interviewer.knowledge.library import Library
from interviewer.paths import bundled
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.interview import LAZY, sample_question, sample_topic
from tests.fakes.library import write_guide_and_repo
from tests.fakes.scripted import Reply, ScriptedModel

ASKED = "How many values does a generator keep in memory at a time?"
SAYS = "It keeps a single value in memory at a time, however long the sequence is."
QUESTION = sample_question(1, (LAZY,)).model_copy(
    update={"text": "Why would you write a generator instead of filling a list at once?"}
)


@pytest.mark.parametrize(
    "text",
    [
        *("", "No.", "no, thanks!", "That’s all", "NOPE", "Not really.", "I'm good, thank you!"),
        *("No, I don't have any questions.", "No, that was everything from my side, thanks."),
        *("I think that's it.", "No more questions", "Nothing else, thank you very much."),
    ],
)
def test_a_candidate_may_have_no_question(text: str) -> None:
    assert is_none(text)
    assert not is_announced(text)
    assert not is_none(f"{text} Why is it so?")
    assert not is_none(f"{text} But tell me how the cache works")


@pytest.mark.parametrize("text", ["Yes.", "Yes, I have one.", "Sure, I do have a few questions."])
def test_a_candidate_may_say_first_that_there_is_a_question(text: str) -> None:
    assert is_announced(text)
    assert not is_none(text)
    assert not is_announced(f"{text} How does the cache work?")


@pytest.mark.parametrize("text", ["Is everything good?", "How is the session closed", "Why?"])
def test_a_question_is_neither(text: str) -> None:
    assert not is_none(text)
    assert not is_announced(text)


def test_without_a_model_the_best_words_answer_with_their_place(library: Library) -> None:
    [answered] = answer(None, library, ASKED)

    assert answered.text.startswith("In Features › Generators it says: “A generator computes")
    assert SAYS in answered.text
    assert answered.sources[0].location.startswith("features.md:")


@pytest.mark.parametrize("where", ["in the repository", "in numbered_rows"])
def test_a_question_about_the_code_is_answered_from_the_code(library: Library, where: str) -> None:
    [answered] = answer(None, library, f"How does a generator number rows lazily {where}?")

    assert {source.kind for source in answered.sources} == {"code"}
    assert answered.text == "In numbered it says: “Yield each row with its number, lazily.”"


@pytest.mark.parametrize(
    "asked",
    [
        "Which football club won the cup in the year 1954?",
        "What would you improve in this code?",
        "How big is the team?",
    ],
)
def test_what_neither_guide_nor_repository_knows_is_not_answered(lent: Library, asked: str) -> None:
    model = ScriptedModel([])

    [answered] = answer(model, lent, asked)

    assert (answered.text, answered.sources) == (NOTHING, ())


@pytest.fixture(scope="module")
def lent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Open the part of the shipped repository, and of the guide, that the questions are about."""
    folder = tmp_path_factory.mktemp("lent")
    corpus = bundled("corpus")
    guide, repo = folder / "guide", folder / "repo"
    guide.mkdir()
    shutil.copy(Path(str(corpus / "guide" / "05-design-patterns-and-practices.md")), guide)
    for name in (
        *(f"app/repositories/{table}.py" for table in ("books", "loans")),
        *(f"app/models/{table}.py" for table in ("book", "loan")),
        *("app/services/lending.py", "app/background.py", "app/clock.py"),
        *("tests/conftest.py", "tests/fakes.py", "README.md"),
    ):
        (repo / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(str(corpus / "repo" / name)), repo / name)
    library, _ = Library.open(folder / "index", [guide], [repo])
    with closing(library):
        yield library


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            "That Loan class says lazy equals raise. Why, and where do you load the books then?",
            ["each repository names what it loads", "fails loudly in the first test"],
        ),
        (
            "What if two people borrow the last copy at once, how does your service handle that?",
            ["it decides the race for the last copy"],
        ),
        (
            "How do you test the repositories, against a real database or with fakes?",
            ["A file and not `:memory:`"],
        ),
        ("Who commits the transaction?", ["`get_session` opens it, commits it"]),
        (
            "Why do you use selectinload for the authors and joinedload for loans?",
            ["Authors come by `selectinload`", "so a join adds no rows"],
        ),
        ("What happens if sending the notice fails?", ["a failure is logged and no more"]),
        ("How do your tests control the time?", ["A clock that stands still"]),
        ("Why does take_copy use one update statement?", ["Check and change are one statement"]),
    ],
)
def test_the_code_answers_in_its_own_words_and_not_only_where_it_was_asked_about(
    lent: Library, asked: str, said: list[str]
) -> None:
    [answered] = answer(None, lent, asked)

    for words in said:
        assert words in answered.text
    assert answered.sources[0].kind != "guide"
    assert len(answered.sources) > 1


def test_code_without_words_answers_with_its_lines(tmp_path: Path) -> None:
    guide, repo = write_guide_and_repo(tmp_path)
    (repo / "app" / "rows.py").write_text(
        "def trimmed(rows):\n    return [r.strip() for r in rows]"
    )
    library, _ = Library.open(tmp_path / "index", [guide], [repo])

    with closing(library):
        [answered] = answer(None, library, "How do you get your trimmed rows?")

    assert answered.text.startswith("It stands in trimmed:\ndef trimmed(rows):\n    return")


TAKEN = "Why does take_copy use one update statement?"
ADDED = "We look at the number of changed rows, so two requests cannot both succeed."


@pytest.mark.parametrize(
    ("reply", "added"),
    [
        (
            f"We use one update statement in take_copy. {ADDED} We pay well and have fruit. And",
            [ADDED],
        ),
        ("Check and change are one statement in take_copy.", []),
        ("With update statements, two requests can both take a copy.", []),
        ("We have a kitchen with a coffee machine.", []),
        (ModelInterrupted("It stopped.", hint="Try again."), []),
    ],
)
def test_a_model_adds_what_is_founded_and_was_not_said(
    lent: Library, reply: Reply, added: list[str]
) -> None:
    model = ScriptedModel([reply])

    first, *others = answer(model, lent, TAKEN)

    assert "Check and change are one statement" in first.text
    assert [part.text for part in others] == added
    assert not any(part.sources for part in others)


def test_the_first_words_wait_for_no_model_and_the_prompt_is_short(lent: Library) -> None:
    model = ScriptedModel(["We look at the number of changed rows. We"])

    parts = answer(model, lent, TAKEN)
    next(parts)
    heard_before = list(model.heard)
    list(parts)

    assert not heard_before
    assert len(model.heard[0][-1].content) < 1600


@pytest.mark.parametrize(
    ("reply", "is_kept"),
    [
        ("Why write a generator and not fill a list at once?", True),
        ("Why would you write a generator? It computes each value only when asked.", False),
        ("What is the capital city of the republic of France today?", False),
        ("Would a generator compute each value only when somebody asks?", False),
        (QUESTION.text, False),
    ],
)
def test_easier_words_of_a_model_are_kept_if_they_ask_the_same_and_tell_nothing(
    reply: str, *, is_kept: bool
) -> None:
    model = ScriptedModel([reply])

    text = easier_wording(model, FakeEmbedder(), sample_topic(), QUESTION)

    assert text == (reply if is_kept else None)


def test_another_question_on_the_same_thing_is_no_easier_wording() -> None:
    asked = "A colleague's service imports HTTPException from the web framework. Is that right?"
    question = sample_question(1, (LAZY,)).model_copy(update={"text": asked})
    model = ScriptedModel(
        [
            "What is the purpose of the HTTPException class in the web framework?",
            "What do you think of a service that imports HTTPException from the web framework?",
        ]
    )
    embedder = MiniLM()

    said = [easier_wording(model, embedder, sample_topic(), question) for _ in range(2)]

    assert said[0] is None
    assert said[1] is not None


def test_an_easier_question_of_the_guide_goes_first_if_it_has_the_same_points(
    library: Library,
) -> None:
    topic = next(topic for topic in library.topics if topic.title == "Generators")
    points = tuple(point for point in topic.key_points if point.id == "memory")
    same = sample_question(1, points)
    other = sample_question(1, topic.key_points)

    assert easier_wording(None, FakeEmbedder(), topic, same) == topic.questions[0].text
    assert easier_wording(None, FakeEmbedder(), topic, other) is None
