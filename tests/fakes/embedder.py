"""An embedder without a model: a text is the set of its stems, hashed into a unit vector."""

import zlib
from collections.abc import Sequence

import numpy as np

from interviewer.knowledge.embedder import Vectors, Words
from interviewer.knowledge.words import stems

DIMENSION = 256


class FakeEmbedder:
    """Texts that share stems are near each other; the same text has the same vector for ever."""

    name = "fake-stems"
    dimension = DIMENSION

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            for stem in stems(text) or [""]:
                vectors[row, zlib.crc32(stem.encode("utf-8", "replace")) % DIMENSION] += 1
            vectors[row] /= np.linalg.norm(vectors[row])
        return vectors

    def embed_words(self, texts: Sequence[str]) -> list[Words]:
        found = [tuple(stems(text)) for text in texts]
        return [Words(words, self.embed(words)) for words in found]


class CountingEmbedder(FakeEmbedder):
    """Notes each text, and each word, that it makes a vector of."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return super().embed(texts)
