"""How a grade looks: what was said, what was missing or wrong, and how to say it better."""

from interviewer.console.evidence import MARKS, pieces_of, shown, stands
from interviewer.console.screen import Screen
from interviewer.conversation.dispute import GradeChange, point_names
from interviewer.conversation.state import Exchange
from interviewer.grading.advice import heaviest_open, plain_advice
from interviewer.grading.code_points import CASES
from interviewer.grading.delivery import describe, together
from interviewer.grading.failing import what_fails
from interviewer.grading.grader import WITHOUT_MODEL, is_unsure
from interviewer.grading.self_rating import RATINGS
from interviewer.grading.sentences import split_sentences
from interviewer.grading.settled import settle
from interviewer.grading.support import find_support
from interviewer.values.grade import Grade, Ungraded, Verdict, VerdictName
from interviewer.values.knowledge import KeyPoint


def show_feedback(screen: Screen, exchange: Exchange, *, is_review: bool = False) -> None:
    """Show the grade of a question: each key point with verdict and evidence, and advice on one.

    In a review, where evidence is marked in the answer, it is not quoted again; points have the
    numbers by which they can be disputed, every open one says where to read about it, and what was
    graded or rated before stands beside the grade.
    """
    screen.gap()
    grade = exchange.in_force
    if isinstance(grade, Ungraded):
        screen.say(f"Not graded: {grade.reason} {grade.hint}", style="yellow")
    elif grade is not None:
        helped = "" if is_review else _hints_taken(len(exchange.hints))
        parts = [(f"{points(grade.score)} of 10", "bold"), (f"  {grade.band}{helped}", "dim")]
        screen.parts([*parts, (f" · {why}" if (why := doubt(grade)) else "", "yellow")])
        if spoken := together(exchange.answers):
            screen.say(describe(spoken), "dim", 2)
        if is_review:
            _history(screen, exchange)
        point = heaviest_open(exchange.question.key_points, grade)
        for verdict in grade.verdicts:
            _verdict(screen, exchange, verdict, is_review=is_review)
            if point and verdict.key_point == point.id:
                _advice(screen, exchange, point, verdict.verdict)
            elif is_review and verdict.verdict in ("partly", "missing"):
                _reading(screen, exchange, verdict)
        _beyond(screen, exchange)


def show_model_answer(screen: Screen, text: str) -> None:
    """Show what a strong answer would have been."""
    screen.gap()
    screen.parts([("A strong answer: ", "green"), (text, "")])


def show_change(screen: Screen, change: GradeChange) -> None:
    """Show what moved in the grade of one question."""
    before, after = score(change.before), score(change.after)
    moved = f"{after}, as before" if after == before else f"{before} → {after}"
    screen.parts([(f"Question {change.number}: ", "dim"), (moved, "bold")])
    for item in change.verdicts:
        text = f"{item.before or 'no verdict'} → {item.after or 'no verdict'}"
        screen.parts([(f"{item.point} {item.key_point}: ", "dim"), (text, "")], 2)
    if change.ungraded:
        screen.say(f"It could not be graded again: {change.ungraded}", "yellow", 2)


def points(value: float) -> str:
    """Return a score between 0 and 1 as people say it: out of ten, one decimal."""
    return f"{value * 10:.1f}"


def score(value: float | None) -> str:
    """Return a score in words, also one that is not known."""
    return "not graded" if value is None else f"{points(value)} of 10"


def advice(exchange: Exchange, point: KeyPoint, verdict: VerdictName) -> str:
    """Return how to do better on a point: what the code fails on, if it is about that.

    Else how to say it: in the model's checked words, or in the guide's.
    """
    if point.id == CASES and (text := what_fails(exchange.last_run)):
        return text
    written = exchange.feedback
    is_about_it = written is not None and written.key_point == point.id
    return written.text if written and is_about_it else plain_advice(point, verdict)


