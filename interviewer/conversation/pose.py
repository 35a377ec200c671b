"""Posing a question: the guide's own where it has a fresh one, else the model's, checked."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from random import Random

from interviewer.coding.runner import task_cases
from interviewer.conversation import closing
from interviewer.conversation.asked import Asked
from interviewer.conversation.generate import Generator, Kinds, Sourcing
from interviewer.conversation.level import best_fitting
from interviewer.conversation.simpler import easier_wording
from interviewer.grading.code_points import task_key_points
from interviewer.knowledge.library import Library
from interviewer.models.chat import ChatModel
from interviewer.values.events import ClosingAnswered
from interviewer.values.history import ProvenQuestion
from interviewer.values.interview import Question
from interviewer.values.knowledge import (
    LEVELS,
    KeyPoint,
    Level,
    PreparedQuestion,
    Task,
    Topic,
)
from interviewer.values.value import Value

FROM_BANK = "The model made it in an earlier session, and you made one of its points in full."
NOTHING_NEW = "All its questions came up lately, so this is the one asked longest ago."


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
        self._sourcing = Sourcing(library)
        self._level: Level = level
        self._rng = rng
        self._asked = Asked(asked, library.embedder)
        self._generator = Generator(model, library, level, rng, self._asked) if model else None
        self._bank = bank or {}
        self._given: list[str] = []
        self._reserved: list[str] = []

    def pose(
        self, topic: Topic, kinds: Kinds = ("concept", "read_code"), level: Level | None = None,
        due: Collection[str] = (),
    ) -> Posed:  # fmt: skip
        """Return a question on a topic: one at hand, else the model's, else an old one.

        A failing model is no error here: its failure is among the reasons for rejection.
        """
        level = level or self._level
        if ready := self.at_hand(topic, kinds, (level,), due):
            return self.give(ready[level])
        limited = _limited(topic, kinds)
        rejected: list[str] = []
        if self._generator and (made := self._generator.make(limited, kinds, rejected)):
            return self.give(Posed(question=made, rejected=tuple(rejected)))
        old = self._longest_ago(limited)
        question = self._from_guide(topic, old) if old else self._plain(topic)
        note = NOTHING_NEW if old else ""
        return self.give(Posed(question=question, rejected=tuple(rejected), note=note))

    def at_hand(
        self, topic: Topic, kinds: Kinds, levels: Collection[Level], due: Collection[str] = ()
    ) -> dict[Level, Posed]:
        """Return for each level a fresh question that needs no model, if there is any.

        They are the guide's, else those of the bank: of one of the kinds if the topic has such a
        question, of the level nearest to the one wanted, and about as many of the key points that
        are `due` as one can be. None of them counts as asked before it is given (`give`).
        """
        if "write_code" in kinds and (tasks := self._tasks(topic)):
            task = self._from_task(topic, self._rng.choice(tasks))
            return dict.fromkeys(levels, Posed(question=task))
        if fresh := self._fresh(topic):
            limited = _limited(topic, kinds).questions
            wanted = [question for question in fresh if question in limited]
            # One that may go deeper later is kept for that as long as there are others.
            wanted = [q for q in wanted if q.text not in self._reserved] or wanted
            if wanted:
                return {level: self._best(topic, wanted, level, due, fresh) for level in levels}
        if "concept" in kinds and (kept := self._from_bank(topic)):
            return {level: _nearest(kept, level) for level in levels}
        return {}

    def give(self, posed: Posed) -> Posed:
        """Take note that a question is asked, and return it with an id of its own."""
        question = posed.question
        self._asked.add(question.text)
        self._reserved.append(posed.deeper)
        self._given.append(question.id)
        # A grade names its question by id, so one that comes again needs another.
        if (times := self._given.count(question.id)) > 1:
            question = question.model_copy(update={"id": f"{question.id}-{times}"})
        return posed.model_copy(update={"question": question})

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

    def _fresh(self, topic: Topic) -> list[PreparedQuestion]:
        """Return the guide's questions on a topic that were not asked."""
        shown = [question for question in topic.questions if self._can_show(question)]
        last = self._asked.last([question.text for question in shown])
        return [question for question, turn in zip(shown, last, strict=True) if turn < 0]

    def _best(
        self, topic: Topic, wanted: Sequence[PreparedQuestion], level: Level,
        due: Collection[str], fresh: Sequence[PreparedQuestion],
    ) -> Posed:  # fmt: skip
        chosen = self._rng.choice(best_fitting(wanted, level, due))
        return Posed(question=self._from_guide(topic, chosen), deeper=self._deeper(fresh, chosen))

    def _from_bank(self, topic: Topic) -> list[Posed]:
        """Return what the model posed before and was not asked lately.

        It is held to the key points as the guide has them now; to its own where the guide has none.
        """
        now = {point.id: point for point in topic.key_points}
        known = [
            question
            for question in self._bank.get(topic.id, ())
            if not now or all(point.id in now for point in question.key_points)
        ]
        turns = self._asked.last([question.text for question in known])
        return [
            Posed(question=self._kept(topic, question, now), note=FROM_BANK)
            for question, turn in zip(known, turns, strict=True)
            if turn < 0
        ]

    def _kept(
        self, topic: Topic, question: ProvenQuestion, now: Mapping[str, KeyPoint]
    ) -> Question:
        points = [now.get(point.id, point) for point in question.key_points]
        return self._sourcing.question(topic, question.text, points, "model", question.level)

    def _longest_ago(self, topic: Topic) -> PreparedQuestion | None:
        shown = [question for question in topic.questions if self._can_show(question)]
        turns = dict(zip(shown, self._asked.last([q.text for q in shown]), strict=True))
        return min(shown, key=lambda question: turns[question], default=None)

    def _deeper(self, fresh: Sequence[PreparedQuestion], asked: PreparedQuestion) -> str:
        """Return a question that goes further than one and needs no code beside it, or nothing."""
        higher = [
            question.text
            for question in fresh
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
        question = self._sourcing.question(topic, task.statement, points, "guide", self._level)
        return question.model_copy(update={"kind": "write_code", "title": task.title, "task": task})

    def _can_show(self, question: PreparedQuestion) -> bool:
        return not question.code or self._library.symbol(question.code) is not None

    def _from_guide(self, topic: Topic, prepared: PreparedQuestion) -> Question:
        code = self._library.symbol(prepared.code) if prepared.code else None
        points = tuple(p for p in topic.key_points if p.id in prepared.key_points)
        return self._sourcing.question(topic, prepared.text, points, "guide", prepared.level, code)

    def _plain(self, topic: Topic) -> Question:
        """Return the question that can be asked about anything."""
        text = f"What can you tell me about {topic.title}, and when would you use it?"
        return self._sourcing.question(topic, text, topic.key_points, "guide", self._level)


def _nearest(kept: Sequence[Posed], level: Level) -> Posed:
    wanted = LEVELS.index(level)
    return min(kept, key=lambda posed: abs(LEVELS.index(posed.question.level) - wanted))


def _limited(topic: Topic, kinds: Kinds) -> Topic:
    """Return a topic with its questions of some kinds, or with all where it has none of them."""
    wanted = tuple(
        question
        for question in topic.questions
        if ("read_code" if question.code else "concept") in kinds
    )
    return topic.model_copy(update={"questions": wanted}) if wanted else topic
