"""Files of a repository: which are read, which are passed over, and why."""

import os
from pathlib import Path

import pytest

from interviewer.errors import KnowledgeError
from interviewer.knowledge.documents import MAX_FILE_BYTES, Document, read_repository, stands_below


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "kept.py").write_bytes(b"x = 1\n")
    return tmp_path


def put(root: Path, name: str, content: bytes = b"y = 2\n") -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(content)


def test_every_python_file_is_read_in_a_fixed_order(root: Path) -> None:
    for name in ("b/two.py", "b/one.pyi", "a/x/deep.py", "zed.py"):
        put(root, name)

    repository = read_repository(root)

    paths = [document.path for document in repository.documents]
    assert paths == ["kept.py", "zed.py", "a/x/deep.py", "b/one.pyi", "b/two.py"]
    assert repository.root == root


@pytest.mark.parametrize(
    "name",
    [
        ".venv/x.py", ".git/hooks/x.py", "venv/x.py", "env/x.py", "node_modules/x/y.py",
        "a/__pycache__/x.py", "build/lib/x.py", "dist/x.py", "lib/site-packages/x.py",
    ],
)  # fmt: skip
def test_folders_that_are_not_the_authors_own_are_passed_over(root: Path, name: str) -> None:
    put(root, name)

    assert [document.path for document in read_repository(root).documents] == ["kept.py"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("notes.txt", b"hello", "not Python"),
        ("big.py", b"#" * (MAX_FILE_BYTES + 1), "over 500,000 bytes"),
        ("nul.py", b"x = '\0'\n", "binary"),
        ("latin.py", b"x = '\xe9'\n", "not readable"),
        ("nonsense.py", b"# coding: nonsense\nx = 1\n", "not readable"),
        ("rot.py", b"# coding: rot13\nx = 1\n", "not readable"),
        ("undefined.py", b"# coding: undefined\nx = 1\n", "not readable"),
        ("two.py", b"\xef\xbb\xbf# coding: latin-1\nx = 1\n", "not readable"),
    ],
)
def test_a_file_that_cannot_be_read_is_counted_with_its_reason(
    root: Path, name: str, content: bytes, reason: str
) -> None:
    put(root, name, content)

    repository = read_repository(root)

    assert [document.path for document in repository.documents] == ["kept.py"]
    assert repository.skipped == {reason: 1}


def test_a_file_of_the_largest_size_is_still_read(root: Path) -> None:
    put(root, "large.py", b"#" * MAX_FILE_BYTES)

    assert len(read_repository(root).documents) == 2


def test_links_are_not_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    put(outside, "secret.py")
    (root / "link.py").symlink_to(outside / "secret.py")
    (root / "folder").symlink_to(outside)
    (root / "broken.py").symlink_to(root / "nowhere.py")

    repository = read_repository(root)

    assert [document.path for document in repository.documents] == ["kept.py"]
    assert repository.skipped == {"link": 2}


def test_a_file_that_is_a_folder_or_a_pipe_is_no_trouble(root: Path) -> None:
    (root / "folder.py").mkdir()

    assert [document.path for document in read_repository(root).documents] == ["kept.py"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"x = '\xc3\xa9'\n", "x = 'é'\n"),
        (b"\xef\xbb\xbfx = 1\n", "x = 1\n"),
        (b"# coding: latin-1\nx = '\xe9'\n", "# coding: latin-1\nx = 'é'\n"),
        (b"x = 1\r\ny = 2\rz = 3\n", "x = 1\ny = 2\nz = 3\n"),
        (b"x = 1\x0c\ny = 2", "x = 1\x0c\ny = 2"),
        (b"", ""),
    ],
)
def test_a_file_is_decoded_as_python_would(root: Path, content: bytes, text: str) -> None:
    put(root, "kept.py", content)

    assert read_repository(root).documents == [Document("kept.py", text)]


@pytest.mark.parametrize(
    ("name", "message"),
    [("absent", "There is no repository at"), ("kept.py", "There is no repository at")],
)
def test_what_is_no_folder_is_an_error_with_its_remedy(root: Path, name: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message) as caught:
        read_repository(root / name)

    assert "--repo PATH" in caught.value.hint


def test_a_folder_without_python_is_an_error_with_its_remedy(tmp_path: Path) -> None:
    put(tmp_path, "readme.txt")

    with pytest.raises(KnowledgeError, match="no Python file that can be read") as caught:
        read_repository(tmp_path)

    assert "--repo PATH" in caught.value.hint


@pytest.mark.parametrize(
    ("path", "below"),
    [
        ("kept.py", True),
        (".", True),
        ("absent.py", False),
        ("..", False),
        ("../", False),
        ("/etc", False),
        ("out", False),
        ("round", False),
        ("x" * 300, False),
        ("a\0b", False),
    ],
)
def test_a_path_stands_below_a_folder_or_it_does_not(
    root: Path,
    path: str,
    below: bool,  # noqa: FBT001
) -> None:
    (root / "out").symlink_to(os.sep)
    (root / "round").symlink_to(root / "round")

    assert stands_below(root, path) is below
