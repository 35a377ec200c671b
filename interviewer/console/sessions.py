"""How sessions look from outside: a list of them, what a search found, one with all its data."""

from collections.abc import Sequence

from interviewer.console.screen import Screen
from interviewer.transcripts.index import Place
from interviewer.transcripts.outcomes import Outcome
from interviewer.transcripts.overview import CLOSING, Overview
from interviewer.values.events import SessionStarted

_SHORT = 19
"""Characters of a digest that are shown: enough to tell two apart."""


def show_list(screen: Screen, sessions: Sequence[Overview], total: int) -> None:
    """Show sessions, two lines each, and how many there are besides."""
    for session in sessions:
        _show_heading(screen, session)
        topics = ", ".join(session.topics.values())
        details = (_named(session), topics, session.mode, session.model)
        screen.say(" · ".join(filter(None, details)), indent=2)
        if session.problem:
            screen.say(session.problem, style="yellow", indent=2)
    if total > len(sessions):
        screen.gap()
        screen.say(f"{total - len(sessions):,} more: --limit 0 shows all.", style="dim")


def show_places(screen: Screen, places: Sequence[Place]) -> None:
    """Show what a search found, with the words that were looked for marked."""
    for place in places:
        where = f"question {place.number}" if place.number != CLOSING else "your questions"
        name = f"  {_named(place.session)}".rstrip()
        screen.parts([(place.session.id, "bold"), (name, ""), (f"  {where}", "dim")])
        screen.parts(list(_marked(place)), indent=2)


def show_session(
    screen: Screen, session: Overview, head: SessionStarted | None, asked: Sequence[Outcome]
) -> None:
    """Show a session with all that its transcript says about how it was held."""
    _show_heading(screen, session)
    if session.name or session.tags:
        screen.say(_named(session))
    if head:
        ended = f"ended: {session.ended}" if session.ended else "broken off"
        screen.say(f"{session.mode} · {session.level} · {ended} · seed {head.seed}")
        options = [f"{name} {value:,}" for name, value in head.model_options.items()]
        digest = head.model_digest[:_SHORT]
        screen.say(" · ".join(filter(None, (f"model {head.model}", digest, *options))))
        versions = [f"{name} {version}" for name, version in head.versions.items()]
        screen.say(", ".join([head.program, *versions]), style="dim")
        for what, paths, found in (
            ("guide", head.guide, head.corpus_digest), ("repo", head.repo, head.index_digest),
        ):  # fmt: skip
            told = f"{what} {', '.join(paths) or 'none'}"
            kind = "corpus" if what == "guide" else "index"
            screen.say(told + (f" · {kind} {found[:_SHORT]}" if found else ""), style="dim")
        prompts = ", ".join(f"{prompt.name} {prompt.version}" for prompt in head.prompts)
        screen.say(f"prompts {prompts or 'none'}", style="dim")
    for number, outcome in enumerate(asked, 1):
        screen.parts([(f"{number} {outcome.title}", "bold"), (f"  {_result(outcome)}", "")])
        screen.say(outcome.put[0], indent=2)
    if session.problem:
        screen.say(session.problem, style="yellow")
    screen.say(f"Review it: interviewer review {session.id}", style="dim")


def _show_heading(screen: Screen, session: Overview) -> None:
    when = f"{session.at.astimezone():%Y-%m-%d %H:%M}" if session.at else "no head"
    figures = f"  {when} · {session.minutes:.0f} min · {_score(session)}"
    screen.parts([(session.id, "bold"), (figures, "dim")])


def _named(session: Overview) -> str:
    name = (f"“{session.name}”",) if session.name else ()
    return " ".join((*name, *(f"#{tag}" for tag in session.tags)))


def _score(session: Overview) -> str:
    if session.score is None:
        return f"{session.questions} asked, none graded" if session.questions else "nothing asked"
    ungraded = f", {session.ungraded} not graded" if session.ungraded else ""
    return f"{10 * session.score:.1f} of 10 over {session.graded}{ungraded}"


def _result(outcome: Outcome) -> str:
    if outcome.score is None:
        return "left out" if outcome.is_left_out else "not graded"
    return f"{10 * outcome.score:.1f} of 10 {outcome.band}"


def _marked(place: Place) -> list[tuple[str, str]]:
    parts, done, text = [], 0, place.text.replace("\n", " ")
    for begin, end in place.marks:
        parts += [(text[done:begin], ""), (text[begin:end], "bold yellow")]
        done = end
    return [*parts, (text[done:], "")]
