"""A build that is killed at any moment leaves an index that the next one completes."""

from pathlib import Path
from random import Random

from tests.fakes.killed_build import build, contents, kill_build, write_sources

KILLS = 3


def test_after_a_killed_build_the_next_one_finds_what_a_clean_one_finds(tmp_path: Path) -> None:
    guide, repo = tmp_path / "guide", tmp_path / "repo"
    random = Random(1)  # noqa: S311 - variety, not secrecy
    killed = 0

    for number in range(KILLS):
        write_sources(guide, repo, random, modules=20)
        killed += kill_build(tmp_path / "index", guide, repo, after_s=random.uniform(0, 0.4))
        rebuilt = build(str(tmp_path / "index"), str(guide), str(repo))
        build(str(tmp_path / f"clean-{number}"), str(guide), str(repo))

        found = contents(tmp_path / "index", guide, repo)

        assert found == contents(tmp_path / f"clean-{number}", guide, repo)
        assert len(found) > 100
        assert rebuilt == ""

    assert killed
