"""What a candidate may ask for while a question is on the table."""

from interviewer.conversation import writing
from interviewer.conversation.hints import next_hint
from interviewer.conversation.pose import Poser
from interviewer.conversation.state import Exchange
from interviewer.grading.coverage import Coverage
from interviewer.values.events import Corrected, Hinted, Noted, Reworded, Said
from interviewer.values.interview import Answer
from interviewer.values.knowledge import Topic

ANSWERING = "Putting a strong answer together …"
REWORDING = "Putting it another way …"
NO_HINTS_IN_REAL = "I'd rather hear what you think first. Tell me what you have, or we go on."
NO_HINT = "I have no hint for this one. Tell me what you have, or we go on."
NO_MORE_HINTS = "That is all I can give you here. Tell me what you have, or we go on."
NO_ANSWERS_IN_REAL = (
    "There are no model answers in a real interview. `interviewer review --answers` has them after."
)
NO_SIMPLER = "I have no easier way to put that. Tell me what you have, or we go on."
NO_EDIT = "You have no answer here that could still be changed."


def hint(exchange: Exchange, coverage: Coverage, *, is_real: bool) -> Hinted | Said:
    """Give a nudge towards a key point that is still open; none in a real interview."""
    if is_real:
        return Said(text=NO_HINTS_IN_REAL)
    task = exchange.question.task
    text = writing.hint(exchange) if task else next_hint(exchange, coverage)
    if text:
        return Hinted(text=text)
    return Said(text=NO_MORE_HINTS if exchange.hints else NO_HINT)


def simplify(exchange: Exchange, poser: Poser, topic: Topic) -> Reworded | Said:
    """Say a question, no follow-up, in easier words that ask for the same, if there are any."""
    text = None
    if not (exchange.followups or exchange.reworded or exchange.question.task):
        text = poser.simpler(topic, exchange.question)
    return Reworded(text=text) if text else Said(text=NO_SIMPLER)


def correct(exchange: Exchange, answer: Answer) -> Corrected | Noted:
    """Put another text in the place of the last answer, unless the question is closed."""
    if not exchange.answers or exchange.is_closed:
        return Noted(text=NO_EDIT)
    spoken = exchange.answers[-1]
    if spoken.raw:
        # What was said stays with the text that takes its place.
        answer = spoken.model_copy(update={"text": answer.text})
    return Corrected(answer=answer)
