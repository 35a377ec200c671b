"""Search for texts that break a reader, some minutes each; what is found is tried first next time.

    python benchmarks/fuzz.py --minutes 10
    python benchmarks/fuzz.py --minutes 10 --only guide --only source

Ends at the first find of a reader, shrunk, with exit code 1. A find belongs into tests/test_fuzz.py
as an `@example`.
"""

import argparse
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

ROOT = Path(__file__).resolve().parents[1]
FOUND = ROOT / ".hypothesis" / "fuzz"
ROUND = 200
"""Examples between two looks at the clock."""


def main() -> int:
    """Return 1 if any reader was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0, help="for each reader")
    parser.add_argument("--only", action="append", default=[], help="a reader by its name")
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from tests.test_fuzz import READERS  # noqa: PLC0415 - found from here on

    chosen = [r for r in READERS if not asked.only or r.__name__ in asked.only]
    broken = [is_broken(reader, asked.minutes * 60) for reader in chosen]
    return int(any(broken))


def is_broken(reader: Callable[[], None], seconds: float) -> bool:
    """Feed a reader until it breaks or the time is up, and print which."""
    search = settings(
        max_examples=ROUND, deadline=None, derandomize=False,
        database=DirectoryBasedExampleDatabase(FOUND), suppress_health_check=list(HealthCheck),
    )(reader)  # fmt: skip
    began, used, rounds = time.monotonic(), time.process_time(), 0
    while time.monotonic() - began < seconds:
        try:
            search()
        except Exception:  # noqa: BLE001 - whatever it is, it is a find
            traceback.print_exc()
            print(f"{reader.__name__}: broken after {rounds * ROUND} examples", flush=True)
            return True
        rounds += 1
    used = time.process_time() - used
    tried = f"{rounds * ROUND} examples in {used:.0f} s of the processor"
    print(f"{reader.__name__}: {tried}, none broke it", flush=True)
    return False


if __name__ == "__main__":
    sys.exit(main())
