"""What a candidate may ask for while a question is on the table."""

import re

from interviewer.conversation import writing
from interviewer.conversation.followup import asked_on
from interviewer.conversation.host import Host
from interviewer.conversation.pose import Poser
from interviewer.conversation.state import Exchange
from interviewer.grading.coverage import PARTLY, Coverage, weightiest_open
from interviewer.knowledge.words import stems
from interviewer.values.events import Corrected, Hinted, Noted, Reworded, Said, SelfRated
from interviewer.values.interview import Answer
from interviewer.values.knowledge import KeyPoint, Topic

ANSWERING = "Putting a strong answer together …"
REWORDING = "Putting it another way …"
REWORDING_S = 4.0
"""How long a model may take for it; what the guide has is there at once."""
NO_HINTS_IN_REAL = "I'd rather hear what you think first. Tell me what you have, or we go on."
NO_HINT = "I have no hint for this one. Tell me what you have, or we go on."
NO_MORE_HINTS = "That is all I can give you here. Tell me what you have, or we go on."
NO_ANSWERS_IN_REAL = (
    "There are no model answers in a real interview. `interviewer review --answers` has them after."
)
NO_SIMPLER = "I have no easier way to put that. Tell me what you have, or we go on."
NO_EDIT = "You have not answered this question yet, and the one before it is closed."
CHANGED = "I have it as you put it now."
MAX_HINTS = 3
FIRST_WORDS = 3
"""The second hint gives a third of the point's words, but so many at least."""
GAP = "____"
_WORD = re.compile(r"[\w-]{4,}")


def hint(exchange: Exchange, coverage: Coverage, *, is_real: bool) -> Hinted | Said:
    """Give a nudge towards a key point that is still open; none in a real interview."""
    if is_real:
        return Said(text=NO_HINTS_IN_REAL)
    if len(exchange.hints) < MAX_HINTS:
        task = exchange.question.task
        text = writing.hint(exchange) if task else next_hint(exchange, coverage)
        if text:
            return Hinted(text=text)
    return Said(text=NO_MORE_HINTS if exchange.hints else NO_HINT)


def reword(exchange: Exchange, poser: Poser, topic: Topic) -> str | None:
    """Return a question in easier words that ask for the same, if there are any."""
    return poser.simpler(topic, exchange.question) if _can_be_reworded(exchange) else None


def simplify(exchange: Exchange, text: str | None) -> Reworded | Said:
    """Say a question, no follow-up, in easier words; without any ask for the heaviest point."""
    if text is None and _can_be_reworded(exchange):
        asked = asked_on(exchange)
        points = [p for p in exchange.question.key_points if p.followup and p.id not in asked]
        text = max(points, key=lambda point: point.weight).followup if points else None
    return Reworded(text=text) if text else Said(text=NO_SIMPLER)


def _can_be_reworded(exchange: Exchange) -> bool:
    return not (exchange.followups or exchange.reworded or exchange.question.task)


def rate(exchange: Exchange, host: Host) -> SelfRated | Corrected | Noted | None:
    """Have an answer rated, or its last words changed, by whoever gave it."""
    given = host.rating(exchange.answers[-1].text if exchange.answers else "")
    if isinstance(given, Answer):
        return correct(exchange, given)
    return None if given is None else SelfRated(question=exchange.question.id, rating=given)


def correct(exchange: Exchange, answer: Answer) -> Corrected | Noted:
    """Put another text in the place of the last answer, unless the question is closed."""
    if not exchange.answers or exchange.grade or exchange.model_answer:
        return Noted(text=NO_EDIT)
    spoken = exchange.answers[-1]
    if spoken.raw:
        # What was said stays with the text that takes its place.
        answer = spoken.model_copy(update={"text": answer.text})
    return Corrected(answer=answer)


def next_hint(exchange: Exchange, coverage: Coverage) -> str | None:
    """Return a hint that was not given yet, or None when no point is open or all were given.

    The first asks towards the weightiest open point; the second begins it; the third says it with
    its key words left out. A follow-up on the table has asked towards its point already.
    """
    measured = coverage.measure(exchange.text)
    points = exchange.question.key_points
    nudged = _nudged(exchange)
    if nudged is not None and measured[nudged] < PARTLY:
        return _more(points[nudged], exchange)
    index = weightiest_open(exchange.question, measured, asked_on(exchange))
    return None if index is None else points[index].followup


def _nudged(exchange: Exchange) -> int | None:
    """Return the index of the point that the follow-up on the table, else a hint, asked towards."""
    on_table = exchange.followups[-1].key_point if exchange.followups else None
    for index, point in reversed(list(enumerate(exchange.question.key_points))):
        is_hinted = bool(point.followup) and point.followup in exchange.nudges
        if point.id == on_table or (is_hinted and not on_table):
            return index
    return None


def _more(point: KeyPoint, exchange: Exchange) -> str | None:
    """Return the next hint on a point that was nudged at, or None if both were given."""
    words = point.text.split()
    begin = " ".join(words[: max(FIRST_WORDS, len(words) // 3)])
    steps = (
        f"A good answer begins like this: “{begin} …”",
        f"Fill the gaps: “{_gapped(point, exchange)}”",
    )
    return next((text for text in steps if text not in exchange.hints), None)


def _gapped(point: KeyPoint, exchange: Exchange) -> str:
    """Return a point without the words that the question does not have and that say most."""
    known = set(stems(f"{exchange.question.text} {exchange.question.title} {point.followup}"))
    fresh = {w for w in _WORD.findall(point.text) if not set(stems(w)) <= known}
    longest = sorted(fresh or _WORD.findall(point.text), key=lambda w: (-len(w), w))
    hidden = longest[: max(1, len(longest) // 3)]
    text = point.text
    for word in hidden:
        text = re.sub(rf"\b{re.escape(word)}\b", GAP, text)
    return text
