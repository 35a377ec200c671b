"""`interviewer profiles`: named sets of guides and repositories, for one job among several."""

import json
import re
from collections.abc import MutableMapping
from typing import Annotated, Any

import typer

from interviewer.commands.options import AsJson, Guide, Repo
from interviewer.console.screen import Screen
from interviewer.errors import UsageError
from interviewer.paths import folders
from interviewer.settings import NO_PROFILE, change_settings, profiles

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")

app = typer.Typer(help="Keep named sets of guides and repositories.", no_args_is_help=True)


@app.command("list")
def list_profiles(
    as_json: AsJson = False,
) -> None:
    """Show the profiles, and which is in use."""
    known, used = profiles(folders())
    if as_json:
        rows = {name: profile.model_dump(mode="json") for name, profile in known.items()}
        typer.echo(json.dumps({"used": used, "profiles": rows}))
        return
    screen = Screen()
    for name, profile in known.items():
        screen.parts([(name, "bold"), ("  in use" if name == used else "", "")])
        for kind, paths in (("guide", profile.guide), ("repo", profile.repo)):
            for path in paths:
                screen.say(f"{kind} {path}", indent=2)
    if not known:
        screen.say("There is no profile yet: interviewer profiles add NAME --guide PATH")


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Letters, digits, - and _.")],
    guide: Guide = None,
    repo: Repo = None,
) -> None:
    """Keep a set of guides and repositories under a name; one of that name is replaced."""
    if not _NAME.fullmatch(name) or name == NO_PROFILE:
        raise UsageError(
            f"A profile is named with letters, digits, - and _; found {name!r}.",
            hint=f"Take another name; {NO_PROFILE!r} means that no profile is in use.",
        )
    given = {"guide": guide or [], "repo": repo or []}
    if missing := [path for paths in given.values() for path in paths if not path.exists()]:
        raise UsageError(f"There is nothing at {str(missing[0])!r}.", hint="Correct the path.")
    paths = {kind: [str(path.resolve()) for path in own] for kind, own in given.items() if own}
    if not paths:
        raise UsageError("A profile needs a guide or a repository.", hint="Give --guide PATH.")

    def keep(document: MutableMapping[str, Any]) -> None:
        document.setdefault("profiles", {})[name] = paths

    change_settings(folders(), keep)
    Screen().say(f"Kept. Take it with `interviewer start --profile {name}`, or for always with "
                 f"`interviewer profiles use {name}`.")  # fmt: skip


@app.command()
def remove(name: Annotated[str, typer.Argument(help="Which profile.")]) -> None:
    """Forget a profile; guides and repositories stay where they are."""
    _check_known(name)

    def forget(document: MutableMapping[str, Any]) -> None:
        del document["profiles"][name]
        if document.get("profile") == name:
            del document["profile"]

    change_settings(folders(), forget)
    Screen().say(f"The profile {name} is forgotten.")


@app.command()
def use(name: Annotated[str, typer.Argument(help="Which profile; none for no profile.")]) -> None:
    """Take the guides and repositories of a profile from now on."""
    if name != NO_PROFILE:
        _check_known(name)
    change_settings(folders(), lambda document: document.update(profile=name))
    Screen().say("No profile is in use." if name == NO_PROFILE else f"{name} is in use.")


def _check_known(name: str) -> None:
    known, _ = profiles(folders())
    if name not in known:
        raise UsageError(
            f"There is no profile {name!r}.",
            hint=f"Known profiles: {', '.join(known) or 'none yet'}. "
            f"`interviewer profiles add {name} --guide PATH` makes one.",
        )
