"""An embedding model on an Ollama server: texts become unit vectors there."""

import contextlib
from collections.abc import Sequence
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from interviewer.errors import ModelError
from interviewer.models.ollama.server import OllamaServer

BATCH = 16
"""Texts of one request: small enough for a patient answer of a slow machine."""


class OllamaEmbedder:
    """Embeds by a model of a server; its length of vectors is learnt from the first one.

    Args:
        model: its name on the server.
        digest: what tells its weights apart, `sha256:…`.
        address: of the server.
    """

    def __init__(self, model: str, digest: str, address: str) -> None:
        self.name = f"ollama/{model} {digest}"
        self._model = model
        self._address = address

    @classmethod
    def connect(cls, model: str, address: str) -> Self:
        """Find a model on a server and see that it embeds.

        Raises:
            ModelUnavailable: there is no server, or no such model.
            ModelError: the model does not embed.
        """
        with contextlib.closing(OllamaServer(address)) as server:
            found = server.find(model)
        if "embedding" not in found.capabilities:
            raise ModelError(
                f"{found.name!r} does not embed; it can: {', '.join(sorted(found.capabilities))}.",
                hint="Choose an embedding model, such as all-minilm, or unset `embedder`.",
            )
        return cls(found.name, found.digest, address)

    @cached_property
    def dimension(self) -> int:
        """How long a vector is."""
        return len(self.embed(["length"])[0])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an array of shape (len(texts), dimension), each row of length 1.

        Raises:
            ModelError: the server refuses, for one because a text is longer than the model reads.
        """
        rows: list[Sequence[float]] = []
        with contextlib.closing(OllamaServer(self._address)) as server:
            for start in range(0, len(texts), BATCH):
                # Half a surrogate pair cannot be sent, and nothing at all is no text.
                part = [
                    text.encode("utf-8", "replace").decode() or " "
                    for text in texts[start : start + BATCH]
                ]
                rows += server.embed(self._model, part)
        if len(rows) != len(texts) or len({len(row) for row in rows}) > 1:
            raise ModelError(
                f"{self._model!r} returned {len(rows)} vectors for {len(texts)} texts, "
                f"of lengths {sorted({len(row) for row in rows})!r}.",
                hint="Update Ollama, or unset `embedder` to embed in this process.",
            )
        vectors = np.array(rows, dtype=np.float32).reshape(len(rows), -1 if rows else 0)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(lengths, np.float32(1e-9))
        return unit
