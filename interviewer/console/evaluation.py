"""An evaluation in words and tables, the same for the terminal and for its page."""

from collections.abc import Sequence
from random import Random

from interviewer import pages
from interviewer.console.screen import Screen
from interviewer.grading.agreement import CLASSES, MIN_ANSWERS, Figure
from interviewer.grading.evaluation import Compared, Evaluation
from interviewer.values.value import Value

FIGURES = (
    ("Pearson", "pearson"), ("Spearman", "spearman"), ("within questions", "within_question"),
    ("bias", "bias"), ("RMSE", "rmse"), ("quadratic kappa", "kappa"),
)  # fmt: skip
JITTER = 0.016
"""Farthest that a dot is moved sideways, of the whole width."""


class Table(Value):
    """A table with what its reader must know."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def show_evaluation(screen: Screen, evaluation: Evaluation) -> None:
    """Write the figures to the terminal."""
    screen.say(summary(evaluation))
    for table in tables(evaluation):
        screen.gap()
        screen.table(table.header, table.rows, figures=True)
        screen.say(table.note, style="dim")
    screen.gap()
    for name, value in facts(evaluation):
        screen.parts([(f"{name}: ", "dim"), (value, "")])


def evaluation_page(evaluation: Evaluation) -> str:
    """Return the figures and the plot as one HTML page."""
    return pages.render(
        "evaluation.html", evaluation=evaluation, summary=summary(evaluation),
        tables=tables(evaluation), facts=facts(evaluation),
        points=[_point(row, row.given) for row in evaluation.compared if row.given is not None],
    )  # fmt: skip


def summary(evaluation: Evaluation) -> str:
    """Return one sentence on how many answers there were and how long they took."""
    ungraded = "none"
    if evaluation.ungraded:
        reasons = "; ".join(f"{count} × {reason}" for reason, count in evaluation.reasons.items())
        ungraded = f"{evaluation.ungraded} ({evaluation.ungraded_share:.1%}; {reasons})"
    questions = evaluation.agreements[0].questions
    return (
        f"{evaluation.answers} answers to {questions} questions; ungraded: {ungraded}. "
        f"{evaluation.seconds_mean:.2f} s an answer, 95 of 100 within "
        f"{evaluation.seconds_p95:.2f} s."
    )


def tables(evaluation: Evaluation) -> tuple[Table, Table]:
    """Return the table of figures and the table of errors by the human score."""
    agreed = evaluation.agreements
    rows = tuple(
        (name, *(_text(getattr(found, field)) for found in agreed)) for name, field in FIGURES
    )
    figures = Table(
        header=("", *(found.between for found in agreed)), rows=rows,
        note="Scores are shares of the full score; in brackets, 95 % intervals over questions. "
        "Bias above 0 is too generous. Within questions: the mean Pearson over questions with "
        f"{MIN_ANSWERS} answers or more that differ in score. Kappa: scores rounded to "
        f"{CLASSES} classes, 0 to 1 in steps of {1 / (CLASSES - 1):g}."
        + " Between graders: the second against the first." * (len(agreed) > 1),
    )  # fmt: skip
    errors = Table(
        header=("human score near", "answers", "our mean", "bias", "RMSE"),
        rows=tuple(
            (f"{b.score:.1f}", str(b.answers), f"{b.mean:.2f}", f"{b.bias:+.2f}", f"{b.rmse:.2f}")
            for b in evaluation.bands
        ),
        note="The errors on answers to which people gave about the same score.",
    )  # fmt: skip
    return figures, errors


def facts(evaluation: Evaluation) -> Sequence[tuple[str, str]]:
    """Return what somebody needs to get the same figures again."""
    return (
        ("model", f"{evaluation.model} {evaluation.model_digest}".strip()),
        ("grading", evaluation.grading),
        ("file", f"{evaluation.file} sha256:{evaluation.file_sha256}"),
        ("date", f"{evaluation.at:%Y-%m-%d}"),
        ("command", evaluation.command),
    )


def _text(figure: Figure) -> str:
    if figure.value is None:
        return "not defined"
    if figure.low is None:
        return f"{figure.value:.2f}"
    # Without a space inside the brackets a narrow screen breaks before them.
    return f"{figure.value:.2f} [{figure.low:.2f},{figure.high:.2f}]"


def _point(row: Compared, given: float) -> pages.Point:
    shift = Random(row.line).uniform(-JITTER, JITTER)  # noqa: S311 - the same page every time
    title = f"{row.question}\nanswer {row.id}: human {row.right:.2f}, ours {given:.2f}"
    return pages.Point(x=row.right + shift, y=given, title=title)
