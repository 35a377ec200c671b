"""What to ask next about the same question, by what the last answer was like."""

import re
from collections.abc import Sequence
from random import Random

from interviewer.conversation.manners import Wording
from interviewer.conversation.state import Exchange
from interviewer.grading.coverage import COVERED, PARTLY, Coverage, open_points, weightiest_open
from interviewer.grading.grader import CONTRARY
from interviewer.grading.sentences import Span
from interviewer.grading.settled import settle
from interviewer.grading.signals import Signals
from interviewer.knowledge.askable import given_away
from interviewer.values.events import FollowUpKind
from interviewer.values.value import Value

MAX_FOLLOWUPS = 3
QUOTE_WORDS = (3, 12)
"""How many words of the candidate's are short enough to say back and long enough to mean much."""
_VAGUE_WORDS = 12
BRIEF_WORDS = 20
"""Who made some points only in part, in so few words, is asked for an example."""
_LEADS: dict[FollowUpKind, tuple[str, ...]] = {
    "easier": (
        "That happens. A smaller question.",
        "No matter. Let's come at it from another side.",
        "Then a part of it.",
    ),
    "challenge": (
        "Let me stay with that.",
        "Walk me through that once more.",
        "I would like to follow you there.",
    ),
    "deeper": ("Then one step further.", "Let's go further with that.", "Now beyond that."),
}
"""What comes before a follow-up: three of each, so that none comes twice about a question;
the manner has its own for open points and vague answers."""
_FILLER = re.compile(
    r"^(?:(?:well|so|um|uh|okay|ok|yes|and|but|like|basically|i think|i mean|i guess)\b[\s,]*)+",
    re.IGNORECASE,
)

_NOTHING_MORE = re.compile(
    r"(?:(?:no|nope|well|sorry|i think|i guess|i (?:don['’]t|do not) know|but)\b[ ,.]*)*"
    r"(?:(?:that|this|it)(?:['’]s| is| was)(?: really)? (?:it|all|everything)"
    r"(?: (?:that )?(?:i|there is|comes|from me)\b.{0,40}| for now)?"
    r"|i(?:['’]m| am) (?:done|finished)(?: here| with (?:this|that|it))?"
    r"|nothing (?:else|more|further|to add)(?: .{0,30})?"
    r"|i (?:have|can say|know|remember) (?:nothing|no) (?:else|more|to add)(?: .{0,20})?"
    r"|i (?:don['’]t|do not) (?:have|know) (?:anything|any|much) (?:else|more|to add)(?: .{0,20})?"
    r"|i can(?:['’]t|not) think of (?:anything|any|another|more)(?: .{0,30})?"
    r"|(?:as )?i(?:['’]ve| have)? (?:just |already |think i )*"
    r"(?:said|answered|covered|explained|mentioned|told you)(?: (?:that|it|this|so))?"
    r"(?: (?:already|before|just now|above))?)",
    re.IGNORECASE,
)

KEPT = "I have that. My question was:"
_SECOND_THOUGHT = re.compile(
    r"(?:(?:oh|um|wait|sorry|hm+|well|ok|okay|no)\b[ ,.!…-]*)*"
    r"(?:actually,? (?:no|wait|sorry|i meant?)|i meant?(?: to say)?|i should have said|"
    r"correction|let me (?:correct|rephrase|restate) (?:that|myself)|scratch that|"
    r"i (?:want|need|have) to correct (?:that|myself)|(?:that|what i said) (?:was|is) wrong)\b",
    re.IGNORECASE,
)
"""How people begin who put right what they said before."""


class Move(Value):
    """A follow-up that was picked: the key point aimed at, and what to say."""

    key_point: str
    text: str
    lead: str = ""
    """The words at the beginning of `text` that lead over to what is asked."""
    kind: FollowUpKind = "open"


def led(lead: str, asked: str, key_point: str, kind: FollowUpKind = "open") -> Move:
    """Return a follow-up that says a lead and then asks."""
    return Move(key_point=key_point, text=f"{lead} {asked}", lead=lead, kind=kind)


