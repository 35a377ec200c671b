"""How an answer was spoken: pace, pauses and fillers. Beside the grade, never in it."""

import re
from collections.abc import Iterable, Sequence

from interviewer.values.interview import Answer, Delivery

PAUSE_S = 1.0
"""A silence that a listener notices; 2 s are still normal where people think."""
FAST, SLOW = 190, 90
"""Words a minute; people converse at 120 to 160."""
MIN_WORDS = 60
"""Fewer words tell nothing about pace and fillers."""
MANY_FILLERS = 0.08
"""Fillers a word."""
LONG_MONOLOGUE_S = 120
LATE_S = 10

_SOUNDS = r"m+-h+m+|u+[hm]+|er+m?|h+m+|mm+|ah+"
_FILLER = re.compile(
    rf"\b(?:{_SOUNDS})\b"
    # Words that mean something elsewhere are fillers only where commas or sentences set them off.
    r"|(?:(?<=,)|(?<=\.)|^)[^\S\n]*(?:like|you know|i mean|sort of|kind of|basically)(?=,)",
    re.IGNORECASE | re.MULTILINE,
)
_SOUND = re.compile(rf"(?:,\s*)?\b(?:{_SOUNDS})\b[,.…]*\s*", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


def fillers(raw: str) -> list[str]:
    """Return the fillers of a raw transcript, in order; "like" the verb is none."""
    return [match.group().strip().lower() for match in _FILLER.finditer(raw)]


def without_sounds(raw: str) -> str:
    """Return what was said without "um" and "uh"; its words stay as they are."""
    text = _SOUND.sub(" ", raw)
    return re.sub(r"\s+([,.?!])", r"\1", " ".join(text.split())).lstrip(",. ")


def measure(raw: str, spans: Sequence[tuple[float, float]]) -> Delivery | None:
    """Return how an answer was spoken; None if nothing was said.

    Args:
        raw: the recogniser's words.
        spans: where speech was, start and end in seconds, in order.
    """
    words = len(_WORD.findall(_FILLER.sub(" ", raw)))
    if not spans or not words:
        return None
    runs = [list(spans[0])]
    pauses: list[float] = []
    for start, end in spans[1:]:
        if (pause := start - runs[-1][1]) >= PAUSE_S:
            pauses.append(round(pause, 2))
            runs.append([start, end])
        else:
            runs[-1][1] = end
    return Delivery(
        words=words,
        speaking_s=round(runs[-1][1] - runs[0][0], 2),
        first_word_s=round(runs[0][0], 2),
        pauses_s=tuple(pauses),
        monologue_s=round(max(end - start for start, end in runs), 2),
        fillers=len(fillers(raw)),
    )


def together(answers: Iterable[Answer]) -> Delivery | None:
    """Return how several answers were spoken, taken together; None if none was."""
    found = [answer.delivery for answer in answers if answer.delivery]
    if not found:
        return None
    return Delivery(
        words=sum(one.words for one in found),
        speaking_s=round(sum(one.speaking_s for one in found), 2),
        first_word_s=max(one.first_word_s for one in found),
        pauses_s=tuple(pause for one in found for pause in one.pauses_s),
        monologue_s=max(one.monologue_s for one in found),
        fillers=sum(one.fillers for one in found),
    )


def words_a_minute(delivery: Delivery) -> int | None:
    """Return the pace, pauses in it; None if too little was said to have one."""
    if delivery.words < MIN_WORDS or not delivery.speaking_s:
        return None
    return round(delivery.words / delivery.speaking_s * 60)


def describe(delivery: Delivery) -> str:
    """Return the figures of a delivery in words, for the screen."""
    parts = [f"first word after {delivery.first_word_s:.1f} s"]
    if pace := words_a_minute(delivery):
        parts.insert(0, f"{pace} words a minute")
    if delivery.pauses_s:
        longest = f"longest pause {max(delivery.pauses_s):.1f} s"
        parts.append(f"{longest} of {len(delivery.pauses_s)}")
    parts.append(f"{delivery.monologue_s:.0f} s at a stretch")
    if delivery.fillers:
        parts.append(f"at least {delivery.fillers} filler{'s' if delivery.fillers > 1 else ''}")
    return f"Delivery: {'; '.join(parts)}."


def advise(delivery: Delivery | None) -> str:
    """Return one sentence of advice if something stands out; else nothing."""
    if delivery is None:
        return ""
    pace = words_a_minute(delivery)
    if delivery.monologue_s > LONG_MONOLOGUE_S:
        return (
            f"You once spoke for {delivery.monologue_s:.0f} s without a break: give the answer in "
            "two sentences first, then ask whether to go deeper."
        )
    if pace and delivery.fillers > MANY_FILLERS * delivery.words:
        return (
            f"At least {delivery.fillers} fillers in {delivery.words} words: a silent pause in "
            "their place sounds surer."
        )
    if pace and not SLOW <= pace <= FAST:
        how = "fast: leave a breath after each point" if pace > FAST else "slow, long pauses in it"
        return f"You spoke {pace} words a minute, which is {how}."
    if delivery.first_word_s > LATE_S:
        return (
            f"Your first word once came after {delivery.first_word_s:.0f} s: say that you are "
            "thinking, or what about."
        )
    return ""
