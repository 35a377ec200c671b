"""What this machine has to run a model with: the one module that imports psutil."""

import os

import psutil


def physical_cores() -> int:
    """Return how many cores there are, two threads of one core counting once."""
    return psutil.cpu_count(logical=False) or os.cpu_count() or 1


def available_memory() -> int:
    """Return how many bytes a new process can have without anything being swapped out."""
    return psutil.virtual_memory().available
