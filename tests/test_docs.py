"""The commands that the pages in docs/ show are commands of the program."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interviewer import cli

PAGES = sorted((Path(__file__).parent.parent / "docs").glob("*.md"))
SHOWN = re.compile(r"^ {4}(?:[A-Z_]+=\S+ )*(?:python3 run\.py|interviewer) (.*)$", re.MULTILINE)


@pytest.mark.parametrize(
    "line", [line for page in PAGES for line in SHOWN.findall(page.read_text(encoding="utf-8"))]
)
def test_a_command_that_is_shown_is_understood(line: str) -> None:
    # Asked for help, a command checks the names of its options and does nothing.
    asked = CliRunner().invoke(cli.app, [*shlex.split(line), "--help"])

    assert asked.exit_code == 0, asked.output
