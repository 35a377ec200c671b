"""`interviewer index`: read guide and repository into the index, check a guide, or follow both."""

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from interviewer.commands.options import AsJson, Guide, ProfileName, Repo
from interviewer.commands.session_setup import (
    chroma_server,
    guide_and_repo,
    load_settings,
    open_library,
)
from interviewer.console.screen import Screen
from interviewer.errors import KnowledgeError
from interviewer.knowledge.findings import Finding
from interviewer.knowledge.guide import read_guides
from interviewer.knowledge.library import Summary, forget_index
from interviewer.knowledge.lint import check_guide
from interviewer.knowledge.watch import changed_files
from interviewer.paths import Folders
from interviewer.settings import Settings
from interviewer.values.knowledge import Topic

MANY = 5
"""So many changed files are named one by one."""


def index(
    guide: Guide = None,
    repo: Repo = None,
    profile: ProfileName = None,
    check: Annotated[bool, typer.Option("--check", help="Only check the guide.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on while you edit, until Ctrl-C.")
    ] = False,
    skipped: Annotated[
        bool, typer.Option("--skipped", help="List each file that was passed over, and why.")
    ] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Begin with an empty index.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read guide and repository into the index; --check finds mistakes in a guide."""
    settings, places = load_settings(guide=guide, repo=repo, profile=profile)
    screen = Screen()
    if check:
        _check(settings, screen, as_json=as_json)
        return
    if rebuild:
        forget_index(places.index, *guide_and_repo(settings), server=chroma_server(settings))
    if watch:
        _watch(settings, places, screen, as_json=as_json)
        return
    library, summary = open_library(settings, places, screen)
    topics = library.topics
    library.close()
    if as_json:
        listed = [{"id": t.id, "section": t.section, "title": t.title} for t in topics]
        typer.echo(json.dumps(_row(summary, skipped=skipped) | {"topics": listed}))
        return
    _show_topics(topics, screen)
    _show_summary(summary, screen)
    for skip in summary.skips if skipped else ():
        screen.say(f"{skip.path}: {skip.reason}", indent=2)


def _show_topics(topics: Sequence[Topic], screen: Screen) -> None:
    section = ""
    for topic in topics:
        if topic.section != section:
            section = topic.section
            screen.say(section, style="bold")
        screen.parts([(topic.title, ""), (f"  --topic {topic.id}", "dim")], indent=2)
    screen.gap()


def _show_summary(summary: Summary, screen: Screen) -> None:
    screen.say(
        f"{summary.topics} topics and {summary.files} files: {summary.guide_passages} passages of "
        f"the guide, {summary.code_passages} of the repository; {summary.added} added and "
        f"{summary.removed} removed in {summary.seconds:.1f} s."
    )
    if summary.skipped:
        counts = ", ".join(f"{count} {reason}" for reason, count in summary.skipped.items())
        screen.say(f"Passed over: {counts}. --skipped lists them.", style="dim")


def _row(summary: Summary, *, skipped: bool) -> dict[str, object]:
    return summary.model_dump(mode="json", exclude=set() if skipped else {"skips"})


def _check(settings: Settings, screen: Screen, *, as_json: bool) -> None:
    guides, repos = guide_and_repo(settings)
    chapters = read_guides(guides)
    findings = check_guide(chapters, repos)
    if as_json:
        typer.echo(json.dumps([finding.model_dump() for finding in findings]))
    else:
        _show_findings(findings, screen)
    if findings:
        raise typer.Exit(1)
    if not as_json:
        topics = [topic for chapter in chapters for topic in chapter.topics]
        graded = sum(bool(topic.key_points) for topic in topics)
        tasks = sum(len(topic.tasks) for topic in topics)
        screen.say(
            f"{len(topics)} topics, {graded} with key points, {tasks} coding tasks: no mistakes."
        )


def _show_findings(findings: Sequence[Finding], screen: Screen) -> None:
    for finding in findings:
        screen.say(f"{finding.path}:{finding.line}: {finding.message}")


def _watch(settings: Settings, places: Folders, screen: Screen, *, as_json: bool) -> None:
    """Bring the index up to date after each change; a guide is checked when it changed."""
    guides, repos = guide_and_repo(settings)
    with contextlib.suppress(KeyboardInterrupt):
        for changed in changed_files((*guides, *repos)):
            try:
                library, summary = open_library(settings, places, screen)
                library.close()
                in_guide = any(_stands_in(path, guides) for path in changed)
                findings = check_guide(read_guides(guides), repos) if in_guide else []
            except KnowledgeError as error:
                screen.say(f"{error} {error.hint}", style="red")
                continue
            if as_json:
                told = {"changed": list(map(str, changed)), **_row(summary, skipped=False),
                        "findings": [finding.model_dump() for finding in findings]}  # fmt: skip
                typer.echo(json.dumps(told))
                continue
            if changed:
                more = f" and {len(changed) - MANY} more" if len(changed) > MANY else ""
                screen.say(f"Changed: {', '.join(map(str, changed[:MANY]))}{more}.")
            _show_summary(summary, screen)
            _show_findings(findings, screen)
            if not changed:
                screen.say("Watching; Ctrl-C ends it.", style="dim")


def _stands_in(path: Path, roots: Sequence[Path]) -> bool:
    return any(path.resolve().is_relative_to(root.resolve()) for root in roots)
