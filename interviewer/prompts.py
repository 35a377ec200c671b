"""Prompts are files: load one, check what it declares, fill it in without trusting its inputs."""

import hashlib
import re
import string
import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from interviewer.errors import PromptError
from interviewer.paths import bundled

_FRONT_MATTER = "+++\n"
# Angle brackets make fences and the control tokens of chat templates ("<|im_end|>"). The ones that
# matter are swapped for look-alikes, so that the text still reads the same to a model.
_FENCE_PARTS = str.maketrans({"⟦": "[", "⟧": "]"})
_CONTROL_TOKEN = re.compile(r"<(?=\||/?s>|/?think>|/?tool)|(?<=\|)>", re.IGNORECASE)
_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]"
)


class PromptHead(BaseModel):
    """What the front matter of a prompt file declares."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    purpose: str
    inputs: tuple[str, ...] = ()
    untrusted: tuple[str, ...] = ()


class Prompt(BaseModel):
    """A prompt file: its head, its text, and the sha256 of the whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    head: PromptHead
    text: str
    sha256: str

    def render(self, **values: str) -> str:
        """Fill the fields in one pass; untrusted values are fenced, their fences neutralised.

        Raises:
            PromptError: the values given are not exactly the declared inputs.
        """
        if set(values) != set(self.head.inputs):
            raise PromptError(
                f"Prompt {self.name!r} takes {sorted(self.head.inputs)}, got {sorted(values)}.",
                hint="Give exactly the inputs that the prompt file declares.",
            )
        safe = {
            name: fence(name, text) if name in self.head.untrusted else neutralise(text)
            for name, text in values.items()
        }
        return string.Template(self.text).substitute(safe)


def neutralise(text: str) -> str:
    """Return text in which nothing can close a fence, act as a control token or hide."""
    text = _INVISIBLE.sub("", text).translate(_FENCE_PARTS)
    return _CONTROL_TOKEN.sub(lambda match: "‹" if match.group() == "<" else "›", text)


def fence(name: str, text: str) -> str:
    """Return untrusted text between marks that it cannot contain."""
    return f"⟦{name}⟧\n{neutralise(text).strip()}\n⟦end of {name}⟧"


@cache
def load(name: str) -> Prompt:
    """Read `prompts/NAME.md`.

    Raises:
        PromptError: the file is missing, or its fields are not its declared inputs.
    """
    path = bundled("prompts") / f"{name}.md"
    try:
        return parse(name, path.read_bytes())
    except OSError as error:
        raise PromptError(
            f"Cannot read the prompt {str(path)!r}: {error.strerror}.",
            hint="Install interviewer again: one of its own files is missing.",
        ) from error


def parse(name: str, content: bytes) -> Prompt:
    """Read a prompt from the bytes of its file.

    Raises:
        PromptError: no front matter, an unknown key, or fields that are not the declared inputs.
    """
    text = content.decode("utf-8").replace("\r\n", "\n")
    parts = text.split(_FRONT_MATTER, 2)
    if len(parts) != 3 or parts[0]:  # noqa: PLR2004 - before, head, body
        raise PromptError(
            f"Prompt {name!r} has no front matter.",
            hint="Begin the file with TOML between two lines of '+++'.",
        )
    head = PromptHead.model_validate(tomllib.loads(parts[1]))
    body = parts[2].strip()
    fields = set(string.Template(body).get_identifiers())
    if fields != set(head.inputs) or not set(head.untrusted) <= fields:
        raise PromptError(
            f"Prompt {name!r} declares {sorted(head.inputs)} and uses {sorted(fields)}.",
            hint="Make the declared inputs and the fields of the text the same.",
        )
    digest = hashlib.sha256(content).hexdigest()
    return Prompt(name=name, head=head, text=body, sha256=f"sha256:{digest}")


def all_names() -> list[str]:
    """Return the names of all prompts, sorted."""
    return sorted(Path(path).stem for path in bundled("prompts").glob("*.md"))
