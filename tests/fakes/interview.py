"""An interview about generators made of stand-ins: no guide, no model, no disk."""

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from interviewer.conversation.host import Host
from interviewer.conversation.interview import Interview
from interviewer.conversation.plan import Planned
from interviewer.conversation.pose import Posed, Poser
from interviewer.grading.code_points import task_key_points
from interviewer.grading.grader import Grader
from interviewer.values.events import ClosingAnswered, SessionStarted
from interviewer.values.interview import Answer, Question
from interviewer.values.knowledge import KeyPoint, Level, Passage, QuestionKind, Task, Topic
from tests.fakes.clock import FakeClock
from tests.fakes.grader import FakeGrader
from tests.fakes.host import FakeHost

LAZY = KeyPoint(
    id="lazy",
    weight=3,
    text="A generator computes each value only when somebody asks.",
    followup="When does the work happen?",
)
MEMORY = KeyPoint(
    id="memory",
    weight=2,
    text="It holds a single value in memory at a time.",
    followup="What does a long one cost?",
)
ONCE = KeyPoint(
    id="once",
    weight=1,
    text="Iterating over it again gives nothing, because it is exhausted.",
    followup="What happens in another loop?",
)
NOTES = Passage(
    id="sha256:1",
    path="guide/features.md",
    first_line=12,
    last_line=20,
    kind="guide",
    symbol="generators",
    header="features › Generators",
    text="A generator computes each value only when somebody asks.",
)


def sample_question(number: int = 1, points: Sequence[KeyPoint] = (LAZY, MEMORY, ONCE)) -> Question:
    return Question(
        id=f"q-{number}",
        topic=f"topic-{number}",
        section="Features",
        title="Generators",
        level="mid",
        text=f"Why would you write a generator, for reason {number}?",
        key_points=tuple(points),
        sources=(NOTES,),
        origin="guide",
    )


DOUBLE = Task(
    title="Twice as much",
    level="easy",
    complexity="O(1) time and space",
    statement="Given a number, return twice that number.",
    signature="def double(number: int) -> int: ...",
    examples=("assert double(4) == 8",),
    hidden_cases=("assert double(0) == 0",),
    solution="def double(number: int) -> int:\n    return 2 * number",
    followups=("What would you change for a list of numbers?",),
    line=40,
)


def task_question(number: int = 1) -> Question:
    return sample_question(number, task_key_points(DOUBLE)).model_copy(
        update={"kind": "write_code", "text": DOUBLE.statement, "task": DOUBLE}
    )


def sample_topic(number: int = 1, section: str = "Features") -> Topic:
    return Topic(
        id=f"topic-{number}", section=section, title=f"Topic {number}", path="a.md", line=number
    )


class ScriptedPoser(Poser):
    """Poses its questions in order and notes what was asked of it; has them at hand if told so."""

    def __init__(
        self, questions: Sequence[Question], deeper: str = "", *, is_at_hand: bool = False
    ) -> None:
        self.questions = list(questions)
        self.deeper = deeper
        self.is_at_hand = is_at_hand
        self.wanted: list[tuple[str, Level | None]] = []
        self.kinds: list[Sequence[QuestionKind]] = []
        self.remembered: list[str] = []
        self.easier: str | None = None

    def pose(
        self,
        topic: Topic,
        kinds: Sequence[QuestionKind] = (),
        level: Level | None = None,
        due: Collection[str] = (),
    ) -> Posed:
        del due
        self.kinds.append(kinds)
        self.wanted.append((topic.id, level))
        return Posed(question=self.questions.pop(0), deeper=self.deeper)

    def at_hand(
        self,
        topic: Topic,
        kinds: Sequence[QuestionKind],
        levels: Collection[Level],
        due: Collection[str] = (),
    ) -> dict[Level, Posed]:
        del due
        if not self.is_at_hand:
            return {}
        self.kinds.append(kinds)
        self.wanted += [(topic.id, level) for level in levels]
        return {
            level: Posed(
                question=self.questions[0].model_copy(update={"level": level}), deeper=self.deeper
            )
            for level in levels
        }

    def give(self, posed: Posed) -> Posed:
        self.questions.pop(0)
        return posed

    def remember(self, question: Question) -> None:
        self.remembered.append(question.id)

    def simpler(self, topic: Topic, question: Question) -> str | None:
        del topic, question
        return self.easier

    def answer(self, question: str) -> Iterator[ClosingAnswered]:
        yield ClosingAnswered(text=f"On “{question}”: see the notes.", sources=(NOTES,))
        yield ClosingAnswered(text="We do it so that nothing is lost.")


def session_head(
    mode: Literal["practice", "real"] = "practice", questions: int = 2, minutes: int | None = None
) -> SessionStarted:
    return SessionStarted(
        session="20260102-030405-abcd",
        program="interviewer 0.1.0",
        model="scripted/test",
        model_digest="sha256:0",
        where="in this test",
        mode=mode,
        level="mid",
        questions=questions,
        minutes=minutes,
        seed=7,
        guide=("guide",),
        repo=(),
    )


def scripted_interview(
    head: SessionStarted | None = None,
    questions: Sequence[Question] | None = None,
    *,
    grader: Grader | None = None,
    clock: FakeClock | None = None,
    host: Host | None = None,
    poser: ScriptedPoser | None = None,
) -> Interview:
    head = head or session_head()
    asked = questions or [sample_question(number + 1) for number in range(head.questions)]
    planned = [
        Planned(topic=sample_topic(number + 1), reason=f"Features: reason {number + 1}.")
        for number in range(len(asked))
    ]
    return Interview(
        head,
        planned,
        poser or ScriptedPoser(asked),
        grader or FakeGrader(),
        host or FakeHost(),
        clock=clock or FakeClock(),
    )


def say(text: str) -> Answer:
    return Answer(text=text, seconds=2.0)
