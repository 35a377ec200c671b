"""Where in an answer the evidence of each key point stands."""

from dataclasses import dataclass
from itertools import pairwise

from interviewer.conversation.dispute import point_names
from interviewer.conversation.state import BETWEEN_ANSWERS, Exchange
from interviewer.values.grade import Grade, Verdict, VerdictName

MARKS: dict[VerdictName, tuple[str, str]] = {
    "covered": ("✓", "green"), "partly": ("~", "yellow"), "missing": ("✗", "red"),
    "wrong": ("!", "red"),
}  # fmt: skip
"""The sign and the colour of each verdict."""


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    mark: str
    """Of which point, with which verdict: `2.3✓`."""
    style: str


def marked_answers(exchange: Exchange) -> list[list[tuple[str, str]]]:
    """Return each answer as pieces with their style; evidence stands in «», with its point behind.

    A quote that does not stand where the grade says is not marked: it is shown with its verdict.
    """
    spans = _spans(exchange)
    answers: list[list[tuple[str, str]]] = []
    start = 0
    for answer in exchange.answers:
        end = start + len(answer.text)
        answers.append(_pieces(exchange.text, start, end, spans))
        start = end + len(BETWEEN_ANSWERS)
    return answers


def stands(exchange: Exchange, verdict: Verdict) -> bool:
    """Tell whether a quote is in the answer, at the place that the verdict names."""
    quoted = verdict.evidence
    return quoted is not None and exchange.text[quoted.start : quoted.end] == quoted.quote


def _spans(exchange: Exchange) -> list[_Span]:
    grade = exchange.in_force
    points = {point.id: point for point in exchange.question.key_points}
    spans: list[_Span] = []
    for verdict in grade.verdicts if isinstance(grade, Grade) else ():
        evidence, point = verdict.evidence, points.get(verdict.key_point)
        if evidence and point and stands(exchange, verdict):
            sign, style = MARKS[verdict.verdict]
            mark = point_names(exchange, point)[0] + sign
            spans.append(_Span(evidence.start, evidence.end, mark, style))
    return spans


def _pieces(text: str, start: int, end: int, spans: list[_Span]) -> list[tuple[str, str]]:
    """Cut a part of a text wherever evidence begins or ends."""
    bounds = {place for span in spans for place in (span.start, span.end) if start < place < end}
    cuts = [start, *sorted(bounds), end]
    pieces: list[tuple[str, str]] = []
    for first, last in pairwise(cuts):
        here = [span for span in spans if span.start <= first and last <= span.end]
        if here and first < last:
            marks = ", ".join(span.mark for span in here)
            pieces += [("«", "dim"), (text[first:last], here[0].style), (f"» [{marks}]", "dim")]
        else:
            pieces.append((text[first:last], ""))
    return pieces
