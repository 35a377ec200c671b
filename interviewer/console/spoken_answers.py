"""Answers by voice: a microphone and keys in a terminal, or sound files."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from interviewer.console.listen import TerminalListener
from interviewer.console.screen import Screen
from interviewer.errors import SpeechError, UsageError
from interviewer.speech.audio import Audio, read_sound
from interviewer.speech.ear import Ear, ends_answer
from interviewer.speech.hearing import Heard, Hearing
from interviewer.speech.recording import Recording, Source
from interviewer.values.interview import Answer
from interviewer.values.text import safe

BEGIN = "Enter: speak   any other key: type instead"
SPEAKING = "The interviewer speaks.   Enter: answer now   any other key: type instead"
END = "Enter: done"
SHOW_COUNTDOWN_S = 1.0
"""Silence from which the time left is shown: shorter ones are part of speech."""
QUIET = 0.003
"""The loudest sound of a microphone that is off or turned down."""


class Mouth(Protocol):
    """The interviewer's voice, and what keeps both sides' sound."""

    @property
    def is_speaking(self) -> bool:
        """Tell whether anything sounds or is about to."""
        ...

    def stop(self) -> None:
        """Be silent at once."""
        ...

    def keep_answer(self, audio: Audio) -> None:
        """Keep what the candidate said, if it is to be kept."""
        ...


class SpokenListener:
    """A microphone that is open only while the candidate answers, and a prompt to put words right.

    Enter or Space begins an answer and ends it; any other key begins a typed one, or a command.
    With `wait_s` the answer begins when the interviewer has spoken and ends after that silence.
    The interviewer is silent while the microphone is open.
    """

    def __init__(
        self, ear: Ear, source: Source, mouth: Mouth, keyboard: TerminalListener, screen: Screen,
        *, wait_s: float | None = None,
    ) -> None:  # fmt: skip
        self._ear = ear
        self._source = source
        self._mouth = mouth
        self._keyboard = keyboard
        self._screen = screen
        self._wait_s = wait_s

    def listen(self, before: str = "") -> Answer:
        """Return the next answer: spoken and then put right, or typed."""
        while not before:
            key = self._wait_to_begin()
            self._mouth.stop()
            if key.strip():
                before = key
            elif answer := self._spoken():
                return answer
        return self._keyboard.listen(before)

    def rest(self) -> None:
        """Wait for Enter."""
        self._mouth.stop()
        self._keyboard.rest()

    def edit(self, text: str) -> str | None:
        """Open the candidate's editor."""
        self._mouth.stop()
        return self._keyboard.edit(text)

    def _wait_to_begin(self) -> str:
        if self._wait_s is None:
            return self._keyboard.watch(lambda: BEGIN, lambda: False)
        return self._keyboard.watch(lambda: SPEAKING, lambda: not self._mouth.is_speaking)

    def _spoken(self) -> Answer | None:
        """Hear one answer and let the candidate put it right; None if nothing was understood."""
        with self._ear.listen() as hearing:
            with Recording(self._source, hearing) as recording:
                key = self._keyboard.watch(
                    lambda: self._status(hearing),
                    lambda: recording.is_over or has_ended(hearing, self._wait_s),
                )
            try:
                with self._screen.waiting("Writing down the rest …"):
                    heard = hearing.finish()
            except SpeechError as error:
                self._screen.say(f"{error} {error.hint}", style="yellow")
                return None
        self._mouth.keep_answer(heard.audio)
        answer = self._ear.understand(heard)
        if heard.is_clipped:
            self._screen.say("The microphone is turned up too far: words may be lost.", "yellow")
        if failure := recording.failure:
            self._screen.say(f"{failure} {failure.hint} Go on in writing.", style="yellow")
        if answer.text:
            return self._put_right(answer)
        if key.strip() or failure:
            return self._keyboard.listen(key.strip())
        self._screen.say(nothing_heard(heard), style="yellow")
        return None

    def _put_right(self, answer: Answer) -> Answer:
        """Show what was understood at the prompt; what is sent counts."""
        sent = self._keyboard.listen(answer.text)
        if sent.text.startswith("/"):
            return sent
        return answer.model_copy(update={"text": sent.text})

    def _status(self, hearing: Hearing) -> str:
        """Return how long it has been, what is left of the wait, and the last words."""
        clock = f"● {int(hearing.seconds) // 60}:{int(hearing.seconds) % 60:02}"
        left = ""
        if self._wait_s and hearing.has_speech and hearing.silence_s >= SHOW_COUNTDOWN_S:
            left = f"   ends in {max(0.0, self._wait_s - hearing.silence_s):.0f} s unless you speak"
        room = self._screen.console.width - len(f"{clock}   {END}{left}   …")
        words = safe(" ".join(hearing.words.split()))
        tail = f"   …{words[-room:]}" if words and room > len(END) else ""
        return f"{clock}   {END}{left}{tail}"


def has_ended(hearing: Hearing, wait_s: float | None) -> bool:
    """Tell whether an answer is over without a key: by a silence, or because it was said so.

    Nobody who has not begun is cut off, and nobody at all without `wait_s`.
    """
    if wait_s is None or not hearing.has_speech:
        return False
    return hearing.silence_s >= wait_s or ends_answer(hearing.words)


class FileListener:
    """Answers from sound files, one a turn."""

    def __init__(self, ear: Ear, files: Iterable[Path], screen: Screen) -> None:
        self._ear = ear
        self._screen = screen
        self._files = iter(files)

    def listen(self, before: str = "") -> Answer:
        """Return what is said in the next file, and show it; nothing can be changed in it."""
        del before
        try:
            path = next(self._files)
        except StopIteration:
            raise EOFError from None
        heard = self._ear.hear(read_sound(path))
        answer = self._ear.understand(heard)
        self._screen.parts([("> ", "dim"), (answer.text or nothing_heard(heard), "italic")])
        return answer

    def rest(self) -> None:
        """Do not rest."""

    def edit(self, text: str) -> str | None:
        """Refuse: nobody is there to edit."""
        del text
        raise UsageError("There is no editor for sound files.", hint="Leave --answers-from out.")


def sounds_in(folder: Path) -> list[Path]:
    """Return the WAV files of a folder in the order of their names.

    Raises:
        UsageError: there are none.
    """
    found = sorted(path for path in folder.glob("*") if path.suffix.lower() == ".wav")
    if not found:
        raise UsageError(
            f"Expected a folder with WAV files, found none in {str(folder)!r}.",
            hint="Put the answers there, one a file; they are taken in the order of their names.",
        )
    return found


def nothing_heard(heard: Heard) -> str:
    """Say that nothing was understood, and what may be the reason."""
    if heard.audio.peak < QUIET:
        return "Not a sound: is the microphone off? `interviewer voice test` shows its level."
    return "No speech was heard. Say it again, or type."
