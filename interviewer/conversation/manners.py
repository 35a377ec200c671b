"""How the interviewer speaks, by manner: wording and nothing else."""

from collections.abc import Sequence

from interviewer.conversation.plan import Planned
from interviewer.values.events import Manner, SessionStarted
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
    turn: tuple[str, ...]
    """Before another question, to lead over to it."""
    closing: str
    more: str
    """After an answer to the candidate's question."""


MAX_SECTIONS = 4
"""More are not worth the time to say them."""
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
        turn=("Let's turn to something else.", "Here is another topic.", "Let's move on."),
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
        turn=("Let's move on.", "On to something else.", "Another topic."),
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
        turn=("Moving on.", "Next.", "Something else."),
        closing="I have what I need. Your questions, if you have any.",
        more="Next question, if there is one.",
    ),
}


def opening(started: SessionStarted, planned: Sequence[Planned]) -> str:
    """Return two sentences: the welcome, and what is ahead and how long it takes."""
    sections = list(dict.fromkeys(item.topic.section for item in planned))
    rest = ["more"] if len(sections) > MAX_SECTIONS else []
    sections = sections[: MAX_SECTIONS - len(rest)] + rest
    about = sections[0] if len(sections) == 1 else f"{', '.join(sections[:-1])} and {sections[-1]}"
    length = f"{started.minutes} minutes"
    if not started.by_clock:
        count = "One question" if len(planned) == 1 else f"{len(planned)} questions"
        length = f"{count} in {length}" if started.minutes else count
    return f"{WORDINGS[started.manner].welcome} {length}, on {about}."


def turn(started: SessionStarted, number: int) -> str:
    """Return what leads over to a question, counted from 0.

    The first needs nothing, and in practice the feedback on the last answer stands before it.
    """
    words = WORDINGS[started.manner].turn
    return words[number % len(words)] if number and started.mode == "real" else ""
