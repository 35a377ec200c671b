"""`interviewer doctor`: what it finds, and that every problem comes with its fix."""

import json
from pathlib import Path
from typing import Any

from typer.testing import Result

from interviewer.commands.doctor import examine
from interviewer.paths import folders
from interviewer.settings import Settings
from tests.commands.conftest import Invoke
from tests.fakes.ollama_server import FakeOllama, free_port
from tests.fakes.ollama_wire import FakeModel
from tests.fakes.screen import FakeTerminal


def lines(result: Result) -> dict[str, dict[str, Any]]:
    return {row["what"]: row for row in json.loads(result.stdout)}


def test_with_ollama_its_model_version_and_context_are_told(invoke: Invoke) -> None:
    done = invoke("doctor", "--json")

    found = lines(done)
    assert done.exit_code == 0
    assert found["Model"]["found"].startswith("ollama/smol-tmpl:latest (an Ollama server at ")
    assert found["Model"]["found"].endswith("context 8,192 tokens")
    assert "version 0.32.15" in found["Ollama"]["found"]


def test_without_ollama_the_embedded_model_its_memory_and_its_download_are_told(
    invoke: Invoke,
) -> None:
    found = lines(invoke("doctor", "--json", OLLAMA_HOST=f"127.0.0.1:{free_port()}"))

    assert "to be downloaded (1.12 GB)" in found["Model"]["found"]
    assert "embedded/qwen2.5-coder-1.5b needs 2.8 GB" in found["Memory"]["found"]
    assert "1.5 GB may be needed" in found["Disk"]["found"]


def test_a_server_without_chat_models_is_said_to_have_none(
    invoke: Invoke, fake: FakeOllama
) -> None:
    fake.models = (FakeModel("minilm", ("embedding",)),)

    found = lines(invoke("doctor", "--json"))

    assert "has no chat model" in found["Model"]["found"]
    assert found["Model"]["found"].startswith("embedded/")


def test_a_guide_without_a_repository_is_said_to_have_none(invoke: Invoke, tmp_path: Path) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text("# S\n\n- Lists\n", encoding="utf-8")

    found = lines(invoke("doctor", "--json", INTERVIEWER_GUIDE=str(guide)))

    assert found["Guide"]["found"] == f"1 topics in {guide}; no repository"


def test_a_model_that_is_set_but_not_there_is_a_problem_with_its_fix(invoke: Invoke) -> None:
    done = invoke("doctor", "--json", INTERVIEWER_MODEL="ollama/nosuch")

    problems = [row for row in json.loads(done.stdout) if row["state"] == "problem"]
    assert done.exit_code == 1
    assert [row["what"] for row in problems] == ["Model"]
    assert "models pull ollama/nosuch" in problems[0]["fix"]


def test_an_address_that_is_none_is_a_problem_and_ends_nothing(invoke: Invoke) -> None:
    done = invoke("doctor", "--json", OLLAMA_HOST="ftp://here")

    found = lines(done)
    assert done.exit_code == 1
    assert found["Model"]["state"] == found["Ollama"]["state"] == "problem"
    assert "OLLAMA_HOST" in found["Model"]["fix"]
    assert found["Memory"]["state"] == "ok"


def test_too_little_memory_is_a_problem_that_names_what_fits(tmp_path: Path) -> None:
    places = folders({"INTERVIEWER_HOME": str(tmp_path)})
    wish = Settings(model="embedded/qwen2.5-coder-1.5b")

    findings = examine(wish, places, FakeTerminal().screen, memory=lambda: 2_000_000_000)

    memory = next(finding for finding in findings if finding.what == "Memory")
    assert memory.state == "problem"
    assert "needs 2.8 GB of memory, 2.0 GB are available" in memory.found
    assert "embedded/qwen2.5-coder-0.5b" in memory.fix


def test_an_index_that_is_not_there_is_told_and_not_built(invoke: Invoke, tmp_path: Path) -> None:
    found = lines(invoke("doctor", "--json"))

    assert found["Index"]["found"].startswith("not built yet")
    assert not (tmp_path / "cache" / "index").exists()


def test_a_broken_index_is_a_problem_with_its_fix(invoke: Invoke, tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "index"
    folder.mkdir(parents=True)
    (folder / "chroma.sqlite3").write_bytes(b"no database" * 100)

    done = invoke("doctor", "--json")

    assert done.exit_code == 1
    assert "index --rebuild" in lines(done)["Index"]["fix"]


def test_a_terminal_that_is_too_narrow_is_a_problem(invoke: Invoke) -> None:
    done = invoke("doctor", COLUMNS="30")

    shown = " ".join(done.stdout.split())
    assert done.exit_code == 1
    assert "✗ Terminal: It has 30 columns, 40 are needed." in shown
    assert "Widen the window" in shown
