"""Texts that are nearly what a reader expects: real ones, pieces cut out, put in or repeated."""

from collections.abc import Sequence

from hypothesis import strategies as st

SCRAPS = (
    "\n", "\r", "\r\n", "\0", "\ufeff", "\u2028", "\x85", "\x0c", "\t", "    ", " ",
    '"', '"""', "'", "\\", "\\u0000", "\\ud800", "`", "```", "~~~", "#", "###", "- ", "* ", "1. ",
    "> ", "===", "[", "]", "{", "}", "(", ")", ",", ":", "=", "-", "%", "!", "@", "<think>", "<!--",
    "&#0;", "é", "語", "🇨🇭", "\u202e", "\x1b[0m", "null", "true", "-1", "0", "9" * 9, "1e99", "NaN",
    "1979-05-27T07:32:00Z", "def ", "class ", "lambda: ", "if x:\n", "See: ", "Task:", "Level: ",
)  # fmt: skip
REPEATS = (1, 1, 1, 2, 70, 400, 5_000)


@st.composite
def mutated(draw: st.DrawFn, seeds: Sequence[str]) -> str:
    """Draw one of the seeds with up to six changes."""
    text = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 120))
        scrap = draw(st.sampled_from(SCRAPS) | st.text(max_size=6) | _pieces(text))
        text = text[:start] + scrap * draw(st.sampled_from(REPEATS)) + text[end:]
    return text


@st.composite
def mutated_bytes(draw: st.DrawFn, seeds: Sequence[str]) -> bytes:
    """Draw a changed seed as a file would have it, now and then with bytes that are no text."""
    content = draw(mutated(seeds)).encode("utf-8", "surrogatepass")
    if draw(st.integers(0, 3)) == 0:
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(max_size=4)) + content[at:]
    return content


@st.composite
def _pieces(draw: st.DrawFn, text: str) -> str:
    start = draw(st.integers(0, len(text)))
    return text[start : start + draw(st.integers(0, 60))]
