"""`interviewer models`: what is listed, removed, chosen and checked, with a fake Ollama server."""

import json
from pathlib import Path

import pytest

from interviewer.errors import InterviewerError, ModelUnavailable, SettingsError
from interviewer.models import embedded
from tests.commands.conftest import Invoke
from tests.fakes.ollama_server import FakeOllama

SMALL = "embedded/qwen2.5-coder-0.5b"


def settings_file(home: Path, text: str = "") -> Path:
    path = home / "config" / "settings.toml"
    if text:
        path.parent.mkdir()
        path.write_text(text)
    return path


def put_weights(home: Path) -> Path:
    """Make a file of the right size, which is all that is looked at after a download."""
    model = embedded.find(SMALL)
    path = embedded.weights(model, home / "cache" / "models")
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        file.truncate(model.size)
    return path


def failure(result: object) -> InterviewerError:
    error = getattr(result, "exception", None)
    assert isinstance(error, InterviewerError), error
    return error


def test_the_list_shows_embedded_and_ollama_models_and_marks_the_one_in_use(invoke: Invoke) -> None:
    shown = invoke("models", "list").stdout

    lines = {line.split()[1]: line for line in shown.splitlines() if len(line.split()) > 5}
    assert lines["ollama/smol-tmpl:latest"].startswith("● ")
    assert lines["ollama/think:latest"].rstrip().endswith("chat, think")
    assert lines["ollama/minilm:latest"].rstrip().endswith("embed")
    assert lines["embedded/qwen2.5-coder-1.5b"].split()[:6] == [
        "·", "embedded/qwen2.5-coder-1.5b", "1.12", "GB", "Q4_K_M", "32,768",
    ]  # fmt: skip


def test_a_table_that_does_not_fit_becomes_paragraphs(invoke: Invoke) -> None:
    shown = invoke("models", "list", COLUMNS="44").stdout

    assert max(map(len, shown.splitlines())) <= 44
    assert "can chat, think" in " ".join(shown.split())


def test_the_list_as_json_says_what_each_model_can(invoke: Invoke) -> None:
    rows = {row["name"]: row for row in json.loads(invoke("models", "list", "--json").stdout)}

    assert rows["ollama/minilm:latest"]["can"] == ["embed"]
    assert rows["ollama/qwen:latest"]["context_tokens"] == 32768
    assert [name for name, row in rows.items() if row["in_use"]] == ["ollama/smol-tmpl:latest"]


def test_a_setting_that_names_no_model_does_not_hide_the_list(
    invoke: Invoke, tmp_path: Path
) -> None:
    settings_file(tmp_path, 'model = "gpt-9"\n')

    rows = json.loads(invoke("models", "list", "--json").stdout)

    assert rows
    assert not any(row["in_use"] for row in rows)


def test_removing_from_ollama_asks_before(invoke: Invoke, fake: FakeOllama) -> None:
    refused = invoke("models", "remove", "ollama/qwen", typed="n\n")
    silent = invoke("models", "remove", "ollama/qwen")
    there = fake.model("qwen")
    agreed = invoke("models", "remove", "ollama/qwen", typed="y\n")

    assert "Delete ollama/qwen:latest (0.49 GB) on the Ollama server" in refused.stdout
    assert refused.exit_code == silent.exit_code == 1
    assert there is not None
    assert fake.model("qwen") is None
    assert "was removed" in agreed.stdout


def test_removing_with_yes_asks_nothing_and_says_what_the_settings_still_name(
    invoke: Invoke, fake: FakeOllama, tmp_path: Path
) -> None:
    settings_file(tmp_path, 'model = "ollama/qwen"\n')

    done = invoke("models", "remove", "ollama/qwen", "--yes")

    assert fake.model("qwen") is None
    assert "Delete" not in done.stdout
    assert "models use auto" in done.stdout


def test_removing_what_ollama_has_not_is_an_error(invoke: Invoke) -> None:
    error = failure(invoke("models", "remove", "ollama/nosuch", "--yes"))

    assert "'nosuch'" in str(error)
    assert "models list" in error.hint


