"""Write docs/commands.md from what the commands say of themselves.

python docs/commands.py
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from interviewer.cli import app

PAGE = Path(__file__).with_suffix(".md")
HEAD = """# Commands

Every command with all that it takes, as `interviewer COMMAND --help` says it. This page is made by
`python docs/commands.py`. Settings of the same names may stand in `settings.toml` or in
`INTERVIEWER_*` variables.
"""


def page() -> str:
    """Return the page."""
    root = typer.main.get_command(app)
    return "\n".join([HEAD, *_sections(root, "interviewer")])


def _sections(command: Any, name: str) -> Iterator[str]:  # noqa: ANN401 - click's, which Typer hides
    context = typer.Context(command)
    for below in command.list_commands(context):
        found = command.get_command(context, below)
        full = f"{name} {below}"
        if hasattr(found, "list_commands"):
            yield from _sections(found, full)
        else:
            yield _section(found, full)


def _section(command: Any, name: str) -> str:  # noqa: ANN401 - as above
    context = typer.Context(command)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    records = [parameter.get_help_record(context) for parameter in command.params]
    rows = [f"| `{taken}` | {said} |" for taken, said in filter(None, records)]
    table = ["| takes | what it does |", "| --- | --- |", *rows, ""] if rows else []
    return "\n".join([f"## {name}", "", f"`{usage}`", "", command.help.strip(), "", *table])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
