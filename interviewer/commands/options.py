"""Options that several commands take, each declared once."""

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Guide = Annotated[list[Path] | None, typer.Option(help="Your own guide.")]
ModelName = Annotated[
    str | None, typer.Option(help="ollama/NAME, embedded/NAME, openai/NAME or none.")
]
ProfileName = Annotated[
    str | None, typer.Option(help="A set of guides and repositories: see `profiles`.")
]
Repo = Annotated[list[Path] | None, typer.Option(help="Your own repository.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
