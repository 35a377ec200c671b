"""Hold sessions with a simulated candidate and count how the interviewer did.

    python benchmarks/conversation/sessions.py [--sessions N] [--questions N] [--model NAME]
        [--wpm WORDS] [--mode practice|real] [--seed N] [--made] [--show]

Sessions are a day apart, each knows the transcripts before it. Every other one prepares nothing
while the candidate talks, so the gaps with and without thinking ahead come from one run. `--wpm 0`
types without pace; `--made` leaves out the guide's own questions, so that the model poses all, and
has no model grade, so that it can.
"""

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np
from candidate import Candidate

from interviewer.commands.session_setup import guide_and_repo, load_model, load_settings
from interviewer.conversation.ahead import Ahead, Pending, Result, Stoppable, Urgency, _Job
from interviewer.conversation.asked import SAME_QUESTION
from interviewer.conversation.interview import Interview
from interviewer.conversation.plan import plan_kinds, plan_topics
from interviewer.conversation.pose import FROM_BANK, Poser
from interviewer.grading.grader import Grader
from interviewer.knowledge import askable
from interviewer.knowledge.library import Library
from interviewer.models.chat import ChatModel
from interviewer.models.choice import choose_model
from interviewer.transcripts.log import SessionLog
from interviewer.transcripts.mastery import LATELY, read_history
from interviewer.transcripts.sessions import SUFFIX
from interviewer.values.events import (
    Answered,
    AnyEvent,
    FeedbackGiven,
    FollowedUp,
    Graded,
    QuestionAsked,
    SessionStarted,
)
from interviewer.values.grade import Grade
from interviewer.values.interview import Answer

CAME = {
    "followed_up": "follow-up", "question_asked": "next question",
    "graded": "feedback", "feedback": "feedback", "closing_began": "closing",
}  # fmt: skip
FIRST_DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)


class OnDemand(Ahead):
    """Prepares nothing: a job is done when its result is taken."""

    def prepare(self, urgency: Urgency, work: Callable[[], Result]) -> Pending[Result]:
        """Return a result that is worked out when it is asked for."""
        job = _Job(urgency, 0, work, Future())

        def do(job: _Job[Result]) -> None:
            job.future.set_result(job.work())

        return Pending(job, do)


class Silent:
    """A host that shows nothing and never rates."""

    def waiting(self, what: str) -> AbstractContextManager[None]:
        """Wait."""
        del what
        return nullcontext()

    def rating(self, said: str) -> int | None:
        """Give none."""
        del said
        return None


class Tally:
    """What was counted."""

    def __init__(self) -> None:
        self.gaps: dict[tuple[str, str], list[float]] = defaultdict(list)
        """Seconds from an answer to the first word of a reply: with or without, and what came."""
        self.sessions: list[list[QuestionAsked]] = []
        self.followups: list[tuple[FollowedUp, bool, str | None]] = []
        """Each with whether its point was open, and the claim that it gave away."""
        self.habits: Counter[tuple[str, int]] = Counter()