def asked_again(exchange: Exchange, coverage: Coverage) -> str | None:
    """Return the follow-up on the table once more if the last turn did not answer it.

    It does not if it puts right what was said before and says nothing of the point aimed at; once.
    """
    is_first_reply = len(exchange.answers) == len(exchange.followups) + 1
    is_second_thought = _SECOND_THOUGHT.match(exchange.answers[-1].text.strip())
    if not (exchange.followups and is_first_reply and is_second_thought):
        return None
    if has_made_point(exchange, coverage):
        return None
    return f"{KEPT} {exchange.asked_last}"


def has_made_point(exchange: Exchange, coverage: Coverage) -> bool:
    """Tell whether the answers make the point that the follow-up on the table asks for."""
    aimed_at = exchange.followups[-1].key_point if exchange.followups else ""
    rows = zip(exchange.question.key_points, coverage.measure(exchange.text), strict=True)
    return any(point.id == aimed_at and likely >= PARTLY for point, likely in rows)


def pick_followup(
    exchange: Exchange,
    coverage: Coverage,
    rng: Random,
    wording: Wording,
    deeper: str = "",
) -> Move | None:
    """Return the next follow-up, or None when it is time to move on.

    After "I don't know" there is one, an easier way in, if that was the first answer, and no other
    after it; after answers that say nothing, or that there is no more to say, there is none. None
    is on a point asked on before, as a follow-up or as a hint. A complete answer is followed by the
    `deeper` question, if there is one; a brief one that made all points, some of them in part, by
    the wish for an example.
    """
    last = exchange.answers[-1].text if exchange.answers else ""
    settled = settle(last, exchange.question.text)
    is_first = len(exchange.answers) == 1
    was_easier = any(event.kind == "easier" for event in exchange.followups)
    is_enough = was_easier or len(exchange.followups) >= MAX_FOLLOWUPS
    if is_enough or _NOTHING_MORE.fullmatch(last.strip(" .!…")):
        return None
    if settled:
        is_way_in = settled == "dont_know" and is_first
        return _easier(exchange, coverage, rng) if is_way_in else None
    measured = coverage.measure(exchange.text)
    return (
        _challenge(exchange, measured, coverage, rng)
        or _on_open_point(exchange, measured, coverage, rng, wording)
        or _deeper(exchange, measured, deeper, rng)
        or _example(exchange, measured, coverage, wording)
        or _where_nothing_is_sure(exchange, measured, coverage, rng, wording)
    )


def _easier(exchange: Exchange, coverage: Coverage, rng: Random) -> Move | None:
    """Return a way in: the lightest of the points, which asks for least."""
    points = exchange.question.key_points
    measured = coverage.measure(exchange.text)
    index = min(
        _open_points(exchange, measured), key=lambda index: points[index].weight, default=None
    )
    return None if index is None else _move(exchange, index, "easier", rng)


def _challenge(
    exchange: Exchange, measured: Sequence[float], coverage: Coverage, rng: Random
) -> Move | None:
    """Return a question on what the last answer got wrong; it does not say that it is wrong."""
    signals = coverage.signals(exchange.answers[-1].text)
    points = exchange.question.key_points
    index = max(
        (i for i in _open_points(exchange, measured) if _is_wrong(signals[i])),
        key=lambda i: points[i].weight, default=None,
    )  # fmt: skip
    if index is None:
        return None
    quote = _quote(signals[index].contrary_span, [point.text for point in points])
    return _move(exchange, index, "challenge", rng, quote)


def _is_wrong(signals: Signals) -> bool:
    """Tell whether an answer has the words of the misconception and also comes near its meaning.

    Words alone are not enough: "each value when asked, rather than all at once" has the words of
    its point and denies something. Of the guide's 583 rules for a right answer none is challenged
    so (24 by words alone), and no fewer wrong answers are: 577 of its 583 rules for a wrong one, 25
    on the ladder (benchmarks/grading), measured without a model.
    """
    return signals.contrary >= CONTRARY and signals.lean > 0


