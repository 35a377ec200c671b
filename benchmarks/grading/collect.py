"""Collect what the grader sees of human-graded answers and of the ladder: signals and labels.

    python benchmarks/grading/collect.py OUT.jsonl [--model NAME] GRADED.jsonl ...

Each row of the output is an answer with its set, question id, score between 0 and 1, the weights
of its key points, and for each point the features that a blend combines. Rows that are in OUT
already are not done again. Human-graded files have the fields of `interviewer evaluate`; the
ladder beside this file is always read.
"""

import argparse
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from interviewer.commands.session_setup import load_model, load_settings
from interviewer.grading.blend import features
from interviewer.grading.coverage import Coverage
from interviewer.grading.graded_answers import read_graded
from interviewer.grading.judge import Judge
from interviewer.grading.marker import NONE, Marker, opinion
from interviewer.grading.settled import settle
from interviewer.knowledge.embedder import MiniLM
from interviewer.knowledge.guide import read_guides
from interviewer.models.choice import choose_model
from interviewer.paths import bundled
from interviewer.values.interview import Question
from interviewer.values.knowledge import KeyPoint, Topic

HERE = Path(__file__).parent
LADDER = HERE / "ladder.jsonl"
LADDERS = (LADDER, HERE / "ladder-2.jsonl")
TALK = (HERE / "idle.jsonl", HERE / "fluent.jsonl")
TALK_A_QUESTION = 2
MARK, TRUST, ONE_WORD = "mark", "trust", "one_word"
"""Names, beside the features of a point, of the answer's mark, of how far that is to be trusted,
and of what bounds how much it adds."""


def main() -> None:
    """Collect, going on where an earlier run stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("graded", type=Path, nargs="*")
    parser.add_argument("--model", default="none")
    parser.add_argument("--questions", type=int, help="so many of each set, drawn by the seed")
    parser.add_argument("--answers", type=int, default=5, help="so many of each question drawn")
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    settings, places = load_settings(model=given.model)
    model = load_model(choose_model(given.model), settings, places)
    judge, marker = (Judge(model), Marker(model)) if model else (None, None)
    embedder = MiniLM()
    coverage: dict[Question, Coverage] = {}
    done = set()
    if given.out.exists():
        done = {json.loads(line)["id"] for line in given.out.read_text().splitlines()}
    sets = [sorted(human(path), key=lambda row: row["group"]) for path in given.graded] + [
        list(ladder())
    ]
    if given.questions:
        rng = Random(given.seed)  # noqa: S311 - a sample, not a secret
        sets = [drawn(rows, given.questions, given.answers, rng) for rows in sets]
    rows = [row for rows in sets for row in rows] + ([] if model else list(talk()))
    with given.out.open("a") as out:
        for row in rows:
            if row["id"] in done:
                continue
            points = tuple(KeyPoint.model_validate(point) for point in row["key_points"])
            question = Question(
                id=row["group"], topic=row["set"], section="", title="", level="mid",
                text=row["question"], key_points=points, origin="guide",
            )  # fmt: skip
            settled = settle(row["answer"], question.text)
            if question not in coverage:
                coverage = {question: Coverage(question, embedder)}
            reading = coverage[question].read(row["answer"])
            signals, heard = reading.signals(), reading.text
            words, whole = [None] * len(points), NONE
            if judge and marker and heard and not settled:
                whole = opinion(marker.mark(question, heard), heard)
                words = judge.words(question, heard)
            found = [
                features(s, word) | {MARK: whole.good, TRUST: whole.trust, ONE_WORD: s.one_word}
                for s, word in zip(signals, words, strict=True)
            ]
            out.write(json.dumps({**row, "settled": settled, "features": found}) + "\n")
            out.flush()


def drawn(rows: list[dict], questions: int, answers: int, rng: Random) -> list[dict]:
    """Return some answers to some questions: an answer alone would cost its question's leaning."""
    groups = sorted({row["group"] for row in rows})
    rng.shuffle(groups)
    found = []
    for group in groups[:questions]:
        own = [row for row in rows if row["group"] == group]
        rng.shuffle(own)
        found += own[:answers]
    return found


def human(path: Path) -> Iterator[dict]:
    """Yield human-graded answers with the key points that `interviewer evaluate` gives them."""
    for graded in read_graded(path):
        question = graded.question
        yield {
            "id": f"{path.stem}/{graded.id}", "set": path.stem, "group": question.id,
            "question": question.text, "answer": graded.answer,
            "key_points": [point.model_dump() for point in question.key_points],
            "target": graded.score, "kind": "human",
        }  # fmt: skip


def make_question(row: dict) -> Question:
    """Return the guide's question that a row of the ladder answers."""
    topic = next(topic for topic in guide_topics() if topic.id == row["topic"])
    points = tuple(point for point in topic.key_points if point.id in row["key_points"])
    return Question(
        id=topic.id, topic=topic.id, section=topic.section, title=topic.title, level="mid",
        text=row["question"], key_points=points, origin="guide",
    )  # fmt: skip


@cache
def guide_topics() -> tuple[Topic, ...]:
    """Return the topics of the shipped guide."""
    chapters = read_guides((bundled("corpus") / "guide",))
    return tuple(topic for chapter in chapters for topic in chapter.topics)


def ladder() -> Iterator[dict]:
    """Yield the hand-written answers with the scores that they deserve."""
    for path in LADDERS:
        for row in read_rows(path):
            points = make_question(row).key_points
            total = sum(point.weight for point in points)
            half = sum(p.weight for p in points if p.id in row["partial_covers"]) / total
            for kind, answer in row["answers"].items():
                yield {
                    "id": f"{path.stem}/{row['topic']}/{row['question']}/{kind}", "set": path.stem,
                    "group": f"{row['topic']}/{row['question']}", "question": row["question"],
                    "answer": answer, "key_points": [point.model_dump() for point in points],
                    "target": {"strong": 1.0, "partial": half}.get(kind, 0.0), "kind": kind,
                }  # fmt: skip


def talk() -> Iterator[dict]:
    """Yield talk about other things as answers to the ladder's questions: worth nothing."""
    strong = [row for row in ladder() if row["kind"] == "strong"]
    for path in TALK:
        texts = read_rows(path)
        for number, row in enumerate(strong):
            for step in range(TALK_A_QUESTION):
                piece = texts[(number + 7 * step) % len(texts)]
                yield {
                    **row, "id": f"{path.stem}/{row['group']}/{piece['id']}", "set": path.stem,
                    "answer": piece["text"], "target": 0.0, "kind": "talk",
                }  # fmt: skip


def read_rows(path: Path) -> list[dict]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text().splitlines()]


if __name__ == "__main__":
    main()
