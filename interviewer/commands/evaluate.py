"""`interviewer evaluate`: how well our grades agree with those that people gave."""

import hashlib
import shlex
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from interviewer import pages
from interviewer.commands.options import AsJson, ModelName
from interviewer.commands.session_setup import load_settings, opened_model
from interviewer.console.evaluation import evaluation_page, show_evaluation
from interviewer.console.screen import Screen
from interviewer.grading import evaluation as evaluating
from interviewer.grading.evaluation import Head, Results
from interviewer.grading.graded_answers import GradedAnswer, choose_answers, read_graded
from interviewer.grading.grader import Grader
from interviewer.knowledge.embedder import Embedder, MiniLM
from interviewer.models.chat import ChatModel
from interviewer.values.events import now


def evaluate(
    file: Annotated[Path, typer.Argument(help="Answers that people graded, JSON Lines.")],
    model: ModelName = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Grade this many answers.")] = None,
    sample: Annotated[
        int | None, typer.Option(help="With --limit: a sample over all questions, by this seed.")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with a plot here.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Grade all of them again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compare our grades with human ones; goes on where an earlier run stopped."""
    answers = choose_answers(read_graded(file), limit, sample)
    settings, places = load_settings(model=model)
    screen = Screen(to_stderr=as_json)
    embedder = MiniLM()
    embedder.embed(["Loaded now, so that no answer's time has it."])
    with opened_model(settings, places, screen) as chat_model:
        head = _head(file, chat_model, embedder)
        results = Results(places.evaluations / f"{evaluating.key_of(head)}.jsonl", fresh=fresh)
        _grade(answers, Grader(chat_model, embedder), results, screen)
    found = evaluating.evaluate(head, answers, results.of(answers))
    if html:
        pages.write(html, evaluation_page(found))
    if as_json:
        typer.echo(found.model_dump_json())
    else:
        show_evaluation(screen, found)


def _grade(
    answers: Sequence[GradedAnswer], grader: Grader, results: Results, screen: Screen
) -> None:
    open_answers = [answer for answer in answers if not results.graded(answer)]
    done = len(answers) - len(open_answers)
    if done:
        screen.say(f"{done} of {len(answers)} were graded before; --fresh grades them again.")
    with screen.counting("Grading") as bar:
        bar.update(bar.task_ids[0], total=len(answers), completed=done)
        try:
            for answer in open_answers:
                results.add(evaluating.grade_one(answer, grader, time.perf_counter))
                bar.advance(bar.task_ids[0])
        except KeyboardInterrupt:
            screen.say("What was graded is kept: the same command goes on from here.")
            raise


def _head(file: Path, model: ChatModel | None, embedder: Embedder) -> Head:
    return Head(
        file=file.name,
        file_sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        model=model.name if model else "none",
        model_digest=model.digest if model else "",
        grading=evaluating.grading_version(embedder.name),
        at=now(),
        command=shlex.join(["interviewer", *sys.argv[1:]]),
    )
