"""Commands run in this process, with a home of their own and a fake Ollama server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from interviewer.commands import doctor, models, voice
from tests.fakes.ollama_server import FakeOllama

Invoke = Callable[..., Result]


@pytest.fixture
def fake() -> Iterator[FakeOllama]:
    with FakeOllama() as server:
        yield server


@pytest.fixture
def invoke(tmp_path: Path, fake: FakeOllama) -> Invoke:
    app = typer.Typer()
    app.add_typer(models.app, name="models")
    app.add_typer(voice.app, name="voice")
    app.command()(doctor.doctor)

    def run(*arguments: str, typed: str = "", **environment: str) -> Result:
        settled = {"INTERVIEWER_HOME": str(tmp_path), "INTERVIEWER_MODEL": "", "COLUMNS": "100"}
        return CliRunner().invoke(
            app, arguments, input=typed, env={**settled, "OLLAMA_HOST": fake.host, **environment}
        )

    return run
