"""What the interview asks of the terminal: to show that it waits, and for a rating by one key."""

from contextlib import AbstractContextManager

from interviewer.console.listen import TerminalListener
from interviewer.console.screen import Screen
from interviewer.grading.self_rating import RATINGS
from interviewer.values.interview import Answer

EDIT = "/edit"


class TerminalHost:
    """A screen, and the keyboard if the candidate may rate themselves there."""

    def __init__(self, screen: Screen, keyboard: TerminalListener | None) -> None:
        self._screen = screen
        self._keyboard = keyboard

    def waiting(self, what: str) -> AbstractContextManager[None]:
        """Show what is waited for."""
        return self._screen.waiting(what)

    def rating(self, said: str) -> int | Answer | None:
        """Ask how the candidate would grade their answer; without a keyboard nothing is asked.

        They may change what they said instead.
        """
        if self._keyboard is None:
            return None
        bands = " · ".join(f"{number} {band}" for number, band in RATINGS.items())
        self._screen.gap()
        self._screen.say("How would you grade that answer? Enter shows the grade.", style="cyan")
        self._screen.say(f"{bands}{f' · {EDIT} changes it' if said else ''}", style="dim")
        try:
            pressed = self._keyboard.press("".join(map(str, RATINGS)), EDIT if said else "")
            if pressed == EDIT:
                return self._keyboard.listen(said)
        except EOFError:
            return None
        return int(pressed) if pressed else None
