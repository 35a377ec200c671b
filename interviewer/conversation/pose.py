"""Posing a question: the guide's own where it has a fresh one, else the model's, checked."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Literal

from interviewer import prompts
from interviewer.coding.runner import task_cases
from interviewer.conversation import closing
from interviewer.conversation.asked import Asked
from interviewer.conversation.fitness import cleaned, fault
from interviewer.conversation.level import best_fitting
from interviewer.conversation.simpler import easier_wording
from interviewer.errors import ModelError
from interviewer.grading.code_points import task_key_points
from interviewer.grading.keypoints import draft_key_points
from interviewer.knowledge.library import Library
from interviewer.knowledge.ranking import within_budget
from interviewer.models.chat import ChatModel, Message
from interviewer.values.events import ClosingAnswered
from interviewer.values.history import ProvenQuestion
from interviewer.values.interview import Question
from interviewer.values.knowledge import (
    LEVELS,
    KeyPoint,
    Level,
    Passage,
    PreparedQuestion,
    QuestionKind,
    Task,
    Topic,
)
from interviewer.values.value import Value

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
FROM_BANK = "The model made it in an earlier session, and you made one of its points in full."
NOTHING_NEW = "All its questions came up lately, so this is the one asked longest ago."
Kinds = Sequence[QuestionKind]


class Posed(Value):
    """A question ready to ask, and why generated ones before it were thrown away."""

    question: Question
    rejected: tuple[str, ...] = ()
    note: str = ""
    """What is special about the choice."""
    deeper: str = ""
    """A question of a higher level on the same, for whoever answers this one in full."""


class Poser:
    """Finds a question for a topic; remembers what it gave, so that none comes twice.

    `asked` is what must not be asked again: the questions of the last sessions, the oldest first.
    `bank` has good questions that the model posed before, by topic.
    """

    def __init__(
        self, model: ChatModel | None, library: Library, level: Level, rng: Random,
        asked: Iterable[str] = (), bank: Mapping[str, Sequence[ProvenQuestion]] | None = None,
    ) -> None:  # fmt: skip
        self._model = model
        self._library = library
        self._level: Level = level
        self._rng = rng
        self._asked = Asked(asked, library.embedder)
        self._bank = bank or {}
        self._given: list[str] = []
        self._reserved: list[str] = []

    def pose(
        self, topic: Topic, kinds: Kinds = ("concept", "read_code"), level: Level | None = None,
        due: Collection[str] = (),
    ) -> Posed:  # fmt: skip
        """Return a question on a topic: the guide's, one of the bank, the model's, else an old one.

        It is of one of the kinds if the topic has such a question, of the level nearest to the one
        wanted, and about as many of the key points that are `due` as one can be. A failing model is
        no error here: its failure is among the reasons for rejection.
        """
        level = level or self._level
        if "write_code" in kinds and (tasks := self._tasks(topic)):
            return self._give(self._from_task(topic, self._rng.choice(tasks)))
        limited = _limited(topic, kinds)
        rejected: list[str] = []
        if fresh := self._fresh(limited):
            chosen = self._rng.choice(best_fitting(fresh, level, due))
            question = self._from_guide(topic, chosen)
            return self._give(question, deeper=self._deeper(topic, chosen))
        if "concept" in kinds and (kept := self._from_bank(limited, level)):
            return self._give(kept, note=FROM_BANK)
        if self._model and (made := self._make(self._model, limited, kinds, rejected)):
            return self._give(made, rejected)
        if old := self._longest_ago(limited):
            return self._give(self._from_guide(topic, old), rejected, note=NOTHING_NEW)
        return self._give(self._plain(topic), rejected)

    def remember(self, question: Question) -> None:
        """Take note of a question that was asked before: it does not come again."""
        self._asked.add(question.text)
        self._given.append(question.id)

    def simpler(self, topic: Topic, question: Question) -> str | None:
        """Return an easier wording of a question that asks for the same points, or None."""
        return easier_wording(self._model, self._library.embedder, topic, question)

    def answer(self, question: str) -> Iterator[ClosingAnswered]:
        """Answer a question of the candidate's part by part; only the first needs no model."""
        return closing.answer(self._model, self._library, question)

    def _make(
        self, model: ChatModel, topic: Topic, kinds: Kinds, rejected: list[str]
    ) -> Question | None:
        if tuple(kinds) == ("read_code",) and (read := self._read_code(model, topic, rejected)):
            return read
        return self._generate(model, topic, rejected)

    def _give(
        self, question: Question, rejected: Sequence[str] = (), note: str = "", deeper: str = ""
    ) -> Posed:
        self._asked.add(question.text)
        self._reserved.append(deeper)
        self._given.append(question.id)
        # A grade names its question by id, so one that comes again needs another.
        if (times := self._given.count(question.id)) > 1:
            question = question.model_copy(update={"id": f"{question.id}-{times}"})
        return Posed(question=question, rejected=tuple(rejected), note=note, deeper=deeper)

    def _fresh(self, topic: Topic) -> list[PreparedQuestion]:
        """Return the guide's questions on a topic that were not asked, nor kept as a follow-up."""
        shown = [question for question in topic.questions if self._can_show(question)]
        last = self._asked.last([question.text for question in shown])
        fresh = [question for question, turn in zip(shown, last, strict=True) if turn < 0]
        return [question for question in fresh if question.text not in self._reserved] or fresh

    def _from_bank(self, topic: Topic, level: Level) -> Question | None:
        """Return what the model posed before, of the nearest level, if it was not asked lately.

        It is held to the key points as the guide has them now; to its own where the guide has none.
        """
        now = {point.id: point for point in topic.key_points}
        known = [
            question
            for question in self._bank.get(topic.id, ())
            if not now or all(point.id in now for point in question.key_points)
        ]
        turns = self._asked.last([question.text for question in known])
        fresh = [question for question, turn in zip(known, turns, strict=True) if turn < 0]
        if not fresh:
            return None
        wanted = LEVELS.index(level)
        best = min(fresh, key=lambda question: abs(LEVELS.index(question.level) - wanted))
        points = [now.get(point.id, point) for point in best.key_points]
        return self._question(topic, best.text, points, "model", best.level)

    def _longest_ago(self, topic: Topic) -> PreparedQuestion | None:
        shown = [question for question in topic.questions if self._can_show(question)]
        turns = dict(zip(shown, self._asked.last([q.text for q in shown]), strict=True))
        return min(shown, key=lambda question: turns[question], default=None)

    def _deeper(self, topic: Topic, asked: PreparedQuestion) -> str:
        """Return a question that goes further than one and needs no code beside it, or nothing."""
        higher = [
            question.text
            for question in self._fresh(topic)
            if LEVELS.index(question.level) == LEVELS.index(asked.level) + 1
            and not (question.code or question.text in self._reserved)
        ]
        return self._rng.choice(higher) if higher else ""

    def _tasks(self, topic: Topic) -> list[Task]:
        """Return the tasks that fit the level and were not asked, as far as there are such."""
        tasks = [task for task in topic.tasks if task_cases(task)]
        turns = self._asked.last([task.statement for task in tasks])
        oldest = min(turns, default=-1)
        tasks = [task for task, turn in zip(tasks, turns, strict=True) if turn == oldest]
        wanted = "easy" if self._level == "junior" else "medium"
        return [task for task in tasks if task.level == wanted] or tasks

    def _from_task(self, topic: Topic, task: Task) -> Question:
        points = task_key_points(task)
        question = self._question(topic, task.statement, points, "guide", self._level)
        return question.model_copy(update={"kind": "write_code", "title": task.title, "task": task})

    def _can_show(self, question: PreparedQuestion) -> bool:
        return not question.code or self._library.symbol(question.code) is not None

    def _from_guide(self, topic: Topic, prepared: PreparedQuestion) -> Question:
        code = self._library.symbol(prepared.code) if prepared.code else None
        points = tuple(p for p in topic.key_points if p.id in prepared.key_points)
        return self._question(topic, prepared.text, points, "guide", prepared.level, code)

    def _plain(self, topic: Topic) -> Question:
        """Return the question that can be asked about anything."""
        text = f"What can you tell me about {topic.title}, and when would you use it?"
        return self._question(topic, text, topic.key_points, "guide", self._level)

    def _generate(self, model: ChatModel, topic: Topic, rejected: list[str]) -> Question | None:
        try:
            points = topic.key_points or self._drafted(model, topic)
            if not points:
                rejected.append("no key point is supported by a passage")
                return None
            for _ in range(ATTEMPTS):
                aim = self._aim(points)
                text = self._ask_model(model, topic, aim)
                found = fault(text, topic, aim, self._library.embedder, self._asked)
                if found is None:
                    return self._question(topic, text, aim, "model", self._level)
                rejected.append(f"{text!r} {found}")
        except ModelError as error:
            rejected.append(f"the model failed: {error}")
        return None

    def _read_code(self, model: ChatModel, topic: Topic, rejected: list[str]) -> Question | None:
        """Return a question on code near the topic, held to what the model says the code shows."""
        for code in (hit.passage for hit in self._library.code_for(topic)):
            about = topic.model_copy(update={"title": code.header, "section": topic.title})
            try:
                points = draft_key_points(model, about, [code], self._library.embedder)
            except ModelError as error:
                rejected.append(f"the model failed: {error}")
                return None
            if points:
                text = self._rng.choice(ABOUT_CODE)
                return self._question(topic, text, points, "model", self._level, code)
            rejected.append(f"no key point is supported by {code.location}")
        return None

    def _drafted(self, model: ChatModel, topic: Topic) -> tuple[KeyPoint, ...]:
        passages = self._library.notes(topic)
        return draft_key_points(model, topic, passages, self._library.embedder)

    def _aim(self, points: Sequence[KeyPoint]) -> tuple[KeyPoint, ...]:
        """Return the heaviest point and some others, in the topic's order."""
        first = max(points, key=lambda point: (point.weight, self._rng.random()))
        others = [point for point in points if point is not first]
        some = self._rng.sample(others, min(len(others), POINTS_A_QUESTION - 1))
        return tuple(point for point in points if point is first or point in some)

    def _ask_model(self, model: ChatModel, topic: Topic, aim: Sequence[KeyPoint]) -> str:
        passages = within_budget(self._library.notes(topic), MAX_NOTE_TOKENS)
        notes = "\n\n".join(passage.text for passage in passages)
        turn = prompts.load("pose").render(
            topic=topic.title, section=topic.section, level=self._level, notes=notes,
            points="\n".join(f"- {point.text}" for point in aim),
            asked="\n".join(f"- {text}" for text in self._asked.texts[-5:]) or "- nothing yet",
        )  # fmt: skip
        messages = [
            Message(role="system", content=prompts.load("interviewer").render()),
            Message(role="user", content=turn),
        ]
        seed = self._rng.randrange(2**31)
        reply = model.stream(
            messages, max_tokens=MAX_REPLY_TOKENS, temperature=TEMPERATURE, seed=seed
        )
        return cleaned("".join(reply))

    def _question(
        self, topic: Topic, text: str, points: Sequence[KeyPoint],
        origin: Literal["guide", "model"], level: Level, code: Passage | None = None,
    ) -> Question:  # fmt: skip
        digest = hashlib.sha256(f"{topic.id}\0{text}".encode()).hexdigest()[:12]
        notes, found = self._library.notes(topic), self._library.code_for(topic)
        also = [hit.passage for hit in found[:1]]
        sources = ([code, *notes] if code else notes[: SOURCES - 1] + also)[:SOURCES]
        scores = {hit.passage.id: round(hit.score, 3) for hit in self._library.near(topic) + found}
        return Question(
            id=f"q-{digest}", topic=topic.id, section=topic.section, title=topic.title,
            kind="read_code" if code else "concept", level=level, text=text, code=code,
            key_points=tuple(points), sources=tuple(sources), origin=origin,
            scores=tuple(scores.get(source.id) for source in sources),
        )  # fmt: skip


def _limited(topic: Topic, kinds: Kinds) -> Topic:
    """Return a topic with its questions of some kinds, or with all where it has none of them."""
    wanted = tuple(
        question
        for question in topic.questions
        if ("read_code" if question.code else "concept") in kinds
    )
    return topic.model_copy(update={"questions": wanted}) if wanted else topic
