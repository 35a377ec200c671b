"""A guide of one sound chapter, and the small repository that it speaks of."""

from pathlib import Path

CHAPTER = """# Features

## Generators

See: app/values.py, app

A generator function returns an iterator. Its body pauses at each yield and goes on from there, so
that a caller may stop early and the rest is never worked out.

```python
def squares(limit):
    for n in range(limit):
        yield n * n

assert list(squares(3)) == [0, 1, 4]
```

### Key points

- `lazy` (3): Each value is computed only when somebody asks for it.
  - Covered: says that nothing runs before the first step.
  - Wrong: says that everything is worked out up front.
  - Follow-up: When does the work happen?
- `memory` (2): A single item is held at any moment, however long the sequence.
  - Covered: says that the whole sequence is never in memory.
  - Wrong: says that it builds a list.
  - Follow-up: What would a gigabyte of log lines cost you?
- `once` (1): Iterating again gives nothing, because it is exhausted.
  - Covered: says that it can be walked through a single time.
  - Wrong: says that it starts over.
  - Follow-up: Why might the other loop print no line at all?

### Common mistakes

- Asking for its length.

### Questions

- junior (lazy): What does the word yield do in a function?
- mid (memory, lazy): Why would you not return a list here?
- senior (once) [app/values.py::countdown]: Where could this function surprise its callers?

### Task: First character that stands alone

Level: easy
Complexity: O(n) time

Given a text, return the first character that occurs only once, or None if there is none.

#### Signature

```python
def first_unique(text: str) -> str | None: ...
```

#### Examples

```python
assert first_unique("swiss") == "w"
```

#### Hidden cases

```python
assert first_unique("") is None
```

#### Solution

```python
def first_unique(text: str) -> str | None:
    return next((c for c in text if text.count(c) == 1), None)
```

#### Follow-ups

- What would you change if the text arrived as a stream?
"""

VALUES = '''"""Values that come one by one."""

import itertools


def countdown(start):
    """Yield the numbers from start down to one."""
    while start > 0:
        yield start
        start -= 1


class Ticket:
    """A numbered ticket."""

    numbers = itertools.count(1)

    def __init__(self):
        self.number = next(self.numbers)
'''

MAIL = '''"""Sending mail."""


def send_mail(server, address, text):
    """Send one message and tell whether it was taken."""
    with server.connect() as line:
        line.recipient(address)
        line.body(text)
        return line.accepted
'''


def write_guide(folder: Path, text: str = CHAPTER, name: str = "01-features.md") -> Path:
    """Write one chapter into a folder and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def write_repo(folder: Path) -> Path:
    """Write the repository into a folder and return the folder."""
    (folder / "app").mkdir(parents=True)
    (folder / "app" / "__init__.py").write_text("", encoding="utf-8")
    (folder / "app" / "values.py").write_text(VALUES, encoding="utf-8")
    (folder / "app" / "mail.py").write_text(MAIL, encoding="utf-8")
    return folder
