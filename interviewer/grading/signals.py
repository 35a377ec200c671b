"""What can be known of an answer without a model: words and their meanings, in milliseconds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress
from operator import not_
from typing import TYPE_CHECKING, TypeAlias

from interviewer.grading.claiming import claims_something, denies
from interviewer.grading.sentences import Span, split_sentences
from interviewer.knowledge.embedder import Vectors, WordEmbedder, Words
from interviewer.knowledge.words import stems
from interviewer.values.knowledge import KeyPoint

if TYPE_CHECKING:
    # Imported at run time when first used: who shows grades needs it not.
    import numpy as np
    from numpy.typing import NDArray

Nearness: TypeAlias = "NDArray[np.float32]"
"""For each word of a claim, how near some text comes to it in meaning, 0 to 1."""


@dataclass(frozen=True)
class Signals:
    """Measures of one key point against one answer.

    `nearness` is the greedy matching of BERTScore's recall (Zhang et al. 2020): each word of the
    point finds the word of the answer that means most nearly the same in its sentence.
    """

    recall: float
    """Share, 0 to 1, of the words that make the point which stand in the answer."""
    news: float
    """Mean share, 0 to 1, of the way from the question's nearest word to the same word."""
    weakest: float
    """Mean nearness of the third of the point's words that the answer comes least near to."""
    floor: float
    """The same over the words of all points together: how little of anything is left out."""
    contrary: float
    """Largest share, 0 to 1, of the misconception's own words in two sentences one after another:
    over a long answer a right one gathers them too."""
    contrast: float
    """Mean nearness of the misconception's words less that of the point's; 0 if none is known."""
    lean: float
    """How much more of the misconception is news than of the point, 0 to 1."""
    one_word: float
    """What one of the words that make the point is worth, 0 to 1."""
    span: Span | None
    """The sentence that says most of the point."""
    contrary_span: Span | None
    """The sentence nearest to the misconception, if the point names one."""


TURNED = 0.7
"""A sentence with this share of a point's words that denies where the point affirms, or the other
way round, says its opposite."""
NOTHING = Signals(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, None, None)
_FILLING = """
    a an the is are was were be to of in on at and or it its that this which as by for with from
    i you we they so
"""
_FILLERS = frozenset(_FILLING.split())
"""Words whose meaning lies in their neighbours. A longer list agreed less with human graders."""
ON_TOPIC = 0.15
ON_MISCONCEPTION = 0.3
"""A sentence whose meaning comes this near to a point's, or to a misconception's, is about it
(measured in benchmarks/README.md)."""
UNRELATED = 0.1
"""Cosine of two words up to which they are not near at all: in any talk something comes as near to
a word as this, and the more, the longer the talk (measured in benchmarks/README.md)."""
LEAST_WAY = 0.05
"""A word that the question itself comes nearer to than this is no news at full length."""


class Meaning:
    """The words of a claim, and how near the question alone comes to them."""

    def __init__(self, words: Words, asked: Words) -> None:
        kept = [row for row, word in enumerate(words.texts) if _tells(word)]
        self.vectors = words.vectors[kept or slice(None)]
        self.centre = _centre(words.vectors)
        self._asked = _nearest(self.vectors, asked.vectors)

    def nearness(self, answer: Vectors) -> Nearness:
        """Return the nearness of each word of the claim to the words of a text."""
        return _nearest(self.vectors, answer)

    def news(self, nearness: Nearness) -> float:
        """Return how far beyond the question's own words a text came, 0 to 1."""
        import numpy as np  # noqa: PLC0415 - as above

        way = np.maximum(1 - self._asked, LEAST_WAY)
        return _mean(np.clip((nearness - self._asked) / way, 0, 1))


class Claim:
    """A key point made ready: the words that tell it from its misconception, and their meanings."""

    def __init__(self, point: KeyPoint, question: str, words: Sequence[Words]) -> None:
        said, wrong, asked = words
        asked_stems = set(stems(question))
        point_stems = set(stems(f"{point.text} {point.covered}"))
        wrong_stems = set(stems(point.wrong))
        # What the question said already, or what both claims share, tells nothing.
        self.words = (point_stems - wrong_stems - asked_stems) or point_stems
        self.contrary_words = wrong_stems - point_stems - asked_stems
        self.denies = denies(point.text)
        self.contrary_denies = denies(point.wrong)
        self.meaning = Meaning(said, asked)
        self.contrary_meaning = Meaning(wrong, asked) if point.wrong else None


def make_claims(points: Sequence[KeyPoint], question: str, embedder: WordEmbedder) -> list[Claim]:
    """Return the key points of a question, ready to be held against answers."""
    said = embedder.embed_words([f"{point.text} {point.covered}".strip() for point in points])
    wrong = embedder.embed_words([point.wrong for point in points])
    asked = embedder.embed_words([question])[0]
    rows = zip(points, said, wrong, strict=True)
    return [Claim(point, question, (own, other, asked)) for point, own, other in rows]


