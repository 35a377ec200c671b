"""A candidate who says what the script says; an exception in it is raised instead."""

from collections.abc import Iterable

from interviewer.values.interview import Answer


class ScriptedListener:
    """Gives its lines in order, and complains when the script runs out."""

    def __init__(
        self, script: Iterable[str | BaseException], edits: Iterable[str | None] = ()
    ) -> None:
        self._script = list(script)
        self._edits = list(edits)
        self.opened: list[str] = []
        self.begun_with: list[str] = []
        self.rests = 0

    @property
    def is_done(self) -> bool:
        return not self._script

    def listen(self, before: str = "") -> Answer:
        self.begun_with.append(before)
        if not self._script:
            raise AssertionError("the script has run out")
        line = self._script.pop(0)
        if isinstance(line, BaseException):
            raise line
        return Answer(text=line, seconds=1.5)

    def rest(self) -> None:
        self.rests += 1

    def edit(self, text: str) -> str | None:
        self.opened.append(text)
        return self._edits.pop(0)
