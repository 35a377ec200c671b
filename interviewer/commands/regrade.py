"""`interviewer regrade`: grade every answer of a session once more; what was graded is kept."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer

from interviewer.commands.options import AsJson, ModelName
from interviewer.commands.session_setup import load_settings, opened_model
from interviewer.console.feedback import show_change
from interviewer.console.screen import Screen
from interviewer.conversation.dispute import GradeChange, grade_change
from interviewer.conversation.dispute import regrade as grade_again
from interviewer.conversation.state import Exchange, replay
from interviewer.grading.grader import Grader
from interviewer.knowledge.embedder import MiniLM
from interviewer.transcripts.log import SessionLog
from interviewer.transcripts.sessions import find_session, read_session


def regrade(
    session: Annotated[str, typer.Argument(help="A session's id, its beginning, or last.")],
    model: ModelName = None,
    as_json: AsJson = False,
) -> None:
    """Grade every answered question once more and show what moved; both grades are kept."""
    settings, places = load_settings(model=model)
    path = find_session(places.sessions, session)
    screen = Screen(to_stderr=as_json)
    with (
        SessionLog(path, again=True) as log,
        opened_model(settings, places, screen) as chat_model,
    ):
        grader = Grader(chat_model, MiniLM())
        found = read_session(path)
        if found.faults:
            screen.say(found.complaint, style="yellow")
        answered = [x for x in replay(found.events).exchanges if x.is_answered]
        changes = grade_all(answered, grader, log, screen)
    if as_json:
        rows = [change.model_dump() for change in changes]
        typer.echo(json.dumps({"session": path.stem, "model": grader.judge, "questions": rows}))
        return
    for change in changes:
        show_change(screen, change)


def grade_all(
    answered: Sequence[Exchange], grader: Grader, log: SessionLog, screen: Screen
) -> list[GradeChange]:
    """Grade one question after the other; each grade is on the disk before the next begins."""
    changes: list[GradeChange] = []
    with screen.counting("Grading") as bar:
        for number, exchange in enumerate(answered):
            bar.update(bar.task_ids[0], completed=number, total=len(answered))
            event = grade_again(exchange, grader)
            log.write(event)
            changes.append(grade_change(exchange, event))
    return changes