def _on_open_point(
    exchange: Exchange,
    measured: Sequence[float],
    coverage: Coverage,
    rng: Random,
    wording: Wording,
) -> Move | None:
    """Return a question on the weightiest open point, which says back a point that was made."""
    points = exchange.question.key_points
    index = weightiest_open(exchange.question, measured, asked_on(exchange))
    if index is None:
        return None
    last = exchange.answers[-1].text
    best = max(range(len(measured)), key=measured.__getitem__)
    if measured[best] >= COVERED:
        others = [point.text for i, point in enumerate(points) if i != best]
        if quote := _quote(coverage.signals(last)[best].span, others):
            return led(f"You said “{quote}”.", points[index].followup, points[index].id)
    is_vague = len(last.split()) <= _VAGUE_WORDS or measured[best] < PARTLY
    leads = wording.concrete if is_vague else wording.onward
    lead = _fresh(leads, exchange, rng)
    return led(lead, points[index].followup, points[index].id, "example" if is_vague else "open")


def _deeper(
    exchange: Exchange, measured: Sequence[float], question: str, rng: Random
) -> Move | None:
    """Return the question that goes further, once, if all points were made."""
    is_complete = bool(measured) and min(measured) >= COVERED
    if not question or not is_complete or "" in asked_on(exchange):
        return None
    return led(rng.choice(_LEADS["deeper"]), question, "", "deeper")


def _example(
    exchange: Exchange, measured: Sequence[float], coverage: Coverage, wording: Wording
) -> Move | None:
    """Return the wish for an example, once, if brief words made a point in part: a name, say."""
    asked = asked_on(exchange)
    points = exchange.question.key_points
    partly = [
        index
        for index, likely in enumerate(measured)
        if PARTLY <= likely < COVERED and points[index].id not in asked
    ]
    if not partly or "" in asked or len(exchange.text.split()) > BRIEF_WORDS:
        return None
    best = max(partly, key=lambda index: (points[index].weight, measured[index]))
    quote = _quote(coverage.signals(exchange.text)[best].span, [point.text for point in points])
    said = [f"You said “{quote}”."] if quote else []
    return Move(key_point="", text=" ".join([*said, wording.example]), kind="example")


def _where_nothing_is_sure(
    exchange: Exchange,
    measured: Sequence[float],
    coverage: Coverage,
    rng: Random,
    wording: Wording,
) -> Move | None:
    """Return a question on the weightiest point if none was made for certain.

    Talk about something else comes as near to a point as words that make it in part.
    """
    was_asked_for_example = "" in asked_on(exchange)
    if was_asked_for_example or max(measured, default=COVERED) >= COVERED:
        return None
    return _on_open_point(exchange, [0.0] * len(measured), coverage, rng, wording)


def _open_points(exchange: Exchange, measured: Sequence[float]) -> list[int]:
    return open_points(exchange.question, measured, asked_on(exchange))


def _move(
    exchange: Exchange, index: int, kind: FollowUpKind, rng: Random, quote: str | None = None
) -> Move:
    point = exchange.question.key_points[index]
    parts = [f"You said “{quote}”."] if quote else []
    parts.append(_fresh(_LEADS[kind], exchange, rng))
    return led(" ".join(parts), point.followup, point.id, kind)


def _fresh(leads: Sequence[str], exchange: Exchange, rng: Random) -> str:
    """Return words before a follow-up that were not said to this question yet."""
    said = [event.text for event in exchange.followups]
    return rng.choice([lead for lead in leads if not any(lead in text for text in said)])


def asked_on(exchange: Exchange) -> list[str]:
    """Return the ids of the key points that a follow-up or a hint was about."""
    hinted = [p.id for p in exchange.question.key_points if p.followup in exchange.nudges]
    return [event.key_point for event in exchange.followups] + hinted


def _quote(span: Span | None, claims: Sequence[str]) -> str | None:
    """Return a few of the candidate's words, if they give away none of the claims."""
    if span is None:
        return None
    quote = _FILLER.sub("", span.text).strip(' .,;:!?"“”')
    low, high = QUOTE_WORDS
    if not low <= len(quote.split()) <= high or "\n" in quote:
        return None
    return None if given_away(quote, claims, "") else quote
