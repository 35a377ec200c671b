"""What can go wrong at a server that speaks OpenAI's protocol, each as our own error."""

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import httpx

from interviewer.errors import ModelError, ModelInterrupted, ModelUnavailable
from interviewer.models.context import PromptTooLong
from interviewer.models.ollama import place

# As vLLM puts it: "maximum context length is 4096 tokens. However, you requested 5000 tokens".
_TOO_LONG = re.compile(r"context length is (\d+) tokens\D*(\d+) tokens")
_STRANGE = (
    httpx.HTTPError,
    httpx.InvalidURL,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
)


def checked(answer: httpx.Response, url: str) -> Any:  # noqa: ANN401 - any JSON
    """Return the JSON of an answer; raises as `content` does."""
    return content(answer.json(), answer.status_code, url)


def content(said: Any, status: int, url: str) -> Any:  # noqa: ANN401 - any JSON
    """Return what a server said, unless it is an error; status 0 is one inside a reply.

    Raises:
        PromptTooLong: the server counted the prompt.
        ModelInterrupted: a reply ends in an error.
        ModelError: the server refuses for another reason.
    """
    if "error" not in said and status < 400:  # noqa: PLR2004
        return said
    error = said.get("error", said)
    error = error if isinstance(error, dict) else {"message": error}
    words = str(error.get("message", error))[:300].rstrip(".")
    found = _TOO_LONG.search(words)
    # llama-server counts in fields of its own.
    context = error.get("n_ctx") or (found and int(found[1]))
    prompt = error.get("n_prompt_tokens") or (found and int(found[2]))
    if context and prompt:
        raise PromptTooLong(
            f"The prompt does not fit: {words}.", prompt_tokens=prompt, context_tokens=context
        )
    if not status:
        raise broken_off(url, words)
    raise ModelError(f"The server at {place(url)} refuses: {words}.", hint=_remedy(status))


def _remedy(status: int) -> str:
    if status in {401, 403}:
        return "Put the key that the server's owner gave you into INTERVIEWER_OPENAI_KEY."
    if status in {429, 503}:
        return "Wait until others have finished, and try again."
    return "Try again; if it happens again, look into the server's log."


def broken_off(url: str, why: str) -> ModelInterrupted:
    """Return the error for a reply that ends before it is complete."""
    return ModelInterrupted(
        f"The reply of the server at {place(url)} broke off: {why.rstrip('.')}.",
        hint="Try again when it is less busy; else look into its log.",
    )


@contextlib.contextmanager
def translated(url: str) -> Iterator[None]:
    """Turn every exception of httpx, and of reading what is no such reply, into one of ours."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as error:
        raise ModelUnavailable(
            f"No server answers at {url!r}: {error}.",
            hint="Start it, or correct INTERVIEWER_OPENAI_URL (http://host:port/v1).",
        ) from error
    except httpx.TransportError as error:
        raise broken_off(url, str(error) or type(error).__name__) from error
    except _STRANGE as error:
        raise ModelUnavailable(
            f"What answers at {url!r} does not speak OpenAI's protocol.",
            hint="Correct INTERVIEWER_OPENAI_URL; it mostly ends in /v1.",
        ) from error
