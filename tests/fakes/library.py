"""A small library: a guide of a few topics and a repository of one file, embedded for real."""

from pathlib import Path

from interviewer.knowledge.library import Library

GUIDE = """\
# Features

## Generators

A generator computes each value only when somebody asks for it. It keeps a single value in memory
at a time, however long the sequence is.

### Key points

- `lazy` (3): A generator computes each value only when somebody asks for it.
  - Follow-up: When does the work happen?
- `memory` (2): It keeps a single value in memory, however long the sequence is.
  - Follow-up: What does a long one cost?
- `once` (1): A loop can walk through it once, then it is exhausted.
  - Follow-up: What happens in another loop?

### Questions

- junior (memory): What does a generator cost when there are very many values?
- mid (lazy, memory): Why would you write a generator instead of filling a list?
- mid (lazy) [app/rows.py::numbered]: What does this code do when nobody loops over it?
- senior (once): How would you share a generator between consumers?

## Decorators

A decorator takes a function and returns another one in its place. The wrapped function is called
by the wrapper, which may do something before and after each call. `functools.wraps` copies the
name and the docstring of the wrapped function to the wrapper.

## Hashing

### Key points

- `equal` (2): Objects that compare equal must have the same hash.
  - Follow-up: What must hold for equal objects?

### Questions

- mid (equal) [app/gone.py::lost]: What is wrong with this class as a key?
"""

CODE = '''\
"""Rows of a report."""

from collections.abc import Iterator


def numbered(rows: list[str]) -> Iterator[str]:
    """Yield each row with its number, lazily."""
    for number, row in enumerate(rows, 1):
        yield f"{number}: {row}"


def traced(function):
    """Return a decorator's wrapper that calls the wrapped function."""
    def wrapper(*args):
        print("before the call")
        return function(*args)

    return wrapper
'''


def write_guide_and_repo(folder: Path) -> tuple[Path, Path]:
    guide, repo = folder / "guide", folder / "repo"
    (repo / "app").mkdir(parents=True)
    guide.mkdir()
    (guide / "features.md").write_text(GUIDE, encoding="utf-8")
    (repo / "app" / "rows.py").write_text(CODE, encoding="utf-8")
    return guide, repo


def open_library(folder: Path) -> Library:
    guide, repo = write_guide_and_repo(folder)
    library, _ = Library.open(folder / "index", [guide], [repo])
    return library
