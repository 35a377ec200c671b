"""The files of a repository: which may be read, which are passed over, and why."""

import os
import socket
from pathlib import Path

import pytest

from interviewer.errors import KnowledgeError
from interviewer.knowledge.documents import Found, Skip
from interviewer.knowledge.files import find_files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "kept.py").write_bytes(b"x = 1\n")
    return tmp_path


def put(root: Path, name: str, content: bytes = b"y = 2\n") -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(content)


def found(root: Path) -> list[str]:
    return [item.path for item in find_files(root) if isinstance(item, Found)]


def skipped(root: Path) -> dict[str, str]:
    return {item.path: item.reason for item in find_files(root) if isinstance(item, Skip)}


def test_code_notebooks_and_prose_are_found_in_a_fixed_order(root: Path) -> None:
    for name in ("b/two.py", "b/one.pyi", "a/x/deep.ipynb", "zed.md", "a/notes.rst", "a/b.txt"):
        put(root, name)

    assert found(root) == [
        "kept.py", "zed.md", "a/b.txt", "a/notes.rst", "a/x/deep.ipynb", "b/one.pyi", "b/two.py",
    ]  # fmt: skip
    assert skipped(root) == {}


def test_a_file_is_found_with_what_tells_whether_it_changed(root: Path) -> None:
    os.utime(root / "kept.py", ns=(5, 1_700_000_000_123_456_789))

    (item,) = find_files(root)

    assert item == Found(
        root, "kept.py", 6, 1_700_000_000_123_456_789, (root / "kept.py").stat().st_ino
    )


@pytest.mark.parametrize(
    ("name", "passed_over", "reason"),
    [
        (".venv/x.py", ".venv/", "hidden"),
        (".git/hooks/x.py", ".git/", "hidden"),
        ("venv/x.py", "venv/", "not the author's own"),
        ("node_modules/x/y.py", "node_modules/", "not the author's own"),
        ("a/__pycache__/x.py", "a/__pycache__/", "not the author's own"),
        ("lib/site-packages/x.py", "lib/site-packages/", "not the author's own"),
        ("a/picture.png", "a/picture.png", "neither Python nor text"),
        (".env", ".env", "secret"),
        (".env.local", ".env.local", "secret"),
        ("certs/server.pem", "certs/server.pem", "secret"),
        ("id_rsa", "id_rsa", "secret"),
        ("docs/Credentials.txt", "docs/Credentials.txt", "secret"),
        ("client_secret_1.md", "client_secret_1.md", "secret"),
        ("requirements-dev.txt", "requirements-dev.txt", "generated"),
        ("page.min.md", "page.min.md", "generated"),
    ],
)
def test_what_is_not_read_is_listed_with_its_reason(
    root: Path, name: str, passed_over: str, reason: str
) -> None:
    put(root, name)

    assert found(root) == ["kept.py"]
    assert skipped(root) == {passed_over: reason}


@pytest.mark.parametrize("name", ["secrets.py", "app/credentials.py", "password-reset.md"])
def test_code_and_pages_about_secrets_are_no_secrets(root: Path, name: str) -> None:
    put(root, name)

    assert set(found(root)) == {"kept.py", name}


def test_ignore_files_hold_at_every_level_and_the_nearest_decides(root: Path) -> None:
    put(root, ".gitignore", b"*.md\n/out/\nlocal_*.py\n\\\n[z-a]\n")
    put(root, "a/.gitignore", b"!readme.md\nb/\n")
    for name in (
        "x.md",
        "out/x.py",
        "a/out/x.py",
        "a/readme.md",
        "a/x.md",
        "a/b/x.py",
        "local_a.py",
    ):
        put(root, name)

    assert found(root) == ["kept.py", "a/readme.md", "a/out/x.py"]
    ignored = {path for path, why in skipped(root).items() if why == "ignored by .gitignore"}
    assert ignored == {"x.md", "out/", "a/x.md", "a/b/", "local_a.py"}


@pytest.mark.parametrize("pattern", ["*a" * 30 + "b", "a/**/" * 30 + "b"])
def test_a_pattern_made_to_take_for_ever_is_not_tried(root: Path, pattern: str) -> None:
    put(root, ".gitignore", pattern.encode())
    put(root, "a/" * 40 + "a" * 200 + ".py")

    assert len(found(root)) == 2


def test_an_ignore_file_that_is_no_such_file_is_passed_over(root: Path) -> None:
    (root / "a").mkdir()
    (root / "a" / ".gitignore").symlink_to(root / "rules")
    put(root, "rules", b"*\n")
    put(root, "a/x.py")
    (root / "b" / ".gitignore").mkdir(parents=True)
    put(root, "b/y.py", b"")
    put(root, "c/.gitignore", b"\xff\xfe\n*.md\n")
    put(root, "c/z.md")

    assert found(root) == ["kept.py", "a/x.py", "b/y.py"]


def test_links_are_not_followed_wherever_they_lead(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    put(outside, "secret.py")
    (root / "link.py").symlink_to(outside / "secret.py")
    (root / "folder").symlink_to(outside)
    (root / "broken.py").symlink_to(root / "nowhere.py")
    (root / "round").symlink_to(root)
    (root / "inside.py").symlink_to(root / "kept.py")

    assert found(root) == ["kept.py"]
    assert set(skipped(root).values()) == {"link"}
    assert len(skipped(root)) == 5


def test_pipes_and_sockets_are_not_opened_and_folders_may_be_called_anything(root: Path) -> None:
    os.mkfifo(root / "pipe.py")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(root / "socket.py"))
    put(root, "folder.py/x.py")

    assert found(root) == ["kept.py", "folder.py/x.py"]
    assert skipped(root) == {"pipe.py": "no regular file", "socket.py": "no regular file"}


def test_a_folder_that_may_not_be_read_is_listed(root: Path) -> None:
    deep = root
    # Past the system's longest path nobody can look, not even the superuser.
    for _ in range(20):
        deep = deep / ("d" * 250)
        try:
            deep.mkdir()
        except OSError:
            break
    handle = os.open(deep.parent, os.O_RDONLY)
    os.mkdir("e" * 250, dir_fd=handle)
    os.close(handle)

    assert found(root) == ["kept.py"]
    assert set(skipped(root).values()) == {"not readable"}


def test_names_nobody_would_choose_are_kept_as_they_are(root: Path) -> None:
    for name in ("a\nb.py", "c\x1b[31m.py", "d\udcff.py", " .py"):
        put(root, name)

    assert set(found(root)) == {"kept.py", "a\nb.py", "c\x1b[31m.py", "d\udcff.py", " .py"}


@pytest.mark.parametrize("name", ["notes.txt", "Makefile", "one.py"])
def test_a_file_named_by_the_user_is_found_alone_whatever_its_ending(root: Path, name: str) -> None:
    put(root, name)

    (item,) = find_files(root / name)

    assert isinstance(item, Found)
    assert (item.root, item.path, item.size) == (root, name, 6)


def test_a_secret_named_by_the_user_stays_one(root: Path) -> None:
    put(root, "server.pem")

    assert list(find_files(root / "server.pem")) == [Skip("server.pem", "secret")]


def test_where_there_is_nothing_the_error_names_the_remedy(root: Path) -> None:
    with pytest.raises(KnowledgeError, match="There is no repository at") as caught:
        list(find_files(root / "absent"))

    assert "--repo PATH" in caught.value.hint
