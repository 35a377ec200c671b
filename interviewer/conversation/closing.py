"""The candidate's own questions: answered with what code and guide say, then by the model."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from interviewer import prompts
from interviewer.conversation.ahead import Ahead
from interviewer.conversation.host import Host
from interviewer.errors import ModelError
from interviewer.grading.model_answer import unfounded
from interviewer.knowledge.library import Library
from interviewer.knowledge.remarks import SENTENCE_END, remarks
from interviewer.knowledge.words import overlap
from interviewer.models.chat import ChatModel, Message
from interviewer.values.events import ClosingAnswered
from interviewer.values.knowledge import Passage

MAX_QUESTIONS = 3
PASSAGES = 6
"""Passages of guide or code whose words may answer."""
NEAR = 0.5
"""Least score of words that may answer a question: their likeness to it, and `SHARED` times the
share of its words they have. What the shipped repository says to twelve questions about it scores
0.57 and more, and what comes nearest to three that nothing there answers 0.38 and less."""
SHARED = 0.3
CODE_FIRST = 0.1
"""What code is ahead of the guide: the candidate asks those who wrote it."""
BARE = 0.1
"""What lines without a word of comment are behind."""
MAX_LINES = 4
MAX_NOTE_CHARS = 800
MAX_QUOTE_CHARS = 500
BESIDE = 0.15
"""How far behind the best words others may be that are quoted beside them."""
MAX_TOKENS = 100
PARROT = 0.6
"""Share of a sentence's words in question and quotes from which on it only repeats them."""
PATIENCE = 12.0
"""Seconds that the model has for what it adds: the answer stands there already."""
LOOKING = "Looking that up …"
ADDING = "Putting it in other words …"
NOTHING = "I find nothing on that in the guide or the repository, so I cannot say."
GO_AHEAD = "Go ahead."
_IN_CODE = re.compile(
    r"\s*\b(?:in|of|by|from) (?:the|this|your|that) "
    r"(?:code(?: ?base)?|repo(?:sitory)?|project|service|app(?:lication)?)\b",
    re.IGNORECASE,
)
"""Words that say where something is, and would be taken for what it is: guides have a topic on the
repository pattern."""
_OURS = re.compile(r"(?i:\b(?:you|your|we|our)\b)|\w_\w|[a-z][A-Z]|\w\.\w|`")
"""Whom or what only those can mean who speak of the code: its authors, or a name in it."""
_SMALL = "a an i im id ive it its you me my so well okay ok thanks thank question questions more"
_NO = f"""
    {_SMALL} no nope none nah nothing not really now today right else other further any think guess
    do dont have havent got very much for your the time interview that thats this is was would be
    all everything good fine set great from side at moment far sorry
"""
_YES = f"""
    {_SMALL} yes yeah yep sure please actually do have would like to ask may can let one two few
    some couple of something another got
"""
_IN_NO, _IN_YES = frozenset(_NO.split()), frozenset(_YES.split())
"""Words in which candidates say that they have no question, and that they have one."""


def is_none(text: str) -> bool:
    """Tell whether a candidate has no (more) questions."""
    return "?" not in text and _words(text) <= _IN_NO


def is_announced(text: str) -> bool:
    """Tell whether a candidate has a question and does not say which: "yes, I have one"."""
    return not is_none(text) and _words(text) <= _IN_YES


def _words(text: str) -> set[str]:
    return set(re.sub(r"[^\w\s]", "", text.lower()).split())


class _Words(NamedTuple):
    """What a passage says, and how near it is to a question."""

    score: float
    text: str
    passage: Passage
    is_bare: bool
    """Whether they are lines of code, for want of words."""

    @property
    def name(self) -> str:
        passage = self.passage
        return passage.symbol if passage.kind == "code" and passage.symbol else passage.header


