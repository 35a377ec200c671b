"""A grader that looks for words: a key point is covered when its id stands in the answer."""

import threading
from dataclasses import dataclass, field

from interviewer.grading.coach import Coach
from interviewer.grading.coverage import PARTLY, Coverage
from interviewer.grading.grader import Grader
from interviewer.models.chat import ChatModel
from interviewer.values.coding import CodeRun
from interviewer.values.grade import Evidence, Grade, Ungraded, Verdict
from interviewer.values.interview import Question
from tests.fakes.embedder import FakeEmbedder

NOT_NOW = Ungraded(reason="The model is away.", hint="Grade it later.")


class FakeCoverage(Coverage):
    """Measures 1 for a point whose id is in the answer, less for "id-ish", else 0."""

    def measure(self, answer: str) -> list[float]:
        said = answer.lower()
        return [
            PARTLY if f"{point.id}-ish" in said else float(point.id in said)
            for point in self.question.key_points
        ]


@dataclass
class FakeGrader(Grader):
    """Grades by the same rule; when `gated`, waits for `gate` before each grade."""

    ungraded: bool = False
    prepared: list[str] = field(default_factory=list)
    graded: list[tuple[str, str]] = field(default_factory=list)
    began: threading.Event = field(default_factory=threading.Event)
    gate: threading.Event = field(default_factory=threading.Event)
    gated: bool = False
    model: ChatModel | None = None

    @property
    def judge(self) -> str:
        return "fake"

    def prepare(self, question: Question) -> None:
        self.prepared.append(question.id)

    @property
    def coach(self) -> Coach:
        return Coach(self.model, FakeEmbedder())

    def coverage(self, question: Question) -> Coverage:
        return FakeCoverage(question, FakeEmbedder())

    def grade(
        self, question: Question, answer: str, run: CodeRun | None = None
    ) -> Grade | Ungraded:
        del run
        self.began.set()
        if self.gated:
            assert self.gate.wait(30), "nobody opened the gate"
        self.graded.append((question.id, answer))
        if self.ungraded or not question.key_points:
            return NOT_NOW
        verdicts = tuple(_verdict(point.id, answer) for point in question.key_points)
        score = sum(v.verdict == "covered" for v in verdicts) / len(verdicts)
        return Grade(
            score=round(score, 4),
            band="hire" if score > 0.5 else "no",
            confidence="high",
            verdicts=verdicts,
            model="fake",
        )


def _verdict(point: str, answer: str) -> Verdict:
    start = answer.lower().find(point)
    if start < 0:
        return Verdict(key_point=point, verdict="missing", probability=0.1)
    end = start + len(point)
    evidence = Evidence(start=start, end=end, quote=answer[start:end])
    return Verdict(key_point=point, verdict="covered", probability=0.9, evidence=evidence)
