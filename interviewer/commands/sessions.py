"""`interviewer sessions`: list, search, show, name, remove, export, import and check sessions."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

import typer

from interviewer.commands.options import AsJson, Yes
from interviewer.console import sessions as look
from interviewer.console.screen import Screen
from interviewer.errors import TranscriptError, UsageError
from interviewer.paths import folders
from interviewer.transcripts.index import SessionIndex, Wanted
from interviewer.transcripts.log import SessionLog
from interviewer.transcripts.outcomes import read_outcome
from interviewer.transcripts.overview import overview
from interviewer.transcripts.sessions import (
    SUFFIX,
    Session,
    check_free,
    find_session,
    name_of,
    read_session,
    session_ids,
    tags_of,
    throw_away,
    verify_session,
)
from interviewer.transcripts.transfer import as_document, take_in, without_answers
from interviewer.values.events import AnyEvent, Renamed, SessionStarted, Tagged

app = typer.Typer(help="List, search, name, remove, export, import and check sessions.")

SHOWN = 20
"""Sessions and places that are shown unless more are asked for."""
Id = Annotated[str, typer.Argument(help="A session's id, its beginning, its name, or last.")]
Topic = Annotated[str, typer.Option(help="Only with this topic: part of its id or title.")]
Tag = Annotated[str, typer.Option(help="Only with this tag.")]
Since = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From this day on.")]
Until = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Up to this day.")]
MinScore = Annotated[float | None, typer.Option(min=0, max=10, help="At least this score.")]
MaxScore = Annotated[float | None, typer.Option(min=0, max=10, help="At most this score.")]
Limit = Annotated[int | None, typer.Option(min=0, help="How many; 0 for all.")]


@app.callback(invoke_without_command=True)
def sessions(
    context: typer.Context,
    topic: Topic = "", tag: Tag = "", since: Since = None, until: Until = None,
    min_score: MinScore = None, max_score: MaxScore = None, limit: Limit = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """List sessions, the latest first, or do one of the things below."""
    if context.invoked_subcommand is None:
        list_sessions(topic, tag, since, until, min_score, max_score, limit, as_json)


@app.command("list")
def list_sessions(
    topic: Topic = "", tag: Tag = "", since: Since = None, until: Until = None,
    min_score: MinScore = None, max_score: MaxScore = None, limit: Limit = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """List sessions, the latest first: all in JSON, else 20 unless a limit is given."""
    most = (0 if as_json else SHOWN) if limit is None else limit
    wanted = Wanted(
        topic=topic, tag=tag.removeprefix("#"),
        since=since and since.timestamp(),
        until=until and (until + timedelta(days=1)).timestamp(),
        min_score=None if min_score is None else min_score / 10,
        max_score=None if max_score is None else max_score / 10,
        limit=most or -1,
    )  # fmt: skip
    with _index(as_json) as index:
        found, total = index.overviews(wanted)
    if as_json:
        rows = [session.model_dump(mode="json") for session in found]
        typer.echo(json.dumps({"total": total, "sessions": rows}))
        return
    screen = Screen()
    if not total:
        has_any = bool(session_ids(folders().sessions))
        screen.say("No session is like that." if has_any else
                   "There is no session yet. Hold one: interviewer start")  # fmt: skip
    look.show_list(screen, found, total)


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="Words, or how they begin; all must be there.")],
    limit: Annotated[int, typer.Option(min=1, help="How many places.")] = SHOWN,
    as_json: AsJson = False,
) -> None:
    """Search all questions and answers, the best place first."""
    with _index(as_json) as index:
        places = index.search(text, limit)
    if as_json:
        typer.echo(json.dumps([place.model_dump(mode="json") for place in places]))
        return
    if not places:
        Screen().say("Nothing was found.")
    look.show_places(Screen(), places)


@app.command()
def show(session: Id, as_json: AsJson = False) -> None:
    """Show how a session was held: model, versions, prompts, what was asked, how it went."""
    found = _find(session)
    outcome = read_outcome(found.path)
    seen = overview(found, outcome)
    if as_json:
        row = {"overview": seen.model_dump(mode="json"), **as_document(found)}
        typer.echo(json.dumps(row))
        return
    head = next((e for e in found.events if isinstance(e, SessionStarted)), None)
    look.show_session(Screen(), seen, head, outcome.questions if outcome else ())


@app.command()
def rename(
    session: Id,
    name: Annotated[str, typer.Argument(help="Its name from now on; empty for none.")],
    as_json: AsJson = False,
) -> None:
    """Give a session a name, by which every command finds it."""
    found = _find(session)
    check_free(folders().sessions, found.path, name.strip())
    _append(found, Renamed(name=name.strip()))
    told = f"is named “{name.strip()}” now" if name.strip() else "has no name now"
    _tell(as_json, f"{found.id} {told}.", session=found.id, name=name.strip())


@app.command()
def tag(
    session: Id,
    tags: Annotated[list[str], typer.Argument(help="Words to find it by.")],
    remove: Annotated[bool, typer.Option("--remove", help="Take them away.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put tags on a session, or take them away; `sessions --tag` finds it by them."""
    found = _find(session)
    given = [word.removeprefix("#") for word in tags]
    if bad := [word for word in given if not word.isprintable() or word.split() != [word]]:
        raise UsageError(
            f"A tag is one word; found {bad[0]!r}.", hint="Join its words with a hyphen."
        )
    before = tags_of(found.events)
    after = tuple(t for t in before if t not in given) if remove else (*before, *given)
    after = tuple(dict.fromkeys(after))
    _append(found, Tagged(tags=after))
    told = f"tagged {' '.join(f'#{word}' for word in after)}" if after else "without tags"
    _tell(as_json, f"{found.id} is {told} now.", session=found.id, tags=after)


