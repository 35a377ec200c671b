"""How long lists, searches and the history take as sessions pile up.

    python benchmarks/transcripts/sessions.py [--sizes N ...] [--folder PATH] [--commands]

Sessions are generated: 30 events each, questions and passages of the shipped guide, answers of its
words. A folder given is kept, and not filled twice. Each command runs in a process of its own:
without an index, with one while no file is in the page cache (needs root, else it is left out),
with one at once again, and after one more session. Last come whole commands as they are typed,
with the index in step: `--commands` times these alone. The bare start of Python and Typer is timed
beside it.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from interviewer.knowledge.guide import read_guides
from interviewer.knowledge.passages import guide_passages
from interviewer.paths import bundled
from interviewer.transcripts.lines import seal
from interviewer.values.events import (
    Answered,
    AnyEvent,
    FollowedUp,
    Graded,
    Hinted,
    QuestionAsked,
    SelfRated,
    SessionEnded,
    SessionStarted,
)
from interviewer.values.grade import Evidence, Grade, Verdict
from interviewer.values.head import PromptStamp
from interviewer.values.interview import Answer, Question
from interviewer.values.knowledge import Passage, Topic

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
QUESTIONS = 5
VERDICTS = ("covered", "partly", "missing", "wrong")
BANDS = ("strong hire", "hire", "leaning no", "no")
CHILD = """
import json, resource, sys, time
began, worked = time.perf_counter(), time.process_time()
from pathlib import Path
from interviewer.transcripts.index import SessionIndex, Wanted
from interviewer.transcripts.mastery import read_history
home = Path(sys.argv[1])
index = SessionIndex(home / "cache" / "sessions.sqlite3", home / "data" / "sessions")
imported = time.perf_counter() - began
work = {
    "list": lambda: index.overviews(Wanted(limit=20)),
    "list by topic": lambda: index.overviews(Wanted(topic="decorators", limit=20)),
    "search": lambda: index.search("generator memory", 20),
    "history": lambda: read_history(home / "data" / "sessions", index),
    "history, no index": lambda: read_history(home / "data" / "sessions"),
}[sys.argv[2]]
began, worked = time.perf_counter(), time.process_time()
work()
print(json.dumps({"s": time.perf_counter() - began, "cpu": time.process_time() - worked,
                  "import": imported,
                  "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""
COMMANDS = (["sessions"], ["sessions", "search", "generator memory"], ["progress"], ["review"])
RUNS = 5
BARE = "import typer\napp = typer.Typer()\napp.command()(lambda: None)\napp()"


def write_sessions(folder: Path, count: int) -> None:
    """Write sessions until there are so many; all of the same lengths, none twice the same."""
    folder.mkdir(parents=True, exist_ok=True)
    topics, passages = _guide()
    for number in range(len(list(folder.iterdir())), count):
        random = Random(number)  # noqa: S311 - variety, not secrecy
        at = FIRST + timedelta(hours=8 * number)
        name = f"{at:%Y%m%d-%H%M%S}-{number % 65536:04x}"
        events = _events(name, at, random, topics, passages)
        content = b"".join(seal(event) + b"\n" for event in events)
        (folder / f"{name}.jsonl").write_bytes(content)


def _guide() -> tuple[list[Topic], dict[str, Passage]]:
    topics: list[Topic] = []
    passages: dict[str, Passage] = {}
    for chapter in read_guides((bundled("corpus") / "guide",)):
        own, read = guide_passages(chapter)
        passages |= {passage.id: passage for passage in own}
        topics += [topic for topic in read if topic.key_points]
    return topics, passages


def _events(
    name: str, at: datetime, random: Random, topics: Sequence[Topic], passages: dict[str, Passage]
) -> list[AnyEvent]:
    """Return the 30 events of a session."""
    stamps = tuple(PromptStamp(name=f"p{n}", version=1, sha256="0" * 64) for n in range(11))
    events: list[AnyEvent] = [
        SessionStarted(
            at=at, session=name, program="interviewer 0.1.0", model="none", model_digest="",
            where="", mode="practice", level="mid", questions=QUESTIONS, seed=random.randrange(999),
            guide=("guide",), repo=("repo",), prompts=stamps,
        )
    ]  # fmt: skip
    for number, topic in enumerate(random.sample(topics, QUESTIONS), 1):
        events += _exchange(number, topic, random, passages)
    events += [Hinted(text="Think of what it costs."), Hinted(text="And of when it happens."),
               SelfRated(question=events[1].question.id, rating=3)]  # fmt: skip
    events.append(SessionEnded(reason="complete"))
    return [
        event.model_copy(update={"at": at + timedelta(seconds=20 * place)})
        for place, event in enumerate(events)
    ]


def _exchange(
    number: int, topic: Topic, random: Random, passages: dict[str, Passage]
) -> list[AnyEvent]:
    words = topic.notes.split()
    points = topic.key_points[:3]
    question = Question(
        id=f"q-{topic.id}", topic=topic.id, section=topic.section, title=topic.title, level="mid",
        text=f"What would you tell a colleague about {topic.title}, and why?", key_points=points,
        sources=tuple(passages[name] for name in topic.passages[:3]), origin="guide",
    )  # fmt: skip
    answers = [" ".join(random.choices(words, k=60)) for _ in range(2)]
    verdicts = tuple(
        Verdict(
            key_point=point.id, verdict=random.choice(VERDICTS), probability=random.random(),
            evidence=Evidence(start=0, end=20, quote=answers[0][:20]), labels={"yes": 0.5},
        )
        for point in points
    )  # fmt: skip
    grade = Grade(
        score=random.random(), band=random.choice(BANDS), confidence="low", verdicts=verdicts,
        model="none",
    )  # fmt: skip
    return [
        QuestionAsked(number=number, question=question),
        Answered(answer=Answer(text=answers[0], seconds=40)),
        FollowedUp(key_point=points[0].id, text=points[0].followup or "How so?"),
        Answered(answer=Answer(text=answers[1], seconds=20)),
        Graded(question=question.id, grade=grade),
    ]


def ask(home: Path, what: str) -> dict[str, float]:
    """Run one question in a process of its own; `process` is all of it, from start to end."""
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", CHILD, str(home), what], capture_output=True, text=True, check=True
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures | {"process": time.perf_counter() - began}


def drop_page_cache() -> bool:
    """Make the kernel forget the contents of files; False if it may not be asked to."""
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3")
    except OSError:
        return False
    return True


def measure(home: Path, size: int) -> None:
    """Print one line for each question and state."""
    index = home / "cache" / "sessions.sqlite3"
    for what in ("list", "list by topic", "search", "history", "history, no index"):
        index.unlink(missing_ok=True) if what == "list" else None
        tell(size, what, "no index yet" if what == "list" else "first time", ask(home, what))
        if what != "history, no index":
            tell(size, what, "at once again", ask(home, what))
            if drop_page_cache():
                tell(size, what, "nothing in the page cache", ask(home, what))
    write_sessions(home / "data" / "sessions", size + 1)
    for what in ("list", "history"):
        tell(size + 1, what, "after one more session", ask(home, what))
    print(f"{size:7,} index of {index.stat().st_size / 1e6:.0f} MB", flush=True)


def time_commands(home: Path, size: int) -> None:
    """Print what whole processes take of the processor; their output goes nowhere."""
    for arguments in COMMANDS:
        # The slowest left out: the first may have had something to write.
        taken = sorted(_processor_s(home, arguments) for _ in range(RUNS + 1))[:-1]
        print(
            f"{size:7,} interviewer {' '.join(arguments)}: {taken[0]:.2f} s of the processor at"
            f" best, {taken[len(taken) // 2]:.2f} s in the median",
            flush=True,
        )


def _processor_s(home: Path, arguments: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "interviewer", *arguments], check=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, env={**os.environ, "INTERVIEWER_HOME": str(home)},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def tell(size: int, what: str, state: str, figures: dict[str, float]) -> None:
    """Print what one question took."""
    print(
        f"{size:7,} {what}, {state}: {figures['s']:.2f} s ({figures['cpu']:.2f} s of the processor"
        f"), whole process {figures['process']:.2f} s, {figures['mb']:.0f} MB",
        flush=True,
    )


def main() -> None:
    """Parse the command line, write the sessions and time each size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 3_000, 10_000])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--commands", action="store_true")
    options = parser.parse_args()
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", BARE], check=True)  # noqa: S603 - nothing
    print(f"an empty Typer program: {time.perf_counter() - began:.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        home = options.folder or Path(folder)
        for size in sorted(options.sizes):
            write_sessions(home / "data" / "sessions", size)
            if not options.commands:
                measure(home, size)
            time_commands(home, size)


if __name__ == "__main__":
    main()
