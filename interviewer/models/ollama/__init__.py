"""Models on an Ollama server that chat or embed, and the catalogue of what a server has.

The names below are all that the rest of the package uses. Weights in this process, and servers of
another kind, are not known here.
"""

from interviewer.models.ollama.address import is_loopback, is_reachable, place, server_address
from interviewer.models.ollama.catalogue import list_chat_models, list_models, pull, remove
from interviewer.models.ollama.embedder import OllamaEmbedder
from interviewer.models.ollama.model import OllamaModel
from interviewer.models.ollama.values import InstalledModel, Patience, Progress

__all__ = [
    "InstalledModel",
    "OllamaEmbedder",
    "OllamaModel",
    "Patience",
    "Progress",
    "is_loopback",
    "is_reachable",
    "list_chat_models",
    "list_models",
    "place",
    "pull",
    "remove",
    "server_address",
]
