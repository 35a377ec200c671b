"""Kill builds of an index at random moments; each next build must find what a clean one finds.

    python benchmarks/knowledge/kill.py --kills 50

Vectors are made without a model, so that a build is spent on the store and many can be killed.
"""

import argparse
import shutil
import tempfile
import time
from pathlib import Path
from random import Random

from tests.fakes.killed_build import build, contents, kill_build, write_sources

MODULES = 60


def main() -> None:
    """Run the kills and print how they went; an index that differs ends it with an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    random = Random(given.seed)  # noqa: S311 - variety, not secrecy
    root = Path(tempfile.mkdtemp())
    guide, repo, clean = root / "guide", root / "repo", root / "clean"
    killed = rebuilt = passages = 0
    build_s = 1.0
    for number in range(given.kills):
        write_sources(guide, repo, random, MODULES)
        index = root / f"index-{number // 5}"  # Each fifth build is a first one.
        killed += kill_build(index, guide, repo, random.uniform(0, build_s))
        rebuilt += bool(build(str(index), str(guide), str(repo)))
        began = time.perf_counter()
        build(str(clean), str(guide), str(repo))
        build_s = time.perf_counter() - began
        found = contents(index, guide, repo)
        if found != contents(clean, guide, repo):
            raise SystemExit(f"kill {number}: the index differs from a clean one; see {root}")
        passages += len(found)
        shutil.rmtree(clean)
    print(f"{given.kills} builds, {killed} killed at work; every later build opened and found the")
    print(f"same passages as a clean one ({passages / given.kills:.0f} on average);")
    print(f"{rebuilt} had to begin with an empty index.")
    shutil.rmtree(root)


if __name__ == "__main__":
    main()
