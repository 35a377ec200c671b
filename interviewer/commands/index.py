"""`interviewer index`: read guide and repository into the index, or check a guide."""

import json
from pathlib import Path
from typing import Annotated

import typer

from interviewer.commands.session_setup import guide_and_repo, load_settings, open_library
from interviewer.console.screen import Screen
from interviewer.knowledge.guide import read_guides
from interviewer.knowledge.library import forget_index
from interviewer.knowledge.lint import check_guide
from interviewer.settings import Settings


def index(
    guide: Annotated[list[Path] | None, typer.Option(help="Your own guide.")] = None,
    repo: Annotated[list[Path] | None, typer.Option(help="Your own repository.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only check the guide.")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Begin with an empty index.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read guide and repository into the index; --check finds mistakes in a guide."""
    settings, places = load_settings(guide=guide, repo=repo)
    screen = Screen()
    if check:
        _check(settings, screen, as_json=as_json)
        return
    if rebuild:
        forget_index(places.index)
    library, summary = open_library(settings, places, screen)
    topics = library.topics
    library.close()
    if as_json:
        listed = [{"id": t.id, "section": t.section, "title": t.title} for t in topics]
        typer.echo(json.dumps(summary.model_dump() | {"topics": listed}))
        return
    section = ""
    for topic in topics:
        if topic.section != section:
            section = topic.section
            screen.say(section, style="bold")
        screen.parts([(topic.title, ""), (f"  --topic {topic.id}", "dim")], indent=2)
    screen.gap()
    screen.say(
        f"{summary.topics} topics, {summary.guide_passages} passages of the guide, "
        f"{summary.code_passages} of code; {summary.added} added and {summary.removed} removed "
        f"in {summary.seconds:.1f} s."
    )


def _check(settings: Settings, screen: Screen, *, as_json: bool) -> None:
    guides, repos = guide_and_repo(settings)
    chapters = read_guides(guides)
    findings = check_guide(chapters, repos)
    if as_json:
        typer.echo(json.dumps([finding.model_dump() for finding in findings]))
    for finding in () if as_json else findings:
        screen.say(f"{finding.path}:{finding.line}: {finding.message}")
    if findings:
        raise typer.Exit(1)
    if not as_json:
        topics = [topic for chapter in chapters for topic in chapter.topics]
        graded = sum(bool(topic.key_points) for topic in topics)
        tasks = sum(len(topic.tasks) for topic in topics)
        screen.say(
            f"{len(topics)} topics, {graded} with key points, {tasks} coding tasks: no mistakes."
        )
