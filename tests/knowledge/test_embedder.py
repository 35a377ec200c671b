"""Texts become unit vectors, by the very model that was measured."""

import numpy as np
import pytest

from interviewer.errors import KnowledgeError
from interviewer.knowledge.embedder import (
    DIMENSION,
    MARKS,
    MAX_TOKENS,
    MODEL,
    TOKENIZER,
    Embedder,
    MiniLM,
    _checked,
    count_tokens,
)
from tests.fakes.embedder import FakeEmbedder

TEXTS = [
    "A generator computes each value only when somebody asks.",
    "Lazy evaluation: values are produced on demand.",
    "The invoice is due at the end of the month.",
]
ODD = ["", " ", "\0", "\ud800 lone", "😀" * 40, "\u2028", "word " * 2_000, "x" * 5_000]


@pytest.mark.parametrize("texts", [TEXTS, ODD, ["one"], []])
@pytest.mark.parametrize("kind", ["real", "fake"])
def test_each_text_becomes_a_row_of_length_one(
    kind: str, texts: list[str], embedder: MiniLM
) -> None:
    role: Embedder = embedder if kind == "real" else FakeEmbedder()

    vectors = role.embed(texts)

    assert vectors.dtype == np.float32
    assert vectors.shape[0] == len(texts)
    assert vectors.shape[1] == role.dimension
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_a_row_belongs_to_its_text_whatever_stands_beside_it(embedder: MiniLM) -> None:
    many = [f"{'word ' * (n % 7)}{text}" for n in range(4) for text in TEXTS]

    together = embedder.embed(many)

    alone = np.vstack([embedder.embed([text]) for text in many])
    assert np.array_equal(together, alone)


def test_texts_that_mean_the_same_are_nearer_than_others(embedder: MiniLM) -> None:
    generator, lazy, invoice = embedder.embed(TEXTS)

    assert float(generator @ lazy) > float(generator @ invoice) + 0.2


def test_what_stands_beyond_the_models_length_changes_nothing(embedder: MiniLM) -> None:
    long, longer = embedder.embed(["word " * 300, "word " * 300 + "invoice " * 300])

    assert np.allclose(long, longer, atol=1e-6)


def test_a_text_of_as_many_tokens_as_the_model_reads_is_read_to_its_end(embedder: MiniLM) -> None:
    words = MAX_TOKENS - MARKS - 1
    assert count_tokens(["word " * words, ""]) == [words, 0]

    plain, fits, cut = embedder.embed(
        ["word " * (words + 1), "word " * words + "invoice", "word " * (words + 1) + "invoice"]
    )

    assert float(plain @ fits) < 0.9999
    assert np.allclose(plain, cut, atol=1e-6)


@pytest.mark.parametrize("texts", [TEXTS, ODD, ["a\x0cb", "é\u0301", "가나", "def f(): pass"]])
def test_the_tokens_of_a_text_are_those_of_its_lines(texts: list[str]) -> None:
    assert count_tokens(["\n".join(texts)]) == [sum(count_tokens(texts))]


def test_what_stands_within_the_models_length_counts(embedder: MiniLM) -> None:
    short, longer = embedder.embed(["word " * 150, "word " * 150 + "invoice " * 80])

    assert float(short @ longer) < 0.9


def test_the_name_tells_the_weights_apart(embedder: MiniLM) -> None:
    assert MODEL[2] in embedder.name
    assert embedder.embed(["a"]).shape == (1, DIMENSION)


@pytest.mark.parametrize(
    ("package", "name", "sha256", "message", "hint"),
    [
        ("no_such_package", "model.onnx", MODEL[2], "is not installed", "all its dependencies"),
        (MODEL[0], MODEL[1], TOKENIZER[2], f"has sha256 {MODEL[2]}", "locked version"),
        (MODEL[0], "absent.onnx", MODEL[2], "Cannot read absent.onnx", "locked version"),
    ],
)
def test_weights_that_are_not_the_pinned_ones_are_an_error_with_its_remedy(
    package: str, name: str, sha256: str, message: str, hint: str
) -> None:
    with pytest.raises(KnowledgeError, match=message) as caught:
        _checked(package, name, sha256)

    assert package in str(caught.value)
    assert hint in caught.value.hint
