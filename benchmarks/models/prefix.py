"""Count what an embedded model reads of its prompts in a long session, against what is new in them.

    python benchmarks/models/prefix.py [--model NAME] [--turns N]

A turn is an answer of the ladder, judged as in an interview: two answers known in advance and the
candidate's, key point by key point. Tokens read are llama.cpp's own count. New is the part of a
prompt after the longest beginning that it shares with any prompt before it, by its share of the
characters. Prints tokens read and new, a line a turn, and the whole in the end.
"""

import argparse
import json
from collections.abc import Callable, Mapping
from os.path import commonprefix
from pathlib import Path

from interviewer.commands.session_setup import load_settings
from interviewer.grading.judge import Judge
from interviewer.knowledge.guide import read_guides
from interviewer.models import embedded
from interviewer.models.llamacpp import LlamaCppModel
from interviewer.paths import bundled
from interviewer.values.interview import Question
from interviewer.values.knowledge import Topic

LADDER = Path(__file__).parents[1] / "grading" / "ladder.jsonl"


class Counting:
    """llama.cpp's server, with a count of what each prompt cost it."""

    def __init__(self, server: object) -> None:
        self._server = server
        self._earlier: list[str] = []
        self.read = 0
        self.new = 0.0

    def handle_chat_completions(self, body: str, receive: Callable[[str], bool]) -> None:
        """Pass a request on, and take the count from the end of its reply."""
        prompt = "".join(turn["content"] for turn in json.loads(body)["messages"])

        def counted(reply: str) -> bool:
            if timings := json.loads(reply).get("timings"):
                self._count(prompt, timings)
            return receive(reply)

        self._server.handle_chat_completions(body, counted)

    def _count(self, prompt: str, timings: Mapping[str, int]) -> None:
        # By character is what is wanted: these are no paths.
        lengths = [len(commonprefix([prompt, other])) for other in self._earlier]  # noqa: RUF071
        shared = max(lengths, default=0)
        whole = timings["prompt_n"] + timings["cache_n"]
        self.read += timings["prompt_n"]
        self.new += whole * (1 - shared / len(prompt))
        self._earlier.append(prompt)


def main() -> None:
    """Judge answer after answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="embedded/qwen2.5-coder-0.5b")
    parser.add_argument("--turns", type=int, default=30)
    given = parser.parse_args()
    _, places = load_settings()
    chosen = embedded.find(given.model)
    model = LlamaCppModel.load(
        embedded.weights(chosen, places.models), name=chosen.name, digest=chosen.digest
    )
    model._server = counting = Counting(model._server)  # noqa: SLF001 - the one way to its counts
    judge = Judge(model)
    topics = {
        topic.id: topic
        for chapter in read_guides((bundled("corpus") / "guide",))
        for topic in chapter.topics
    }
    rows = [json.loads(line) for line in LADDER.read_text().splitlines()][: given.turns]
    for turn, row in enumerate(rows, start=1):
        judge.words(question_of(row, topics[row["topic"]]), row["answers"]["partial"])
        print(f"turn {turn}: {counting.read} read, {counting.new:.0f} new so far", flush=True)
    print(f"{len(rows)} turns: {counting.read / counting.new:.2f} x")


def question_of(row: Mapping, topic: Topic) -> Question:
    """Return the guide's question that a row of the ladder answers."""
    return Question(
        id=topic.id, topic=topic.id, section=topic.section, title=topic.title, level="mid",
        text=row["question"], origin="guide",
        key_points=tuple(p for p in topic.key_points if p.id in row["key_points"]),
    )  # fmt: skip


if __name__ == "__main__":
    main()