def doubt(grade: Grade) -> str:
    """Return in words why a grade is not to be relied on; empty if it is."""
    if grade.confidence == "high":
        return ""
    if grade.model == WITHOUT_MODEL:
        return "unsure: judged by words alone, without a model"
    open_points = sum(map(is_unsure, grade.verdicts))
    if not open_points:
        return "unsure: the measures disagree"
    return f"unsure: {open_points} of {len(grade.verdicts)} points could go either way"


def _hints_taken(count: int) -> str:
    return f", with {count} hint{'' if count == 1 else 's'}" if count else ""


def _history(screen: Screen, exchange: Exchange) -> None:
    if exchange.self_rating:
        screen.say(f"You rated yourself: {RATINGS[exchange.self_rating]}", "dim", 2)
    if exchange.overrides and isinstance(exchange.grade, Grade):
        screen.say(f"The grader's own: {_briefly(exchange.grade)}", "dim", 2)
    for earlier in exchange.earlier:
        screen.say(f"Graded before: {_briefly(earlier)}", "dim", 2)


def _briefly(grade: Grade | Ungraded) -> str:
    if isinstance(grade, Ungraded):
        return f"not, {grade.reason}"
    return f"{points(grade.score)} of 10 {grade.band}, {grade.model}"


def _verdict(screen: Screen, exchange: Exchange, verdict: Verdict, *, is_review: bool) -> None:
    point = next((p for p in exchange.question.key_points if p.id == verdict.key_point), None)
    mark, style = MARKS[verdict.verdict]
    number = f"{point_names(exchange, point)[0]} " if is_review and point else ""
    text = point.text if point else verdict.key_point
    screen.parts([(number, "dim"), (f"{mark} {verdict.verdict}: ", style), (text, "")], 2)
    is_marked = is_review and stands(exchange, verdict)
    if verdict.evidence and not is_marked:
        screen.parts(
            [("you said ", "dim"), (f"“{shown(exchange, verdict.evidence)}”", "italic")], 4
        )
    support = find_support(exchange.question, point) if point else None
    if support and verdict.verdict == "wrong":
        quote = f"“{support.quote}” "
        said = [("the guide says ", "dim"), (quote, "italic"), screen.place(support.location)]
        screen.parts(said, 4)
    for event in exchange.overrides:
        if event.key_point == verdict.key_point:
            change = f"you overrode {event.before} with {event.after}: "
            screen.parts([(change, "yellow"), (f"“{event.why}”", "italic")], 4)


def _reading(screen: Screen, exchange: Exchange, verdict: Verdict) -> None:
    """Say where an open point is explained."""
    points = [p for p in exchange.question.key_points if p.id == verdict.key_point]
    for support in filter(None, (find_support(exchange.question, point) for point in points)):
        screen.parts([("read ", "dim"), screen.place(support.location)], 4)


def _beyond(screen: Screen, exchange: Exchange) -> None:
    """Say what became of an answer to what followed a complete one: no key point asks for it.

    One that is evidence for a key point after all is quoted there.
    """
    for asked, pieces in zip(exchange.followups, pieces_of(exchange)[1:], strict=False):
        is_evidence = any(piece.points for piece in pieces)
        said = "".join(piece.text for piece in pieces)
        if asked.kind == "deeper" and not is_evidence and not settle(said, asked.text):
            sentences = split_sentences(said)
            # Not the "Hmm." before it.
            longest = max(sentences, key=lambda sentence: len(sentence.text))
            quote = f"“{longest.text}{' …' if sentences[1:] else ''}”"
            screen.parts([("+ beyond the key points, in no grade: ", "dim"), (quote, "italic")], 2)


def _advice(screen: Screen, exchange: Exchange, point: KeyPoint, verdict: VerdictName) -> None:
    """Say how to do better on a point that is open, and where to read about it."""
    support = find_support(exchange.question, point)
    place = [(" ", ""), screen.place(support.location)] if support else []
    screen.parts([("→ ", "cyan"), (advice(exchange, point, verdict), ""), *place], 4)
