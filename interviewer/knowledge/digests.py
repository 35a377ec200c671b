"""What a session could ask and find, told in two hashes."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from interviewer.knowledge.indexing import Change
from interviewer.values.knowledge import Topic
from interviewer.values.value import Value


class Digests(Value):
    """Two `sha256:` that tell whether another session had the same to ask about and to find."""

    corpus: str
    """Of the topics with all their notes and questions, and of the code."""
    index: str
    """Of what was embedded, and with which model."""


def digests_of(topics: Sequence[Topic], changes: Mapping[str, Change]) -> Digests:
    """Return the digests of topics and of the collections that were brought in step."""
    code = sorted(changes["code"].manifest.ids)
    # Where the folders lie makes no difference.
    stamps = [
        change.manifest.stamp.model_copy(update={"roots": ""}).model_dump()
        for change in changes.values()
    ]
    embedded = sorted(id_ for change in changes.values() for id_ in change.manifest.ids)
    return Digests(
        corpus=_sha256([[topic.model_dump() for topic in topics], code]),
        index=_sha256([stamps, embedded]),
    )


def _sha256(parts: Sequence[object]) -> str:
    # json and not pydantic's own writer: names of files need not be Unicode.
    return f"sha256:{hashlib.sha256(json.dumps(parts).encode()).hexdigest()}"
