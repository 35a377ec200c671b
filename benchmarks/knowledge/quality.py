"""How often the right passage is found, and how high: vectors, words, and both together.

    python benchmarks/knowledge/quality.py [--repo PATH] [--set CORPUS QUERIES] [--sample N]

Always over the shipped guide (question → its topic) and the shipped repository (docstring → its
function without it); `--repo` adds another, `--set` files as `sets.py` reads them.
`--sample` takes the passages that answer something and N others of each set.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
from sets import Questions, from_docstrings, from_files, from_guide

from interviewer.knowledge.embedder import MiniLM
from interviewer.knowledge.ranking import Scores, best, fuse
from interviewer.knowledge.search import COSINE_SHARE, DEPTH
from interviewer.knowledge.word_index import WordIndex
from interviewer.paths import bundled

WEIGHTS = (0.5, 0.6, 0.7, 0.8, 0.9)
RANKS, RECALL = 10, 5


def measure(found: Sequence[Scores], relevant: Sequence[set[int]]) -> tuple[float, float]:
    """Return MRR@10 and recall@5: the share of questions with an answer among the first five."""
    ranks = []
    for scores, rows in zip(found, relevant, strict=True):
        first = np.argsort(-scores, kind="stable")[:RANKS]
        ranks.append(next((n for n, row in enumerate(first, 1) if row in rows), 0))
    recall = sum(0 < rank <= RECALL for rank in ranks) / len(ranks)
    return sum(1 / rank for rank in ranks if rank) / len(ranks), recall


def hybrid(cosine: Scores, bm25: Scores, weight: float) -> Scores:
    """Return the scores as `Search` makes them; -1 for what neither way proposes."""
    near = np.argsort(-cosine, kind="stable")[:DEPTH]
    rows = sorted({*best(bm25, DEPTH), *(int(row) for row in near)})
    scores = np.full_like(cosine, -1)
    scores[rows] = fuse(cosine[rows], bm25[rows], weight)
    return scores


def report(questions: Questions, embedder: MiniLM) -> None:
    """Print the figures of one set, with headers and without."""
    print(f"{questions.name}: {len(questions.passages)} passages, {len(questions.texts)} questions")
    asked = embedder.embed(questions.texts)
    headed = any(passage.header for passage in questions.passages)
    for headers in (True, False) if headed else (False,):
        passages = [
            passage if headers else passage.model_copy(update={"header": ""})
            for passage in questions.passages
        ]
        cosine = asked @ embedder.embed([f"{p.header}\n{p.text}".strip() for p in passages]).T
        index = WordIndex.build(passages)
        bm25 = [index.scores(text) for text in questions.texts]
        ways = {"vectors": list(cosine), "words": bm25} | {
            f"both {weight}{' *' * (weight == COSINE_SHARE)}": [
                hybrid(own, words, weight) for own, words in zip(cosine, bm25, strict=True)
            ]
            for weight in WEIGHTS
        }
        for way, found in ways.items():
            mrr, recall = measure(found, questions.relevant)
            header = "with headers" if headers else "no headers"
            print(f"  {header:12} {way:10} MRR@10 {mrr:.3f}  recall@5 {recall:.3f}", flush=True)


def sampled(questions: Questions, others: int) -> Questions:
    """Return the set with the passages that answer something and some others, the same ever."""
    needed = set().union(*questions.relevant)
    rest = [row for row in range(len(questions.passages)) if row not in needed]
    kept = sorted(needed | set(Random(1).sample(rest, min(others, len(rest)))))  # noqa: S311
    new = {row: number for number, row in enumerate(kept)}
    return questions._replace(
        passages=[questions.passages[row] for row in kept],
        relevant=[{new[row] for row in rows} for rows in questions.relevant],
    )


def main() -> None:
    """Parse the command line and report set after set."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--repo", type=Path, action="append", default=[])
    parser.add_argument("--set", type=Path, nargs=2, action="append", default=[])
    parser.add_argument("--sample", type=int)
    options = parser.parse_args()
    corpus = bundled("corpus")
    sets = [from_guide(corpus / "guide")]
    sets += [from_docstrings(repo) for repo in [corpus / "repo", *options.repo]]
    sets += [from_files(*pair) for pair in options.set]
    embedder = MiniLM()
    for questions in sets:
        report(sampled(questions, options.sample) if options.sample else questions, embedder)


if __name__ == "__main__":
    main()
