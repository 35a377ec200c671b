"""Words of the trade put right, and nothing else touched."""

from pathlib import Path

import pytest

from interviewer.knowledge.guide import read_guides
from interviewer.paths import bundled
from interviewer.speech.correct import Vocabulary

GUIDE = """
Write `pytest` tests with `parametrize`, and `asyncio` code with FastAPI, SQLAlchemy and Pydantic.
A `ForeignKey` declares a foreign key. The `__init__` method. A coroutine waits. JSON is text.
Call `isinstance`, or `getattr`. The load is total. Read `settings`. A `defaultdict` counts.
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary([GUIDE])


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("I would use pie test.", "I would use pytest."),
        ("With async IO, a core routine waits", "With asyncio, a coroutine waits"),
        ("Fast API and sequel alchemy.", "FastAPI and SQLAlchemy."),
        ("Pidantic checks Jason.", "Pydantic checks JSON."),
        ("Parametrise it.", "parametrize it."),
        ("Call get attr twice, get attr!", "Call getattr twice, getattr!"),
        ("The dunder init method", "The __init__ method"),
        ("the default dict", "the defaultdict"),
    ],
)
def test_what_sounds_like_a_word_of_the_trade_becomes_it(
    vocabulary: Vocabulary, heard: str, meant: str
) -> None:
    assert vocabulary.correct(heard) == meant


@pytest.mark.parametrize(
    "said",
    [
        "A foreign key points to another table.",
        "The loud one is totally different, it lacks a lock.",
        "I like my pie, it stings.",
        "The quarantine waits for numb pie.",
        "Set-up with fast, API and async. IO",
        "  Two  spaces,\tand a line\nend… stay (as they are)! 4 x 5 = 20",
        "",
    ],
)
def test_what_may_be_meant_as_it_was_said_stays(vocabulary: Vocabulary, said: str) -> None:
    assert vocabulary.correct(said) == said


def test_a_word_that_the_guide_does_not_have_is_not_put_in() -> None:
    assert Vocabulary(["Nothing of the trade."]).correct("pie test") == "pie test"


def test_putting_right_twice_changes_nothing_more(vocabulary: Vocabulary) -> None:
    once = vocabulary.correct("Pidantic, fast API and core routines with async io")

    assert vocabulary.correct(once) == once


def test_the_shipped_guides_own_words_all_stay() -> None:
    chapters = read_guides((bundled("corpus") / "guide",))
    notes = [topic.notes for chapter in chapters for topic in chapter.topics]
    points = [p.text for chapter in chapters for topic in chapter.topics for p in topic.key_points]

    vocabulary = Vocabulary([*notes, *points])

    assert [text for text in points if vocabulary.correct(text) != text] == []


def test_plain_sentences_stay_under_the_shipped_guide() -> None:
    chapters = read_guides((bundled("corpus") / "guide",))
    vocabulary = Vocabulary(t.notes for chapter in chapters for t in chapter.topics)
    sentences = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()

    changed = [text for text in sentences if vocabulary.correct(text) != text]

    assert changed == []