def main() -> None:
    """Hold the sessions and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--questions", type=int, default=6)
    parser.add_argument("--model", default="none")
    parser.add_argument("--wpm", type=float, default=0)
    parser.add_argument("--mode", default="real")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--made", action="store_true")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    settings, places = load_settings(model=given.model)
    library, _ = Library.open(places.index, *guide_and_repo(settings))
    model = load_model(choose_model(given.model), settings, places)
    tally = Tally()
    # Ctrl-C ends it early, with the figures so far.
    with tempfile.TemporaryDirectory() as folder, suppress(KeyboardInterrupt):
        for number in range(given.sessions):
            hold(number, given, (library, model), Path(folder), tally)
    report(tally, library, given)
    library.close()
    if model:
        model.close()


def hold(
    number: int, given: argparse.Namespace, made_of: tuple[Library, ChatModel | None],
    folder: Path, tally: Tally,
) -> None:  # fmt: skip
    """Hold one session and count."""
    library, model = made_of
    rng = Random(given.seed * 1000 + number)  # noqa: S311 - a simulation
    day = FIRST_DAY + timedelta(days=number)
    started = SessionStarted(
        at=day, session=f"{day:%Y%m%d-%H%M%S}", program="benchmark", model=given.model,
        model_digest="", where="", mode=given.mode, level="mid", questions=given.questions,
        seed=rng.randrange(2**31), guide=(), repo=(),
    )  # fmt: skip
    history = read_history(folder)
    topics = list(library.topics)
    if given.made:
        topics = [topic.model_copy(update={"questions": ()}) for topic in topics]
    planned = plan_topics(topics, given.questions, rng, history.topics, day)
    stoppable = Stoppable(model) if model else None
    interview = Interview(
        started, plan_kinds(planned, ("concept", "read_code")),
        Poser(stoppable, library, "mid", rng, history.lately, history.bank),
        Grader(None if given.made else stoppable, library.embedder), Silent(),
    )  # fmt: skip
    kind = "with" if number % 2 == 0 else "without"
    if kind == "without":
        idle = OnDemand()
        interview._ahead = interview._marking._ahead = idle  # noqa: SLF001 - the other way
        interview._asking._ahead = idle  # noqa: SLF001
    tally.sessions.append([])
    with SessionLog(folder / f"{started.session}{SUFFIX}") as log:
        for event, gap in play(interview, Candidate(rng), given, tally):
            moved = event.model_copy(update={"at": day + timedelta(minutes=1)})
            log.write(moved)
            if isinstance(event, QuestionAsked):
                tally.sessions[-1].append(event)
            if gap is not None:
                tally.gaps[kind, "all"].append(gap)
                tally.gaps[kind, CAME.get(event.type, event.type)].append(gap)
            if given.show:
                show(event)
    interview.close()


def play(
    interview: Interview, candidate: Candidate, given: argparse.Namespace, tally: Tally
) -> Iterator[tuple[AnyEvent, float | None]]:
    """Yield each event, the first of a reply with the seconds that it took."""
    for event in interview.begin():
        yield event, None
    while not interview.state.ended:
        if interview.state.is_closing:
            for event in interview.hear(Answer(text="No, thank you.")):
                yield event, None
            continue
        text = candidate.answer(interview.question)
        if given.wpm:
            time.sleep(len(text.split()) / given.wpm * 60)
        began = time.perf_counter()
        asked_about = interview.question.question
        number = 0
        for number, event in enumerate(interview.hear(Answer(text=text))):
            # The first event is the answer itself; what comes after is the reply.
            gap = time.perf_counter() - began if number == 1 else None
            if isinstance(event, FollowedUp):
                is_open = event.key_point not in candidate.made
                claims = [p.text for p in asked_about.key_points if p.id not in candidate.made]
                leak = askable.given_away(event.text, claims, asked_about.text)
                tally.followups.append((event, is_open, leak))
                tally.habits[candidate.habit, len(interview.question.followups)] += 1
            yield event, gap


def report(tally: Tally, library: Library, given: argparse.Namespace) -> None:
    """Print the figures."""
    asked = [event for session in tally.sessions for event in session]
    topics = {event.question.topic for event in asked}
    print(f"{len(tally.sessions)} sessions, {len(asked)} questions, model {given.model}")
    print(f"topics covered: {len(topics)} of {len(library.topics)}")
    print(f"asked again within {LATELY} sessions: {repeats(tally.sessions, library)}")
    print(f"levels: {dict(Counter(event.question.level for event in asked))}")
    print(f"why: {dict(Counter(event.reason.split()[0] for event in asked))}")
    kinds = Counter(move.kind for move, _, _ in tally.followups)
    print(f"follow-ups: {len(tally.followups)} {dict(kinds)}")
    aimed = [is_open for move, is_open, _ in tally.followups if move.key_point]
    print(f"  aimed at a point that was open: {share(aimed)}")
    deeper = sum(1 for move, _, _ in tally.followups if move.kind == "deeper")
    print(f"  deeper after a complete answer: {deeper}")
    examples = sum(move.kind == "example" and not move.key_point for move, *_ in tally.followups)
    print(f"  for an example of what was said in brief: {examples}")
    print(f"  gave an open point away: {sum(leak is not None for _, _, leak in tally.followups)}")
    report_made(asked)
    print(f"next question ready: {share([e.ready for e in asked if e.ready is not None])}")
    print(f"from an answer to the first word of the reply, {given.mode}:")
    for (kind, came), gaps in sorted(tally.gaps.items()):
        median, late = np.percentile(gaps, [50, 95]) * 1000
        print(f"  {kind} thinking ahead, {came}: median {median:.0f} ms, 95 % {late:.0f} ms")


def report_made(asked: Sequence[QuestionAsked]) -> None:
    """Print how many questions of the model's passed the checks, and what became of the others."""
    of_model = [event for event in asked if event.question.origin == "model"]
    kept = [event for event in of_model if FROM_BANK in event.reason]
    # A question that was thrown away is quoted; other entries say that none was made.
    thrown = [why for event in asked for why in event.rejected if why[:1] in "'\""]
    replaced = [event for event in asked if event.rejected and event.question.origin == "guide"]
    passed = [*(True for _ in range(len(of_model) - len(kept))), *(False for _ in thrown)]
    print(f"generated questions that passed the checks: {share(passed)}")
    print(f"  topics where a prepared one took their place: {len(replaced)}")
    print(f"  asked again from the bank: {len(kept)}")


def repeats(sessions: Sequence[Sequence[QuestionAsked]], library: Library) -> int:
    """Return how many questions mean the same as one of the sessions before, or of their own."""
    vectors = [library.embedder.embed([event.question.text for event in s]) for s in sessions]
    found = 0
    for number, rows in enumerate(vectors):
        for place, row in enumerate(rows):
            before = np.concatenate([*vectors[max(0, number - LATELY) : number], rows[:place]])
            found += bool(len(before)) and bool((before @ row).max() > SAME_QUESTION)
    return found


def share(values: Sequence[bool]) -> str:
    """Return how many of some values are true, in words."""
    many = sum(values)
    return f"{many} of {len(values)}" + (f" ({many / len(values):.1%})" if values else "")


def show(event: AnyEvent) -> None:
    """Print one event as a line of talk."""
    if isinstance(event, QuestionAsked):
        question = event.question
        print(f"\n{event.number}. {question.title} ({question.id}). {event.reason}")
        print(f"Q: {event.lead} {question.text}")
    elif isinstance(event, FollowedUp):
        print(f"F ({event.kind}): {event.text}")
    elif isinstance(event, Answered):
        print(f"A: {event.answer.text}")
    elif isinstance(event, Graded) and isinstance(event.grade, Grade):
        print(f"\nGrade of {event.question}: {10 * event.grade.score:.1f} of 10")
        for verdict in event.grade.verdicts:
            quote = f": “{verdict.evidence.quote}”" if verdict.evidence else ""
            print(f"  {verdict.verdict} {verdict.key_point}{quote}")
    elif isinstance(event, FeedbackGiven):
        print(f"Advice on {event.question}: {event.text}")


if __name__ == "__main__":
    main()
