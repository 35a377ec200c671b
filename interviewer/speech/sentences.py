"""A stream of text cut into sentences as they are completed, code left out."""

from interviewer.speech.extra import needs_extra

ON_SCREEN = "The code is on the screen."
_FENCE = "```"
SHORTEST = 4
"""Characters of the shortest sentence; anything shorter is said with the next one."""


class Sentences:
    """What was said so far of a text that is still being written.

    Raises:
        SpeechError: the extra `voice` is not installed.
    """

    def __init__(self) -> None:
        with needs_extra():
            from stream2sentence import SentenceSplitter  # noqa: PLC0415 - part of the extra

        # With `auto_context` a sentence is out one character after its end instead of twelve.
        self._splitter = SentenceSplitter(
            auto_context=True,
            minimum_sentence_length=SHORTEST,
            minimum_first_fragment_length=SHORTEST,
        )
        self._held = ""
        self._in_code = False

    def add(self, text: str) -> list[str]:
        """Return the sentences that are complete with this piece of the text."""
        self._splitter.add(self._prose(text))
        return list(self._splitter.stream())

    def rest(self) -> list[str]:
        """Return what is left when the text is over."""
        last = "" if self._in_code else self._held.rstrip("`")
        self._held, self._in_code = "", False
        self._splitter.add(last)
        return [*self._splitter.stream(), *self._splitter.flush()]

    def _prose(self, text: str) -> str:
        """Return the text without what stands between two fences; half a fence is held back."""
        text = self._held + text
        before, fence, after = text.partition(_FENCE)
        if fence:
            self._held, was_code, self._in_code = "", self._in_code, not self._in_code
            kept = f" {ON_SCREEN}\n" if was_code else before
            return kept + self._prose(after)
        whole = text.rstrip("`")
        self._held = text[len(whole) :]
        return "" if self._in_code else whole
