"""A session for other programs: Markdown to read, a table of its questions to count with."""

import csv
import io
import re

from interviewer.conversation.state import Exchange, State
from interviewer.values.grade import Grade, Ungraded, VerdictName
from interviewer.values.text import safe

COLUMNS = (
    "session", "started", "model", "number", "topic", "section", "title", "kind", "level",
    "question", "answer", "score", "band", "ungraded", "covered", "partly", "missing", "wrong",
    "self_rating",
)  # fmt: skip
_VERDICTS: tuple[VerdictName, ...] = ("covered", "partly", "missing", "wrong")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def markdown(state: State, name: str = "") -> str:
    """Return a session as Markdown; nothing in what was said can become markup."""
    lines = [f"# {_plain(name or (state.started.session if state.started else 'A session'))}", ""]
    if state.started:
        head = state.started
        when = f"{head.at.astimezone():%Y-%m-%d %H:%M}"
        lines += [_plain(f"{when}, {head.mode}, {head.level}, {head.model}"), ""]
    for exchange in state.exchanges:
        lines += [*_question(exchange), ""]
    return "\n".join(lines).rstrip() + "\n"


def table(state: State) -> str:
    """Return a session as CSV, a question a row; a cell that a spreadsheet would run is text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for exchange in state.exchanges:
        row = _row(state, exchange)
        writer.writerow({key: _inert(value) for key, value in row.items()})
    return out.getvalue()


def _question(exchange: Exchange) -> list[str]:
    question = exchange.question
    lines = [f"## {exchange.number}. {_plain(question.title)}", "", _plain(question.text), ""]
    if exchange.text.strip():
        lines += [*(f"> {line}" for line in _plain(exchange.text).split("\n")), ""]
    for code in filter(None, exchange.codes):
        lines += [*(f"    {line}" for line in safe(code).split("\n")), ""]
    grade = exchange.in_force
    if isinstance(grade, Grade):
        lines += [f"**{10 * grade.score:.1f} of 10**, {grade.band}", ""]
        texts = {point.id: point.text for point in question.key_points}
        for verdict in grade.verdicts:
            text = texts.get(verdict.key_point, verdict.key_point)
            quote = f" (“{_plain(verdict.evidence.quote)}”)" if verdict.evidence else ""
            lines.append(f"- {verdict.verdict}: {_plain(text)}{quote}")
    else:
        reason = grade.reason if isinstance(grade, Ungraded) else "no grade was given"
        lines.append("Left out." if exchange.skipped else f"Not graded: {_plain(reason)}")
    places = "; ".join(f"`{_plain(passage.location)}`" for passage in question.sources)
    return [*lines, "", f"Read more: {places}"] if places else lines


def _row(state: State, exchange: Exchange) -> dict[str, object]:
    head, question, grade = state.started, exchange.question, exchange.in_force
    row: dict[str, object] = {
        "session": head.session if head else "", "started": head.at.isoformat() if head else "",
        "model": head.model if head else "", "number": exchange.number, "topic": question.topic,
        "section": question.section, "title": question.title, "kind": question.kind,
        "level": question.level, "question": question.text,
        "answer": "\n\n".join((exchange.text, *exchange.codes[-1:])).strip(),
        "self_rating": exchange.self_rating or "",
    }  # fmt: skip
    if isinstance(grade, Grade):
        names = [verdict.verdict for verdict in grade.verdicts]
        counts = {name: names.count(name) for name in _VERDICTS}
        return row | {"score": round(grade.score, 4), "band": grade.band} | counts
    reason = grade.reason if isinstance(grade, Ungraded) else ""
    return row | {"ungraded": reason or ("left out" if exchange.skipped else "not graded")}


def _plain(text: str) -> str:
    """Return text in which no character means anything to Markdown or a terminal."""
    return _SPECIAL.sub(r"\\\1", safe(text))


def _inert(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = safe(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
