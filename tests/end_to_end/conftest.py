"""A home of its own for each test, with the small model that `models pull` has fetched before."""

import shutil
from pathlib import Path

import pytest

from interviewer.knowledge.library import Library
from interviewer.models import embedded
from interviewer.paths import Folders, bundled, folders

SMALL = "embedded/qwen2.5-coder-0.5b"


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of the shipped guide and repository, built once for all tests."""
    folder = tmp_path_factory.mktemp("index")
    corpus = bundled("corpus")
    library, _ = Library.open(folder, [corpus / "guide"], [corpus / "repo"])
    library.close()
    return folder


@pytest.fixture
def bare_home(tmp_path: Path, index: Path) -> Folders:
    """Return folders with a ready index and no model."""
    made = folders({"INTERVIEWER_HOME": str(tmp_path)})
    shutil.copytree(index, made.index)
    return made


@pytest.fixture
def home(bare_home: Folders) -> Folders:
    """Return folders with the small model (a link to its weights) and a ready index."""
    model = embedded.find(SMALL)
    shared = embedded.weights(model, folders().models)
    if not shared.is_file():
        pytest.fail(f"fetch the model first: interviewer models pull {SMALL}")
    bare_home.models.mkdir(parents=True)
    embedded.weights(model, bare_home.models).symlink_to(shared)
    return bare_home
