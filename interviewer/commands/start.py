"""`interviewer start`: hold an interview."""

import importlib.metadata
import platform
import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from typing import Annotated

import typer

from interviewer import prompts
from interviewer.commands.options import Guide, ModelName, ProfileName, Repo
from interviewer.commands.resuming import head_of, planned_of, settings_of
from interviewer.commands.session_setup import (
    fetch_weights,
    guide_and_repo,
    guide_topics,
    load_model_late,
    load_settings,
    open_library,
)
from interviewer.commands.voice_setup import (
    Equipment,
    Wish,
    find_equipment,
    opened_conversation,
)
from interviewer.console.chat import KEYS, Chat
from interviewer.console.host import TerminalHost
from interviewer.console.listen import TerminalListener
from interviewer.console.screen import Screen
from interviewer.conversation.ahead import Stoppable
from interviewer.conversation.interview import Interview
from interviewer.conversation.plan import (
    KINDS,
    Planned,
    in_order,
    plan_kinds,
    plan_topics,
    select_topics,
)
from interviewer.conversation.pose import Poser
from interviewer.errors import UsageError
from interviewer.grading.grader import Grader
from interviewer.knowledge.digests import Digests
from interviewer.knowledge.library import Library
from interviewer.models.chat import ChatModel
from interviewer.models.choice import Choice, choose_model
from interviewer.paths import Folders
from interviewer.settings import Settings
from interviewer.transcripts.index import SessionIndex
from interviewer.transcripts.log import SessionLog
from interviewer.transcripts.mastery import read_history
from interviewer.transcripts.sessions import (
    LEFT,
    SUFFIX,
    Session,
    new_id,
    session_to_resume,
)
from interviewer.values.events import SessionStarted, now
from interviewer.values.head import PlannedTopic, PromptStamp
from interviewer.values.history import History

PACKAGES = ("chromadb", "fsrs", "ollama", "onnxruntime", "xllamacpp")
"""What asks, finds and grades; each may do it differently in another version."""
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on with the latest session that was left.")
]
ToResume = Annotated[
    str | None, typer.Argument(help="With --resume: this session; its id, its name, or last.")
]
Voice = Annotated[bool, typer.Option("--voice", help="Talk: needs the extra `voice`.")]
AnswersFrom = Annotated[Path | None, typer.Option(help="WAV files that answer, one each.")]
KeepAudio = Annotated[
    bool, typer.Option("--keep-audio", help="Keep what is said beside the transcript.")
]


def start(
    session: ToResume = None,
    questions: Annotated[int | None, typer.Option(help="How many questions.")] = None,
    minutes: Annotated[
        int | None, typer.Option(help="End after so many minutes; alone, no count ends it.")
    ] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Ask about this topic only.")] = None,
    section: Annotated[
        list[str] | None, typer.Option(help="Ask about this section only: its title or number.")
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(help="Only this kind of question: concept, read_code or write_code."),
    ] = None,
    level: Annotated[str | None, typer.Option(help="junior, mid or senior.")] = None,
    mode: Annotated[
        str | None, typer.Option(help="practice: feedback after each question; real: at the end.")
    ] = None,
    guide: Guide = None,
    repo: Repo = None,
    profile: ProfileName = None,
    model: ModelName = None,
    manner: Annotated[
        str | None, typer.Option(help="friendly, neutral or tough: wording only, never grades.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Repeat the same choices.")] = None,
    resume: Resume = False,
    voice: Voice = False,
    answers_from: AnswersFrom = None,
    keep_audio: KeepAudio = False,
) -> None:
    """Hold an interview: questions, follow-ups, grades with evidence."""
    settings, places = load_settings(
        questions=questions, minutes=minutes, topic=topic, section=section, kind=kind,
        level=level, mode=mode, guide=guide, repo=repo, profile=profile,
        model=model, manner=manner, seed=seed,
    )  # fmt: skip
    screen = Screen()
    left = _left(places, session, resume=resume)
    settings = _checked(settings, left, screen)
    equipment = find_equipment(Wish(voice, answers_from, keep_audio), settings, places, screen)
    choice = choose_model(settings.model)
    screen.say(f"Model: {choice.name} ({choice.why}).", style="dim")
    fetch_weights(choice, places, screen)
    with _opened(choice, settings, places, screen) as (library, chat_model):
        if chat_model:
            screen.say(f"It runs {chat_model.where}.", style="dim")
        _hold(settings, places, screen, (library, chat_model, equipment), left)


def _left(places: Folders, wanted: str | None, *, resume: bool) -> Session | None:
    """Return the session to go on with, if one is to."""
    if wanted and not resume:
        raise UsageError(
            f"Found {wanted!r} where options were expected.",
            hint=f"`interviewer start --resume {wanted}` goes on with the session of that name.",
        )
    return session_to_resume(places.sessions, wanted) if resume else None


def _checked(settings: Settings, left: Session | None, screen: Screen) -> Settings:
    """Return the settings to hold a session with: those of the one that goes on, if one does.

    Topics and sections that the guide does not have are refused here, before a model costs time.
    """
    if left:
        if left.faults:
            screen.say(left.complaint, style="yellow")
        return settings_of(head_of(left), settings)
    # The shipped guide, asked for nothing in particular, has nothing to refuse: no need to read it
    # before the library does.
    if settings.guide or settings.topic or settings.section:
        select_topics(guide_topics(settings), settings.topic, settings.section)
    return settings