def test_embedded_weights_are_removed_after_a_question(invoke: Invoke, tmp_path: Path) -> None:
    path = put_weights(tmp_path)

    invoke("models", "remove", SMALL, typed="n\n")
    kept = path.exists()
    invoke("models", "remove", SMALL, typed="y\n")

    assert kept
    assert not path.exists()


def test_a_model_in_use_is_written_beside_the_other_settings(
    invoke: Invoke, tmp_path: Path
) -> None:
    path = settings_file(tmp_path, "# mine\nquestions = 3  # enough\n")

    invoke("models", "use", "ollama/qwen")
    used = path.read_text()
    rows = json.loads(invoke("models", "list", "--json").stdout)
    invoke("models", "use", "auto")

    assert used == '# mine\nquestions = 3  # enough\nmodel = "ollama/qwen"\n'
    assert [row["name"] for row in rows if row["in_use"]] == ["ollama/qwen:latest"]
    assert path.read_text() == "# mine\nquestions = 3  # enough\n"


def test_a_model_that_listens_is_chosen_for_itself(invoke: Invoke, tmp_path: Path) -> None:
    path = settings_file(tmp_path, 'model = "ollama/qwen"\n')

    done = invoke("models", "use", "whisper/base")

    assert done.exit_code == 0
    assert path.read_text() == 'model = "ollama/qwen"\nhearing = "whisper/base"\n'


def test_auto_without_any_setting_does_no_harm(invoke: Invoke) -> None:
    done = invoke("models", "use", "auto")

    assert done.exit_code == 0
    assert "ollama/smol-tmpl" in done.stdout


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("gpt-9", "no model 'gpt-9'", "models list"),
        ("whisper/huge", "no model 'whisper/huge' that listens", "whisper/tiny.en"),
        ("ollama/nosuch", "nosuch", "models pull ollama/nosuch"),
        ("ollama/minilm", "cannot chat", "models list"),
        (SMALL, "not on disk", f"models pull {SMALL}"),
    ],
)
def test_a_model_that_cannot_be_used_is_not_written(
    invoke: Invoke, tmp_path: Path, name: str, message: str, hint: str
) -> None:
    error = failure(invoke("models", "use", name))

    assert message in str(error)
    assert hint in error.hint
    assert not settings_file(tmp_path).exists()


def test_a_settings_file_that_cannot_be_read_is_not_overwritten(
    invoke: Invoke, tmp_path: Path
) -> None:
    path = settings_file(tmp_path, "model = \n")

    error = failure(invoke("models", "use", "auto"))

    assert isinstance(error, SettingsError)
    assert path.read_text() == "model = \n"


def test_a_variable_that_wins_over_the_settings_is_told(invoke: Invoke, tmp_path: Path) -> None:
    put_weights(tmp_path)

    done = invoke("models", "use", SMALL, INTERVIEWER_MODEL="none")

    assert "INTERVIEWER_MODEL is 'none'" in done.stdout


def test_a_check_over_ollama_gives_marks_and_the_speed_that_the_server_counted(
    invoke: Invoke,
) -> None:
    done = invoke("models", "check", "ollama/smol-tmpl", "--json")

    marks = json.loads(done.stdout)
    assert marks["model"] == "ollama/smol-tmpl"
    assert len(marks["pairs"]) == 10
    assert marks["write_tokens_s"] > 0
    assert marks["read_tokens_s"] > 0


def test_a_check_says_in_words_what_not_to_trust(invoke: Invoke) -> None:
    shown = " ".join(invoke("models", "check", "ollama/smol-tmpl").stdout.split())

    assert "✗ Follows a schema: 0 of 5" in shown
    assert "do not trust its grades" in shown
    assert "interviewer evaluate FILE.jsonl --model ollama/smol-tmpl" in shown


def test_there_is_nothing_to_check_without_a_model(invoke: Invoke) -> None:
    assert isinstance(failure(invoke("models", "check", "none")), ModelUnavailable)
