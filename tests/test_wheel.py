"""The built wheel works with the sources gone."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def files_below(folder: Path) -> set[str]:
    """Return the files that git would keep."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if "__pycache__" not in path.parts}


def test_the_wheel_carries_prompts_and_corpus_and_runs_without_the_sources(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    subprocess.run([*build, "--outdir", str(tmp_path), str(ROOT)], check=True, capture_output=True)
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(unpacked)
    probe = "import interviewer.cli as cli; print(cli.__file__); cli.main()"

    done = subprocess.run(
        [sys.executable, "-c", probe, "index", "--check"], cwd=tmp_path, check=False,
        env={**os.environ, "PYTHONPATH": str(unpacked), "INTERVIEWER_HOME": str(tmp_path / "home")},
        capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert str(unpacked) in done.stdout
    assert "45 topics, 45 with key points" in done.stdout
    package = unpacked / "interviewer"
    assert files_below(ROOT / "interviewer") <= files_below(package)
    for name in ("prompts", "corpus"):
        assert files_below(ROOT / name) == files_below(package / "bundled" / name)
