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
        if ready := self.at_hand(topic, kinds, level, due):
            return ready
        limited = _limited(topic, kinds)
        rejected: list[str] = []
        if self._generator and (made := self._generator.make(limited, kinds, rejected)):
            return self._give(made, rejected)
        if old := self._longest_ago(limited):
            return self._give(self._from_guide(topic, old), rejected, note=NOTHING_NEW)
        return self._give(self._plain(topic), rejected)

    def at_hand(
        self, topic: Topic, kinds: Kinds, level: Level | None = None, due: Collection[str] = ()
    ) -> Posed | None:
        """Return a fresh question that needs no model: the guide's, else one of the bank, if any.

        It is of one of the kinds if the topic has such a question, of the level nearest to the one
        wanted, and about as many of the key points that are `due` as one can be.
        """
        level = level or self._level
        if "write_code" in kinds and (tasks := self._tasks(topic)):
            return self._give(self._from_task(topic, self._rng.choice(tasks)))
        limited = _limited(topic, kinds)
        if fresh := self._fresh(limited):
            chosen = self._rng.choice(best_fitting(fresh, level, due))
            question = self._from_guide(topic, chosen)
            return self._give(question, deeper=self._deeper(topic, chosen))
        if "concept" in kinds and (kept := self._from_bank(limited, level)):
            return self._give(kept, note=FROM_BANK)
        return None

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
        return self._sourcing.question(topic, best.text, points, "model", best.level)

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


def _limited(topic: Topic, kinds: Kinds) -> Topic:
    """Return a topic with its questions of some kinds, or with all where it has none of them."""
    wanted = tuple(
        question
        for question in topic.questions
        if ("read_code" if question.code else "concept") in kinds
    )
    return topic.model_copy(update={"questions": wanted}) if wanted else topic
