"""The bodies that a real Ollama server sends, as recorded, made for the fake one."""

import hashlib
import json
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

JSON = "application/json; charset=utf-8"
CREATED = "2026-11-23T07:59:30.728468244Z"
PAGE = "<!DOCTYPE html><html><body>It works!</body></html>"
RUNNER_KILLED = "an error was encountered while running the model: unexpected EOF"

Fault = Literal[
    "stall",  # nothing more comes, the connection stays
    "cut",  # the connection is closed in the middle of the reply
    "no done",  # the reply ends well, but for its last line
    "error line",  # the runner is killed: the last line is an error
    "page",  # a web page with status 200
    "missing page",  # a web page with status 404
    "gateway",  # a web page with status 502, from a proxy before the server
    "list",  # JSON, but no object
    "nested error",  # status 500, an error packed into an error
    "no memory",
    "busy",
    "locked",
    "redirect for ever",
]


@dataclass(frozen=True)
class FakeModel:
    """A model on the fake server's disk."""

    name: str = "smol-tmpl"
    capabilities: tuple[str, ...] = ("completion",)
    context_tokens: int = 8192
    family: str = "llama"
    size_bytes: int = 98363166
    licence: str = "apache-2.0"
    broken: bool = False
    """Listed, but its files are damaged."""

    @property
    def full_name(self) -> str:
        return self.name if ":" in self.name else f"{self.name}:latest"

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()


@dataclass(frozen=True)
class FakeReply:
    """What the model says next; a fault strikes after `after` pieces, 0 being before the status."""

    text: str = "Hello, welcome to my little corner of the world."
    thinking: str = ""
    chances: Mapping[str, float] | None = None
    fault: Fault | None = None
    after: int = 2
    pieces: Sequence[str] | None = None
    delay_s: float = 0.0
    about: str = ""
    """It is kept for a prompt that says this."""


MODELS = (
    FakeModel(),
    FakeModel("qwen", ("tools", "completion"), 32768, "qwen2", 491400235),
    FakeModel("think", ("completion", "thinking")),
    FakeModel("minilm", ("embedding",), 512, "bert", 45949364),
)


