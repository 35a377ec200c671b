"""Questions that the model makes, where the guide has none that is fresh: checked, or none."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from random import Random
from typing import Literal

from interviewer import prompts
from interviewer.conversation.asked import Asked
from interviewer.conversation.fitness import cleaned, fault
from interviewer.errors import ModelError
from interviewer.grading.keypoints import draft_key_points
from interviewer.knowledge.library import Library
from interviewer.knowledge.ranking import within_budget
from interviewer.models.chat import ChatModel, Message
from interviewer.values.interview import Question
from interviewer.values.knowledge import KeyPoint, Level, Passage, QuestionKind, Topic

ATTEMPTS = 2
POINTS_A_QUESTION = 3
MAX_NOTE_TOKENS = 500
MAX_REPLY_TOKENS = 70
TEMPERATURE = 0.7
SOURCES = 3
ABOUT_CODE = (
    "Read this through. What does it do, step by step, and why might it be done this way?",
    "What is this code for, and what would break if somebody took it out?",
    "What do the callers of this code rely on, and where could it go wrong?",
)
"""What is asked about code that the guide has no question on."""
Kinds = Sequence[QuestionKind]


class Sourcing:
    """Puts a question on the passages of its topic."""

    def __init__(self, library: Library) -> None:
        self._library = library
        # Of the topic that is thought about a question is made ready for every level.
        self._passages = lru_cache(1)(self._find)

    def question(
        self, topic: Topic, text: str, points: Sequence[KeyPoint],
        origin: Literal["guide", "model"], level: Level, code: Passage | None = None,
    ) -> Question:  # fmt: skip
        """Return a question on a topic and the passages that it stands on, `code` the first."""
        digest = hashlib.sha256(f"{topic.id}\0{text}".encode()).hexdigest()[:12]
        notes, also, scores = self._passages(topic)
        sources = ([code, *notes] if code else [*notes[: SOURCES - 1], *also])[:SOURCES]
        return Question(
            id=f"q-{digest}", topic=topic.id, section=topic.section, title=topic.title,
            kind="read_code" if code else "concept", level=level, text=text, code=code,
            key_points=tuple(points), sources=tuple(sources), origin=origin,
            scores=tuple(scores.get(source.id) for source in sources),
        )  # fmt: skip

    def _find(self, topic: Topic) -> tuple[list[Passage], list[Passage], dict[str, float]]:
        """Return a topic's notes, code on it, and how near what was searched for came."""
        found = self._library.code_for(topic)
        scores = {hit.passage.id: round(hit.score, 3) for hit in self._library.near(topic) + found}
        return self._library.notes(topic), [hit.passage for hit in found[:1]], scores


class Generator:
    """Has the model pose questions on a topic, of the level of a session, and checks them."""

    def __init__(
        self, model: ChatModel, library: Library, level: Level, rng: Random, asked: Asked
    ) -> None:
        self._model = model
        self._library = library
        self._sourcing = Sourcing(library)
        self._level: Level = level
        self._rng = rng
        self._asked = asked

    def make(self, topic: Topic, kinds: Kinds, rejected: list[str]) -> Question | None:
        """Return a question of one of the kinds, or None; add why others were thrown away."""
        if tuple(kinds) == ("read_code",) and (read := self._read_code(topic, rejected)):
            return read
        return self._generate(topic, rejected)

    def _generate(self, topic: Topic, rejected: list[str]) -> Question | None:
        try:
            points = topic.key_points or self._drafted(topic)
            if not points:
                rejected.append("no key point is supported by a passage")
                return None
            for _ in range(ATTEMPTS):
                aim = self._aim(points)
                text = self._ask_model(topic, aim)
                found = fault(text, topic, aim, self._library.embedder, self._asked)
                if found is None:
                    return self._sourcing.question(topic, text, aim, "model", self._level)
                rejected.append(f"{text!r} {found}")
        except ModelError as error:
            rejected.append(f"the model failed: {error}")
        return None

    def _read_code(self, topic: Topic, rejected: list[str]) -> Question | None:
        """Return a question on code near the topic, held to what the model says the code shows."""
        for code in (hit.passage for hit in self._library.code_for(topic)):
            about = topic.model_copy(update={"title": code.header, "section": topic.title})
            try:
                points = draft_key_points(self._model, about, [code], self._library.embedder)
            except ModelError as error:
                rejected.append(f"the model failed: {error}")
                return None
            if points:
                text = self._rng.choice(ABOUT_CODE)
                return self._sourcing.question(topic, text, points, "model", self._level, code)
            rejected.append(f"no key point is supported by {code.location}")
        return None

    def _drafted(self, topic: Topic) -> tuple[KeyPoint, ...]:
        passages = self._library.notes(topic)
        return draft_key_points(self._model, topic, passages, self._library.embedder)

    def _aim(self, points: Sequence[KeyPoint]) -> tuple[KeyPoint, ...]:
        """Return the heaviest point and some others, in the topic's order."""
        first = max(points, key=lambda point: (point.weight, self._rng.random()))
        others = [point for point in points if point is not first]
        some = self._rng.sample(others, min(len(others), POINTS_A_QUESTION - 1))
        return tuple(point for point in points if point is first or point in some)

    def _ask_model(self, topic: Topic, aim: Sequence[KeyPoint]) -> str:
        passages = within_budget(self._library.notes(topic), MAX_NOTE_TOKENS)
        notes = "\n\n".join(passage.text for passage in passages)
        turn = prompts.load("pose").render(
            topic=topic.title, section=topic.section, level=self._level, notes=notes,
            points="\n".join(f"- {point.text}" for point in aim),
        )  # fmt: skip
        messages = [
            Message(role="system", content=prompts.load("interviewer").render()),
            Message(role="user", content=turn),
        ]
        seed = self._rng.randrange(2**31)
        reply = self._model.stream(
            messages, max_tokens=MAX_REPLY_TOKENS, temperature=TEMPERATURE, seed=seed
        )
        return cleaned("".join(reply))