def answer(model: ChatModel | None, library: Library, question: str) -> Iterator[ClosingAnswered]:
    """Answer a question: at once in the words of code or guide, then with what a model can add.

    Only the first part has sources; it needs no model.
    """
    near = _near(library, question)
    quoted = _quoted(near)
    sources = tuple({words.passage.id: words.passage for words in near}.values())
    yield ClosingAnswered(text=_quote(quoted) if quoted else NOTHING, sources=sources)
    if model and quoted:
        known = f"{question} {' '.join(words.text for words in quoted)}"
        ground = " ".join(f"{words.name} {words.text}" for words in near)
        for sentence in _sentences(_written(model, question, near)):
            if not unfounded(sentence, ground) and overlap(sentence, known) < PARROT:
                yield ClosingAnswered(text=sentence)


def delivered(
    parts: Iterator[ClosingAnswered], ahead: Ahead, host: Host
) -> Iterator[ClosingAnswered]:
    """Yield an answer as it is made: the first part here, not behind a grade in the making."""
    with host.waiting(LOOKING):
        first = next(parts)
    yield first
    more = ahead.deliver(parts, PATIENCE) if first.sources else iter(())
    while True:
        with host.waiting(ADDING):
            part = next(more, None)
        if part is None:
            return
        yield part


def _near(library: Library, question: str) -> list[_Words]:
    """Return the words that come nearest to a question, as many as a model shall read.

    The guide's only if the question does not speak of the code, or no code answers it.
    """
    bare = _IN_CODE.sub("", question)
    found = _words_of(library, "code", bare) if "code" in library.corpora else []
    if bare == question and not (found and _OURS.search(question)):
        found += _words_of(library, "guide", question)
    found.sort(key=lambda words: words.score, reverse=True)
    kept, room = found[:1], MAX_NOTE_CHARS - sum(len(words.text) for words in found[:1])
    for words in found[1:]:
        if len(words.text) <= room:
            kept.append(words)
            room -= len(words.text)
    return kept


def _words_of(library: Library, corpus: str, question: str) -> list[_Words]:
    found: list[_Words] = []
    for hit in library.search(corpus, question, PASSAGES):
        said = remarks(hit.passage)
        found += [_Words(0, text, hit.passage, is_bare=False) for text in said]
        if not said and hit.passage.kind == "code":
            lines = textwrap.dedent(hit.passage.text).strip("\n").split("\n")[:MAX_LINES]
            found.append(_Words(-BARE, "\n".join(lines), hit.passage, is_bare=True))
    if not found:
        return []
    texts = [f"{words.name}: {words.text}" for words in found]
    vectors = library.embedder.embed([question, *texts])
    scores = vectors[1:] @ vectors[0]
    ahead = CODE_FIRST if corpus == "code" else 0
    return [
        words._replace(score=score + ahead)
        for words, text, likeness in zip(found, texts, scores, strict=True)
        if (score := words.score + float(likeness) + SHARED * overlap(question, text)) >= NEAR
    ]


def _quoted(near: Sequence[_Words]) -> list[_Words]:
    """Return the best words, and the next of another place if they are nearly as near."""
    for words in near[1:]:
        is_other = words.name != near[0].name and not words.is_bare
        fits = len(near[0].text) + len(words.text) <= MAX_QUOTE_CHARS
        if is_other and fits and words.score >= near[0].score - BESIDE:
            return [near[0], words]
    return list(near[:1])


def _quote(quoted: Sequence[_Words]) -> str:
    if quoted[0].is_bare:
        return f"It stands in {quoted[0].name}:\n{quoted[0].text}"
    said = [f"n {words.name} it says: “{words.text}”" for words in quoted]
    return f"I{' And i'.join(said)}"


def _written(model: ChatModel, question: str, near: Sequence[_Words]) -> Iterator[str]:
    """Yield what the model writes as it comes, up to where it fails."""
    notes = "\n".join(f"{words.name}: {words.text}" for words in near)
    task = prompts.load("closing").render(question=question, notes=notes)
    with suppress(ModelError):
        yield from model.stream([Message(role="user", content=task)], max_tokens=MAX_TOKENS)


def _sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Yield each sentence once it is whole."""
    text = ""
    for piece in pieces:
        *whole, text = SENTENCE_END.split(text + piece)
        yield from whole
    if text.strip().endswith((".", "!", "?")):
        yield text.strip()
