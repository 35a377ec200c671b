"""A chat model on an Ollama server."""

import contextlib
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Self

from interviewer.errors import ModelError, ModelUnavailable
from interviewer.models.chat import Cost, Message, Schema, label_probabilities
from interviewer.models.context import (
    SHORTENED,
    PromptGauge,
    PromptTooLong,
    last_user_turn,
    shorten,
)
from interviewer.models.ollama import faults
from interviewer.models.ollama.address import is_loopback, place
from interviewer.models.ollama.catalogue import find_chat_model
from interviewer.models.ollama.faults import OnlyThought
from interviewer.models.ollama.server import OllamaServer
from interviewer.models.ollama.values import (
    PATIENT,
    ChatRequest,
    InstalledModel,
    Patience,
    Piece,
    Reply,
    Wish,
)
from interviewer.models.replies import choose_by_schema, read_reply
from interviewer.models.thinking import begins_thinking, without_thinking

NO_CHANCES = "The Ollama server gives no probabilities: a verdict is the model's bare word."
THINKS = "The model thinks before it answers although told not to: replies come late."
# The server's own maximum.
_TOP_LOGPROBS = 20
_THINKING_TOKENS = 1024
_CHOICE_TOKENS = 32
_ATTEMPTS = 3


class OllamaModel:
    """A `ChatModel` on an Ollama server; made with `connect`.

    What the user should know about how it works stands in `notes`, each thing once.
    """

    def __init__(
        self, server: OllamaServer, model: InstalledModel, *, threads: int | None, context: int
    ) -> None:
        self._server = server
        self._model = model
        self.name = f"ollama/{model.name.removesuffix(':latest')}"
        self.digest = model.digest
        self.where = f"on the Ollama server at {place(server.address)}"
        self.context_tokens = min(context, model.context_tokens or context)
        self.notes: list[str] = []
        self.last_cost: Cost | None = None
        # Any other value of these makes the server load the model anew.
        self._options: dict[str, float] = {"num_ctx": self.context_tokens}
        if threads is not None:
            self._options["num_thread"] = threads
        self._gauge = PromptGauge()
        self._turn = threading.Lock()
        self._closed = False
        self._used = False
        self._gives_chances = True
        self._thinking_tokens = 0

    @classmethod
    def connect(
        cls,
        name: str,
        *,
        host: str,
        threads: int | None = None,
        context_tokens: int = 8192,
        patience: Patience = PATIENT,
    ) -> Self:
        """Find a model on a server, without loading it yet.

        Args:
            name: as Ollama knows it, with or without `ollama/` before it; without a tag it is the
                `latest`.
            host: the server's address, from `server_address`.
            threads: CPU threads; None lets the server choose.
            context_tokens: for prompt and reply together, at most what the model was trained with.
            patience: how long to wait.

        Raises:
            ModelUnavailable: no server, no such model, or one that runs at ollama.com.
            ModelError: the model cannot chat.
        """
        server = OllamaServer(host, patience)
        try:
            model = find_chat_model(server, name.removeprefix("ollama/"))
        except ModelError:
            server.close()
            raise
        return cls(server, model, threads=threads, context=context_tokens)

    def load(self) -> None:
        """Load the weights, so that the first reply does not wait for them.

        Raises:
            ModelError: they cannot be loaded.
        """
        with self._turn:
            # An empty chat loads the model.
            for _ in self._server.chat(self._request((), Wish(max_tokens=1, keep_from=0))):
                pass
            loaded = self._server.loaded_context(self._model.name)
            # A server short of memory may give less than it was asked for.
            self.context_tokens = min(self.context_tokens, loaded or self.context_tokens)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Iterator[str]:
        """Yield the reply as it comes; closing the iterator stops the model.

        The oldest turns are left out when all would not fit. Until the iterator is used up or
        closed, other requests wait.
        """
        wish = Wish(
            max_tokens=max_tokens,
            keep_from=last_user_turn(messages),
            temperature=temperature,
            seed=seed,
        )
        with contextlib.closing(self._replies(messages, wish)) as pieces:
            yield from without_thinking(piece.content for piece in pieces)

    def parse(
        self, messages: Sequence[Message], schema: type[Schema], *, max_tokens: int
    ) -> Schema:
        """Return a reply held to a schema; the repair of one that was cut short gets more room.

        Raises:
            Unparsable: the reply does not fit, also after one repair.
        """
        wish = Wish(
            max_tokens=max_tokens,
            keep_from=last_user_turn(messages),
            format=schema.model_json_schema(),
        )
        return read_reply(self._asking(wish), messages, schema)

    def choose(self, messages: Sequence[Message], labels: Sequence[str]) -> dict[str, float]:
        """Return the probability of each label as the reply's first word; they sum to 1.

        Nothing of the prompt is ever left out: it may hold the answer that is being graded.
        Where the server gives no probabilities, one label has all of it.

        Raises:
            Unparsable: the model gives none of the labels a chance.
        """
        if self._gives_chances:
            wish = Wish(max_tokens=1, keep_from=0, top_logprobs=_TOP_LOGPROBS)
            chances = self._whole(messages, wish).chances
            if chances is not None and not begins_thinking(chances):
                return label_probabilities(chances, labels)
            self._gives_chances = False
            self._note(NO_CHANCES)
        return self._choose_by_schema(messages, labels)

    def close(self) -> None:
        """Stop whatever runs, also in another thread; a server on this machine frees the memory."""
        if self._closed:
            return
        self._closed = True
        self._server.hang_up()
        if self._used and is_loopback(self._server.address):
            self._server.unload(self._model.name)
        self._server.close()

    def _choose_by_schema(
        self, messages: Sequence[Message], labels: Sequence[str]
    ) -> dict[str, float]:
        wish = Wish(max_tokens=_CHOICE_TOKENS, keep_from=0)
        return choose_by_schema(
            lambda schema: self._asking(wish.model_copy(update={"format": schema})),
            messages,
            labels,
        )

    def _asking(self, wish: Wish) -> Callable[[Sequence[Message]], str]:
        """Return how to ask for text; after a reply that was cut short there is twice the room."""
        room = wish.max_tokens

        def ask(turns: Sequence[Message]) -> str:
            nonlocal room
            reply = self._whole(turns, wish.model_copy(update={"max_tokens": room}))
            if reply.cut_short:
                room *= 2
            return reply.text

        return ask

    def _whole(self, messages: Sequence[Message], wish: Wish) -> Reply:
        with contextlib.closing(self._replies(messages, wish)) as replies:
            pieces = list(replies)
        words = (piece.content for piece in pieces)
        chances = (p.chances for p in pieces if p.chances is not None and not p.thought)
        return Reply(
            # A template may open the thinking itself, so that only its end is in the reply.
            text="".join(without_thinking(words)).rpartition("</think>")[2],
            chances=next(chances, None),
            cut_short=pieces[-1].done == "length",
        )

    def _replies(self, messages: Sequence[Message], wish: Wish) -> Generator[Piece]:
        """Wait for our turn, and ask; again with what was learnt, if nothing has been said yet."""
        with self._turn:
            for attempt in range(_ATTEMPTS):
                try:
                    yield from self._attempt(messages, wish)
                except (PromptTooLong, OnlyThought) as error:
                    if attempt == _ATTEMPTS - 1 or not self._learns_from(error):
                        raise
                else:
                    return

    def _attempt(self, messages: Sequence[Message], wish: Wish) -> Generator[Piece]:
        kept = self._fitting(messages, wish)
        said = thought = False
        with contextlib.closing(self._server.chat(self._request(kept, wish))) as pieces:
            try:
                for piece in pieces:
                    said, thought = said or bool(piece.content), thought or piece.thought
                    if piece.done:
                        self._compare(kept, piece.prompt_tokens)
                        self.last_cost = piece.cost
                    if piece.done and thought and not said:
                        raise OnlyThought(self.name, unfinished=piece.done == "length")
                    yield piece
            except PromptTooLong as refusal:
                self._gauge.learn(kept, refusal.prompt_tokens)
                raise

    def _fitting(self, messages: Sequence[Message], wish: Wish) -> list[Message]:
        room = self.context_tokens - wish.max_tokens - self._thinking_tokens
        costs = self._gauge.costs(messages)
        kept = shorten(messages, costs, room, keep_from=wish.keep_from)
        if len(kept) < len(messages):
            self._note(SHORTENED)
        return kept

    def _request(self, messages: Sequence[Message], wish: Wish) -> ChatRequest:
        if self._closed:
            raise ModelUnavailable(
                f"{self.name} has been closed.", hint="Start the interview again."
            )
        self._used = True
        return ChatRequest(
            model=self._model.name,
            messages=tuple(messages),
            options={
                **self._options,
                # 0 would mean no limit.
                "num_predict": max(wish.max_tokens, 1) + self._thinking_tokens,
                "temperature": wish.temperature,
                "seed": wish.seed,
            },
            format=wish.format,
            think=False if "thinking" in self._model.capabilities else None,
            top_logprobs=wish.top_logprobs,
        )

    def _compare(self, sent: Sequence[Message], read: int) -> None:
        if self._gauge.was_cut(sent, read):
            raise faults.cut_prompt(self.name, read)
        self._gauge.learn(sent, read)

    def _learns_from(self, error: PromptTooLong | OnlyThought) -> bool:
        """Say whether asking again can go better, and prepare for it."""
        if isinstance(error, PromptTooLong):
            self.context_tokens = min(self.context_tokens, error.context_tokens)
            return True
        if not error.unfinished or self._thinking_tokens:
            return False
        self._thinking_tokens = min(_THINKING_TOKENS, self.context_tokens // 4)
        self._note(THINKS)
        return True

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)
