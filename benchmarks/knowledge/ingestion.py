"""Indexing one repository three ways, with the same embedder and into Chroma each time.

    python -m venv compare
    compare/bin/python -m pip install -r benchmarks/knowledge/requirements.txt -e .
    compare/bin/python benchmarks/knowledge/ingestion.py REPO

The repository is copied with `...` in place of the docstrings of its functions, which are then the
questions. Found means: one of the first five passages holds the function's first ten lines. That
favours whoever returns longer passages, so their size stands beside it.
"""

import argparse
import ast
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import chromadb
from langchain_chroma import Chroma
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from llama_index.vector_stores.chroma import ChromaVectorStore
from sets import docstring

from interviewer.knowledge.embedder import MiniLM
from interviewer.knowledge.library import Library

NEEDLE_LINES = 10
COUNT = 5
EMBEDDER = MiniLM()
Find = Callable[[str], list[str]]


class Target(NamedTuple):
    """A question, and the lines that its answer has."""

    question: str
    lines: str


class Built(NamedTuple):
    """An index: how many passages it has, and what it finds for a question."""

    passages: int
    find: Find


class ForLlamaIndex(BaseEmbedding):
    """The interviewer's embedder, as LlamaIndex wants it."""

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embeddings([query])[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in EMBEDDER.embed(texts)]


class ForLangChain(Embeddings):
    """The interviewer's embedder, as LangChain wants it."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector a text."""
        return [[float(value) for value in row] for row in EMBEDDER.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self.embed_documents([text])[0]


def without_docstrings(source: str) -> tuple[str, list[Target]]:
    """Return a file with `...` for the docstrings of its functions, and what to ask of it."""
    tree, lines = ast.parse(source), source.splitlines()
    asked: list[tuple[str, ast.stmt]] = []
    gone: set[int] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        question = docstring(ast.unparse(node))
        said = node.body[0]
        if not question or said.lineno == node.lineno:
            continue
        asked.append((question, node))
        lines[said.lineno - 1] = " " * said.col_offset + "..."
        gone |= set(range(said.lineno, said.end_lineno or said.lineno))
    targets = [
        Target(question, _packed([
            line for number, line in enumerate(lines[node.lineno - 1 : node.end_lineno],
                                               node.lineno - 1) if number not in gone
        ][:NEEDLE_LINES]))
        for question, node in asked
    ]  # fmt: skip
    return "\n".join(line for number, line in enumerate(lines) if number not in gone), targets


def copy_of(repo: Path, copy: Path) -> list[Target]:
    """Write the repository's Python files without docstrings; return what to ask of them."""
    targets: list[Target] = []
    for path in sorted(repo.rglob("*.py")):
        try:
            text, own = without_docstrings(path.read_text(encoding="utf-8"))
        except (SyntaxError, ValueError):
            continue
        place = copy / path.relative_to(repo)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        targets += own
    return targets


def ours(repo: Path, folder: Path) -> Built:
    """Index with the interviewer."""
    guide = folder / "guide.md"
    guide.write_text("- Python\n", encoding="utf-8")
    library, summary = Library.open(folder / "index", [guide], [repo])
    return Built(
        summary.code_passages,
        lambda text: [hit.passage.text for hit in library.search("code", text, COUNT)],
    )


def llama_index(repo: Path, folder: Path) -> Built:
    """Index with LlamaIndex's default splitter into Chroma."""
    collection = chromadb.PersistentClient(str(folder)).create_collection("llama")
    storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(collection))
    files = SimpleDirectoryReader(str(repo), recursive=True, required_exts=[".py"]).load_data()
    index = VectorStoreIndex.from_documents(
        files, storage, embed_model=ForLlamaIndex(), transformations=[SentenceSplitter()]
    )
    retriever = index.as_retriever(similarity_top_k=COUNT)
    return Built(
        collection.count(),
        lambda text: [hit.node.get_content() for hit in retriever.retrieve(text)],
    )


def langchain(repo: Path, folder: Path) -> Built:
    """Index with LangChain's recursive splitter, as its tutorial sets it, into Chroma."""
    files = [
        LangChainDocument(path.read_text(encoding="utf-8"), metadata={"path": str(path)})
        for path in sorted(repo.rglob("*.py"))
    ]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    pieces = splitter.split_documents(files)
    store = Chroma.from_documents(pieces, ForLangChain(), persist_directory=str(folder))
    return Built(
        len(pieces), lambda text: [hit.page_content for hit in store.similarity_search(text, COUNT)]
    )


def _packed(lines: Sequence[str]) -> str:
    return "\n".join(line.strip() for line in lines if line.strip())


def report(
    name: str, build: Callable[[Path, Path], Built], repo: Path, asked: list[Target]
) -> None:
    """Time one way of indexing and count what it finds."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        wall, processor = time.monotonic(), time.process_time()
        built = build(repo, Path(folder))
        wall, processor = time.monotonic() - wall, time.process_time() - processor
        found = [(target, built.find(target.question)) for target in asked]
    right = sum(any(t.lines in _packed(x.split("\n")) for x in texts) for t, texts in found)
    size = sum(len("".join(texts)) for _, texts in found) / len(found)
    print(f"{name:12} {built.passages:6} passages, {wall:6.1f} s ({processor:.1f} s of processor),"
          f" {built.passages / wall:5.1f} passages/s, recall@5 {right / len(found):.3f},"
          f" {size:,.0f} characters in the five", flush=True)  # fmt: skip


def main() -> None:
    """Parse the command line and index three times."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("repo", type=Path)
    options = parser.parse_args()
    EMBEDDER.embed(["loaded before the clock runs"])
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "repo"
        asked = copy_of(options.repo.resolve(), copy)
        print(f"{options.repo.name}: {len(asked)} questions")
        report("interviewer", ours, copy, asked)
        report("LlamaIndex", llama_index, copy, asked)
        report("LangChain", langchain, copy, asked)
        shutil.rmtree(copy, ignore_errors=True)


if __name__ == "__main__":
    main()
