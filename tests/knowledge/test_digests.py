import re
from pathlib import Path

from interviewer.knowledge.digests import Digests
from interviewer.knowledge.library import Backing, Library
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.guide import CHAPTER, write_guide, write_repo


def digests(root: Path, chapter: str = CHAPTER, code: str = "") -> Digests:
    guide, repo = write_guide(root / "guide", chapter), write_repo(root / "repo")
    if code:
        (repo / "app" / "values.py").write_text(code, encoding="utf-8")
    backing = Backing(embedder=FakeEmbedder())
    library, _ = Library.open(root / "index", [guide], [repo], backing=backing)
    library.close()
    return library.digests


def test_the_same_guide_and_code_elsewhere_have_the_same_digests(tmp_path: Path) -> None:
    one, other = digests(tmp_path / "one"), digests(tmp_path / "other")

    assert one == other
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", one.corpus)
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", one.index)


def test_another_word_in_guide_or_code_changes_both(tmp_path: Path) -> None:
    before = digests(tmp_path / "before")

    noted = digests(tmp_path / "noted", CHAPTER.replace("generator", "iterator"))
    coded = digests(tmp_path / "coded", code="def other():\n    return 1\n")

    assert len({before.corpus, noted.corpus, coded.corpus}) == 3
    assert len({before.index, noted.index, coded.index}) == 3
