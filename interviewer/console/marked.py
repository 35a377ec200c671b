"""Where in the answers the evidence of each key point stands, as pieces to be marked."""

from itertools import pairwise

from interviewer.conversation.dispute import point_names
from interviewer.conversation.state import Exchange
from interviewer.values.grade import Grade, VerdictName
from interviewer.values.value import Value

_BETWEEN = "\n\n"
"""What `Exchange.text` has between two answers."""


class Piece(Value):
    """A part of an answer, and which key points, by name (`2.3`), it is the evidence of."""

    text: str
    points: tuple[str, ...] = ()
    verdict: VerdictName | None = None
    """The verdict on the first of them."""


class _Span(Value):
    start: int
    end: int
    point: str
    verdict: VerdictName


def marked_answers(exchange: Exchange) -> tuple[tuple[Piece, ...], ...]:
    """Return the pieces of each answer, in order.

    A quote that does not stand where the grade has it is not marked.
    """
    spans = _spans(exchange)
    answers: list[tuple[Piece, ...]] = []
    start = 0
    for answer in exchange.answers:
        end = start + len(answer.text)
        answers.append(_pieces(exchange.text, start, end, spans))
        start = end + len(_BETWEEN)
    return tuple(answers)


def _spans(exchange: Exchange) -> list[_Span]:
    grade = exchange.in_force
    points = {point.id: point for point in exchange.question.key_points}
    text = exchange.text
    return [
        _Span(
            start=found.start, end=found.end, verdict=verdict.verdict,
            point=point_names(exchange, points[verdict.key_point])[0],
        )
        for verdict in (grade.verdicts if isinstance(grade, Grade) else ())
        if (found := verdict.evidence)
        and verdict.key_point in points
        and text[found.start : found.end] == found.quote
    ]  # fmt: skip


def _pieces(text: str, start: int, end: int, spans: list[_Span]) -> tuple[Piece, ...]:
    """Cut what stands between `start` and `end` wherever evidence begins or ends."""
    edges = {edge for span in spans for edge in (span.start, span.end) if start < edge < end}
    cuts = [start, *sorted(edges), end]
    pieces: list[Piece] = []
    for first, last in pairwise(cuts):
        here = [span for span in spans if span.start <= first and last <= span.end]
        pieces.append(
            Piece(
                text=text[first:last],
                points=tuple(span.point for span in here),
                verdict=here[0].verdict if here else None,
            )
        )
    return tuple(pieces)
