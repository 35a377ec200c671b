"""What a review can do about a session, besides showing it."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from interviewer.commands.regrade import grade_all
from interviewer.commands.session_setup import opened_model
from interviewer.console.screen import Screen
from interviewer.conversation import dispute
from interviewer.conversation.attempts import Attempt, attempts_at
from interviewer.conversation.state import Exchange, State, replay
from interviewer.grading.coach import Coach
from interviewer.grading.grader import Grader
from interviewer.knowledge.embedder import MiniLM
from interviewer.models.chat import ChatModel
from interviewer.models.choice import choose_model
from interviewer.paths import Folders
from interviewer.settings import Settings
from interviewer.transcripts.log import SessionLog
from interviewer.transcripts.sessions import read_session, sessions_with
from interviewer.values.events import NoteTaken
from interviewer.values.grade import VerdictName


class TranscriptDesk:
    """A transcript on disk; it is written only while something is added to it."""

    def __init__(
        self, path: Path, settings: Settings, places: Folders, *, has_writer: bool
    ) -> None:
        """`has_writer`: whether the model of the settings is to write model answers."""
        self._path = path
        self._settings = settings
        self._places = places
        self._has_writer = has_writer
        self._open = ExitStack()
        self._model: tuple[ChatModel | None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def judge(self) -> str:
        """The name of the model of the settings."""
        return choose_model(self._settings.model).name

    def read(self) -> State:
        """Return the session as it is now."""
        return replay(read_session(self._path).events)

    def note(self, exchange: Exchange, text: str) -> None:
        """Append what the candidate wrote beside a question."""
        with SessionLog(self._path, again=True) as log:
            log.write(NoteTaken(question=exchange.question.id, text=text))

    def override(self, point: str, verdict: VerdictName, why: str) -> dispute.GradeChange:
        """Append another verdict on a key point."""
        with SessionLog(self._path, again=True) as log:
            exchange, event = dispute.override(self.read(), point, verdict, why)
            log.write(event)
        return dispute.grade_change(exchange, event)

    def regrade(self, screen: Screen) -> Sequence[dispute.GradeChange]:
        """Grade all answers once more; each grade is appended before the next begins."""
        with SessionLog(self._path, again=True) as log:
            grader = Grader(self._opened(screen), MiniLM())
            answered = [x for x in self.read().exchanges if x.is_answered]
            return grade_all(answered, grader, log, screen)

    def model_answer(self, exchange: Exchange, screen: Screen) -> str:
        """Return the model answer that was shown before, else the writer's, else the guide's."""
        model = self._opened(screen) if self._has_writer else None
        return exchange.model_answer or Coach(model, MiniLM()).model_answer(exchange.question)

    def attempts(self, exchange: Exchange) -> Sequence[Attempt]:
        """Return attempts in other sessions, the latest first."""
        others = (
            replay(session.events)
            for session in sessions_with(self._path.parent, exchange.question.topic)
            if session.path != self._path
        )
        return attempts_at(exchange, others)

    def _opened(self, screen: Screen) -> ChatModel | None:
        """Return the model of the settings, loaded once."""
        if self._model is None:
            opening = opened_model(self._settings, self._places, screen)
            self._model = (self._open.enter_context(opening),)
        return self._model[0]
