"""How the interviewer speaks, by manner: wording and nothing else."""

from collections.abc import Sequence
from random import Random

from interviewer.conversation.plan import Planned
from interviewer.conversation.state import Exchange
from interviewer.grading.settled import settle
from interviewer.values.events import Manner, SessionStarted
from interviewer.values.interview import Answer, Question
from interviewer.values.value import Value


class Wording(Value):
    """What an interviewer of one manner says."""

    welcome: str
    concrete: tuple[str, ...]
    """Before a follow-up to an answer that was short."""
    onward: tuple[str, ...]
    """Before a follow-up to any other."""
    example: str
    """After a brief answer that left no point out and made one of them in part."""
    heard: tuple[str, ...]
    """First words after an answer, whatever it was worth."""
    unknown: tuple[str, ...]
    """After one that says that nothing is known."""
    unknown_again: tuple[str, ...]
    """After the second question in a row of which nothing is known."""
    skipped: tuple[str, ...]
    turn: tuple[str, ...]
    """Before another question, to lead over to it."""
    section: tuple[str, ...]
    """The same, where it is of another section."""
    task: str
    """Before a coding task."""
    closing: str
    more: str
    """After an answer to the candidate's question."""


WORDINGS: dict[Manner, Wording] = {
    "friendly": Wording(
        welcome="Hello, good to have you here; take all the time you need to think.",
        concrete=(
            "I'd love to hear the details.",
            "Let's picture a case.",
            "Let's look at that more closely together.",
        ),
        onward=(
            "I'm curious about one more thing here.",
            "Let's stay with this a little.",
            "There is a part of this I'd like to hear you on.",
        ),
        example="Could you explain that with an example?",
        heard=("Okay, thanks.", "All right.", "I see."),
        unknown=("No problem at all.", "That's all right.", "Don't worry about it."),
        unknown_again=(
            "That happens to everybody; let's see what you do know.",
            "Nobody knows all of this, so let's try something else.",
        ),
        skipped=("Sure, we leave that one.", "No problem, we go on."),
        turn=("Let's move on.", "Here is the next one.", "Let's go on."),
        section=("Let's turn to another subject: {}.", "The next one is on this: {}."),
        task="Let's write a bit of code together.",
        closing="Those were my questions. What would you like to know from me about the code?",
        more="Is there anything else you would like to know?",
    ),
    "neutral": Wording(
        welcome="Hello, let's begin.",
        concrete=(
            "Let's make that concrete.",
            "Let's go into the details.",
            "Let me narrow that down.",
        ),
        onward=(
            "Staying with this for a moment.",
            "One more thing about this.",
            "Let me press on one part.",
        ),
        example="Can you explain that with an example?",
        heard=("Okay.", "All right.", "I see."),
        unknown=("No problem.", "That's okay.", "Fair enough."),
        unknown_again=(
            "Okay, then let's find something you know better.",
            "That's okay, nobody knows all of it.",
        ),
        skipped=("Okay, we leave that one.", "All right, we skip it."),
        turn=("Let's move on.", "On to the next one.", "Next question."),
        section=("Next topic: {}.", "Let's change the subject: {}."),
        task="Let's write some code.",
        closing="Those were my questions. Do you have questions for me, about the code or a topic?",
        more="Do you have another question?",
    ),
    "tough": Wording(
        welcome="Let's start; I want to hear reasons, not names.",
        concrete=(
            "That is too general for me.",
            "Be specific.",
            "I need more than that.",
        ),
        onward=(
            "We are not done with this.",
            "Go further.",
            "Now the harder part.",
        ),
        example="Explain that with an example.",
        heard=("Okay.", "Noted.", "I see."),
        unknown=("Okay, not that one then.", "Then we leave it there."),
        unknown_again=("That makes two; show me what you do know.", "Again nothing, then."),
        skipped=("Skipped, then.", "We leave that one."),
        turn=("Moving on.", "Next.", "Another one."),
        section=("Next: {}.", "Now: {}."),
        task="Now write some code.",
        closing="I have what I need. Your questions, if you have any.",
        more="Next question, if there is one.",
    ),
}


def opening(started: SessionStarted, planned: Sequence[Planned]) -> str:
    """Return what is said first: the welcome, how long it takes, and what it begins with."""
    said = [WORDINGS[started.manner].welcome]
    count = "one question" if len(planned) == 1 else f"{len(planned)} questions"
    minutes = f"we have {started.minutes} minutes" if started.minutes else ""
    if started.by_clock:
        said.append(f"{minutes.capitalize()}.")
    else:
        said.append(f"I have {count} for you{f', and {minutes}' if minutes else ''}.")
    # Who speaks does not read out a list of titles.
    first, *others = dict.fromkeys(item.topic.section for item in planned)
    if others:
        then = others[0] if len(others) == 1 else "other subjects"
        said.append(f"We start with {first} and come to {then}.")
    else:
        said.append(f"Today it is all about {first}.")
    return " ".join(said)


def turn(wording: Wording, before: Sequence[Exchange], question: Question, rng: Random) -> str:
    """Return a receipt for the last question and what leads over to another; the first needs none.

    In practice the feedback on the last answer stands before it, and nothing is said.
    """
    if not before:
        return ""
    last = before[-1]
    leads = wording.turn
    if question.task:
        leads = (wording.task,)
    elif question.section != last.question.section:
        leads = (*leads, *(lead.format(question.section) for lead in wording.section))
    return f"{_receipt(wording, before, rng)} {_fresh(leads, last, rng)}"


def over(wording: Wording, before: Sequence[Exchange], rng: Random) -> str:
    """Return a receipt for the last question and what begins the candidate's own."""
    return f"{_receipt(wording, before, rng)} {wording.closing}"


def _receipt(wording: Wording, before: Sequence[Exchange], rng: Random) -> str:
    """Return what is said to a question that is done with: by its kind, never by its worth."""
    last = before[-1]
    words = wording.heard
    if last.skipped:
        words = wording.skipped
    elif _are_unknown(last, last.answers[-1:]):
        both = before[-2:]
        is_again = len(both) > 1 and all(_are_unknown(each, each.answers) for each in both)
        words = wording.unknown_again if is_again else wording.unknown
    return _fresh(words, last, rng)


def _are_unknown(exchange: Exchange, answers: Sequence[Answer]) -> bool:
    """Tell whether some answers say nothing but that nothing is known."""
    asked = exchange.question.text
    unknown = [settle(answer.text, asked) == "dont_know" for answer in answers]
    return bool(unknown) and all(unknown)


def _fresh(words: Sequence[str], last: Exchange, rng: Random) -> str:
    """Return one of some words, none that led over to the last question if there are others."""
    return rng.choice([text for text in words if text not in last.lead] or words)
