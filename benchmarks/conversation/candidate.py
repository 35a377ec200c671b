"""A simulated candidate: says what the guide counts as having made a point, or does not."""

import re
from dataclasses import dataclass, field
from random import Random

from interviewer.conversation.state import Exchange
from interviewer.values.events import FollowedUp
from interviewer.values.knowledge import KeyPoint

DONT_KNOW = ("I don't know.", "No idea, sorry.", "I really don't remember.")
VAGUE = (
    "It depends on the situation, there are several ways.",
    "We use that all the time at work and it makes the code cleaner and easier to maintain.",
    "It is about writing good Python, I would say, and about keeping things simple for the team.",
)
_SAYS = re.compile(
    r"^(?:says|explains|states|knows|mentions|names|describes|notes|thinks|believes|claims)"
    r"(?: that)?\s+",
    re.IGNORECASE,
)
HABITS = ("full", "partial", "partial", "wrong", "vague", "dont_know")
"""How a question may be answered, each as likely as it stands here."""
SAYS_IT_THEN = 0.5
"""How often a follow-up brings out the point that it aims at."""


@dataclass
class Candidate:
    """Answers by chance, and remembers which points were really made."""

    rng: Random
    made: set[str] = field(default_factory=set)
    """Ids of the key points of this question that were said."""
    habit: str = ""

    def answer(self, exchange: Exchange) -> str:
        """Return what is said to the question on the table, or to its last follow-up."""
        if not exchange.followups:
            return self._first(exchange.question.key_points)
        return self._then(exchange, exchange.followups[-1])

    def _first(self, points: tuple[KeyPoint, ...]) -> str:
        self.habit = self.rng.choice(HABITS)
        self.made = set()
        if self.habit == "dont_know":
            return self.rng.choice(DONT_KNOW)
        if self.habit == "vague" or not points:
            return self.rng.choice(VAGUE)
        if self.habit == "full":
            return self._say(points)
        if self.habit == "wrong":
            return said(self.rng.choice(points).wrong)
        return self._say(self.rng.sample(points, max(1, len(points) // 2)))

    def _then(self, exchange: Exchange, asked: FollowedUp) -> str:
        aimed = [p for p in exchange.question.key_points if p.id == asked.key_point]
        if aimed and self.rng.random() < SAYS_IT_THEN:
            return self._say(aimed)
        return self.rng.choice(DONT_KNOW + VAGUE)

    def _say(self, points: list[KeyPoint] | tuple[KeyPoint, ...]) -> str:
        self.made |= {point.id for point in points}
        return " ".join(said(point.covered or point.text) for point in points)


def said(rule: str) -> str:
    """Return what the guide says one says as if one said it."""
    text = _SAYS.sub("", rule).strip()
    return f"{text[:1].upper()}{text[1:]}"
