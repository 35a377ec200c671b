"""How long a search takes as the index grows, the embedding of the query left out.

    python benchmarks/knowledge/latency.py [--sizes N ...] [--queries N] [--folder PATH]

Vectors are random and of unit length; texts are passages of the interpreter's own library, used
over again where they run out. A folder given is kept, and not filled twice.
"""

import argparse
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

import numpy as np

from interviewer.knowledge.code import code_passages
from interviewer.knowledge.documents import Document
from interviewer.knowledge.embedder import DIMENSION, Vectors
from interviewer.knowledge.search import Search
from interviewer.knowledge.store import Stamp, Store
from interviewer.values.knowledge import Passage

BATCH = 1_000
COUNT = 8
TEXTS = 20_000
STAMP = Stamp(embedder="random", dimension=DIMENSION, passage_format=1, roots="")


class RandomUnit:
    """Each text is a random direction: costs nothing, like no embedder does."""

    name = "random"
    dimension = DIMENSION

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return random unit vectors."""
        vectors = self._rng.standard_normal((len(texts), DIMENSION), dtype=np.float32)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def library_passages(most: int) -> list[Passage]:
    """Return passages of the standard library."""
    passages: list[Passage] = []
    root = Path(sysconfig.get_path("stdlib"))
    for path in sorted(root.glob("*.py")) + sorted(root.glob("[a-r]*/*.py")):
        document = Document(path.relative_to(root).as_posix(), path.read_text("utf-8", "replace"))
        passages += code_passages(document)
        if len(passages) >= most:
            break
    return passages[:most]


def fill(store: Store, name: str, passages: Sequence[Passage], size: int) -> None:
    """Write so many passages, unless they are there."""
    if store.build(name) == str(size):
        return
    store.prepare(name, STAMP)
    embedder = RandomUnit(1)
    endless = enumerate(cycle(passages))
    for start in range(0, size, BATCH):
        some = list(islice(endless, min(BATCH, size - start)))
        batch = [p.model_copy(update={"id": f"{p.id}-{number}"}) for number, p in some]
        store.add(name, batch, embedder.embed([p.text for p in batch]))
    store.finish(name, STAMP, str(size))


def time_searches(
    store: Store, name: str, queries: Sequence[str]
) -> tuple[float, list[float], list[float]]:
    """Return seconds until the first answer, and milliseconds of each after it, sorted.

    The second list has the processor's time, which other work on the machine changes less.
    """
    search = Search(store, name, RandomUnit(2))
    began = time.perf_counter()
    search.find(queries[0], COUNT)
    first = time.perf_counter() - began
    wall, processor = [], []
    for query in queries:
        began, worked = time.perf_counter(), time.process_time()
        search.find(query, COUNT)
        wall.append(1_000 * (time.perf_counter() - began))
        processor.append(1_000 * (time.process_time() - worked))
    return first, sorted(wall), sorted(processor)


def main() -> None:
    """Parse the command line and time each size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    passages = library_passages(TEXTS)
    queries = [" ".join(p.text.split()[:12]) for p in passages[:: len(passages) // options.queries]]
    with tempfile.TemporaryDirectory() as folder, Store(options.folder or Path(folder)) as store:
        for size in options.sizes:
            name = f"latency-{size}"
            fill(store, name, passages, size)
            cold, _, _ = time_searches(store, name, queries[:1])
            store.close()
            first, *taken = time_searches(store, name, queries)
            (p50, p95), (own50, own95) = (
                [times[int(len(times) * share)] for share in (0.5, 0.95)] for times in taken
            )
            print(
                f"{size:7,} passages: p50 {p50:.1f} ms, p95 {p95:.1f} ms (of the processor's time"
                f" {own50:.1f} and {own95:.1f}); first search {first:.2f} s, {cold:.2f} s where the"
                " words are yet to be indexed",
                flush=True,
            )


if __name__ == "__main__":
    main()
