"""What it costs to open an index when nothing changed, against building it.

python benchmarks/knowledge/reindex.py REPO
"""

import argparse
import tempfile
import time
from pathlib import Path

from interviewer.knowledge.library import Library, Summary

AGAIN = 5


def opened(folder: Path, guide: Path, repo: Path) -> tuple[float, Summary]:
    """Return the seconds that opening took, and what it did."""
    began = time.monotonic()
    library, summary = Library.open(folder, [guide], [repo])
    taken = time.monotonic() - began
    library.close()
    return taken, summary


def main() -> None:
    """Build an index, then open it again and again."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("repo", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        guide = Path(folder) / "guide.md"
        guide.write_text("- Python\n", encoding="utf-8")
        index = Path(folder) / "index"
        full, summary = opened(index, guide, options.repo)
        times = sorted(opened(index, guide, options.repo)[0] for _ in range(AGAIN))
    middle = times[AGAIN // 2]
    print(f"{summary.files} files, {summary.code_passages} passages: built in {full:.1f} s,"
          f" opened again in {middle:.3f} s, {middle / full:.2%} of that")  # fmt: skip


if __name__ == "__main__":
    main()
