"""One Ollama server, spoken to through its own client; nothing of the client leaves this module."""

import contextlib
import json
import math
import socket
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

import httpx

from interviewer.errors import ModelError, ModelUnavailable
from interviewer.models.chat import Cost, Message
from interviewer.models.ollama import faults
from interviewer.models.ollama.address import is_loopback
from interviewer.models.ollama.values import (
    PATIENT,
    ChatRequest,
    InstalledModel,
    Patience,
    Piece,
    Progress,
)

if TYPE_CHECKING:
    import ollama

_ENDED_EARLY = "it ended without saying that it is complete"
_Reply = TypeVar("_Reply")


class OllamaServer:
    """Requests to one server, each with our own errors.

    Every method raises `ModelUnavailable` if the server cannot be reached, is no Ollama, or has no
    such model, and `ModelError` for anything else that it refuses.

    Args:
        address: as `server_address` returns it.
        patience: how long to wait.
    """

    def __init__(self, address: str, patience: Patience = PATIENT) -> None:
        import ollama  # noqa: PLC0415 - 0.2 s; only for those who have a server

        self.address = address
        self._patience = patience
        self._connection: socket.socket | None = None
        self._client = ollama.Client(
            host=address,
            timeout=httpx.Timeout(
                patience.gap_s, connect=patience.connect_s, read=patience.first_token_s
            ),
            trust_env=not is_loopback(address),
            event_hooks={"request": [self._prepare], "response": [self._quicken]},
        )

    def models(self) -> list[InstalledModel]:
        """Return every model on the server's disk, in its own order; broken ones are left out."""
        described = []
        for entry in self._listed():
            try:
                described.append(self._describe(entry))
            except ModelUnavailable:
                raise
            except ModelError:
                continue
        return described

    def find(self, name: str) -> InstalledModel:
        """Return the model of a name; without a tag, `latest` is meant.

        Raises:
            ModelUnavailable: the server has none of this name.
        """
        for entry in self._listed():
            if _tagged(entry.model or "") == _tagged(name):
                return self._describe(entry)
        raise faults.missing(self.address, name)

    def loaded_context(self, name: str) -> int | None:
        """Return for how many tokens a model is loaded, or None if it is not."""
        with self._translated(name):
            running = self._client.ps().models
        sizes = [one.context_length for one in running if _tagged(one.model) == _tagged(name)]
        return sizes[0] if sizes else None

    def chat(self, request: ChatRequest) -> Generator[Piece]:
        """Yield a reply piece by piece; closing the iterator frees the server at once.

        Raises:
            PromptTooLong: the server read nothing, because not all would fit.
            ModelInterrupted: the reply broke off, also if nothing says so but a missing end.
        """
        with contextlib.closing(self._each(self._chat(request), request.model)) as replies:
            for reply in replies:
                if reply.done:
                    # Reading to the end keeps the connection for the next request.
                    with contextlib.suppress(ModelError):
                        next(replies, None)
                yield _piece(reply)
                if reply.done:
                    return
        raise faults.broken_off(self.address, _ENDED_EARLY)

    def embed(self, name: str, texts: Sequence[str]) -> list[Sequence[float]]:
        """Return a vector for each text; one that is too long is refused, never cut."""
        with self._translated(name):
            reply = self._client.embed(name, list(texts), truncate=False)
        return list(reply.embeddings)

    def pull(self, name: str) -> Generator[Progress]:
        """Fetch a model onto the server, going on where an earlier pull stopped.

        Raises:
            DownloadError: the server could not fetch it.
        """
        status = ""
        replies = cast("Generator[ollama.ProgressResponse]", self._client.pull(name, stream=True))
        with contextlib.closing(self._each(replies, name)) as lines, _pulling(name):
            for line in lines:
                status = line.status or ""
                yield Progress(
                    status=status,
                    completed_bytes=line.completed or 0,
                    total_bytes=line.total or 0,
                )
        if status != "success":
            raise faults.pull_failed(name, _ENDED_EARLY)

    def remove(self, name: str) -> None:
        """Delete a model from the server's disk."""
        with self._translated(name):
            self._client.delete(name)

    def unload(self, name: str) -> None:
        """Ask the server to free a model's memory, if it can be asked; waits a few seconds."""
        # Not through the client: its connection may have been broken on purpose.
        with contextlib.suppress(httpx.HTTPError):
            httpx.post(
                f"{self.address}/api/chat",
                json={"model": name, "messages": [], "keep_alive": 0},
                timeout=self._patience.connect_s,
                trust_env=not is_loopback(self.address),
            )

    def hang_up(self) -> None:
        """Break the connection, so that a request of another thread ends now."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give back the connections."""
        self._client.close()  # type: ignore[no-untyped-call]  # It declares no types.

    def _listed(self) -> "list[ollama.ListResponse.Model]":
        with self._translated():
            return list(self._client.list().models)

    def _describe(self, entry: "ollama.ListResponse.Model") -> InstalledModel:
        name = entry.model or ""
        with self._translated(name):
            shown = self._client.show(name)
        # What the list says of a model's abilities is wrong for some that embed.
        info = shown.modelinfo or {}
        details = shown.details or entry.details
        return InstalledModel(
            name=name,
            digest=f"sha256:{(entry.digest or '').removeprefix('sha256:')}",
            size_bytes=int(entry.size or 0),
            family=(details.family if details else None) or "",
            quantisation=(details.quantization_level if details else None) or "",
            parameters=(details.parameter_size if details else None) or "",
            licence=str(info.get("general.license") or ""),
            capabilities=_capabilities(shown.capabilities, info),
            context_tokens=int(info.get(f"{info.get('general.architecture')}.context_length") or 0),
        )

    def _chat(self, request: ChatRequest) -> "Generator[ollama.ChatResponse]":
        replies = self._client.chat(
            request.model,
            [_turn(message) for message in request.messages],
            stream=True,
            think=request.think,
            logprobs=True if request.top_logprobs else None,
            top_logprobs=request.top_logprobs or None,
            format=dict(request.format) if request.format else None,
            options=dict(request.options),
            keep_alive=request.keep_alive,
        )
        return cast("Generator[ollama.ChatResponse]", replies)

    def _each(self, replies: Generator[_Reply], model: str) -> Generator[_Reply]:
        """Yield what a stream brings; only the client's own work is inside the translation."""
        with contextlib.closing(replies):
            while True:
                with self._translated(model, replying=True):
                    reply = next(replies, None)
                if reply is None:
                    return
                yield reply

    @contextlib.contextmanager
    def _translated(self, model: str = "", *, replying: bool = False) -> Iterator[None]:
        """Turn every exception of the client into one of ours."""
        import ollama  # noqa: PLC0415 - as above

        try:
            yield
        except ollama.ResponseError as said:
            raise faults.refusal(said.status_code, str(said.error), self.address, model) from said
        except (ConnectionError, httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise faults.nobody(self.address, error) from error
        except httpx.TimeoutException as error:
            raise faults.silence(self.address, replying=replying) from error
        except httpx.TransportError as error:
            raise faults.broken_off(self.address, str(error) or "no reason given") from error
        except (httpx.RequestError, ValueError, TypeError, AttributeError) as error:
            # No JSON, JSON of another shape, or (AttributeError) JSON that is not an object.
            raise faults.stranger(self.address) from error

    def _prepare(self, request: httpx.Request) -> None:
        """Remember the connection, and forbid the server to shorten a prompt in silence."""
        request.extensions["trace"] = self._remember
        if request.url.path.endswith("/api/chat"):
            # A field of the protocol that the client has no parameter for; old servers ignore it.
            body = json.dumps({**json.loads(request.content), "truncate": False}).encode()
            request.stream = httpx.ByteStream(body)
            request.headers["Content-Length"] = str(len(body))

    def _remember(self, event: str, info: Mapping[str, Any]) -> None:
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._connection = info["return_value"].get_extra_info("socket")

    def _quicken(self, response: httpx.Response) -> None:
        """Wait less long between tokens than for the first, which comes with the headers."""
        if response.request.url.path.endswith("/api/chat"):
            response.request.extensions["timeout"]["read"] = self._patience.gap_s


def _tagged(name: str | None) -> str:
    name = (name or "").lower()
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


def _capabilities(stated: list[str] | None, info: Mapping[str, Any]) -> frozenset[str]:
    """Return a model's abilities; servers that state none are old, and embedders are known."""
    if stated:
        return frozenset(stated)
    embeds = any(key.endswith(".pooling_type") for key in info)
    return frozenset({"embedding" if embeds else "completion"})


def _turn(message: Message) -> dict[str, str]:
    # Half a surrogate pair from a terminal cannot be sent.
    text = message.content.encode("utf-8", "replace").decode()
    return {"role": message.role, "content": text}


def _piece(reply: "ollama.ChatResponse") -> Piece:
    return Piece(
        content=reply.message.content or "",
        thought=bool(reply.message.thinking),
        chances=_chances(reply),
        done=(reply.done_reason or "stop") if reply.done else "",
        prompt_tokens=reply.prompt_eval_count or 0,
        cost=_cost(reply) if reply.done else None,
    )


def _cost(reply: "ollama.ChatResponse") -> Cost:
    # Zero values are left out of a reply; its durations are nanoseconds.
    return Cost(
        read_tokens=reply.prompt_eval_count or 0,
        read_s=(reply.prompt_eval_duration or 0) / 1e9,
        written_tokens=reply.eval_count or 0,
        written_s=(reply.eval_duration or 0) / 1e9,
    )


def _chances(reply: "ollama.ChatResponse") -> dict[str, float] | None:
    if not reply.logprobs:
        return None
    first = reply.logprobs[0]
    chances: dict[str, float] = {}
    for token in first.top_logprobs or [first]:
        chances[token.token] = chances.get(token.token, 0.0) + math.exp(token.logprob)
    return chances


@contextlib.contextmanager
def _pulling(name: str) -> Iterator[None]:
    try:
        yield
    except ModelUnavailable:
        raise
    except ModelError as error:
        raise faults.pull_failed(name, str(error)) from error
