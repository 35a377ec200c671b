"""Each rule of the check, shown to fire on a chapter with one thing wrong, on the right line."""

from pathlib import Path

import pytest

from interviewer.knowledge.findings import Finding
from interviewer.knowledge.guide import parse_chapter
from interviewer.knowledge.lint import check_guide
from tests.fakes.guide import CHAPTER, write_repo

TOPIC = "## Generators"
LAZY = "- `lazy` (3)"
TASK = "### Task: First"
MORE = "".join(f"- `more-{n}` (1): Claim {n}.\n" for n in range(4))
THIRD = "- `once` (1): Iterating again gives nothing, because it is exhausted.\n"
QUESTIONS = CHAPTER[CHAPTER.index("### Questions") : CHAPTER.index("### Task:")]
EXAMPLE = """```python
assert first_unique("swiss") == "w"
```
"""

# What is replaced by what, on which line it is found, and what is said.
BROKEN = [
    ("### Common mistakes", "### Usual mistakes", "### Usual", "Unknown heading 'Usual mistakes'"),
    ("Covered: says that nothing", "Said: nothing", "  - Said", "Expected 'Covered:'"),
    ("`lazy` (3)", "`lazy` (5)", "- `lazy`", "The weight of a key point is 1, 2 or 3, found 5"),
    ("junior (lazy)", "expert (lazy)", "- expert", "Expected 'junior|mid|senior"),
    ("junior (lazy): W", "W", "- What does the word", "Expected 'junior|mid|senior"),
    (THIRD, "", TOPIC, "'Generators' has 2 key points; expected 3 to 6."),
    (THIRD, THIRD + MORE, TOPIC, "'Generators' has 7 key points; expected 3 to 6."),
    (QUESTIONS, "", TOPIC, "'Generators' has no questions."),
    ("- junior", "- mid", TOPIC, "'Generators' has no question for junior."),
    ("- senior", "- mid", TOPIC, "'Generators' has no question for senior."),
    ("`memory` (2)", "`lazy` (2)", TOPIC, "'Generators' has two key points called 'lazy'."),
    ("(memory, lazy)", "(lazy)", TOPIC, "No question is after the key point 'memory'."),
    ("a function?", "a function? Why?", "- junior", "The question has 2 question marks"),
    ("a function?", "a function.", "- junior", "The question has 0 question marks"),
    ("a function?", "a function? Go on.", "- junior", "The question goes on after its question"),
    ("a list here?", "a list " + "here " * 45 + "?", "- mid", "words, more than 45"),
    ("word yield", "word `yield`", "- junior", "The question has markup or line breaks"),
    ("junior (lazy)", "junior ()", "- junior", "The question names no key point."),
    ("(memory, lazy)", "(memory, lasy)", "- mid", "The question names 'lasy', which is no key"),
    ("What does the word yield do in a function?",
     "Is each value computed only when somebody asks for it?",
     "- junior", "The question contains its answer: 'Each value is computed only when"),
    ("app/values.py::countdown", "app/values.py::count", "- senior",
     "Nothing is found at 'app/values.py::count' in the repository."),
    ("app/values.py::countdown", "app/other.py::countdown", "- senior", "Nothing is found at"),
    ("  - Follow-up: When does the work happen?\n", "", LAZY, "'lazy' has no follow-up."),
    ("work happen?", "work happen.", LAZY, "The follow-up of 'lazy' has 0 question marks"),
    ("work happen?", "work happen? When?", LAZY, "The follow-up of 'lazy' has 2 question marks"),
    ("When does the work happen?", "Is a value computed when somebody asks?",
     LAZY, "The follow-up of 'lazy' contains its answer."),
    ("app/values.py, app\n", "app/value.py, app\n", TOPIC, "The path 'app/value.py' is not in"),
    ("app/values.py, app\n", "app/values.py, ../\n", TOPIC, "The path '../' is not in"),
    ("app/values.py, app\n", "app/values.py, /\n", TOPIC, "The path '/' is not in"),
    ("app/values.py, app\n", "x" * 300 + "\n", TOPIC, "is not in the repository."),
    ("#### Solution", "#### Answer", TASK, "The task lacks: Solution."),
    (EXAMPLE, "", TASK, "alone' has an empty part: examples."),
    ("- What would you change if", "What would you change if", TASK, "empty part: follow-ups."),
    ('"swiss") == "w"', '"swiss") == "i"', TASK, "The solution of 'First character that stands"),
    ('first_unique("") is None', 'first_unique("") == ""', TASK, "fails: assert first_unique("),
    ("return next(", "return nxet(", TASK, "NameError"),
    ("text: str) -> str | None:\n", "text: str) -> str | None\n", TASK, "SyntaxError"),
]  # fmt: skip


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_repo(tmp_path_factory.mktemp("repo"))


def check(text: str, *repos: Path) -> list[Finding]:
    return check_guide([parse_chapter(text, "01-features.md")], repos)


def test_a_sound_chapter_has_no_finding(repo: Path) -> None:
    assert check(CHAPTER, repo) == []


@pytest.mark.parametrize(("old", "new", "place", "message"), BROKEN)
def test_what_is_wrong_is_named_with_its_line(
    repo: Path, old: str, new: str, place: str, message: str
) -> None:
    assert CHAPTER.count(old) == 1
    broken = CHAPTER.replace(old, new)

    findings = check(broken, repo)

    (line,) = {finding.line for finding in findings if message in finding.message}
    assert broken.splitlines()[line - 1].startswith(place)
    assert {finding.path for finding in findings} == {"01-features.md"}


def test_without_a_repository_no_path_is_looked_up() -> None:
    assert check(CHAPTER.replace("app", "nowhere")) == []


def test_a_path_may_be_in_any_of_several_repositories(repo: Path, tmp_path: Path) -> None:
    assert check(CHAPTER, tmp_path, repo) == []


@pytest.mark.parametrize("text", ["- a\n- b\n", "# S\n\n## T\n\nNotes only.\n"])
def test_a_plain_list_or_notes_alone_have_nothing_to_fail(text: str, repo: Path) -> None:
    assert check(text, repo) == []


def test_a_topic_without_parts_among_topics_with_parts_is_named(repo: Path) -> None:
    findings = check(CHAPTER + "\n## Bare\n\nOnly notes.\n", repo)

    assert [finding.message for finding in findings] == [
        "'Bare' has 0 key points; expected 3 to 6.",
        "'Bare' has no questions.",
    ]


def test_questions_without_any_key_points_are_not_let_through(repo: Path) -> None:
    findings = check("# S\n\n## T\n\nNotes.\n\n### Questions\n\n- mid (a): Why?\n", repo)

    assert "'T' has 0 key points; expected 3 to 6." in [f.message for f in findings]
    assert (9, "The question names 'a', which is no key point here.") in [
        (f.line, f.message) for f in findings
    ]


def test_findings_come_in_the_order_of_files_and_lines(repo: Path) -> None:
    broken = CHAPTER.replace("work happen?", "work happen.").replace("a function?", "a function.")
    chapters = [parse_chapter(broken, name) for name in ("02.md", "01.md")]

    places = [(finding.path, finding.line) for finding in check_guide(chapters, (repo,))]

    assert places == sorted(places)
    assert {path for path, _ in places} == {"01.md", "02.md"}
