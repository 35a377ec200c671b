"""Index many files of installed packages; then again, with nothing changed and with one changed.

    python benchmarks/knowledge/freshness.py --files 1000
    python benchmarks/knowledge/freshness.py --files 5000

`--no-model` makes vectors without a model: then the times are those of reading and of the store.
"""

import argparse
import resource
import shutil
import site
import tempfile
import time
from pathlib import Path

from interviewer.console.screen import Screen
from interviewer.knowledge.embedder import Embedder, MiniLM
from interviewer.knowledge.indexing import Step
from interviewer.knowledge.library import Backing, Library, Summary
from tests.fakes.embedder import FakeEmbedder


def make_repository(folder: Path, count: int) -> None:
    """Copy so many Python files of the installed packages into a folder."""
    source = Path(site.getsitepackages()[0])
    for path in sorted(source.rglob("*.py"))[:count]:
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)


def bring_up(root: Path, embedder: Embedder) -> tuple[Summary, float]:
    """Bring the index up to date as `index` does; return what that did, and the seconds."""
    began = time.perf_counter()
    with Screen().counting("Indexing") as bar:

        def show(step: Step) -> None:
            bar.update(bar.task_ids[0], completed=step.files, total=step.total)

        library, summary = Library.open(
            root / "index", [root / "guide.md"], [root / "repo"], show, backing=Backing(embedder)
        )
    library.close()
    return summary, time.perf_counter() - began


def main() -> None:
    """Run and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--no-model", action="store_true")
    given = parser.parse_args()
    root = Path(tempfile.mkdtemp())
    make_repository(root / "repo", given.files)
    (root / "guide.md").write_text("# Section\n\n## Topic\n\nIts notes.\n", encoding="utf-8")
    embedder: Embedder = FakeEmbedder() if given.no_model else MiniLM()
    first, full_s = bring_up(root, embedder)
    _, again_s = bring_up(root, embedder)
    changed = next((root / "repo").rglob("*.py"))
    changed.write_text(changed.read_text(encoding="utf-8") + "\n\ndef more(): ...\n")
    one, one_s = bring_up(root, embedder)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{first.files} files with {first.added} passages: {full_s:.1f} s, "
          f"{first.added / full_s:.1f} passages a second")  # fmt: skip
    print(f"nothing changed: {again_s:.3f} s, {again_s / full_s:.2%} of it")
    print(f"one file changed ({one.added} passages added): {one_s:.2f} s")
    print(f"passed over: {first.skipped}")
    print(f"peak memory {peak_mb:.0f} MB")
    shutil.rmtree(root)


if __name__ == "__main__":
    main()
