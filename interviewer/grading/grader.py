"""Grades an answer: settled cases first, then a verdict for each key point with its evidence."""

from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache, partial

from interviewer.errors import ModelError
from interviewer.grading import score as scoring
from interviewer.grading.blend import load_blend
from interviewer.grading.coach import Coach
from interviewer.grading.code_points import CASES, judge_cases
from interviewer.grading.coverage import COVERED, PARTLY, Coverage
from interviewer.grading.judge import Judge, Labels, Word
from interviewer.grading.marker import Marker, Marks, opinion
from interviewer.grading.settled import settle
from interviewer.grading.signals import Signals
from interviewer.knowledge.embedder import WordEmbedder
from interviewer.models.chat import ChatModel
from interviewer.values.coding import CodeRun
from interviewer.values.grade import Evidence, Grade, Ungraded, Verdict, VerdictName
from interviewer.values.interview import Question
from interviewer.values.knowledge import KeyPoint

CONTRARY = 0.4
"""A point that was not made is wrong, not missing, with this share of the misconception's own words
in the answer, or this chance that the model finds it there; against the model's yes, neither."""
UNSURE = (0.25, 0.5)
"""A point with a probability between these is a guess either way."""
WITHOUT_MODEL = "none"
READY = 64
"""Questions whose key points stay embedded: more than a session has, at some 0.2 MB each."""


class Grader:
    """Holds what grading needs; a grade depends on nothing but question, answer and model."""

    def __init__(self, model: ChatModel | None, embedder: WordEmbedder) -> None:
        self._model = model
        self._judges = (Judge(model), Marker(model)) if model else None
        self._embedder = embedder
        self._coverage = lru_cache(READY)(partial(Coverage, embedder=embedder))

    @property
    def judge(self) -> str:
        """The name of the model that judges, or `none`."""
        return self._model.name if self._model else WITHOUT_MODEL

    @property
    def coach(self) -> Coach:
        """Who helps after the grade, with the same model."""
        return Coach(self._model, self._embedder)

    def coverage(self, question: Question) -> Coverage:
        """Return the quick measure of a question's key points, embedded once and ready."""
        return self._coverage(question)

    def prepare(self, question: Question) -> None:
        """Do what grading needs before the answer is heard; a model that fails says so then."""
        with suppress(ModelError):
            for judge in self._judges or ():
                judge.prepare(question)

    def grade(
        self, question: Question, answer: str, run: CodeRun | None = None
    ) -> Grade | Ungraded:
        """Return the grade of an answer (all its parts as one text), or why there is none.

        `run` is what the last version of the code did, if the question is a coding task.
        """
        if question.task is not None:
            return self._grade_task(question, answer, run)
        if not question.key_points:
            return Ungraded(
                reason="The question has no key points to grade against.",
                hint="Add key points to its topic in the guide.",
            )
        if settle(answer, question.text):
            return self._make(question, [_missing(point) for point in question.key_points])
        reading = self.coverage(question).read(answer)
        signals = reading.signals()
        words: Sequence[Word | None] = [None] * len(signals)
        marks: Marks = {}
        if self._judges and reading.text:
            judge, marker = self._judges
            try:
                # The mark first: what it needs was read last.
                marks = marker.mark(question, reading.text)
                words = judge.words(question, reading.text)
            except ModelError as error:
                return Ungraded(reason=str(error), hint=error.hint)
        whole = opinion(marks, reading.text)
        blend = load_blend()
        verdicts = [
            _verdict(point, blend.probability(found, word, whole), found, word)
            for point, found, word in zip(question.key_points, signals, words, strict=True)
        ]
        return self._make(question, verdicts, marks)

    def _grade_task(self, question: Question, answer: str, run: CodeRun | None) -> Grade | Ungraded:
        spoken = tuple(point for point in question.key_points if point.id != CASES)
        said = self.grade(question.model_copy(update={"task": None, "key_points": spoken}), answer)
        if isinstance(said, Ungraded):
            return said
        return self._make(question, [judge_cases(run), *said.verdicts], said.marks)

    def _make(
        self, question: Question, verdicts: Sequence[Verdict], marks: Marks | None = None
    ) -> Grade:
        value = scoring.score(question.key_points, verdicts)
        unsure = [verdict for verdict in verdicts if is_unsure(verdict)]
        guessed = self._judges is None or len(unsure) * 2 > len(verdicts)
        return Grade(
            score=round(value, 4), band=scoring.band(value), verdicts=tuple(verdicts),
            confidence="low" if guessed else "high", marks=marks or {}, model=self.judge,
        )  # fmt: skip


def is_unsure(verdict: Verdict) -> bool:
    """Tell whether a verdict could go either way; what code did is none that could."""
    return verdict.key_point != CASES and UNSURE[0] < verdict.probability < UNSURE[1]


def _missing(point: KeyPoint) -> Verdict:
    return Verdict(key_point=point.id, verdict="missing", probability=0.0)


def _verdict(point: KeyPoint, probability: float, signals: Signals, word: Word | None) -> Verdict:
    name: VerdictName = "missing"
    span = None
    if probability >= PARTLY:
        name = "covered" if probability >= COVERED else "partly"
        span = signals.span
    elif _is_contrary(signals, word.labels if word else {}):
        name = "wrong"
        span = signals.contrary_span
    if span is None:
        name = "missing"
    return Verdict(
        key_point=point.id, verdict=name, probability=round(probability, 4),
        evidence=span and Evidence(start=span.start, end=span.end, quote=span.text),
        labels=dict(word.labels) if word else {},
        of_nothing=dict(word.of_nothing) if word else {},
    )  # fmt: skip


def _is_contrary(signals: Signals, labels: Labels) -> bool:
    if "contrary" not in labels:
        return signals.contrary >= CONTRARY
    return labels["contrary"] > labels["yes"] and (
        signals.contrary >= CONTRARY or labels["contrary"] >= CONTRARY
    )