class Reading:
    """An answer read once: its sentences that are about any of the claims, ready for each.

    What is about none, orders to whoever grades and idle talk among it, is not read.
    """

    def __init__(
        self, answer: str, question: str, claims: Sequence[Claim], embedder: WordEmbedder
    ) -> None:
        asked = set(stems(question))
        spans = [span for span in split_sentences(answer) if claims_something(span.text, asked)]
        read = embedder.embed_words([span.text for span in spans])
        rows = [
            (span, words.vectors, centre)
            for span, words in zip(spans, read, strict=True)
            if words.texts and _is_on_topic(centre := _centre(words.vectors), claims)
        ]
        self._claims = claims
        self.spans = [span for span, _, _ in rows]
        self._words = [vectors for _, vectors, _ in rows]
        self._centres = [centre for _, _, centre in rows]
        self._stems = [set(stems(span.text)) for span in self.spans]
        self._denies = [denies(span.text) for span in self.spans]

    @property
    def text(self) -> str:
        """What was read, as one text."""
        return " ".join(span.text for span in self.spans)

    def signals(self) -> list[Signals]:
        """Return the signals of each claim."""
        import numpy as np  # noqa: PLC0415 - as above

        if not self.spans:
            return [NOTHING] * len(self._claims)
        turned = [self._turned(claim) for claim in self._claims]
        nearest = [
            self._nearness(claim.meaning, claim.words, without)
            for claim, without in zip(self._claims, turned, strict=True)
        ]
        floor = _weakest(np.concatenate([near for near, _ in nearest]))
        rows = zip(self._claims, turned, nearest, strict=True)
        return [self._signals(claim, without, near, floor) for claim, without, near in rows]

    def _signals(
        self, claim: Claim, turned: Sequence[bool], nearest: tuple[Nearness, int], floor: float
    ) -> Signals:
        if all(turned):
            return replace(NOTHING, floor=floor, contrary=1.0, contrary_span=self.spans[0])
        near, best = nearest
        news = claim.meaning.news(near)
        contrast = lean = 0.0
        worst = None
        if claim.contrary_meaning:
            wrong, row = self._nearness(claim.contrary_meaning, claim.contrary_words, [])
            contrast = _mean(wrong) - _mean(near)
            lean = max(0.0, claim.contrary_meaning.news(wrong) - news)
            worst = self.spans[row]
        return Signals(
            recall=_share(claim.words, set().union(*compress(self._stems, map(not_, turned)))),
            news=news, weakest=_weakest(near), floor=floor, contrary=self._contrary(claim),
            contrast=contrast, lean=lean, one_word=1 / max(1, len(claim.words)),
            span=self.spans[best], contrary_span=worst,
        )  # fmt: skip

    def _turned(self, claim: Claim) -> list[bool]:
        """Tell which sentences have a claim's words and say its opposite."""
        rows = zip(self._stems, self._denies, strict=True)
        return [
            denied != claim.denies and _share(claim.words, said) >= TURNED for said, denied in rows
        ]

    def _nearness(
        self, meaning: Meaning, words: set[str], without: Sequence[bool]
    ) -> tuple[Nearness, int]:
        """Return the nearness to the answer, and the index of the sentence that says most.

        Words alone favour long sentences, so the meaning of the sentence as a whole counts as well.
        """
        import numpy as np  # noqa: PLC0415 - as above

        each = np.array([meaning.nearness(vectors) for vectors in self._words])
        each[np.flatnonzero(without)] = 0
        shares = np.array([_share(words, said) for said in self._stems])
        shares[np.flatnonzero(without)] = 0
        whole = np.array([centre @ meaning.centre for centre in self._centres])
        whole[np.flatnonzero(without)] = 0
        return each.max(axis=0), int((each.mean(axis=1) + shares / 2 + whole).argmax())

    def _contrary(self, claim: Claim) -> float:
        """Return how much of a misconception stands together.

        Only what denies where it denies counts, and the other way round: "a test need not spell out
        every field" has the words of the misconception and is its opposite.
        """
        said = [
            words if denied == claim.contrary_denies else set()
            for words, denied in zip(self._stems, self._denies, strict=True)
        ]
        following = [*said[1:], set[str]()]
        return max(
            _share(claim.contrary_words, one | other)
            for one, other in zip(said, following, strict=True)
        )


def _is_on_topic(centre: Vectors, claims: Sequence[Claim]) -> bool:
    return any(
        float(centre @ claim.meaning.centre) >= ON_TOPIC
        or ((wrong := claim.contrary_meaning) and float(centre @ wrong.centre) >= ON_MISCONCEPTION)
        for claim in claims
    )


def _centre(vectors: Vectors) -> Vectors:
    import numpy as np  # noqa: PLC0415 - as above

    mean: Vectors = vectors.sum(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)


def _tells(word: str) -> bool:
    return word not in _FILLERS and any(letter.isalnum() for letter in word)


def _nearest(words: Vectors, others: Vectors) -> Nearness:
    import numpy as np  # noqa: PLC0415 - as above

    if not len(words) or not len(others):
        return np.zeros(len(words), dtype=np.float32)
    cosines = (words @ others.T).max(axis=1)
    found: Nearness = np.clip((cosines - UNRELATED) / (1 - UNRELATED), 0, 1)
    return found


def _weakest(near: Nearness) -> float:
    import numpy as np  # noqa: PLC0415 - as above

    return _mean(np.sort(near)[: max(1, len(near) // 3)])


def _mean(values: Nearness) -> float:
    return float(values.mean()) if len(values) else 0.0


def _share(wanted: set[str], there: set[str]) -> float:
    return len(wanted & there) / len(wanted) if wanted else 0.0
