"""Checks of a guide beyond its grammar: everything a person would trip over, by file and line."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from interviewer.knowledge import askable
from interviewer.knowledge.code import find_symbol
from interviewer.knowledge.documents import stands_below
from interviewer.knowledge.findings import Finding
from interviewer.knowledge.guide import Chapter
from interviewer.knowledge.tasks import failing_cases
from interviewer.values.knowledge import LEVELS, PreparedQuestion, Task, Topic

KEY_POINTS = (3, 6)


def check_guide(chapters: Sequence[Chapter], repos: Sequence[Path]) -> list[Finding]:
    """Return every mistake in a guide; path hints are looked up below `repos`, if there are any."""
    findings: list[Finding] = []
    for chapter in chapters:
        findings += chapter.findings
        graded = any(topic.key_points or topic.questions for topic in chapter.topics)
        for topic in chapter.topics:
            messages = [*_hints(topic, repos), *_tasks(topic)]
            if graded:
                messages += [*_completeness(topic), *_questions(topic, repos), *_followups(topic)]
            findings += [Finding(path=topic.path, line=n, message=text) for n, text in messages]
    return sorted(findings, key=lambda finding: (finding.path, finding.line))


Message = tuple[int, str]


def _completeness(topic: Topic) -> Iterator[Message]:
    low, high = KEY_POINTS
    if not low <= len(topic.key_points) <= high:
        count = len(topic.key_points)
        yield topic.line, f"{topic.title!r} has {count} key points; expected {low} to {high}."
    if not topic.questions:
        yield topic.line, f"{topic.title!r} has no questions."
    elif missing := [name for name in LEVELS if name not in {q.level for q in topic.questions}]:
        yield topic.line, f"{topic.title!r} has no question for {', '.join(missing)}."
    ids = [point.id for point in topic.key_points]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield topic.line, f"{topic.title!r} has two key points called {name!r}."
    asked = {name for question in topic.questions for name in question.key_points}
    for name in ids:
        if topic.questions and name not in asked:
            yield topic.line, f"No question is after the key point {name!r}."


def _questions(topic: Topic, repos: Sequence[Path]) -> Iterator[Message]:
    known = {point.id: point.text for point in topic.key_points}
    for question in topic.questions:
        for fault in askable.faults(question.text):
            yield question.line, f"The question {fault}."
        if not question.key_points:
            yield question.line, "The question names no key point."
        for name in question.key_points:
            if name not in known:
                yield question.line, f"The question names {name!r}, which is no key point here."
        claims = [known[name] for name in question.key_points if name in known]
        if claim := askable.given_away(question.text, claims, topic.title):
            yield question.line, f"The question contains its answer: {claim!r}."
        yield from _code(question, repos)


def _code(question: PreparedQuestion, repos: Sequence[Path]) -> Iterator[Message]:
    if question.code and repos and not find_symbol(question.code, repos):
        yield question.line, f"Nothing is found at {question.code!r} in the repository."


def _followups(topic: Topic) -> Iterator[Message]:
    for point in topic.key_points:
        if not point.followup:
            yield point.line, f"The key point {point.id!r} has no follow-up."
            continue
        for fault in askable.faults(point.followup):
            yield point.line, f"The follow-up of {point.id!r} {fault}."
        if askable.given_away(point.followup, [point.text], topic.title):
            yield point.line, f"The follow-up of {point.id!r} contains its answer."


def _hints(topic: Topic, repos: Sequence[Path]) -> Iterator[Message]:
    for hint in topic.path_hints:
        if repos and not any(stands_below(repo, hint) for repo in repos):
            yield topic.line, f"The path {hint!r} is not in the repository."


def _tasks(topic: Topic) -> Iterator[Message]:
    for task in topic.tasks:
        yield from ((task.line, text) for text in _task(task))


def _task(task: Task) -> Iterator[str]:
    for part, values in (
        ("signature", task.signature), ("examples", task.examples),
        ("hidden cases", task.hidden_cases), ("solution", task.solution),
        ("follow-ups", task.followups),
    ):  # fmt: skip
        if not values:
            yield f"The task {task.title!r} has an empty part: {part}."
    for case in failing_cases(task):
        yield f"The solution of {task.title!r} fails: {case}"
