"""What a session that was left needs to go on: its settings, its plan and its events."""

from collections.abc import Sequence
from pathlib import Path

from interviewer.conversation.plan import Planned
from interviewer.errors import TranscriptError, UsageError
from interviewer.settings import Settings
from interviewer.transcripts.sessions import Session
from interviewer.values.events import SessionStarted
from interviewer.values.knowledge import Topic


def head_of(session: Session) -> SessionStarted:
    """Return the head of a session that can go on.

    Raises:
        TranscriptError: it has no plan, as those of earlier versions.
    """
    head = next((e for e in session.events if isinstance(e, SessionStarted)), None)
    if head is None or not head.plan:
        raise TranscriptError(
            f"The session {session.id!r} has no plan in its transcript, so it cannot go on.",
            hint="Begin a new one: `interviewer start`.",
        )
    return head


def settings_of(head: SessionStarted, given: Settings) -> Settings:
    """Return the settings a session was held with; guide and repository as given if gone.

    The model is the one that is given or chosen now: the one before may not be there any more.
    """
    return given.model_copy(
        update={
            "questions": head.questions, "minutes": head.minutes, "level": head.level,
            "mode": head.mode, "manner": head.manner, "seed": head.seed,
            "guide": _there(head.guide) or given.guide, "repo": _there(head.repo) or given.repo,
        }
    )  # fmt: skip


def planned_of(head: SessionStarted, topics: Sequence[Topic]) -> list[Planned]:
    """Return the plan of a session.

    Raises:
        UsageError: the guide has a topic of it no longer.
    """
    known = {topic.id: topic for topic in topics}
    gone = [item.topic for item in head.plan if item.topic not in known]
    if gone:
        raise UsageError(
            f"The guide has no topic {gone[0]!r} any more, which the session was to ask about.",
            hint="Name the guide it was held with: `--guide PATH`. "
            f"It was {', '.join(head.guide)!r}.",
        )
    return [
        Planned(topic=known[item.topic], reason=item.reason, kinds=item.kinds) for item in head.plan
    ]


def _there(paths: Sequence[str]) -> tuple[Path, ...]:
    """Return the paths of a head, or none if one of them is gone."""
    found = tuple(Path(path) for path in paths)
    return found if all(path.exists() for path in found) else ()
