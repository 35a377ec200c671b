"""Run the examples of topics, one topic after the other, each as a script of its own.

Started in a process of its own with warnings as errors: `run_topics.py TOPICS RESULTS`, both JSON.
A topic's lines stand where they stand in the guide, so that a traceback names the guide's lines.
"""

import contextlib
import gc
import io
import json
import os
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import TypedDict


class Examples(TypedDict):
    """The code of one topic, its blocks on the guide's own lines, and a folder to run it in."""

    topic: str
    source: str
    only_compiled: list[str]
    folder: str


def run(examples: Examples) -> str:
    """Return what went wrong, or an empty text."""
    folder = Path(examples["folder"])
    script = folder.with_name(f"{examples['topic']}.py")
    script.write_text(examples["source"], encoding="utf-8")
    os.chdir(folder)
    module = ModuleType("__main__")
    sys.modules["__main__"] = module
    lost: list[str] = []
    sys.unraisablehook = lambda event: lost.append(f"lost: {event.exc_value!r} {event.object!r}")
    try:
        for text in examples["only_compiled"]:
            compile(text, str(script), "exec")
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(examples["source"], str(script), "exec"), module.__dict__)  # noqa: S102
    except BaseException:  # noqa: BLE001 - whatever an example raises is what is reported
        return traceback.format_exc()
    module.__dict__.clear()
    gc.collect()
    left = [f"left behind: {path.name}" for path in folder.iterdir()]
    return "\n".join(lost + left)


def main(topics: Path, results: Path) -> None:
    """Run all topics and write what went wrong with each."""
    given: list[Examples] = json.loads(topics.read_text(encoding="utf-8"))
    said = {examples["topic"]: run(examples) for examples in given}
    results.write_text(json.dumps(said), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