@app.command()
def delete(
    session: Id,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Move a session into the trash folder, after asking."""
    places = folders()
    path = find_session(places.sessions, session)
    if not yes:
        typer.confirm(f"Move the session {path.stem} into the trash?", abort=True, err=as_json)
    new = throw_away(path, places.trash)
    _tell(as_json, f"{path.stem} is in the trash: {new}. "
          f"To have it back: interviewer sessions import {new}",
          session=path.stem, trash=str(new))  # fmt: skip


@app.command()
def export(
    session: Id,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file that is not there yet.")
    ] = None,
    as_format: Annotated[
        Literal["md", "json", "csv"], typer.Option("--format", help="json can be imported again.")
    ] = "md",
    answers: Annotated[
        bool, typer.Option("--answers/--no-answers", help="With what you said, or without.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Write a session as Markdown, JSON or a table of its questions (CSV)."""
    found = _find(session)
    if not answers:
        found = found.model_copy(update={"events": without_answers(found.events)})
    text = _exported(found, "json" if as_json else as_format)
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise TranscriptError(
            f"Cannot write {str(output)!r}: {error.strerror}.",
            hint="Name a file that is not there yet, in a folder that is.",
        ) from error
    Screen(to_stderr=True).say(f"Written: {output}")


@app.command("import")
def import_session(
    file: Annotated[Path, typer.Argument(help="A transcript, or an export in JSON.")],
    as_json: AsJson = False,
) -> None:
    """Take a session in under its own id; what is there is never replaced."""
    session = take_in(file, folders().sessions)
    _tell(as_json, f"{session.id} is there: {session.path}",
          session=session.id, path=str(session.path))  # fmt: skip


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Check every line of every transcript; exit code 1 if one is not as it was written."""
    folder = folders().sessions
    screen = Screen(to_stderr=as_json)
    rows = []
    for name in session_ids(folder):
        faults = verify_session(folder / f"{name}{SUFFIX}")
        rows.append({"session": name, "faults": [fault.model_dump() for fault in faults]})
        for fault in faults:
            where = f"line {fault.line}: " if fault.line else ""
            screen.parts([(f"{name} ", "bold"), (f"{where}{fault.why}", "red")])
    bad = sum(bool(row["faults"]) for row in rows)
    if as_json:
        typer.echo(json.dumps({"sessions": len(rows), "bad": bad, "transcripts": rows}))
    else:
        screen.say(f"Checked {len(rows):,}; something is wrong with {bad:,}." if bad else
                   f"Checked {len(rows):,}; every line is as it was written.")  # fmt: skip
    if bad:
        raise typer.Exit(1)


def _exported(session: Session, kind: str) -> str:
    if kind == "json":
        return json.dumps(as_document(session), ensure_ascii=False, indent=1) + "\n"
    # Imported here: what replays a session brings the grader along.
    from interviewer.console.export import markdown, table  # noqa: PLC0415
    from interviewer.conversation.state import replay  # noqa: PLC0415

    state = replay(session.events)
    return table(state) if kind == "csv" else markdown(state, name_of(session.events))


def _find(wanted: str) -> Session:
    return read_session(find_session(folders().sessions, wanted))


def _append(session: Session, event: AnyEvent) -> None:
    if session.faults:
        Screen(to_stderr=True).say(session.complaint, style="yellow")
    with SessionLog(session.path, again=True) as log:
        log.write(event)


def _tell(as_json: bool, text: str, **row: object) -> None:
    if as_json:
        typer.echo(json.dumps(row))
    else:
        Screen().say(text)


@contextmanager
def _index(as_json: bool) -> Iterator[SessionIndex]:
    """Open the index, with a progress bar while transcripts have to be read."""
    places = folders()
    with Screen(to_stderr=as_json).counting("Reading transcripts") as bar:

        def step(done: int, of: int) -> None:
            bar.update(bar.task_ids[0], completed=done, total=of)

        yield SessionIndex(places.session_index, places.sessions, step)