def prompt_tokens(messages: Sequence[Mapping[str, str]]) -> int:
    """Return how many tokens the fake counts in a prompt: a quarter of the characters, and some."""
    return 30 + sum(6 + len(message["content"]) // 4 for message in messages)


def compact(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def packed_error(code: int, message: str, kind: str, **more: int) -> str:
    return compact({"error": {"code": code, "message": message, "type": kind, **more}}).decode()


def too_long(tokens: int, context: int) -> str:
    message = (
        f"request ({tokens} tokens) exceeds the available context size ({context} tokens), "
        "try increasing it"
    )
    return packed_error(
        400, message, "exceed_context_size_error", n_prompt_tokens=tokens, n_ctx=context
    )


PAGES: Mapping[Fault, int] = {"page": 200, "missing page": 404, "gateway": 502}
ERRORS: Mapping[Fault, tuple[int, str]] = {
    "nested error": (500, packed_error(500, "llama runner process has terminated", "server_error")),
    "no memory": (500, "model requires more system memory (9.6 GiB) than is available (3.1 GiB)"),
    "busy": (503, "server busy, please try again. maximum pending requests exceeded"),
    "locked": (401, "unauthorized"),
    "error line": (500, RUNNER_KILLED),
}


def chat_line(body: Mapping[str, Any], content: str, thinking: str = "") -> dict[str, Any]:
    message = {"role": "assistant", "content": content}
    if thinking:
        message["thinking"] = thinking
    return {"model": body["model"], "created_at": CREATED, "message": message, "done": False}


def chat_lines(
    reply: FakeReply, body: Mapping[str, Any], *, with_chances: bool
) -> list[dict[str, Any]]:
    limit = int(body.get("options", {}).get("num_predict", 128)) or 1 << 20
    thoughts = [chat_line(body, "", piece) for piece in _tokens(reply.thinking)]
    said = [chat_line(body, piece) for piece in reply.pieces or _tokens(reply.text)]
    if body.get("logprobs") and with_chances:
        for line in [*thoughts, *said]:
            line["logprobs"] = [_logprobs(reply, line, int(body.get("top_logprobs") or 0))]
    whole = [*thoughts, *said]
    cut = len(whole) > limit
    last = chat_line(body, "") | {"done": True, "done_reason": "length" if cut else "stop"}
    last |= {"total_duration": 401364150, "load_duration": 2572148}
    return [*whole[:limit], last]


def _tokens(text: str) -> list[str]:
    words = text.split(" ") if text else []
    return [word if number == 0 else f" {word}" for number, word in enumerate(words)]


def _logprobs(reply: FakeReply, line: Mapping[str, Any], top: int) -> dict[str, Any]:
    message = line["message"]
    token = message["content"] or message.get("thinking", "")
    chances = dict(reply.chances or {token: 0.7, "A": 0.2})
    options = [
        {"token": text, "logprob": math.log(chance), "bytes": list(text.encode())}
        for text, chance in sorted(chances.items(), key=lambda option: -option[1])
    ]
    return {**options[0], "top_logprobs": options[:top]}


def joined(lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a whole reply as one object, as a server does that is not asked to stream."""
    last = lines[-1]
    message = {"role": "assistant", "content": "".join(x["message"]["content"] for x in lines)}
    if thinking := "".join(x["message"].get("thinking", "") for x in lines):
        message["thinking"] = thinking
    head = {key: last[key] for key in ("model", "created_at")} | {"message": message}
    head |= {"done": True, "done_reason": last["done_reason"]}
    if logprobs := [entry for line in lines for entry in line.get("logprobs", [])]:
        head["logprobs"] = logprobs
    return head | {key: value for key, value in last.items() if key not in head}


def _details(model: FakeModel) -> dict[str, Any]:
    return {
        "parent_model": "",
        "format": "gguf",
        "family": model.family,
        "families": [model.family],
        "parameter_size": "134.52M",
        "quantization_level": "Q4_1",
    }


def tag(model: FakeModel) -> dict[str, Any]:
    details = _details(model)
    if "embedding" not in model.capabilities:
        details |= {"context_length": model.context_tokens, "embedding_length": 576}
    return {
        "name": model.full_name,
        "model": model.full_name,
        "modified_at": CREATED,
        "size": model.size_bytes,
        "digest": model.digest,
        "details": details,
        # As recorded: the list says of an embedding model, too, that it chats.
        "capabilities": ["completion", *(c for c in model.capabilities if c == "thinking")],
    }


def description(model: FakeModel) -> dict[str, Any]:
    info: dict[str, Any] = {"general.architecture": model.family}
    if model.licence:
        info["general.license"] = model.licence
    info[f"{model.family}.context_length"] = model.context_tokens
    if model.family == "bert":
        info["bert.pooling_type"] = 1
    parameters = {} if "embedding" in model.capabilities else {"parameters": "num_thread 1"}
    return {
        "modelfile": "# Modelfile generated by",
        **parameters,
        "template": "{{ .Prompt }}",
        "details": _details(model),
        "model_info": info,
        "tensors": [{"name": "output_norm.weight", "type": "F32", "shape": [576]}],
        # Zero values are left out: servers that know of no abilities state none.
        **({"capabilities": list(model.capabilities)} if model.capabilities else {}),
        "modified_at": CREATED,
    }


def running(model: FakeModel, context: int) -> dict[str, Any]:
    return {
        "name": model.full_name,
        "model": model.full_name,
        "size": model.size_bytes,
        "digest": model.digest,
        "details": _details(model),
        "expires_at": CREATED,
        "size_vram": 0,
        "context_length": context,
    }


def layers() -> list[dict[str, Any]]:
    weights = {"status": "pulling 941f309b54ca", "digest": "sha256:941f309b54ca", "total": 98362432}
    small = {"status": "pulling 5103ef744b29", "digest": "sha256:5103ef744b29", "total": 508}
    return [
        weights | {"completed": 2097152},
        weights | {"completed": 98362432},
        # As recorded: at zero, `completed` is left out.
        small,
        {"status": "verifying sha256 digest"},
        {"status": "writing manifest"},
        {"status": "success"},
    ]


def embedding(text: str) -> list[float]:
    """A vector of length 1, always the same one for a text."""
    numbers = [zlib.crc32(f"{place} {text}".encode()) / 2**31 - 1 for place in range(384)]
    length = math.hypot(*numbers)
    return [number / length for number in numbers]
