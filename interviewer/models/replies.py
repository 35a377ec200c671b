"""Replies read whole: as text, or held to a schema with one repair."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from interviewer.errors import ModelError, Unparsable
from interviewer.models.chat import ChatModel, Message, Schema, label_probabilities
from interviewer.models.thinking import without_thinking
from interviewer.values.value import Value


class Label(Value):
    """A choice as JSON."""

    label: str


def written(model: ChatModel | None, messages: Sequence[Message], max_tokens: int) -> str:
    """Return what a model writes; nothing without one, or if it fails: for where text is ready."""
    if model is None:
        return ""
    try:
        return "".join(model.stream(messages, max_tokens=max_tokens)).strip()
    except ModelError:
        return ""


def read_reply(
    ask: Callable[[Sequence[Message]], str],
    messages: Sequence[Message],
    schema: type[Schema],
) -> Schema:
    """Ask, read the reply as JSON of the schema; on failure show the model its error, once.

    Raises:
        Unparsable: the repaired reply does not fit either.
    """
    reply = ask(messages)
    try:
        return _validate(reply, schema)
    except ValidationError as error:
        repair = [
            *messages,
            Message(role="assistant", content=reply),
            Message(role="user", content=f"That is not valid: {_first(error)}. Reply again."),
        ]
    try:
        return _validate(ask(repair), schema)
    except ValidationError as error:
        raise Unparsable(
            f"The model's reply does not fit what was asked for: {_first(error)}.",
            hint="Try a larger model: `interviewer models list` shows which there are.",
        ) from error


def choose_by_schema(
    ask: Callable[[Mapping[str, Any]], Callable[[Sequence[Message]], str]],
    messages: Sequence[Message],
    labels: Sequence[str],
) -> dict[str, float]:
    """Return the label that a model names in JSON, with all the probability, for want of better.

    Args:
        ask: given a JSON Schema, returns how to ask for a reply that is held to it.
        messages: the prompt.
        labels: what the schema allows.

    Raises:
        Unparsable: the reply, also when repaired, is none of the labels.
    """
    shape = Label.model_json_schema()
    shape["properties"] = {"label": {"type": "string", "enum": list(labels)}}
    return label_probabilities({read_reply(ask(shape), messages, Label).label: 1.0}, labels)


def _validate(reply: str, schema: type[Schema]) -> Schema:
    return schema.model_validate_json(_unfenced("".join(without_thinking([reply])).strip()))


def _unfenced(text: str) -> str:
    """Return a text without the fence that it may stand in whole."""
    first, _, rest = text.partition("\n")
    is_fenced = first.rstrip() in ("```", "```json") and rest.endswith("```")
    return rest.removesuffix("```") if is_fenced else text


def _first(error: ValidationError) -> str:
    details = error.errors()[0]
    place = ".".join(str(part) for part in details["loc"])
    return f"{place}: {details['msg']}" if place else str(details["msg"])
