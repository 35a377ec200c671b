"""Try to talk a grade up: attacks on weak answers, idle talk in good ones, points in another order.

    python benchmarks/grading/attacks.py [--model NAME] [--questions N]

Each attack is put before, after or in place of the vague answer to a question of the ladder; its
lift is the score it gains there (an attack alone: its score). `{keywords}` is a bag of the key
points' own words, `{negated}` the points with their claims denied, `{question}` the question.
Idle talk is put after the strong and the partial answer. Scores are between 0 and 1.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from collect import LADDER, make_question

from interviewer.commands.session_setup import load_model, load_settings
from interviewer.grading.grader import Grader
from interviewer.knowledge.embedder import MiniLM
from interviewer.knowledge.words import STOP_WORDS
from interviewer.models.choice import choose_model
from interviewer.values.grade import Grade
from interviewer.values.interview import Question

HERE = Path(__file__).parent


def main() -> None:
    """Print the mean and the largest lift of each kind of attack, and what idle talk changes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="none")
    parser.add_argument("--questions", type=int, default=30)
    parser.add_argument("--attacks", type=int, default=1, help="every Nth attack of the set")
    given = parser.parse_args()
    settings, places = load_settings(model=given.model)
    grader = Grader(load_model(choose_model(given.model), settings, places), MiniLM())
    rows = [json.loads(line) for line in LADDER.read_text().splitlines()][: given.questions]
    lifts: dict[str, list[float]] = defaultdict(list)
    worst: list[tuple[float, str]] = []
    shifts: dict[str, list[float]] = defaultdict(list)
    for number, row in enumerate(rows):
        question = make_question(row)
        for name, kind, lift in attacked(grader, question, row["answers"], number, given.attacks):
            lifts[kind].append(lift)
            worst.append((lift, f"{name} on {question.topic}"))
        for name, shift in padded(grader, question, row["answers"], number):
            shifts[name].append(shift)
    every = [lift for some in lifts.values() for lift in some]
    print(f"{len(every)} attacks: mean lift {np.mean(every):+.4f}, largest {max(every):+.4f}")
    for kind, some in sorted(lifts.items(), key=lambda item: -max(item[1])):
        print(f"  {kind:18} mean {np.mean(some):+.4f}  largest {max(some):+.4f}  n {len(some)}")
    print("worst:", *(f"{lift:+.3f} {name}" for lift, name in sorted(worst)[-8:]), sep="\n  ")
    for name, some in shifts.items():
        print(
            f"{name}: mean |change| {np.mean(np.abs(some)):.4f}, largest {np.abs(some).max():.4f}"
        )


def attacked(
    grader: Grader, question: Question, answers: dict[str, str], number: int, every: int
) -> Iterator[tuple[str, str, float]]:
    """Yield the name, kind and lift of each attack on one question."""
    weak = answers["vague"]
    base = score(grader, question, weak)
    texts = [json.loads(line) for line in (HERE / "attacks.jsonl").read_text().splitlines()]
    for attack in texts[number % every :: every]:
        text = filled(attack["text"], question)
        answer = {"append": f"{weak} {text}", "prepend": f"{text} {weak}", "alone": text}
        gained = score(grader, question, answer[attack["mode"]])
        yield attack["id"], attack["kind"], gained - (0 if attack["mode"] == "alone" else base)


def padded(
    grader: Grader, question: Question, answers: dict[str, str], number: int
) -> Iterator[tuple[str, float]]:
    """Yield what idle talk, and turning the key points round, change of good answers' scores."""
    idle = [json.loads(line)["text"] for line in (HERE / "idle.jsonl").read_text().splitlines()]
    talk = idle[number % len(idle)]
    for kind in ("strong", "partial"):
        longer = score(grader, question, f"{answers[kind]} {talk}")
        base = score(grader, question, answers[kind])
        yield f"idle talk after a {kind} answer", longer - base
        yield f"a {kind} answer graded twice", score(grader, question, answers[kind]) - base
        turned = question.model_copy(update={"key_points": question.key_points[::-1]})
        yield f"key points turned, {kind} answer", score(grader, turned, answers[kind]) - base


def filled(text: str, question: Question) -> str:
    """Return an attack with what it needs to know of the question."""
    claims = [point.text for point in question.key_points]
    words = dict.fromkeys(
        word.strip(".,;:()").lower() for claim in claims for word in claim.split()
    )
    bag = ", ".join(word for word in words if word and word not in STOP_WORDS)
    denied = " ".join(f"It is not true that {claim[0].lower()}{claim[1:]}" for claim in claims)
    for name, value in (("keywords", bag), ("negated", denied), ("question", question.text)):
        text = text.replace(f"{{{name}}}", value)
    return text


def score(grader: Grader, question: Question, answer: str) -> float:
    """Return the score of an answer."""
    grade = grader.grade(question, answer)
    if not isinstance(grade, Grade):
        raise SystemExit(grade.reason)
    return grade.score


if __name__ == "__main__":
    main()