@contextmanager
def _opened(
    choice: Choice, settings: Settings, places: Folders, screen: Screen
) -> Iterator[tuple[Library, ChatModel | None]]:
    """Find the model and bring the index up to date; close both in the end."""
    with ExitStack() as stack:
        with screen.waiting(f"Asking for {choice.name} …"):
            chat_model = load_model_late(choice, settings, places)
        if chat_model:
            stack.callback(chat_model.close)
        library, _ = open_library(settings, places, screen)
        stack.callback(library.close)
        yield library, chat_model


def _hold(
    settings: Settings, places: Folders, screen: Screen,
    means: tuple[Library, ChatModel | None, Equipment | None], left: Session | None,
) -> None:  # fmt: skip
    library, model, equipment = means
    keyboard = None if equipment and equipment.files else _keyboard(places, screen)
    history = read_history(places.sessions, SessionIndex(places.session_index, places.sessions))
    stoppable = Stoppable(model) if model else None
    seed = secrets.randbelow(2**31) if settings.seed is None else settings.seed
    rng = Random(seed)  # noqa: S311 - variety, not secrecy
    if left:
        started = head_of(left)
        planned = planned_of(started, library.topics)
    else:
        planned = _plan(settings, library, rng, history, has_keyboard=keyboard is not None)
        started = _head(settings, model, seed, planned, library.digests)
    interview = Interview(
        started,
        planned,
        Poser(stoppable, library, settings.level, rng, history.lately, history.bank),
        Grader(stoppable, library.embedder),
        TerminalHost(screen, keyboard if settings.self_rating else None),
    )
    path = left.path if left else places.sessions / f"{started.session}{SUFFIX}"
    screen.say(f"{KEYS} /help lists what else you can do.", style="dim")
    talk = opened_conversation(equipment, library.topics, keyboard, screen, path)
    with SessionLog(path, again=left is not None) as log, talk as (listener, mouth):
        try:
            Chat(interview, listener, screen, log.write, mouth).run(left.events if left else ())
        finally:
            # First the model: whatever still runs is not wanted any more, and is not waited for.
            if model:
                model.close()
            interview.close()
            for note in model.notes if model else ():
                screen.say(note, style="dim")
            _say_where(screen, path, interview, started)


def _plan(
    settings: Settings, library: Library, rng: Random, history: History, *,
    has_keyboard: bool,
) -> list[Planned]:  # fmt: skip
    topics = select_topics(library.topics, settings.topic, settings.section)
    # In a pipe nobody can look at what the code did and improve it.
    kinds = settings.kind or (KINDS if has_keyboard else KINDS[:2])
    if kinds == ("write_code",) and not (settings.topic or settings.section):
        topics = [topic for topic in topics if topic.tasks] or topics
    # By the clock the time ends it and not the plan: hardly a question takes less than a minute.
    count = (settings.by_clock and settings.minutes) or settings.questions
    planned = plan_topics(topics, count, rng, history.topics, now(), kinds)
    return in_order(plan_kinds(planned, kinds))


def _keyboard(places: Folders, screen: Screen) -> TerminalListener | None:
    """Return a prompt if a person sits at both ends."""
    is_person = sys.stdin.isatty() and sys.stdout.isatty()
    return TerminalListener(places.history, screen) if is_person else None


def _head(
    settings: Settings, model: ChatModel | None, seed: int, planned: Sequence[Planned],
    digests: Digests,
) -> SessionStarted:  # fmt: skip
    moment = now()
    guides, repos = guide_and_repo(settings)
    loaded = [prompts.load(name) for name in prompts.all_names()]
    return SessionStarted(
        at=moment,
        session=new_id(moment),
        program=f"interviewer {importlib.metadata.version('interviewer')}",
        model=model.name if model else "none",
        model_digest=model.digest if model else "",
        where=model.where if model else "",
        mode=settings.mode,
        level=settings.level,
        questions=len(planned),
        minutes=settings.minutes,
        by_clock=settings.by_clock,
        seed=seed,
        guide=tuple(str(path.absolute()) for path in guides),
        repo=tuple(str(path.absolute()) for path in repos),
        prompts=tuple(
            PromptStamp(name=p.name, version=p.head.version, sha256=p.sha256) for p in loaded
        ),
        manner=settings.manner,
        versions=_versions(),
        model_options=_options(settings, model),
        corpus_digest=digests.corpus,
        index_digest=digests.index,
        plan=tuple(
            PlannedTopic(topic=item.topic.id, reason=item.reason, kinds=item.kinds)
            for item in planned
        ),
    )


def _versions() -> dict[str, str]:
    found = {name: importlib.metadata.version(name) for name in PACKAGES}
    return {"python": platform.python_version()} | found


def _options(settings: Settings, model: ChatModel | None) -> dict[str, int]:
    """Return what the model was opened with; without threads, it chose their number itself."""
    if model is None:
        return {}
    threads = {"threads": settings.threads} if settings.threads else {}
    return {"context_tokens": model.context_tokens} | threads


def _say_where(screen: Screen, path: Path, interview: Interview, started: SessionStarted) -> None:
    screen.gap()
    screen.say(f"Transcript: {path}", style="dim")
    more = "; go on: interviewer start --resume" if interview.state.ended in LEFT else ""
    screen.say(f"Review it: interviewer review {started.session}{more}", style="dim")
