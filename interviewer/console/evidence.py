"""Where in an answer the evidence of each key point stands."""

from collections.abc import Sequence
from itertools import pairwise

from interviewer.conversation.dispute import point_names
from interviewer.conversation.state import BETWEEN_ANSWERS, Exchange
from interviewer.values.grade import Evidence, Grade, Verdict, VerdictName
from interviewer.values.value import Value

MARKS: dict[VerdictName, tuple[str, str]] = {
    "covered": ("✓", "green"), "partly": ("~", "yellow"), "missing": ("✗", "red"),
    "wrong": ("!", "red"),
}  # fmt: skip
"""The sign and the colour of each verdict."""
_ENDS = frozenset(".!?…\n")


class Piece(Value):
    """A part of an answer, and the key points that it is the evidence of."""

    text: str
    points: tuple[tuple[str, VerdictName], ...] = ()
    """The number of each, as in `2.3`, and its verdict."""


class _Span(Value):
    start: int
    end: int
    point: str
    verdict: VerdictName


def pieces_of(exchange: Exchange) -> tuple[tuple[Piece, ...], ...]:
    """Return each answer in pieces, cut wherever evidence begins or ends.

    A quote that does not stand where the grade says is not marked: it is shown with its verdict.
    """
    spans = _spans(exchange)
    answers: list[tuple[Piece, ...]] = []
    start = 0
    for answer in exchange.answers:
        end = start + len(answer.text)
        answers.append(_pieces(exchange.text, start, end, spans))
        start = end + len(BETWEEN_ANSWERS)
    return tuple(answers)


def marked_answers(exchange: Exchange) -> list[list[tuple[str, str]]]:
    """Return each answer as text with its style; evidence stands in «», with its points behind."""
    return [[part for piece in pieces for part in _styled(piece)] for pieces in pieces_of(exchange)]


def stands(exchange: Exchange, verdict: Verdict) -> bool:
    """Tell whether a quote is in the answer, at the place that the verdict names."""
    return verdict.evidence is not None and _is_there(exchange, verdict.evidence)


def shown(exchange: Exchange, evidence: Evidence) -> str:
    """Return a quote, with an ellipsis where the answer's sentence goes on beyond it."""
    if not _is_there(exchange, evidence):
        return evidence.quote
    before = exchange.text[: evidence.start].rstrip(" ")
    after = exchange.text[evidence.end :].strip()
    begins = not before or before[-1] in _ENDS
    ends = not after or evidence.quote[-1:] in _ENDS
    return f"{'' if begins else '… '}{evidence.quote}{'' if ends else ' …'}"


def _is_there(exchange: Exchange, evidence: Evidence) -> bool:
    return exchange.text[evidence.start : evidence.end] == evidence.quote


def _spans(exchange: Exchange) -> list[_Span]:
    grade = exchange.in_force
    points = {point.id: point for point in exchange.question.key_points}
    return [
        _Span(
            start=found.start, end=found.end, verdict=verdict.verdict,
            point=point_names(exchange, points[verdict.key_point])[0],
        )
        for verdict in (grade.verdicts if isinstance(grade, Grade) else ())
        if (found := verdict.evidence)
        and verdict.key_point in points
        and stands(exchange, verdict)
    ]  # fmt: skip


def _pieces(text: str, start: int, end: int, spans: Sequence[_Span]) -> tuple[Piece, ...]:
    bounds = {place for span in spans for place in (span.start, span.end) if start < place < end}
    return tuple(
        Piece(
            text=text[first:last],
            points=tuple(
                (span.point, span.verdict)
                for span in spans
                if first < last and span.start <= first and last <= span.end
            ),
        )
        for first, last in pairwise([start, *sorted(bounds), end])
    )


def _styled(piece: Piece) -> list[tuple[str, str]]:
    if not piece.points:
        return [(piece.text, "")]
    marks = ", ".join(f"{point}{MARKS[verdict][0]}" for point, verdict in piece.points)
    _, style = MARKS[piece.points[0][1]]
    return [("«", "dim"), (piece.text, style), (f"» [{marks}]", "dim")]
