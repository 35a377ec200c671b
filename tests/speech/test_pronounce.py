import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interviewer.speech.pronounce import as_said

MARKUP = re.compile(r"[`*_#<>\[\]{}|\\^~@/=+\n]")
TABLES = tomllib.loads(
    files("interviewer.speech").joinpath("pronunciation.toml").read_text(encoding="utf-8")
)
PIECES = [
    "__init__", "asyncio", "f(x)", "e.g.", "`", "**", "*", "x[1]", "C++", "Python 3.11", "(s)",
    "os.", "-1", "--a", "[a](b)", "http://a.b/c", "Api", "URLs", "id", "c", "#", " ", "\n", ":42",
    ".", "ß", "²", "İ", "(", ")", "[", "]", "_", "/", ":", "-", "1", "<", "=", '"', "'",
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("What does `__init__` do?", "What does dunder init do?"),
        ("Is __str__ like __repr__?", "Is dunder string like dunder repr?"),
        ("asyncio.run(main())", "A-sync IO dot run of main"),
        ("an async def", "an A-sync def"),
        ("pytest, mypy and NumPy", "pie test, my pie and num pie"),
        ("SQLAlchemy over SQLite", "sequel alchemy over S Q lite"),
        ("JSON and json.dumps", "Jason and Jason dot dumps"),
        ("the GIL", "the gill"),
        ("gil", "gil"),
        ("PyPI and YAML", "pie P I and yammel"),
        ("a dict of tuples", "a dict of tuples"),
        ("*args and **kwargs", "star args and star star keyword args"),
        ("an f-string", "an f-string"),
        ("O(n log n)", "O of n log n"),
        ("O(n^2), O(n²)", "O of n squared, O of n squared"),
        ("O(1) or O(n + m)", "O of 1 or O of n plus m"),
        ("O(2^n)", "O of 2 to the power of n"),
        ("2 * 3", "2 times 3"),
        ("x == y and x != y", "x double equals y and x not equal to y"),
        ("n := 3 -> int", "n walrus 3 arrow int"),
        ("from -1 to 5-3", "from minus 1 to 5-3"),
        ("user_id in lru_cache", "user ID in LRU cache"),
        ("CamelCase, HTTPException", "Camel Case, HTTP Exception"),
        ("APIs and URLs", "APIs and URLs"),
        ("list[int] | None", "list of int or None"),
        ("len(f(x)) and d[k][j]", "len of f of x and d of k of j"),
        ("next() or iter()", "next or iter"),
        ("argument(s)", "arguments"),
        ("app/services/loans.py:42", "app slash services slash loans dot pie, line 42"),
        ("app/x.py:10-20", "app slash x dot pie, lines 10 to 20"),
        ("/etc/hosts and .env", "slash etc slash hosts and dot env"),
        ("pytest -m slow --strict", "pie test dash m slow dash dash strict"),
        ("In Python 3.11", "In Python 3 11"),
        ("version 1.5", "version 1.5"),
        ("10_000 rows at 50%", "10000 rows at 50%"),
        ("e.g. I/O and CI/CD", "for example IO and CI CD"),
        ("C++ and/or C#", "C plus plus and or C sharp"),
        ("SELECT * with count(*)", "SELECT star with count of star"),
        ("@property", "at property"),
        ("**Bold**, *italic* and [a link](https://x.org)", "Bold, italic and a link"),
        ("See https://x.org/y.", "See the link on the screen."),
        ("- an item", "an item"),
        ("## A heading", "A heading"),
        ("`a -> b`", "a arrow b"),
        ('`if __name__ == "__main__":` guards it', "the code on the screen guards it"),
        ("Here `x[::-1]` reverses", "Here the code on the screen reverses"),
        ("“Really?” he said; it's fine (so far).", "“Really?” he said; it's fine (so far)."),
        ("Zoë paid €5", "Zoë paid €5"),
        ("¹ and ٣", "1 and 3"),
        ("tab\tand\x1b[31mescape", "tab and 31mescape"),
    ],
)  # fmt: skip
def test_what_engineers_write_is_put_as_they_say_it(written: str, said: str) -> None:
    assert as_said(written) == said


@pytest.mark.parametrize("said", sorted({s for table in TABLES.values() for s in table.values()}))
def test_what_the_table_says_is_said_as_it_stands(said: str) -> None:
    assert as_said(said) == said


@settings(max_examples=300, deadline=None)
@example("²-0")
@example("Python0.0")
@example("0([)")
@example("Asyncio_")
@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_no_markup_is_left_and_doing_it_twice_changes_nothing(text: str) -> None:
    said = as_said(text)

    assert not MARKUP.search(said)
    assert as_said(said) == said
