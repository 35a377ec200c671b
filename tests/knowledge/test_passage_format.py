"""An index made by an older version must not be mixed with passages of another cut."""

import hashlib
from pathlib import Path

from interviewer.knowledge.code import read_code
from interviewer.knowledge.guide import read_guides
from interviewer.knowledge.passages import PASSAGE_FORMAT, guide_passages
from tests.fakes.guide import write_guide, write_repo

PINNED = (1, "de848388eb9099ea")


def test_passages_change_only_together_with_the_number_of_their_format(tmp_path: Path) -> None:
    write_guide(tmp_path / "guide")
    write_repo(tmp_path / "repo")

    passages = [
        *(p for chapter in read_guides((tmp_path / "guide",)) for p in guide_passages(chapter)[0]),
        *read_code((tmp_path / "repo",)),
    ]

    cut = "\n".join(f"{p.id} {p.header} {p.kind} {p.last_line}" for p in passages)
    assert (PASSAGE_FORMAT, hashlib.sha256(cut.encode()).hexdigest()[:16]) == PINNED
