"""How many tokens a prompt takes, and which of its turns go when it would not fit."""

import math
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TypeVar

from interviewer.errors import ModelError
from interviewer.models.chat import Message

# A chat template's own words: a default system text once, role and end marks with each turn.
_TEMPLATE_TOKENS = 32
_TURN_TOKENS = 8
# Meant to be more than a byte-pair tokeniser makes of prose and code. Two recorded prompts of 730
# and 11,420 tokens count 1,056 and 13,930 here; random letters may take more than is guessed.
_PIECE = re.compile(r"[A-Za-z]{1,3}|[^A-Za-z\s]|\n+|[ \t]{2,}")
_MARGIN = 1.1
_ENOUGH = 200
_CUT = 0.6
_UNCALIBRATED_CUT = 0.3
_ATTEMPTS = 3
Piece = TypeVar("Piece")


SHORTENED = "The chat has outgrown the model's context: its oldest turns are left out."


class PromptTooLong(ModelError):
    """Whoever runs the model counted the prompt and found that it does not fit.

    Args:
        message: what was counted.
        prompt_tokens: how long the prompt is; 0 if it was not said.
        context_tokens: how much there is room for; 0 if it was not said.
    """

    def __init__(self, message: str, *, prompt_tokens: int, context_tokens: int) -> None:
        super().__init__(
            message,
            hint="Take a model with a larger context (`interviewer models list`), or write less.",
        )
        self.prompt_tokens = prompt_tokens
        self.context_tokens = context_tokens


class PromptGauge:
    """Tokens of a prompt, guessed high at first and closer once the server has counted some."""

    def __init__(self) -> None:
        self._lowest: float | None = None
        self._highest: float | None = None

    def costs(self, messages: Sequence[Message]) -> list[int]:
        """Return the tokens of each turn; the template's own stand with the first."""
        factor = 1.0 if self._highest is None else self._highest * _MARGIN
        raw = [_turn_pieces(message) for message in messages]
        if raw:
            raw[0] += _TEMPLATE_TOKENS
        return [math.ceil(pieces * factor) for pieces in raw]

    def learn(self, messages: Sequence[Message], tokens: int) -> None:
        """Take in how many tokens the server counted in a prompt that it read whole."""
        pieces = _pieces(messages)
        if tokens > 0 and (pieces >= _ENOUGH or tokens > pieces):
            ratio = tokens / pieces
            self._lowest = min(ratio, self._lowest or ratio)
            self._highest = max(ratio, self._highest or ratio)

    def was_cut(self, messages: Sequence[Message], tokens: int) -> bool:
        """Say whether a count is too small for the prompt: the server dropped a part of it."""
        pieces = _pieces(messages)
        floor = _UNCALIBRATED_CUT if self._lowest is None else self._lowest * _CUT
        return pieces >= _ENOUGH and 0 < tokens < pieces * floor


class PromptFitter:
    """Prompts that keep within a context, for whoever counts tokens and refuses what is too long.

    Args:
        context_tokens: for prompt and reply together; less if a refusal says so.
    """

    def __init__(self, context_tokens: int) -> None:
        self.context_tokens = context_tokens
        self.notes: list[str] = []
        self._gauge = PromptGauge()

    def replies(
        self,
        ask: Callable[[Sequence[Message]], Iterator[Piece]],
        messages: Sequence[Message],
        max_tokens: int,
        keep_from: int,
    ) -> Generator[Piece]:
        """Yield what a prompt gets for reply; when it is refused as too long, ask with less of it.

        Nothing goes from `keep_from` on. If that is everything, the prompt is sent as it is: what
        counts is the refusal, not our guess.

        Raises:
            PromptTooLong: it was refused, and nothing may go.
            ModelError: what must stay does not fit.
        """
        for attempt in range(_ATTEMPTS):
            kept = self._fitting(messages, max_tokens, keep_from)
            try:
                yield from ask(kept)
            except PromptTooLong as refusal:
                self.learn(kept, refusal.prompt_tokens)
                self.context_tokens = min(self.context_tokens, refusal.context_tokens)
                if attempt == _ATTEMPTS - 1 or not keep_from:
                    raise
            else:
                return

    def learn(self, messages: Sequence[Message], tokens: int) -> None:
        """Take in how many tokens were counted in a prompt."""
        self._gauge.learn(messages, tokens)

    def _fitting(
        self, messages: Sequence[Message], max_tokens: int, keep_from: int
    ) -> list[Message]:
        if not keep_from:
            return list(messages)
        room = self.context_tokens - max_tokens
        kept = shorten(messages, self._gauge.costs(messages), room, keep_from=keep_from)
        if len(kept) < len(messages) and SHORTENED not in self.notes:
            self.notes.append(SHORTENED)
        return kept


def shorten(
    messages: Sequence[Message], costs: Sequence[int], budget: int, *, keep_from: int
) -> list[Message]:
    """Return the messages without the oldest turns, as many as must go for the rest to fit.

    System messages and everything from `keep_from` on stay. What goes grows in steps of a
    quarter of the budget, so that the same turns are missing several times in a row and the
    server's prefix cache holds; and what remains begins with the same role as before.

    Args:
        messages: the whole chat.
        costs: tokens of each message.
        budget: tokens there is room for.
        keep_from: index of the first message that must stay.

    Raises:
        ModelError: what must stay does not fit.
    """
    excess = sum(costs) - budget
    if excess <= 0:
        return list(messages)
    optional = [n for n in range(keep_from) if messages[n].role != "system"]
    dropped = _oldest(messages, costs, optional, _in_steps(excess, budget))
    if sum(costs[n] for n in dropped) < excess:
        least = sum(costs) - sum(costs[n] for n in optional)
        raise ModelError(
            f"The prompt takes about {least} tokens and the model has room for {max(budget, 0)}.",
            hint="Take a model with a larger context (`interviewer models list`), or write less.",
        )
    return [message for n, message in enumerate(messages) if n not in dropped]


def last_user_turn(messages: Sequence[Message]) -> int:
    """Return the index of the last thing the user says; of the last message if nothing."""
    turns = [n for n, message in enumerate(messages) if message.role == "user"]
    return turns[-1] if turns else max(len(messages) - 1, 0)


def _oldest(
    messages: Sequence[Message], costs: Sequence[int], optional: Sequence[int], wanted: int
) -> set[int]:
    dropped: set[int] = set()
    freed = 0
    for n in optional:
        if freed >= wanted and messages[n].role == messages[optional[0]].role:
            break
        dropped.add(n)
        freed += costs[n]
    return dropped


def _in_steps(excess: int, budget: int) -> int:
    step = max(budget // 4, 1)
    return math.ceil(excess / step) * step


def _pieces(messages: Sequence[Message]) -> int:
    return _TEMPLATE_TOKENS + sum(_turn_pieces(message) for message in messages)


def _turn_pieces(message: Message) -> int:
    pieces = sum(1 for _ in _PIECE.finditer(message.content))
    size = len(message.content.encode("utf-8", "surrogatepass"))
    return _TURN_TOKENS + max(pieces, math.ceil(size / 3))
