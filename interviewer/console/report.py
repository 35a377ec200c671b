"""The report of a session: one page, from what to study next down to every word that was said."""

import shlex
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from interviewer import pages
from interviewer.console.coding import hidden_faults
from interviewer.console.debrief import MAX_GAPS, gaps
from interviewer.console.evidence import MARKS, Piece, pieces_of
from interviewer.console.feedback import advice, doubt, points
from interviewer.console.render import MAX_CODE_LINES
from interviewer.console.review import asked_before
from interviewer.console.screen import Screen
from interviewer.console.waits import wait_chart
from interviewer.conversation.dispute import point_names
from interviewer.conversation.state import Exchange, State, replay
from interviewer.grading.advice import heaviest_open
from interviewer.grading.score import band
from interviewer.grading.self_rating import RATINGS
from interviewer.grading.support import Support, find_support
from interviewer.knowledge.code import without_docstrings
from interviewer.values.coding import CaseResult
from interviewer.values.events import (
    AnyEvent,
    ClosingAnswered,
    ClosingAsked,
    FollowedUp,
    Overridden,
)
from interviewer.values.grade import Grade, Ungraded, Verdict, VerdictName
from interviewer.values.knowledge import KeyPoint
from interviewer.values.value import Value


class Gap(Value):
    """A key point to study, and where."""

    exchange: Exchange
    point: KeyPoint
    verdict: VerdictName
    support: Support | None


class Turn(Value):
    """What was asked, if it was a follow-up, and what was answered, if it was."""

    asked: FollowedUp | None
    pieces: tuple[Piece, ...] | None


class Judged(Value):
    """A key point with its verdict and all that is to be said about it."""

    name: str
    point: KeyPoint
    verdict: Verdict
    support: Support | None
    overrides: tuple[Overridden, ...]
    advice: str
    """How to say it better; empty but for the point most worth working on."""


class Entry(Value):
    """A question with everything said about it."""

    exchange: Exchange
    grade: Grade | None
    ungraded: Ungraded | None
    result: str
    """The band, or why there is none: what the page is filtered by."""
    doubt: str
    turns: tuple[Turn, ...]
    judged: tuple[Judged, ...]
    code: tuple[tuple[int, str], ...]
    failed: tuple[CaseResult, ...]
    """The examples that the last version of the code did not pass."""
    hidden_faults: dict[str, int]
    words: int
    seconds: float


def report_page(events: Sequence[AnyEvent], state: State | None = None) -> str:
    """Return a session as one HTML page; `state` may have more than the events lead to."""
    state = state or replay(events)
    entries = tuple(map(_entry, state.exchanges))
    scores = [entry.grade.score for entry in entries if entry.grade]
    mean = sum(scores) / len(scores) if scores else None
    found = _gaps(state)
    return pages.render(
        "report.html", state=state, entries=entries, mean=mean,
        band=None if mean is None else band(mean), graded=len(scores), gaps=found,
        verdicts=Counter(row.verdict.verdict for entry in entries for row in entry.judged),
        command=_command(state, found), waits=wait_chart(events),
        marks={name: mark for name, (mark, _) in MARKS.items()},
        out_of_ten=points, ratings=RATINGS, max_code_lines=MAX_CODE_LINES,
        closing=_closing(events),
    )  # fmt: skip


def write_report(screen: Screen, path: Path, events: Sequence[AnyEvent], state: State) -> None:
    """Write the report of a session to a file, and say how to look at it."""
    pages.write(path, report_page(events, state))
    screen.say(f"The report is in {path}. Open it in a browser:")
    screen.address(path.resolve().as_uri())


def _closing(events: Sequence[AnyEvent]) -> list[tuple[str, list[str]]]:
    """Return what the candidate asked, each with the parts of its answer."""
    asked: list[tuple[str, list[str]]] = []
    for event in events:
        if isinstance(event, ClosingAsked):
            asked.append((event.text, []))
        elif isinstance(event, ClosingAnswered) and asked:
            asked[-1][1].append(event.text)
    return asked


def _entry(exchange: Exchange) -> Entry:
    grade = exchange.in_force
    run = exchange.last_run
    code = exchange.question.code
    given = grade if isinstance(grade, Grade) else None
    return Entry(
        exchange=exchange, grade=given, ungraded=grade if isinstance(grade, Ungraded) else None,
        result=given.band if given else "skipped" if exchange.skipped else "not graded",
        doubt=doubt(given) if given else "", turns=_turns(exchange),
        judged=_judged(exchange, given) if given else (),
        code=tuple(without_docstrings(code)) if code else (),
        failed=tuple(r for r in run.results if r.status != "passed" and not r.is_hidden)
        if run else (),
        hidden_faults=hidden_faults(run) if run else {},
        words=len(exchange.text.split()),
        seconds=sum(answer.seconds for answer in exchange.answers if answer.given != "piped"),
    )  # fmt: skip


def _turns(exchange: Exchange) -> tuple[Turn, ...]:
    turns = zip_longest(asked_before(exchange), pieces_of(exchange))
    return tuple(Turn(asked=asked, pieces=pieces) for asked, pieces in turns if asked or pieces)


def _judged(exchange: Exchange, grade: Grade) -> tuple[Judged, ...]:
    question = exchange.question
    known = {point.id: point for point in question.key_points}
    worst = heaviest_open(question.key_points, grade)
    return tuple(
        Judged(
            name=point_names(exchange, point)[0], point=point, verdict=verdict,
            support=find_support(question, point),
            overrides=tuple(e for e in exchange.overrides if e.key_point == point.id),
            advice=advice(exchange, point, verdict.verdict) if point == worst else "",
        )
        for verdict in grade.verdicts
        if (point := known.get(verdict.key_point))
    )  # fmt: skip


def _command(state: State, found: Sequence[Gap]) -> str:
    """Return what to type next; a name in a transcript may be anything, so it is quoted."""
    topics = dict.fromkeys(gap.exchange.question.topic for gap in found)
    if topics:
        options = [part for topic in topics for part in ("--topic", topic)]
        return shlex.join(["interviewer", "start", *options])
    return shlex.join(["interviewer", "regrade", state.started.session]) if state.started else ""


def _gaps(state: State) -> tuple[Gap, ...]:
    """Return what is most worth studying: what was missing or wrong, then what was said in part."""
    return tuple(
        Gap(
            exchange=exchange, point=point, verdict=verdict.verdict,
            support=find_support(exchange.question, point),
        )
        for exchange, point, verdict in [*gaps(state), *gaps(state, ["partly"])][:MAX_GAPS]
    )  # fmt: skip
